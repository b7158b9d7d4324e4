import { type Credit, isHeld } from './credit.ts';
import type { UserId } from './ids.ts';
import { DAY, type Instant, plus } from './instant.ts';
import { type Minor, sum } from './money.ts';
import { type Band, type BandReason, decide, stricterBand, type TicketBefore } from './policy.ts';
import type { Terms } from './terms.ts';

/** What a credit still needs, judged by the request's terms and by those of the approval: the stricter of both. */
export interface Requirement {
  readonly band: Band;
  /** Why the approval's terms put it in their band. */
  readonly reasons: readonly BandReason[];
  readonly needed: number;
  /** What a lead's approval must name. */
  readonly overrun: Minor;
}

/**
 * What the terms of an approval ask of a waiting credit, by the facts as they were at the request.
 * Pilot and self limit are the request's alone.
 */
export function requirementUnder(terms: Terms, credit: Credit): Requirement {
  const { offer, request } = credit;
  const judged = decide(
    {
      maker: offer.maker,
      amount: offer.amount,
      exception: offer.exception.trim() !== '',
      facts: request.facts,
      before: credit.before,
    },
    terms,
    'approval',
  );
  const band = credit.declined ? stricterBand('lead', judged.band) : judged.band;
  return {
    band: stricterBand(credit.band, band),
    reasons: judged.reasons,
    needed: Math.max(credit.needed, terms.cosigners),
    overrun: Math.max(credit.overrun, judged.overrun) as Minor,
  };
}

export const hasExpired = (credit: Credit, at: Instant): boolean =>
  credit.state.kind === 'open' && !credit.frozen && credit.expiresAt <= at;

/** What the ticket's journal holds for the customer at that moment. */
export function ticketBefore(
  credits: Iterable<Credit>,
  customer: UserId,
  at: Instant,
  capDays: number,
): TicketBefore {
  const theirs = [...credits].filter(({ offer }) => offer.customer === customer);
  const held = theirs.filter((credit) => isHeld(credit) && !hasExpired(credit, at));
  const recent = held.filter(({ requestedAt }) => requestedAt > plus(at, -capDays * DAY));
  const amounts = (some: readonly Credit[]) => sum(some.map(({ offer }) => offer.amount.minor));
  return {
    held: amounts(held),
    heldInCapDays: amounts(recent),
    declined: theirs.some(isDeclinedForGood),
  };
}

/** Whether somebody declined it and no lead has posted it since. */
const isDeclinedForGood = ({ declined, state }: Credit): boolean =>
  // Once it is declined nobody but a lead can post it, and what is posted cannot be declined.
  declined !== null && state.kind !== 'posted' && state.kind !== 'reversed';
