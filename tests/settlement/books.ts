import {
  ADA,
  ANA,
  BEN,
  CLEO,
  DAN,
  type Journal,
  LEA,
  LEO,
  must,
} from '#tests/support/journal-builder.ts';
import type { RequestEvent } from '#domain/events.ts';
import type { UserId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { RecordId, Slot, SlotStatus } from '#domain/slot.ts';
import { type Books, judge, type Settlement } from '#settlement/judge.ts';
import { type Reason } from '#settlement/reason.ts';
import type { KnownPerson, SettledCredit } from '#settlement/settled-credit.ts';
import { slotFacts, type SlotFacts } from '#settlement/slot-facts.ts';
import { proveTicket } from '#settlement/ticket-proof.ts';
import type { TermsHistory } from '#domain/terms.ts';

const agent: KnownPerson = { role: 'agent', active: true, tags: [], groups: null };

/** Everybody as they were when they acted. */
export const everybody = (
  different: readonly (readonly [UserId, Partial<KnownPerson>])[] = [],
): ReadonlyMap<UserId, KnownPerson> => {
  const people = new Map<UserId, KnownPerson>(
    [ANA, BEN, CLEO, DAN, LEA, LEO].map((id) => [id, agent]),
  );
  people.set(ADA, { ...agent, role: 'admin' });
  for (const [id, change] of different) people.set(id, { ...agent, ...people.get(id), ...change });
  return people;
};

/** The slot of a request as the app leaves it. */
export const slotOf = (
  { offer, slot, band, terms, credit }: RequestEvent,
  status: SlotStatus = 'posted',
  different: Partial<SlotFacts> = {},
): SlotFacts => ({
  ...slotFacts({
    record: `REC${credit.replace(/[^A-Za-z0-9]/g, '')}` as RecordId,
    key: slot.key,
    createdAt: slot.createdAt,
    updatedAt: slot.createdAt,
    createdBy: offer.maker,
    updatedBy: offer.maker,
    fields: {
      credit,
      ticket: offer.ticket,
      maker: offer.maker,
      customer: offer.customer,
      asked: [],
      signers: [],
      amount: offer.amount.minor,
      currency: offer.amount.currency,
      reason: offer.reason,
      tags: [],
      status,
      band,
      exception: false,
      terms: terms.number,
      expiresAt: slot.createdAt,
    },
  } satisfies Slot),
  ...different,
});

/** Books of these tickets, read at that moment. */
export const booksOf = (
  journals: readonly Journal[],
  history: TermsHistory,
  asOf: Instant,
  slots: readonly SlotFacts[],
  different: Partial<Books> = {},
): Books => ({
  asOf,
  proofs: journals.map(({ audits }) => proveTicket(must(audits[0]).ticket, audits, history, asOf)),
  slots,
  people: everybody(),
  history,
  confirmed: new Set(),
  exported: new Set(),
  ...different,
});

const codesOf = (reasons: readonly Reason[]): readonly string[] => reasons.map(({ code }) => code);

/** Each credit's verdict and the codes of its reasons: `payable`, `not-payable: slot-shared`. */
export const verdicts = ({ credits }: Settlement): Readonly<Record<string, string>> =>
  Object.fromEntries(
    credits.map(({ id, verdict, reasons }: SettledCredit) => [
      id,
      reasons.length === 0 ? verdict : `${verdict}: ${codesOf(reasons).join(' ')}`,
    ]),
  );

export const verdictsOf = (books: Books): Readonly<Record<string, string>> =>
  verdicts(judge(books));
