import type { Audit } from './audit.ts';
import type { Credit, TimelineEntry } from './credit.ts';
import type { EventId, AuditId, CreditId, UserId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { BandReason } from './policy.ts';
import type { ProblemCode } from './problem.ts';
import { hasExpired } from './requirement.ts';
import type { TermsHistory, TermsUse } from './terms.ts';

/** A credit while it is being folded. */
export type Draft = { -readonly [K in keyof Credit]: Credit[K] } & { timeline: TimelineEntry[] };

/** What the fold knows while it walks from audit to audit. */
export interface Folding {
  /** The audits before the present one: nothing may cite what is still to come. */
  readonly audits: Map<AuditId, Audit>;
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

/** What is said of an event whose terms could not be used. */
export const TERMS_PROBLEM = {
  unknowable: 'terms-unknowable',
  'other-digest': 'terms-unknowable',
  'not-started': 'terms-not-started',
  ended: 'terms-ended',
} as const satisfies Record<(TermsUse & { ok: false })['why'], ProblemCode>;

/**
 * Refuses a decision under terms that nobody can know. It may have ended the credit, so that nothing
 * can be said of it until an admin affirms them: it neither expires nor takes another step. Not for
 * a digest that whole terms do not have: anybody can invent one, and would freeze another's credit.
 */
export function freezeForTerms(credit: Draft): Outcome {
  credit.toAffirm = true;
  credit.frozen = 'terms';
  return refuse(TERMS_PROBLEM.unknowable);
}

/** Turns a waiting credit whose time is over into an expired one. */
export function expire(credit: Draft, at: Instant): void {
  if (hasExpired(credit, at)) credit.state = { kind: 'void', why: 'expired', at: credit.expiresAt };
}
