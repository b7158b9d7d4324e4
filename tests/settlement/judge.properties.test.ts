import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CreditId } from '#domain/ids.ts';
import { DAY, MINUTE, plus } from '#domain/instant.ts';
import type { RecordId } from '#domain/slot.ts';
import { type Books, judge } from '#settlement/judge.ts';
import type { SlotFacts } from '#settlement/slot-facts.ts';
import {
  ANA,
  BEN,
  cents,
  CLEO,
  credit,
  CUSTOMER,
  DAN,
  historyOf,
  Journal,
  LEA,
  must,
  OTHER_CUSTOMER,
  START,
  terms,
  ticket,
} from '#tests/support/journal-builder.ts';
import { booksOf, slotOf } from './books.ts';

const TERMS = terms({ pairLimit: 4, customerCap: cents(30000) });
const HISTORY = historyOf(TERMS);
const MAKERS = [ANA, DAN];
const CUSTOMERS = [CUSTOMER, OTHER_CUSTOMER];
const LATER = plus(START, 6 * DAY);

/** One credit of some maker, as honest or not as it comes. */
const someCredit = fc.record({
  maker: fc.nat({ max: 1 }),
  customer: fc.nat({ max: 1 }),
  amount: fc.integer({ min: 100, max: 10000 }),
  gap: fc.integer({ min: 1, max: 90 }),
  signer: fc.constantFrom('ben', 'cleo', 'lea', 'nobody'),
  /** What a lead's approval names. */
  overrun: fc.constantFrom(0, 100, 50000),
  /** What the request says that was used. */
  said: fc.constantFrom(0, 5000, 19000),
  number: fc.option(fc.integer({ min: 1, max: 40 }), { nil: null, freq: 4 }),
  slot: fc.constantFrom('there', 'there', 'there', 'gone', 'altered'),
  reversed: fc.boolean(),
});

type Wish = typeof someCredit extends fc.Arbitrary<infer T> ? T : never;

function playAll(wishes: readonly Wish[]): Books {
  let at = START;
  const numbers = new Map<string, number>();
  const slots: SlotFacts[] = [];
  const journals = wishes.map((wish, place) => {
    at = plus(at, wish.gap * MINUTE);
    const maker = MAKERS[wish.maker] ?? ANA;
    const customer = CUSTOMERS[wish.customer] ?? CUSTOMER;
    const journal = new Journal(TERMS, { customer, on: ticket(8000 + place) });
    journal.now = at;
    const next = (numbers.get(maker) ?? 0) + 1;
    numbers.set(maker, next);
    const event = journal.requestEvent(maker, {
      name: `p${String(place)}`,
      customer,
      amount: wish.amount,
      facts: { role: 'agent', tier: null, budgetUsed: cents(wish.said), customerUsed: cents(0) },
    });
    const key = { ...event.slot.key, number: wish.number ?? next };
    const asked = journal.send({ ...event, slot: { ...event.slot, key } });
    if (wish.signer === 'ben') journal.approve(BEN, asked);
    if (wish.signer === 'cleo') journal.approve(CLEO, asked);
    if (wish.signer === 'lea') journal.approveAsLead(LEA, asked, { overrun: cents(wish.overrun) });
    if (wish.reversed && wish.signer !== 'nobody') journal.reverse(maker, asked);
    if (wish.slot !== 'gone') {
      const amount = wish.slot === 'altered' ? cents(1) : asked.event.offer.amount.minor;
      const record = `R${String(place)}` as RecordId;
      slots.push(slotOf(asked.event, 'posted', { amount, record }));
    }
    return journal;
  });
  return booksOf(journals, HISTORY, LATER, slots);
}

const payable = (books: Books): readonly CreditId[] =>
  judge(books)
    .credits.filter(({ verdict }) => verdict === 'payable')
    .map(({ id }) => id);

const someBooks = fc.array(someCredit, { minLength: 1, maxLength: 14 }).map(playAll);

describe('whatever people wrote', () => {
  it('no maker is paid more than the budget of a period but by a lead who named the overrun', () => {
    fc.assert(
      fc.property(someBooks, (books) => {
        const { credits } = judge(books);
        for (const maker of MAKERS) {
          const paid = credits.filter((one) => one.maker === maker && one.verdict === 'payable');
          const alone = paid.filter(({ signers }) => signers.every(({ as }) => as === 'peer'));
          const sum = alone.reduce((all, { amount }) => all + amount, 0);
          expect(sum).toBeLessThanOrEqual(TERMS.limits.budget);
        }
      }),
    );
  });

  it('the order in which tickets and slots were read changes nothing', () => {
    fc.assert(
      fc.property(someBooks, fc.integer(), (books, seed) => {
        const shuffled = <T>(items: readonly T[]): readonly T[] =>
          items
            .map((item, place) => ({ item, rank: Math.sin(seed + place * 7) }))
            .sort((one, other) => one.rank - other.rank)
            .map(({ item }) => item);
        const again = { ...books, proofs: shuffled(books.proofs), slots: shuffled(books.slots) };
        expect(judge(again)).toEqual(judge(books));
      }),
    );
  });

  it('a slot that somebody forges makes nothing payable', () => {
    const forged = fc.record({
      like: fc.nat({ max: 13 }),
      number: fc.integer({ min: 1, max: 60 }),
      sameNumber: fc.boolean(),
      /** Zendesk stamps it; nobody makes one in the past. */
      minutes: fc.integer({ min: 1, max: 3 * 24 * 60 }),
      status: fc.constantFrom('reserved', 'posted', 'void', 'reversed', 'reversed-late'),
      amount: fc.integer({ min: 0, max: 20000 }),
    });
    fc.assert(
      fc.property(someBooks, fc.array(forged, { minLength: 1, maxLength: 4 }), (books, wishes) => {
        const last = Math.max(
          ...books.proofs.flatMap(({ credits }) => credits.map((one) => one.requestedAt)),
        );
        const credits = books.proofs.flatMap((proof) => proof.credits);
        if (credits.length === 0) return;
        const more = wishes.map((wish, place): SlotFacts => {
          const model = must(credits[wish.like % credits.length]);
          const { key } = model.slot;
          const createdAt = plus(START, last - START + (wish.minutes + 1) * MINUTE);
          return {
            record: `F${String(place)}` as RecordId,
            key: { ...key, number: wish.sameNumber ? key.number : wish.number },
            createdAt,
            updatedAt: createdAt,
            updatedBy: model.maker,
            credit: model.id,
            ticket: model.ticket,
            maker: model.maker,
            customer: model.customer,
            amount: cents(wish.amount),
            currency: model.amount.currency,
            status: wish.status,
            terms: 1,
          };
        });
        const before = payable(books);
        for (const id of payable({ ...books, slots: [...books.slots, ...more] })) {
          expect(before).toContain(id);
        }
      }),
    );
  });

  it('no slot and no id is paid for twice', () => {
    fc.assert(
      fc.property(someBooks, (books) => {
        const paid = new Set(payable(books));
        const credits = books.proofs.flatMap((proof) => proof.credits);
        const names = credits
          .filter(({ id }) => paid.has(id))
          .map(({ slot }) => `${slot.key.maker}/${String(slot.key.number)}`);
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });

  it('is payable often enough for all this to mean something', () => {
    const counted = fc.sample(someBooks, { numRuns: 50, seed: 7 }).map((books) => payable(books));
    expect(counted.flat().length).toBeGreaterThan(40);
    expect(counted.flat()).toContain(credit('p3'));
  });
});
