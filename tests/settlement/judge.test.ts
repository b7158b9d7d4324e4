import { describe, expect, it } from 'vitest';
import type { Instant } from '#domain/instant.ts';
import { DAY, HOUR, MINUTE, plus } from '#domain/instant.ts';
import type { Terms } from '#domain/terms.ts';
import { judge } from '#settlement/judge.ts';
import { deletedTicket, proveTicket } from '#settlement/ticket-proof.ts';
import {
  ADA,
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
  published,
  START,
  terms,
  ticket,
} from '#tests/support/journal-builder.ts';
import { booksOf, everybody, slotOf, verdicts, verdictsOf } from './books.ts';

const TERMS = terms();
const HISTORY = historyOf(TERMS);
/** Two days later: every hold is over. */
const LATER = plus(START, 2 * DAY);

/** One ticket each, under the same terms. */
let tickets = 6000;
const newTicket = (under: Terms = TERMS, customer = CUSTOMER): Journal => {
  tickets += 1;
  return new Journal(under, { customer, on: ticket(tickets) });
};

/** A credit of Ana's that Ben approved, on a ticket of its own, with slot number `number`. */
function approved(
  name: string,
  number: number,
  wish: Parameters<Journal['request']>[1] & { at?: Instant; journal?: Journal } = {},
) {
  const { at = START, journal = newTicket(), ...rest } = wish;
  journal.now = at;
  const customer = rest.customer ?? CUSTOMER;
  const event = journal.requestEvent(ANA, { name, ...rest, customer });
  const asked = journal.send({
    ...event,
    slot: { ...event.slot, key: { ...event.slot.key, number } },
  });
  journal.approve(BEN, asked);
  return { journal, event: asked.event };
}

describe('a credit that is as it should be', () => {
  it('is payable once its hold is over', () => {
    const { journal, event } = approved('one', 1);
    const books = (asOf: Instant) => booksOf([journal], HISTORY, asOf, [slotOf(event)]);
    expect(verdictsOf(books(plus(START, HOUR)))).toEqual({ [credit('one')]: 'held' });
    expect(verdictsOf(books(LATER))).toEqual({ [credit('one')]: 'payable' });
  });

  it('waits, whatever the hold, until no earlier claim can still get its journal', () => {
    const at = (asOf: Instant) => {
      const under = terms({ holdHours: 0 });
      const journal = newTicket(under);
      const asked = journal.request(ANA);
      journal.approve(BEN, asked);
      return verdictsOf(booksOf([journal], historyOf(under), asOf, [slotOf(asked.event)]));
    };
    expect(Object.values(at(plus(START, 5 * MINUTE)))).toEqual(['held']);
    expect(Object.values(at(plus(START, 16 * MINUTE)))).toEqual(['payable']);
  });

  it('is not listed as wrong while its slot only lags behind', () => {
    const { journal, event } = approved('one', 1);
    const books = booksOf([journal], HISTORY, LATER, [slotOf(event, 'reserved')]);
    expect(verdictsOf(books)).toEqual({ [credit('one')]: 'payable' });
  });

  it('names maker, customer, signers with their roles of today, terms and times', () => {
    const { journal, event } = approved('one', 1);
    const [line] = judge(booksOf([journal], HISTORY, LATER, [slotOf(event)])).credits;
    expect(line).toMatchObject({
      id: credit('one'),
      customer: CUSTOMER,
      maker: ANA,
      amount: 2500,
      currency: 'USD',
      signers: [{ user: BEN, as: 'peer', role: 'agent' }],
      terms: 1,
      postedAt: plus(START, MINUTE),
      holdUntil: plus(START, DAY + MINUTE),
    });
  });

  it('is waiting, or over, and never payable without its last approval', () => {
    const journal = newTicket();
    const waits = journal.request(ANA, { name: 'waits', amount: 1500 });
    const gone = journal.request(ANA, { name: 'gone', amount: 1500 });
    journal.withdraw(ANA, gone);
    const refused = journal.request(ANA, { name: 'refused', amount: 1500 });
    journal.decline(BEN, refused);
    const slots = [slotOf(waits.event, 'reserved'), slotOf(gone.event, 'void')];
    const now = plus(START, HOUR);
    expect(verdictsOf(booksOf([journal], HISTORY, now, slots))).toEqual({
      [credit('waits')]: 'waiting',
      [credit('gone')]: 'ended',
      [credit('refused')]: 'waiting',
    });
    const books = booksOf([journal], HISTORY, now, slots);
    const late = verdictsOf({ ...books, asOf: LATER });
    expect(late[credit('waits')]).toBe('ended');
  });
});

