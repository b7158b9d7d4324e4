import { holdsBudget, missingSlotNumbers, nextSlotNumber, usedBefore } from '#domain/budget.ts';
import { isHeld } from '#domain/credit.ts';
import type { Ledger } from '#domain/fold.ts';
import type { GroupId, TicketId, UserId } from '#domain/ids.ts';
import { DAY, type Instant, plus } from '#domain/instant.ts';
import { minor, type Minor, type Money, sum } from '#domain/money.ts';
import { decide, type Decision, type MakerFacts } from '#domain/policy.ts';
import { hasExpired, ticketBefore } from '#domain/requirement.ts';
import type { Slot } from '#domain/slot.ts';
import { type Terms, tierFor } from '#domain/terms.ts';
import type { Person } from '#zendesk/helpdesk.ts';

/** What a form or a submission knows; a part that could not be read is null and refuses. */
export interface Known {
  readonly me: Person;
  readonly groups: readonly GroupId[] | null;
  /** Of the period in force. */
  readonly ownSlots: readonly Slot[] | null;
  readonly customerSlots: readonly Slot[] | null;
  readonly ledger: Ledger;
  readonly terms: Terms;
  readonly now: Instant;
}

/** The facts that a request attests, as this client read them. */
export function makerFacts(
  { me, groups, ownSlots, customerSlots, ledger, terms, now }: Known,
  ticket: TicketId,
  customer: UserId,
): MakerFacts {
  const tier =
    groups === null ? UNKNOWN_TIER : (tierFor(terms, { tags: me.tags, groups })?.key ?? null);
  return {
    role: me.role,
    tier,
    budgetUsed: ownSlots && usedBefore(ownSlots, nextSlotNumber(ownSlots)),
    customerUsed:
      customerSlots &&
      minor(
        sum(
          heldByCustomer(
            { found: customerSlots, own: ownSlots ?? [], ledger, terms, now },
            ticket,
            customer,
          ).map(({ amount }) => amount),
        ),
      ),
  };
}

// No tier of that key can be published (keys are trimmed), so the decision refuses: unknown is not "none".
const UNKNOWN_TIER = ' unknown';

/** A credit of the customer's that counts against the cap. */
export interface HeldCredit {
  readonly ticket: TicketId;
  readonly amount: Minor;
  /** When its money was reserved. */
  readonly at: Instant;
  readonly reason: string;
}

/**
 * What the customer holds in the cap's days, oldest first. The search lags, so what is known better
 * replaces it: this ticket's journal, and the maker's own slots of the period.
 */
export function heldByCustomer(
  {
    found,
    own,
    ledger,
    terms,
    now,
  }: {
    readonly found: readonly Slot[];
    readonly own: readonly Slot[];
    readonly ledger: Ledger;
    readonly terms: Terms;
    readonly now: Instant;
  },
  ticket: TicketId,
  customer: UserId,
): readonly HeldCredit[] {
  const since = plus(now, -terms.customerCapDays * DAY);
  const latest = new Map([...found, ...own].map((slot) => [slot.fields.credit, slot]));
  const elsewhere = [...latest.values()].filter(
    ({ fields, createdAt }) =>
      fields.customer === customer &&
      fields.ticket !== ticket &&
      fields.currency === terms.currency &&
      holdsBudget(fields.status) &&
      createdAt > since,
  );
  const here = ledger.credits.filter(
    (credit) =>
      credit.offer.customer === customer &&
      isHeld(credit) &&
      !hasExpired(credit, now) &&
      credit.requestedAt > since,
  );
  return [
    ...elsewhere.map(({ fields, createdAt }) => ({
      ticket: fields.ticket,
      amount: fields.amount,
      at: createdAt,
      reason: fields.reason,
    })),
    ...here.map(({ offer, requestedAt }) => ({
      ticket: offer.ticket,
      amount: offer.amount.minor,
      at: requestedAt,
      reason: offer.reason,
    })),
  ].sort((one, other) => one.at - other.at);
}

/** The decision on an offer as things stand: live while it is typed, and once more before it is sent. */
export function decideOffer(
  known: Known,
  offer: {
    readonly ticket: TicketId;
    readonly customer: UserId;
    readonly amount: Money;
    readonly exception: string;
    readonly leadAdvised?: boolean;
  },
): Decision {
  const { terms, ledger, me, now } = known;
  return decide(
    {
      maker: me.id,
      amount: offer.amount,
      exception: offer.exception.trim() !== '',
      facts: makerFacts(known, offer.ticket, offer.customer),
      before: ticketBefore(ledger.credits, offer.customer, now, terms.customerCapDays),
      slotsMissing: missingSlotNumbers(known.ownSlots ?? []).length > 0,
      leadAdvised: offer.leadAdvised ?? false,
    },
    terms,
  );
}
