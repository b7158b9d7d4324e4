import type { JournalEventType } from './events.ts';
import type { AuditId, CreditId, UserId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { BandReason } from './policy.ts';

/** Why something in a ticket's journal does not count. One translation each. */
export type ProblemCode =
  // the audit cannot carry events
  | 'unreadable'
  | 'newer-version'
  | 'wrong-channel'
  | 'creates-ticket'
  | 'no-author'
  | 'author-differs'
  // requests
  | 'credit-repeated'
  | 'maker-differs'
  | 'other-ticket'
  | 'other-customer'
  | 'maker-is-customer'
  | 'slot-of-other'
  | 'slot-other-period'
  | 'slot-too-old'
  | 'slot-taken'
  | 'refused'
  // any event that names terms
  | 'terms-not-started'
  | 'terms-ended'
  | 'terms-unknowable'
  // decisions
  | 'credit-unknown'
  | 'other-offer'
  | 'too-late'
  | 'checker-is-maker'
  | 'checker-is-customer'
  | 'role-unfit'
  | 'pair-limit'
  | 'needs-lead'
  | 'not-lead'
  | 'not-asked'
  | 'not-maker'
  | 'no-reason'
  | 'overrun-not-named'
  | 'above-hard-limit'
  | 'customer-changed'
  | 'hold-over'
  | 'not-posted'
  // decisions by reply
  | 'reply-missing'
  | 'reply-not-private'
  | 'reply-differs';

/** Something in the journal that counts for nothing, and who wrote it when. */
export interface Problem {
  readonly code: ProblemCode;
  readonly audit: AuditId;
  readonly at: Instant;
  readonly by: UserId | null;
  readonly event: JournalEventType | null;
  readonly credit: CreditId | null;
  /** For `refused` and `above-hard-limit`: why. */
  readonly reasons: readonly BandReason[];
}