describe('budgets', () => {
  /** Two credits of $120 for two customers, of a budget of $200: the second attests nothing. */
  const two = (wish: Parameters<typeof approved>[2] = {}) => {
    const first = approved('first', 1, { amount: 9900 });
    const second = approved('second', 2, {
      at: plus(START, HOUR),
      amount: 9900,
      customer: OTHER_CUSTOMER,
      journal: newTicket(TERMS, OTHER_CUSTOMER),
      ...wish,
    });
    const third = approved('third', 3, {
      at: plus(START, 2 * HOUR),
      amount: 5000,
      customer: DAN,
      journal: newTicket(TERMS, DAN),
    });
    return { first, second, third };
  };

  it('are summed up over all journals of the period, whatever a request attests', () => {
    const { first, second, third } = two();
    const books = booksOf(
      [third.journal, second.journal, first.journal],
      HISTORY,
      LATER,
      [first, second, third].map(({ event }) => slotOf(event)),
    );
    expect(verdictsOf(books)).toEqual({
      [credit('first')]: 'payable',
      [credit('second')]: 'payable',
      [credit('third')]: 'not-payable: over-budget',
    });
    const [reason] = must(judge(books).credits[2]).reasons;
    expect(reason?.values).toEqual({ used: '198.00 USD', said: '0.00 USD', over: '48.00 USD' });
  });

  it('count claims in time: a number skipped by hand hides nothing', () => {
    const high = approved('high', 9000, { amount: 9900 });
    const next = approved('next', 1, {
      at: plus(START, HOUR),
      amount: 9900,
      customer: DAN,
      journal: newTicket(TERMS, DAN),
    });
    const last = approved('last', 2, {
      at: plus(START, 2 * HOUR),
      amount: 9900,
      customer: CLEO,
      journal: newTicket(TERMS, CLEO),
    });
    const all = [high, next, last];
    const books = booksOf(
      all.map(({ journal }) => journal),
      HISTORY,
      LATER,
      all.map(({ event }) => slotOf(event)),
    );
    expect(verdictsOf(books)[credit('last')]).toBe('not-payable: over-budget');
    expect(judge(books).findings.map(({ code }) => code)).toEqual(['slots-deleted']);
  });

  it('come back with a withdrawal and a reversal in the hold, not with a later one', () => {
    const { first, second, third } = two();
    const asked = { id: credit('first') } as Parameters<Journal['reverse']>[1];
    first.journal.now = plus(START, 90 * MINUTE);
    first.journal.reverse(ANA, asked);
    const slots = [slotOf(first.event, 'reversed'), slotOf(second.event), slotOf(third.event)];
    const books = booksOf(
      [first, second, third].map(({ journal }) => journal),
      HISTORY,
      LATER,
      slots,
    );
    expect(verdictsOf(books)).toEqual({
      [credit('first')]: 'ended',
      [credit('second')]: 'payable',
      [credit('third')]: 'payable',
    });
  });

  it('may be overrun by a lead who names the overrun', () => {
    const { first, second } = two();
    const journal = newTicket(TERMS, DAN);
    journal.now = plus(START, 2 * HOUR);
    const lead = (overrun: number) => {
      const asked = journal.request(ANA, {
        name: `lead-${String(overrun)}`,
        amount: 5000,
        customer: DAN,
        band: 'lead',
        facts: { role: 'agent', tier: null, budgetUsed: cents(19800), customerUsed: cents(0) },
        slot: {
          ...second.event.slot,
          createdAt: plus(journal.now, -MINUTE),
          key: { ...second.event.slot.key, number: 3 },
        },
      });
      journal.approveAsLead(LEA, asked, { overrun: cents(overrun) });
      return asked;
    };
    const asked = lead(4800);
    const books = booksOf([first.journal, second.journal, journal], HISTORY, LATER, [
      slotOf(first.event),
      slotOf(second.event),
      slotOf(asked.event),
    ]);
    expect(verdictsOf(books)[credit('lead-4800')]).toBe('payable');
  });

  it('hold what a deleted ticket took: its slot counts, and is not payable', () => {
    const { first, second, third } = two();
    const books = booksOf(
      [second.journal, third.journal],
      HISTORY,
      LATER,
      [first, second, third].map(({ event }) => slotOf(event)),
    );
    const gone = deletedTicket(first.event.offer.ticket, LATER, undefined);
    const settled = judge({ ...books, proofs: [...books.proofs, gone] });
    expect(verdicts(settled)[credit('third')]).toBe('not-payable: over-budget');
    expect(settled.findings.map(({ code, credit: of }) => [code, of])).toEqual([
      ['ticket-deleted', credit('first')],
    ]);
  });
});

