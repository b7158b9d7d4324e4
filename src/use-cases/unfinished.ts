import { type CreditId, creditId, type EventId, type TicketId } from '#domain/ids.ts';
import { type Instant, instant } from '#domain/instant.ts';
import type { Memory } from './context.ts';

/** What was typed, so that it can be offered again. */
export interface FormText {
  readonly amount: string;
  readonly reason: string;
  readonly note: string;
  readonly exception: string;
  /** Why the amount is not what is usual; left out where nobody had to say. */
  readonly unusual?: string;
}

/** An ask whose end this browser does not know. Kept before anything is sent. */
export interface Unfinished {
  readonly credit: CreditId;
  readonly event: EventId;
  /** External id of the slot. */
  readonly slot: string;
  /** By this browser's clock, as right as it was then. */
  readonly since: Instant;
  /** When Zendesk says that the slot was made; null: no answer told yet. Nothing is asked before. */
  readonly claimed: Instant | null;
  readonly form: FormText;
}

const keyOf = (ticket: TicketId): string => `unfinished:${ticket}`;

export const keepUnfinished = (memory: Memory, ticket: TicketId, what: Unfinished): void => {
  memory.write(keyOf(ticket), what);
};

export const forgetUnfinished = (memory: Memory, ticket: TicketId): void => {
  memory.remove(keyOf(ticket));
};

/** What an earlier start of this browser left; null when there is nothing, or nothing readable. */
export function readUnfinished(memory: Memory, ticket: TicketId): Unfinished | null {
  const kept = memory.read(keyOf(ticket));
  if (typeof kept !== 'object' || kept === null) return null;
  const { credit, event, slot, since, claimed, form } = kept as Partial<
    Record<keyof Unfinished, unknown>
  >;
  const id = creditId(credit);
  const at = typeof since === 'number' ? instant(since) : null;
  if (!id || at === null || typeof event !== 'string' || typeof slot !== 'string') return null;
  const text = (member: keyof FormText): string => {
    const value: unknown = (form as Partial<Record<keyof FormText, unknown>> | undefined)?.[member];
    return typeof value === 'string' ? value : '';
  };
  return {
    credit: id,
    event: event as EventId,
    slot,
    since: at,
    claimed: typeof claimed === 'number' ? instant(claimed) : null,
    form: {
      amount: text('amount'),
      reason: text('reason'),
      note: text('note'),
      exception: text('exception'),
      unusual: text('unusual'),
    },
  };
}
