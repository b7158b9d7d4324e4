import type { Currency } from '#domain/currencies.ts';
import type { AuditId, CreditId, TicketId, UserId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { Minor } from '#domain/money.ts';
import type { Role } from '#domain/policy.ts';
import type { FindingCode, Reason, Values } from './reason.ts';

/**
 * `held`: nothing is against it, and its hold is not over; `waiting`: nobody has posted it yet;
 * `ended`: withdrawn, declined, expired or reversed, and nothing to pay.
 */
export type Verdict = 'payable' | 'not-payable' | 'held' | 'waiting' | 'ended';

/** Somebody as Zendesk knows them now. */
export interface KnownPerson {
  readonly role: Role;
  /** false: deleted, suspended, or not known to Zendesk any more. */
  readonly active: boolean;
  readonly tags: readonly string[];
  /** null: not read, since no tier asks for it. */
  readonly groups: readonly string[] | null;
}

export interface Signer {
  readonly user: UserId;
  readonly as: 'peer' | 'lead';
  /** Their role as re-read; `gone`: Zendesk does not name them, or they are suspended. */
  readonly role: Role | 'gone';
}

/** What settlement says of one credit. */
export interface SettledCredit {
  readonly kind: 'credit';
  readonly id: CreditId;
  /** `LW-` and six characters, as people read it. */
  readonly code: string;
  readonly ticket: TicketId;
  readonly customer: UserId;
  readonly amount: Minor;
  readonly currency: Currency;
  readonly maker: UserId;
  readonly signers: readonly Signer[];
  /** Number of the terms that it was asked for under. */
  readonly terms: number;
  readonly requestedAt: Instant;
  readonly postedAt: Instant | null;
  /** When it may be paid at the earliest; null while it is not posted. */
  readonly holdUntil: Instant | null;
  /** When it was withdrawn, declined, expired or reversed. */
  readonly endedAt: Instant | null;
  readonly ended: 'withdrawn' | 'declined' | 'expired' | 'closed' | 'reversed' | null;
  readonly verdict: Verdict;
  /** Why it is not payable, worst first. */
  readonly reasons: readonly Reason[];
  /** What would have been a reason, had an admin not confirmed it. */
  readonly confirmed: readonly Reason[];
  /** Attested figures that were too low, and yet broke no limit. */
  readonly remarks: readonly Remark[];
}

export interface Remark {
  readonly code: 'budget-attested-low' | 'customer-attested-low';
  readonly values: Values;
}

/** Something wrong that is no credit: a record that no journal names, an event that counts for nothing. */
export interface Finding {
  readonly kind: 'finding';
  /** The same for the same finding in every run. */
  readonly id: string;
  readonly code: FindingCode;
  readonly ticket: TicketId | null;
  readonly credit: CreditId | null;
  readonly audit: AuditId | null;
  /** Who did it, by Zendesk. */
  readonly by: UserId | null;
  readonly at: Instant | null;
  readonly values: Values;
}

/** Money that goes back: a credit that was exported, and reversed since. */
export interface ReversalLine {
  readonly kind: 'reversal';
  /** Its own: the credit's id and `.reversal`. No credit's id has a point. */
  readonly id: string;
  readonly credit: CreditId;
  readonly code: string;
  readonly ticket: TicketId;
  readonly customer: UserId;
  /** Positive; what is paid is minus this. */
  readonly amount: Minor;
  readonly currency: Currency;
  readonly maker: UserId;
  readonly reversedAt: Instant;
}

export type SettledLine = SettledCredit | ReversalLine | Finding;