describe('slots', () => {
  it('carry one journal: of two that name one slot only the first is payable', () => {
    const first = approved('first', 1);
    const second = approved('second', 1, {
      at: plus(START, 2 * MINUTE),
      customer: DAN,
      journal: newTicket(TERMS, DAN),
    });
    const third = approved('third', 1, {
      at: plus(START, 3 * MINUTE),
      customer: CLEO,
      journal: newTicket(TERMS, CLEO),
    });
    const books = booksOf([third.journal, second.journal, first.journal], HISTORY, LATER, [
      slotOf(first.event),
    ]);
    expect(verdictsOf(books)).toEqual({
      [credit('first')]: 'payable',
      [credit('second')]: 'not-payable: slot-shared',
      [credit('third')]: 'not-payable: slot-shared',
    });
  });

  it.each([
    ['deleted', 'slot-missing', []],
    ['made anew later', 'slot-replaced', [{ createdAt: plus(START, HOUR) }]],
    ['older than it says', 'slot-other-time', [{ createdAt: plus(START, -HOUR) }]],
    ['of another month', 'slot-other-period', [{ createdAt: plus(START, -30 * DAY) }]],
    ['altered', 'slot-changed', [{ amount: cents(1) }]],
    ['set free', 'slot-freed', [{ status: 'void' as const }]],
    ['there twice', 'slot-doubled', [{}, { credit: credit('one') }]],
  ])('that are %s stop the payment', (_how, code, changes) => {
    const { journal, event } = approved('one', 1);
    const slots = changes.map((different) => slotOf(event, 'posted', different));
    expect(verdictsOf(booksOf([journal], HISTORY, LATER, slots))).toEqual({
      [credit('one')]: `not-payable: ${code}`,
    });
  });

  it('that were deleted or altered may be made up for by an admin, the others not', () => {
    const { journal, event } = approved('one', 1);
    const confirmed = new Set([String(credit('one'))]);
    const verdictWith = (slots: Parameters<typeof booksOf>[3]) =>
      verdictsOf(booksOf([journal], HISTORY, LATER, slots, { confirmed }))[credit('one')];
    expect(verdictWith([])).toBe('payable');
    expect(verdictWith([slotOf(event, 'posted', { amount: cents(1) })])).toBe('payable');
    const old = slotOf(event, 'posted', { createdAt: plus(START, -HOUR) });
    expect(verdictWith([old])).toBe('not-payable: slot-other-time');
  });

  it('without a journal are told, once their journal can no longer come', () => {
    const journal = newTicket();
    const event = journal.requestEvent(ANA, { name: 'never' });
    const told = (asOf: Instant) =>
      judge(booksOf([journal], HISTORY, asOf, [slotOf(event, 'reserved')])).findings;
    expect(told(plus(START, 5 * MINUTE))).toEqual([]);
    expect(told(LATER).map(({ code }) => code)).toEqual(['slot-without-journal']);
  });
});

describe('ids', () => {
  it('are paid once: a second ticket that names a credit again is not payable', () => {
    const first = approved('same', 1);
    const second = approved('same', 2, {
      at: plus(START, HOUR),
      customer: DAN,
      journal: newTicket(TERMS, DAN),
    });
    const { credits } = judge(
      booksOf([second.journal, first.journal], HISTORY, LATER, [
        slotOf(first.event),
        slotOf(second.event),
      ]),
    );
    expect(
      credits.map(({ verdict, reasons }) => [verdict, ...reasons.map(({ code }) => code)]),
    ).toEqual([['payable'], ['not-payable', 'credit-repeated']]);
  });
});

