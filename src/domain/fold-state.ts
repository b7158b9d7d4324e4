import type { Audit } from './audit.ts';
import { type Credit, isHeld, type TimelineEntry } from './credit.ts';
import type { EventId, AuditId, CreditId, UserId } from './ids.ts';
import { DAY, type Instant, plus } from './instant.ts';
import { sum } from './money.ts';
import type { BandReason, TicketBefore } from './policy.ts';
import type { ProblemCode } from './problem.ts';
import type { TermsHistory } from './terms.ts';

/** A credit while it is being folded. */
export type Draft = { -readonly [K in keyof Credit]: Credit[K] } & { timeline: TimelineEntry[] };

/** What the fold knows while it walks from audit to audit. */
export interface Folding {
  readonly audits: ReadonlyMap<AuditId, Audit>;
  readonly history: TermsHistory;
  readonly credits: Map<CreditId, Draft>;
  /** Events that have counted: the same id again is ignored. */
  readonly counted: Set<EventId>;
  /** Replies that have counted: two citations of one reply are one event. */
  readonly cited: Set<AuditId>;
  customer: UserId | null;
  closed: boolean;
}

/** Whether an event counts; `quietly`: it changes nothing and there is nothing to tell. */
export type Outcome =
  | { readonly counts: true }
  | {
      readonly counts: false;
      readonly why: ProblemCode | 'quietly';
      readonly by?: UserId;
      readonly reasons?: readonly BandReason[];
    };

export const refuse = (why: ProblemCode | 'quietly'): Outcome => ({ counts: false, why });
export const COUNTS: Outcome = { counts: true };

export const hasExpired = (credit: Credit, at: Instant): boolean =>
  credit.state.kind === 'open' && !credit.frozen && credit.expiresAt <= at;

/** Turns a waiting credit whose time is over into an expired one. */
export function expire(credit: Draft, at: Instant): void {
  if (hasExpired(credit, at)) credit.state = { kind: 'void', why: 'expired', at: credit.expiresAt };
}

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
const isDeclinedForGood = ({ declined, state, timeline }: Credit): boolean => {
  const byLead = state.kind === 'void' && state.why === 'declined';
  const postedSince = timeline.some(({ type, as, at }) =>
    declined ? type === 'approve' && as === 'lead' && at >= declined.at : false,
  );
  return byLead || (declined !== null && !postedSince);
};
