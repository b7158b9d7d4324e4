import type { TicketId } from '#domain/ids.ts';
import {
  type Compared,
  nearestPrecedents,
  type Precedent,
  type UsualRange,
  usualRange,
} from '#domain/precedents.ts';
import type { PastCredits } from '#zendesk/helpdesk.ts';

/** What an agent is shown of the past: amounts and who agreed, never whom they were for. */
export interface Memory {
  /** Those that were looked at. */
  readonly credits: readonly Precedent[];
  /** Whether there are older ones. */
  readonly more: boolean;
  /** null: too few to say. */
  readonly range: UsualRange | null;
}

/** @param ticket the open one: what it holds itself is no example for it */
export function memoryOf({ credits, more }: PastCredits, ticket: TicketId): Memory {
  const others = credits.filter((credit) => credit.ticket !== ticket);
  return { credits: others, more, range: usualRange(others.map(({ amount }) => amount)) };
}

/** As many as can be taken in at a glance. */
const SHOWN = 5;

export const nearest = ({ credits }: Memory, to: Compared): readonly Precedent[] =>
  nearestPrecedents(credits, to, SHOWN);