describe('a customer', () => {
  const twoFor = (apart: number) => {
    const first = approved('first', 1, { amount: 9000 });
    const second = approved('second', 2, { at: plus(START, apart), amount: 9000 });
    return booksOf([first.journal, second.journal], HISTORY, LATER, [
      slotOf(first.event),
      slotOf(second.event),
    ]);
  };

  it('over whose cap somebody goes without a lead is not payable', () => {
    expect(verdictsOf(twoFor(HOUR))).toEqual({
      [credit('first')]: 'payable',
      [credit('second')]: 'not-payable: over-customer-cap',
    });
  });

  it('for whom two asked within ten minutes is crossed, and payable once an admin confirms', () => {
    const books = twoFor(5 * MINUTE);
    expect(verdictsOf(books)[credit('second')]).toBe('not-payable: crossed');
    const confirmed = new Set([String(credit('second'))]);
    expect(verdictsOf({ ...books, confirmed })[credit('second')]).toBe('payable');
  });
});

describe('a pair', () => {
  /** Six credits of Ana's that Ben signs, a minute's work each; the limit is two. */
  const signedBy = (apart: number) => {
    const under = terms({ pairLimit: 2 });
    const all = [1, 2, 3].map((number) => {
      const customer = [CUSTOMER, DAN, CLEO][number - 1] ?? CUSTOMER;
      const journal = newTicket(under, customer);
      return approved(`n${String(number)}`, number, {
        at: plus(START, number * apart),
        customer,
        journal,
      });
    });
    return verdictsOf(
      booksOf(
        all.map(({ journal }) => journal),
        historyOf(under),
        LATER,
        all.map(({ event }) => slotOf(event)),
      ),
    )[credit('n3')];
  };

  it('that signs more often than the limit is not payable, crossed where it could not know', () => {
    expect(signedBy(HOUR)).toBe('not-payable: pair-limit');
    expect(signedBy(2 * MINUTE)).toBe('not-payable: crossed');
  });
});

describe('people as they are today', () => {
  const { journal, event } = approved('one', 1);
  const verdictWith = (
    different: Parameters<typeof everybody>[0],
    confirmed: readonly string[] = [],
  ) =>
    verdictsOf(
      booksOf([journal], HISTORY, LATER, [slotOf(event)], {
        people: everybody(different),
        confirmed: new Set(confirmed),
      }),
    )[credit('one')];

  it.each([
    ['light', { role: 'light' as const }],
    ['an end user', { role: 'end-user' as const }],
    ['gone', { active: false }],
  ])('stop the payment when the approver is %s, until an admin confirms', (_how, change) => {
    expect(verdictWith([[BEN, change]])).toBe('not-payable: signer-unfit');
    expect(verdictWith([[BEN, change]], [credit('one')])).toBe('payable');
  });

  it('stop the payment when the maker could not ask today', () => {
    expect(verdictWith([[ANA, { role: 'light' }]])).toBe('not-payable: maker-unfit');
  });

  it('do not matter where they only became an admin, or where somebody else needed not sign', () => {
    expect(verdictWith([[BEN, { role: 'admin' }]])).toBe('payable');
    expect(verdictWith([[CLEO, { active: false }]])).toBe('payable');
  });

  it('show a tier that the maker is not in, where it changed who had to agree', () => {
    const under = terms({
      tiers: [
        {
          key: 'senior',
          name: 'Senior',
          tag: 'senior',
          group: null,
          limits: {
            budget: cents(50000),
            self: cents(5000),
            cosign: cents(10000),
            hard: cents(50000),
          },
        },
      ],
    });
    const own = newTicket(under);
    const asked = own.request(ANA, {
      name: 'tier',
      band: 'self',
      asked: [],
      facts: { role: 'agent', tier: 'senior', budgetUsed: cents(0), customerUsed: cents(0) },
    });
    const verdict = (tags: readonly string[]) =>
      verdictsOf(
        booksOf([own], historyOf(under), LATER, [slotOf(asked.event)], {
          people: everybody([[ANA, { tags }]]),
        }),
      )[credit('tier')];
    expect(verdict(['senior'])).toBe('payable');
    expect(verdict([])).toBe('not-payable: tier-differs');
  });
});

