import type { Digest } from './canonical.ts';
import type { JournalEventType, NamedTerms, RequestEvent } from './events.ts';
import type { AuditId, CreditId, UserId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { Minor } from './money.ts';
import type { Offer } from './offer.ts';
import type { Band, BandReason, TicketBefore } from './policy.ts';
import type { SlotStatus } from './slot.ts';

/** A colleague's approval that counts. */
export interface Signature {
  readonly by: UserId;
  readonly at: Instant;
  readonly as: 'peer' | 'lead';
  readonly audit: AuditId;
  /** The overrun of the budget that the approval names. */
  readonly overrun: Minor;
  readonly terms: number;
}

/** One step of a credit's life that counts. */
export interface TimelineEntry {
  readonly type: JournalEventType;
  readonly by: UserId;
  readonly at: Instant;
  readonly audit: AuditId;
  readonly as: 'maker' | 'peer' | 'lead' | null;
  /** The written reason of a decline or reversal. */
  readonly reason: string;
  readonly asked: readonly UserId[];
}

export type CreditState =
  | { readonly kind: 'open' }
  | { readonly kind: 'posted'; readonly at: Instant; readonly holdUntil: Instant }
  | {
      readonly kind: 'void';
      readonly why: 'withdrawn' | 'declined' | 'expired' | 'closed';
      readonly at: Instant;
    }
  | {
      readonly kind: 'reversed';
      readonly late: boolean;
      readonly at: Instant;
      readonly postedAt: Instant;
    };

/** A credit as one ticket's journal proves it. */
export interface Credit {
  readonly id: CreditId;
  /** `LW-XXXXXX` */
  readonly code: string;
  readonly digest: Digest;
  readonly offer: Offer;
  readonly requestedAt: Instant;
  readonly requestAudit: AuditId;
  readonly request: RequestEvent;
  readonly terms: NamedTerms;
  readonly expiresAt: Instant;
  readonly band: Exclude<Band, 'refused'>;
  readonly reasons: readonly BandReason[];
  /** Whether the fold found a stricter band than the request claimed. */
  readonly stricterThanClaimed: boolean;
  /** What the ticket held for the customer at the request. */
  readonly before: TicketBefore;
  /** What a lead's approval must name; 0 within the budget. */
  readonly overrun: Minor;
  /** How many colleagues must approve where no lead does; 0 in the self band. */
  readonly needed: number;
  readonly asked: readonly UserId[];
  readonly leadAsked: boolean;
  /** Whom Leeway made followers of the ticket for this credit. */
  readonly followed: readonly UserId[];
  readonly signatures: readonly Signature[];
  /** A colleague declined: only a lead can post it now. */
  readonly declined: { readonly by: UserId; readonly at: Instant; readonly reason: string } | null;
  readonly state: CreditState;
  /** Terms that it names are frozen: it holds budget and is not paid until an admin affirms them. */
  readonly toAffirm: boolean;
  /** Why this code cannot judge the credit at all; it then holds budget as it is. */
  readonly frozen: 'terms' | 'newer-version' | null;
  readonly timeline: readonly TimelineEntry[];
}

export type CreditStatus =
  | 'waiting-cosign'
  | 'waiting-lead'
  | 'posted'
  | 'declined'
  | 'withdrawn'
  | 'expired'
  | 'reversed'
  | 'to-affirm'
  | 'newer-version';

/** The word that is shown for a credit. */
export function statusOf(credit: Credit): CreditStatus {
  if (credit.frozen === 'newer-version') return 'newer-version';
  if (credit.frozen === 'terms' || (credit.toAffirm && isHeld(credit))) return 'to-affirm';
  return lifeOf(credit);
}

function lifeOf(credit: Credit): Exclude<CreditStatus, 'to-affirm' | 'newer-version'> {
  switch (credit.state.kind) {
    case 'posted':
      return 'posted';
    case 'reversed':
      return 'reversed';
    case 'void':
      return credit.state.why === 'closed' ? 'expired' : credit.state.why;
    case 'open':
      if (credit.declined) return credit.leadAsked ? 'waiting-lead' : 'declined';
      return credit.band === 'lead' ? 'waiting-lead' : 'waiting-cosign';
  }
}

/** Whether it holds budget and counts against the ticket's limits: it waits or is posted. */
export const isHeld = (credit: Credit): boolean =>
  credit.state.kind === 'open' || credit.state.kind === 'posted';

/**
 * Whom the credit waits for now. An ask of others hands it on to them (who was asked before stays
 * allowed to decide); but where colleagues can still post it, an ask for a lead leaves it with both.
 */
export function askedNow({ band, timeline }: Pick<Credit, 'band' | 'timeline'>): readonly UserId[] {
  let now: readonly UserId[] = [];
  let leadsOnly = band === 'lead';
  for (const { type, as, asked } of timeline) {
    if (type === 'decline') leadsOnly = true;
    if (type !== 'request' && type !== 'ask') continue;
    now = as === 'lead' && !leadsOnly ? [...new Set([...now, ...asked])] : asked;
  }
  return now;
}

/** The slot status that the journal proves; null where it can't be judged. */
export function provenSlotStatus(credit: Credit): SlotStatus | null {
  if (credit.frozen) return null;
  switch (credit.state.kind) {
    case 'open':
      return 'reserved';
    case 'posted':
      return 'posted';
    case 'void':
      return 'void';
    case 'reversed':
      return credit.state.late ? 'reversed-late' : 'reversed';
  }
}

/** The value of the ticket's status field that fits its credits: the most urgent, or null for none. */
export function statusFieldFor(
  credits: readonly Credit[],
): 'leeway_waiting_lead' | 'leeway_waiting' | 'leeway_posted' | null {
  // Terms that freeze and are affirmed again must not ring the bells of triggers.
  const statuses = new Set(credits.filter(({ frozen }) => !frozen).map(lifeOf));
  if (statuses.has('waiting-lead')) return 'leeway_waiting_lead';
  if (statuses.has('waiting-cosign')) return 'leeway_waiting';
  return statuses.has('posted') ? 'leeway_posted' : null;
}
