import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type FittingGuideline, fittingGuidelines, type Situation } from '#domain/guidelines.ts';
import type { Minor } from '#domain/money.ts';
import { situationOf } from '#use-cases/situation.ts';
import { readingOf, valueOf } from '../shared/reading.ts';
import { useSettings } from './use-settings.ts';
import type { TicketView } from './use-ticket.ts';
import { useWorld } from './world.ts';

/** What the form for a new credit holds so far; null: not chosen, not typed. */
export interface TypedOffer {
  readonly reason: string | null;
  readonly amount: Minor | null;
}

export const NOTHING_TYPED: TypedOffer = { reason: null, amount: null };

export interface Advice {
  /** What they were matched with. */
  readonly situation: Situation;
  readonly fitting: readonly FittingGuideline[];
  /** Some facts are on their way: what is unsure may be sure in a moment. */
  readonly reading: boolean;
}

/** The settings' guidelines that fit this ticket, its customer and what is typed; costs no request. */
export function useAdvice(view: TicketView, { reason, amount }: TypedOffer): Advice {
  const { host } = useWorld();
  const { ticket } = host;
  const guidelines = useSettings()?.guidelines;
  const fields = useMemo(
    () => [...new Set(guidelines?.flatMap(({ when }) => Object.keys(when.fields)))],
    [guidelines],
  );
  const factsRead = useQuery({
    queryKey: ['ticket-facts', ticket.id, ...fields],
    queryFn: () => host.ticketFacts(fields),
    enabled: guidelines !== undefined && guidelines.length > 0,
  });
  const facts = readingOf(factsRead);
  const situation = situationOf(
    {
      ticket: ticket.id,
      customer: view.customerId,
      history: valueOf(view.customer),
      facts: valueOf(facts),
      customerSlots: valueOf(view.foundSlots),
      ownSlots: valueOf(view.ownSlots),
      ledger: valueOf(view.ledger),
      terms: valueOf(view.inForce)?.terms ?? null,
      now: view.now,
    },
    { reason, amount },
  );
  const ofCustomer = view.customerId === null ? [] : [view.customer, view.foundSlots];
  const parts = guidelines?.length === 0 ? [] : [facts, ...ofCustomer, view.ledger, view.inForce];
  return {
    situation,
    fitting: fittingGuidelines(guidelines ?? [], situation),
    reading: parts.some(({ kind }) => kind === 'reading'),
  };
}