describe('terms', () => {
  it('that somebody who is no admin wrote last hold the money until an admin affirms them', () => {
    const { journal, event } = approved('one', 1);
    const touched = historyOf(published(TERMS, { updatedBy: BEN }));
    expect(verdictsOf(booksOf([journal], touched, LATER, [slotOf(event)]))).toEqual({
      [credit('one')]: 'not-payable: terms-to-affirm',
    });
  });

  it('that were altered leave nothing to judge by', () => {
    const { journal, event } = approved('one', 1);
    const altered = historyOf(published(TERMS, { canonical: '{}' }));
    expect(verdictsOf(booksOf([journal], altered, LATER, [slotOf(event)]))).toEqual({
      [credit('one')]: 'not-payable: terms-to-affirm',
    });
  });
});

describe('what was exported', () => {
  it('and would not be payable now is the worst', () => {
    const { journal, event } = approved('one', 1);
    const books = booksOf([journal], HISTORY, LATER, [], { exported: new Set([credit('one')]) });
    expect(verdictsOf(books)).toEqual({
      [credit('one')]: 'not-payable: paid-in-doubt slot-missing',
    });
    expect(verdictsOf({ ...books, slots: [slotOf(event)] })).toEqual({
      [credit('one')]: 'payable',
    });
  });

  it('stays known after its ticket is deleted', () => {
    const { journal, event } = approved('one', 1);
    const before = proveTicket(event.offer.ticket, journal.audits, HISTORY, LATER);
    const books = booksOf([], HISTORY, LATER, [slotOf(event)]);
    const settled = judge({ ...books, proofs: [deletedTicket(event.offer.ticket, LATER, before)] });
    expect(verdicts(settled)).toEqual({ [credit('one')]: 'not-payable: ticket-deleted' });
  });
});

describe('events that count for nothing', () => {
  it.each([
    [
      'an approval of one’s own credit',
      'event-checker-is-maker',
      (j: Journal, r: ReturnType<Journal['request']>) => j.approve(ANA, r),
    ],
    [
      'an approval under a colleague’s name',
      'event-author-differs',
      (j: Journal, r: ReturnType<Journal['request']>) =>
        j.approve(ANA, r, {}, { comment: { author: BEN, public: false, text: 'ok' } }),
    ],
    [
      'an approval by mail',
      'event-wrong-channel',
      (j: Journal, r: ReturnType<Journal['request']>) =>
        j.approve(BEN, r, {}, { channel: 'email' }),
    ],
    [
      'an approval of another offer',
      'event-other-offer',
      (j: Journal, r: ReturnType<Journal['request']>) =>
        j.approve(BEN, r, { digest: 'ab'.repeat(32) }),
    ],
    [
      'a lead who is none',
      'event-not-lead',
      (j: Journal, r: ReturnType<Journal['request']>) => j.approveAsLead(CLEO, r),
    ],
    ['text that nobody can read', 'event-unreadable', (j: Journal) => j.writeRaw(ANA, '{')],
    [
      'a newer version',
      'event-newer-version',
      (j: Journal) => j.writeRaw(ANA, '{"v":2,"events":[]}'),
    ],
  ])('are listed by name: %s', (_what, code, forge) => {
    const journal = newTicket();
    const asked = journal.request(ANA);
    forge(journal, asked);
    const books = booksOf([journal], HISTORY, journal.now, [slotOf(asked.event, 'reserved')]);
    expect(judge(books).findings.map((finding) => finding.code)).toEqual([code]);
    expect(Object.values(verdictsOf(books))).toEqual(['waiting']);
  });

  it('freeze the credit that an event of a newer version names', () => {
    const { journal, event } = approved('one', 1);
    journal.writeRaw(ADA, JSON.stringify({ v: 2, events: [{ credit: credit('one') }] }));
    expect(verdictsOf(booksOf([journal], HISTORY, LATER, [slotOf(event)]))).toEqual({
      [credit('one')]: 'not-payable: newer-version',
    });
  });
});
