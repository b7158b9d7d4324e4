import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { readingOf, type Reading } from '../shared/reading.ts';
import { articlesQuery } from './articles-query.ts';
import { NOTHING_TYPED, useAdvice } from './use-advice.ts';
import { useSettings } from './use-settings.ts';
import type { TicketView } from './use-ticket.ts';
import { useWorld } from './world.ts';

/** The sidebar's parts from the top; each may be seen once all above it have their height. */
export const parts = { top: 1, credits: 2, customer: 3, guidelines: 4, foot: 5 } as const;

const settled = (...readings: readonly Reading<unknown>[]): boolean =>
  readings.every(({ kind }) => kind !== 'reading');

/**
 * How far down the sidebar may be seen: to the first part that is still being read for the first time,
 * so that nothing moves when it comes. What was seen once stays, also while it is read again.
 */
export function useRevealed(view: TicketView): number {
  const { context, shared } = useWorld();
  const label = useSettings()?.articleLabel;
  const articles = useQuery({
    ...articlesQuery(context, shared, label ?? ''),
    enabled: label !== undefined,
  });
  const advice = useAdvice(view, NOTHING_TYPED);
  const found = view.customerId === null ? [] : [view.foundSlots, view.customer];
  const budget = settled(view.inForce, view.people, view.ownSlots);
  const ledger = budget && settled(view.ledger, ...found.slice(0, 1));
  const steps = [
    budget,
    ledger,
    ledger,
    ledger && settled(...found),
    settled(readingOf(articles)) && !advice.reading,
  ];
  const first = steps.indexOf(false);
  const now = first === -1 ? steps.length : first;
  const [most, setMost] = useState(now);
  if (now > most) setMost(now);
  return Math.max(now, most);
}
