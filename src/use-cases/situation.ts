import type { Situation } from '#domain/guidelines.ts';
import type { Ledger } from '#domain/fold.ts';
import type { TicketId, UserId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { Minor } from '#domain/money.ts';
import { ticketBefore } from '#domain/requirement.ts';
import type { Slot } from '#domain/slot.ts';
import type { Terms } from '#domain/terms.ts';
import type { CustomerHistory } from '#zendesk/helpdesk.ts';
import type { TicketFacts } from '#zendesk/zaf-ticket-facts.ts';
import { heldByCustomer } from './maker-facts.ts';

/** What a ticket's screen knows of what is around a credit. null: not known, or not yet. */
export interface AroundTicket {
  readonly ticket: TicketId;
  readonly customer: UserId | null;
  readonly history: CustomerHistory | null;
  readonly facts: TicketFacts | null;
  readonly customerSlots: readonly Slot[] | null;
  readonly ownSlots: readonly Slot[] | null;
  readonly ledger: Ledger | null;
  readonly terms: Terms | null;
  readonly now: Instant;
}

/** What guidelines are matched with: the page first, which shows what is not saved yet, then what was read. */
export function situationOf(
  around: AroundTicket,
  typed: { readonly reason: string | null; readonly amount: Minor | null },
): Situation {
  const { ticket, history, facts, now } = around;
  const listed = history?.tickets.find(({ id }) => id === ticket);
  const others = history?.tickets.some(({ id }) => id !== ticket);
  const person = history?.customer;
  return {
    reason: typed.reason,
    amount: typed.amount === null ? null : withHeld(typed.amount, around),
    ticketTags: facts?.tags ?? listed?.tags ?? null,
    channel: listed?.channel ?? null,
    form: facts?.form ?? (listed ? (listed.form === null ? [] : [listed.form]) : null),
    fields: facts?.fields ?? {},
    customerTags: person?.tags ?? null,
    // By its id alone nobody could say that it is not the one that a guideline names.
    organization: facts?.organization ?? (person?.organization === null ? [] : null),
    pastCredits: pastCredits(around),
    contact: others === undefined ? null : others || history?.more ? 'repeat' : 'first',
    now,
  };
}

/** Ten years: longer than any guideline looks back. */
const ALL_DAYS = 3660;

function pastCredits({
  ticket,
  customer,
  customerSlots,
  ownSlots,
  ledger,
  terms,
  now,
}: AroundTicket): Situation['pastCredits'] {
  if (!customer || !customerSlots || !ledger || !terms) return null;
  const held = heldByCustomer(
    {
      found: customerSlots,
      own: ownSlots ?? [],
      ledger,
      terms: { ...terms, customerCapDays: ALL_DAYS },
      now,
    },
    ticket,
    customer,
  );
  return held.map(({ at }) => at);
}

function withHeld(amount: Minor, { customer, ledger, terms, now }: AroundTicket): Minor {
  if (!customer || !ledger || !terms) return amount;
  const { held } = ticketBefore(ledger.credits, customer, now, terms.customerCapDays);
  return (held + amount) as Minor;
}
