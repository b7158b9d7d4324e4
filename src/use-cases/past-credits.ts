import { type Credit, provenSlotStatus } from '#domain/credit.ts';
import type { Currency } from '#domain/currencies.ts';
import type { Ledger } from '#domain/fold.ts';
import type { CreditId, TicketId, UserId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { Money } from '#domain/money.ts';
import { hasExpired } from '#domain/requirement.ts';
import type { Slot, SlotStatus } from '#domain/slot.ts';

/** What became of a credit, as far as its slot can tell. One translation each. */
export type Outcome = 'waiting' | 'posted' | 'not-given' | 'reversed' | 'unknown';

/** A credit that was asked for a customer, given or not. */
export interface PastCredit {
  readonly credit: CreditId;
  readonly ticket: TicketId;
  readonly amount: Money;
  /** When its money was reserved. */
  readonly at: Instant;
  readonly reason: string;
  readonly outcome: Outcome;
}

/** What a slot says of its credit. */
export const slotOutcomes: Readonly<Record<SlotStatus, Outcome>> = {
  reserved: 'waiting',
  posted: 'posted',
  void: 'not-given',
  reversed: 'reversed',
  'reversed-late': 'reversed',
};

/** Of what several reads say of a credit, what Zendesk wrote last. */
export const latestByCredit = (slots: readonly Slot[]): ReadonlyMap<CreditId, Slot> =>
  new Map(
    slots
      .toSorted((one, other) => one.updatedAt - other.updatedAt)
      .map((slot) => [slot.fields.credit, slot]),
  );

/**
 * All credits of a customer that are known, newest first. This ticket's are told by its journal, the
 * others by their slots, which lag.
 */
export function pastCredits(
  {
    found,
    own,
    ledger,
    now,
  }: {
    readonly found: readonly Slot[];
    readonly own: readonly Slot[];
    readonly ledger: Ledger;
    readonly now: Instant;
  },
  ticket: TicketId,
  customer: UserId,
): readonly PastCredit[] {
  const elsewhere = [...latestByCredit([...found, ...own]).values()]
    .filter(({ fields }) => fields.customer === customer && fields.ticket !== ticket)
    .map(({ fields, createdAt }): PastCredit => {
      const lapsed = fields.status === 'reserved' && fields.expiresAt <= now;
      return {
        credit: fields.credit,
        ticket: fields.ticket,
        amount: { minor: fields.amount, currency: fields.currency as Currency },
        at: createdAt,
        reason: fields.reason,
        outcome: lapsed ? 'not-given' : slotOutcomes[fields.status],
      };
    });
  const here = ledger.credits
    .filter(({ offer }) => offer.customer === customer)
    .map((credit): PastCredit => ({
      credit: credit.id,
      ticket: credit.offer.ticket,
      amount: credit.offer.amount,
      at: credit.requestedAt,
      reason: credit.offer.reason,
      outcome: outcomeHere(credit, now),
    }));
  return [...elsewhere, ...here].sort((one, other) => other.at - one.at);
}

function outcomeHere(credit: Credit, now: Instant): Outcome {
  if (hasExpired(credit, now)) return 'not-given';
  const status = provenSlotStatus(credit);
  return status === null ? 'unknown' : slotOutcomes[status];
}
