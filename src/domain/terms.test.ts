import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '#tests/support/any-text.ts';
import {
  ADA,
  ANA,
  BEN,
  cents,
  historyOf,
  moment,
  money,
  must,
  named,
  published,
  START,
  terms,
  user,
  zone,
} from '#tests/support/journal-builder.ts';
import { digestOf } from './canonical.ts';
import { groupId } from './ids.ts';
import { DAY, HOUR, plus, SECOND } from './instant.ts';
import {
  canonicalTerms,
  type FrozenWhy,
  judgeTerms,
  limitsOf,
  parseTerms,
  type Terms,
  termsDigest,
  termsInForce,
  termsUsable,
  type Tier,
  tierFor,
} from './terms.ts';

const limits = {
  budget: cents(50000),
  self: cents(4000),
  cosign: cents(20000),
  hard: cents(60000),
};
const senior: Tier = { key: 'senior', name: 'Senior', tag: 'senior', group: null, limits };
const seasoned: Tier = { key: 'two', name: 'Two', tag: null, group: groupId(77), limits };

const amounts = fc.integer({ min: 0, max: 1_000_000 }).map(cents);
const someLimits = fc.record({ budget: amounts, self: amounts, cosign: amounts, hard: amounts });
const people = fc.array(fc.integer({ min: 1, max: 2 ** 40 }).map(user), { maxLength: 4 });
const anyTerms: fc.Arbitrary<Terms> = fc.record({
  number: fc.integer({ min: 1, max: 500 }),
  startsAt: fc
    .integer({ min: Date.UTC(2020, 0) / 1000, max: Date.UTC(2040, 0) / 1000 })
    .map((seconds) => plus(moment('1970-01-01T00:00:00Z'), seconds * SECOND)),
  currency: fc.constantFrom('USD', 'EUR', 'JPY', 'KWD').map(money),
  timeZone: fc.constantFrom('Etc/UTC', 'Europe/Berlin', 'America/New_York').map(zone),
  period: fc.constantFrom('week', 'month', 'quarter'),
  limits: someLimits,
  cosigners: fc.integer({ min: 1, max: 3 }),
  customerCap: amounts,
  customerCapDays: fc.integer({ min: 1, max: 366 }),
  expiryHours: fc.integer({ min: 1, max: 100 }),
  holdHours: fc.integer({ min: 0, max: 100 }),
  pairLimit: fc.integer({ min: 0, max: 100 }),
  leads: people,
  pilot: fc.option(people),
  tiers: fc.array(
    fc.record({
      key: anyText().map((text) => text.normalize('NFC')),
      name: anyText().map((text) => text.normalize('NFC')),
      tag: fc.option(fc.constantFrom('senior', 'new')),
      group: fc.option(fc.integer({ min: 1 }).map((id) => must(groupId(id)))),
      limits: someLimits,
    }),
    { maxLength: 3 },
  ),
});

describe('the canonical form of terms', () => {
  it('reads back as the same terms', () => {
    fc.assert(
      fc.property(anyTerms, (each) => {
        expect(parseTerms(canonicalTerms(each))).toEqual(each);
      }),
    );
  });

  it('stays as it is: requests that were written name its digest', () => {
    const each = terms({ tiers: [senior, seasoned], pilot: [ANA, BEN] });
    expect(canonicalTerms(each)).toMatchInlineSnapshot(
      `"{"cosigners":1,"currency":"USD","customer_cap":15000,"customer_cap_days":90,"expiry_hours":24,"hold_hours":24,"leads":["21","22"],"limits":{"budget":20000,"cosign":10000,"hard":50000,"self":1000},"number":1,"pair_limit":5,"period":"month","pilot":["11","12"],"starts_at":"2026-11-15T10:00:00Z","tiers":[{"group":null,"key":"senior","limits":{"budget":50000,"cosign":20000,"hard":60000,"self":4000},"name":"Senior","tag":"senior"},{"group":"77","key":"two","limits":{"budget":50000,"cosign":20000,"hard":60000,"self":4000},"name":"Two","tag":null}],"time_zone":"Etc/UTC","v":1}"`,
    );
    expect(termsDigest(terms())).toMatchInlineSnapshot(
      `"b4cd76fde7286e2e530f0e38167e947a7f61af8c15841ef7e26eb1f4908435c2"`,
    );
  });

  const form = JSON.parse(canonicalTerms(terms({ tiers: [senior] }))) as Record<string, unknown>;

  it.each([
    ['white space', JSON.stringify(form, null, 1)],
    ['white space at the end', `${canonicalTerms(terms())}\n`],
    ['another order', JSON.stringify(Object.fromEntries(Object.entries(form).reverse()))],
    ['an extra member', canonicalTerms(terms()).replace('{', '{"a":1,')],
    ['a member twice', canonicalTerms(terms()).replace('"v":1', '"v":1,"v":1')],
    ['an escaped letter', canonicalTerms(terms()).replace('USD', '\\u0055SD')],
    ['another zone of the moment', canonicalTerms(terms()).replace(':00Z', ':00+00:00')],
    ['parts of a second', canonicalTerms(terms()).replace(':00Z', ':00.000Z')],
    ['a fraction', canonicalTerms(terms()).replace('"cosigners":1', '"cosigners":1.0')],
    ['an exponent', canonicalTerms(terms()).replace('"hard":50000', '"hard":5e4')],
    ['ids as numbers', canonicalTerms(terms()).replace('"21"', '21')],
    [
      'a decomposed letter',
      canonicalTerms(terms({ tiers: [{ ...senior, name: 'Né' }] })).normalize('NFD'),
    ],
  ])('has no second spelling: %s', (_what, text) => {
    expect(text).not.toBe(canonicalTerms(terms()));
    expect(parseTerms(text)).toBeNull();
  });

  it.each<[string, unknown]>([
    ...Object.keys(form).map((key): [string, unknown] => [key, undefined]),
    ['v', 2],
    ['number', 0],
    ['number', '1'],
    ['starts_at', '2026-11-15'],
    ['currency', 'usd'],
    ['time_zone', 'Mars/Olympus'],
    ['period', 'year'],
    ['limits', {}],
    ['limits', null],
    ['limits', { budget: -1, cosign: 1, hard: 1, self: 1 }],
    ['cosigners', 0],
    ['cosigners', 4],
    ['customer_cap', 0.5],
    ['customer_cap_days', 0],
    ['expiry_hours', 0],
    ['hold_hours', -1],
    ['pair_limit', -1],
    ['leads', [0]],
    ['leads', 'everyone'],
    ['pilot', 'everyone'],
    ['tiers', {}],
    ['tiers', [{ ...senior, group: 'x' }]],
    ['tiers', [{ ...senior, tag: 5 }]],
    ['tiers', [{ ...senior, key: null }]],
    ['tiers', [null]],
  ])('is not read with another %s (%j)', (key, value) => {
    const changed = { ...form, [key]: value };
    const sorted = Object.fromEntries(Object.entries(changed).sort(([a], [b]) => (a < b ? -1 : 1)));
    expect(parseTerms(JSON.stringify(sorted))).toBeNull();
  });

  it.each(['', 'null', '[]', '1', '{', '{}'])('is not %j', (text) => {
    expect(parseTerms(text)).toBeNull();
  });
});

describe('the judgement of terms records', () => {
  const first = terms();
  const second = terms({ number: 2, startsAt: START, cosigners: 2 });

  it('finds a record good whose form has its digest and whose last writer is an admin', () => {
    const [entry] = historyOf(first);
    expect(entry).toMatchObject({
      state: 'good',
      number: 1,
      digest: termsDigest(first),
      terms: first,
    });
  });

  const frozen = {
    altered: [published(first, { canonical: canonicalTerms({ ...first, cosigners: 3 }) })],
    missing: [published(second)],
    'writer-not-admin': [published(first, { updatedBy: BEN })],
    'writer-unknown': [published(first, { updatedBy: user(99) })],
  } satisfies Record<FrozenWhy, readonly ReturnType<typeof published>[]>;

  it.each(Object.entries(frozen))('freezes a record that is %s', (why, records) => {
    const isAdmin = (id: string) => (id === user(99) ? null : id === ADA);
    expect(judgeTerms(records, isAdmin)[0]).toMatchObject({ state: 'frozen', number: 1, why });
  });

  it.each([
    ['digest', { digest: digestOf('something else') }],
    ['start', { startsAt: plus(first.startsAt, HOUR) }],
    ['start, emptied', { startsAt: null }],
  ])(
    'freezes a record with another %s; its canonical form still tells the terms',
    (_, different) => {
      expect(historyOf(published(first, different))[0]).toMatchObject({
        state: 'frozen',
        why: 'altered',
        terms: first,
        digest: termsDigest(first),
      });
    },
  );

  it.each([
    ['canonical form', { canonical: '{}' }],
    ['canonical form and digest, unreadable', { canonical: '{}', digest: digestOf('{}') }],
    [
      'number',
      {
        number: 1,
        canonical: canonicalTerms(second),
        digest: termsDigest(second),
        startsAt: START,
      },
    ],
  ])('freezes a record with another %s, and knows nothing of it then', (_what, different) => {
    expect(historyOf(published(first, different))[0]).toMatchObject({
      state: 'frozen',
      why: 'altered',
      terms: null,
      digest: null,
    });
  });

  describe('where this client has seen the terms good before', () => {
    const seen = new Map([
      [1, canonicalTerms(first)],
      [2, canonicalTerms(second)],
    ]);
    const judged = (...records: Parameters<typeof judgeTerms>[0]) =>
      judgeTerms(records, (id) => id === ADA, seen);

    it('knows that the newest was deleted: it is in force, frozen, and not the one before it', () => {
      const history = judged(published(first));
      expect(history).toMatchObject([
        { state: 'good' },
        { state: 'frozen', why: 'missing', terms: second },
      ]);
      expect(termsInForce(history, plus(second.startsAt, DAY))).toBe(history[1]);
    });

    it('knows what an altered record said, so that an admin can affirm it', () => {
      const [entry] = judged(published(first, { canonical: '{}' }), published(second));
      expect(entry).toMatchObject({
        state: 'frozen',
        why: 'altered',
        terms: first,
        digest: termsDigest(first),
      });
    });

    it('takes a record that is whole and an admin’s as it is', () => {
      expect(judged(published(first), published(second))).toMatchObject([
        { state: 'good' },
        { state: 'good' },
      ]);
    });
  });

  it('knows the terms of a record whose writer is no admin, so that they can be affirmed', () => {
    expect(historyOf(published(first, { updatedBy: BEN }))[0]).toMatchObject({ terms: first });
    const affirmed = published(first, { createdBy: BEN, updatedBy: ADA });
    expect(historyOf(affirmed)[0]).toMatchObject({ state: 'good' });
  });

  it('takes a record without a writer for one that no admin wrote', () => {
    expect(historyOf(published(first, { updatedBy: null }))[0]).toMatchObject({
      why: 'writer-not-admin',
    });
  });

  it('is in the order of numbers without gaps, however the records came', () => {
    const fourth = terms({ number: 4, startsAt: START });
    const history = historyOf(fourth, second, first);
    expect(history.map(({ number, state }) => [number, state])).toEqual([
      [1, 'good'],
      [2, 'good'],
      [3, 'frozen'],
      [4, 'good'],
    ]);
    expect(historyOf()).toEqual([]);
  });

  it.each([1e9, 0, -1, 1.5, NaN])(
    'is not blown up by a forged record with the number %d',
    (number) => {
      const history = historyOf(published(first), published(second, { number }));
      expect(history.map((entry) => entry.number)).toEqual([1]);
    },
  );
});

describe('the terms in force', () => {
  const first = terms();
  const second = terms({ number: 2, startsAt: START });

  it('are the highest that have started, to the second', () => {
    const history = historyOf(first, second);
    expect(termsInForce(history, plus(first.startsAt, -SECOND))).toBeUndefined();
    expect(termsInForce(history, first.startsAt)?.number).toBe(1);
    expect(termsInForce(history, plus(START, -SECOND))?.number).toBe(1);
    expect(termsInForce(history, START)?.number).toBe(2);
  });

  it('are none before the first publication', () => {
    expect(termsInForce([], START)).toBeUndefined();
  });

  it('may be frozen ones: nothing new is written under older ones for that', () => {
    const history = historyOf(published(first), published(second, { updatedBy: BEN }));
    expect(termsInForce(history, START)).toMatchObject({ number: 2, state: 'frozen' });
  });
});

describe('the use of terms', () => {
  const first = terms();
  const second = terms({ number: 2, startsAt: START });
  const history = historyOf(first, second);

  it('begins with their start, to the second', () => {
    expect(termsUsable(history, named(second), plus(START, -SECOND))).toEqual({
      ok: false,
      why: 'not-started',
    });
    expect(termsUsable(history, named(second), START)).toMatchObject({ ok: true });
  });

  it('ends an hour after the next terms start, to the second', () => {
    expect(termsUsable(history, named(first), START)).toMatchObject({ ok: true });
    expect(termsUsable(history, named(first), plus(START, HOUR - SECOND))).toMatchObject({
      ok: true,
      entry: { number: 1, terms: first },
    });
    expect(termsUsable(history, named(first), plus(START, HOUR))).toEqual({
      ok: false,
      why: 'ended',
    });
  });

  it('ends by later terms even when the next ones are missing', () => {
    const third = terms({ number: 3, startsAt: START });
    const gap = historyOf(first, third);
    expect(termsUsable(gap, named(first), plus(START, HOUR))).toMatchObject({ why: 'ended' });
  });

  it('is another digest than that of whole terms', () => {
    const wrong = { number: 1, digest: digestOf('x') };
    expect(termsUsable(history, wrong, START)).toEqual({ ok: false, why: 'other-digest' });
  });

  it('is unknowable, not invented, when the record was made only after it was named', () => {
    const later = plus(START, DAY);
    const anew = historyOf(published(first, { createdAt: later, updatedAt: later }));
    const gone = { number: 1, digest: digestOf('what was deleted') };
    expect(termsUsable(anew, gone, START)).toEqual({ ok: false, why: 'unknowable' });
    expect(termsUsable(anew, gone, later)).toEqual({ ok: false, why: 'other-digest' });
  });

  it('is unknowable for another number, an altered or a missing record', () => {
    expect(termsUsable(history, { ...named(first), number: 9 }, START)).toMatchObject({
      why: 'unknowable',
    });
    expect(termsUsable(historyOf(second), named(first), START)).toMatchObject({
      why: 'unknowable',
    });
    const altered = historyOf(published(first, { canonical: '{}' }));
    expect(termsUsable(altered, named(first), START)).toMatchObject({ why: 'unknowable' });
  });

  it('is still known where only the writer is no admin', () => {
    const left = historyOf(published(first, { updatedBy: BEN }));
    expect(termsUsable(left, named(first), START)).toMatchObject({
      ok: true,
      entry: { state: 'frozen', why: 'writer-not-admin' },
    });
  });

  it('is not ended after the fact by a record that somebody writes later with an earlier start', () => {
    const forged = terms({ number: 2, startsAt: plus(START, -5 * DAY), leads: [BEN] });
    const writtenAt = plus(START, DAY);
    const records = [
      published(first),
      published(forged, { createdAt: writtenAt, createdBy: BEN, updatedBy: BEN }),
    ];
    expect(termsUsable(historyOf(...records), named(first), START)).toMatchObject({ ok: true });
    expect(termsInForce(historyOf(...records), START)?.number).toBe(1);
    expect(termsInForce(historyOf(...records), writtenAt)?.number).toBe(2);
  });

  it('is not ended after the fact by a later record whose start is altered', () => {
    const altered = published(terms({ number: 2, startsAt: plus(START, DAY) }), {
      startsAt: plus(START, -5 * DAY),
    });
    expect(termsUsable(historyOf(published(first), altered), named(first), START)).toMatchObject({
      ok: true,
    });
  });
});

describe('tiers', () => {
  const tiered = terms({ tiers: [senior, seasoned] });

  it('give other limits', () => {
    expect(limitsOf(tiered, null)).toBe(tiered.limits);
    expect(limitsOf(tiered, 'senior')).toBe(limits);
    expect(limitsOf(tiered, 'gone')).toBeNull();
  });

  it('go by tag or group, the first that fits', () => {
    const group = must(groupId(77));
    expect(tierFor(tiered, { tags: [], groups: [] })).toBeNull();
    expect(tierFor(tiered, { tags: ['senior'], groups: [group] })).toBe(senior);
    expect(tierFor(tiered, { tags: ['new'], groups: [group] })).toBe(seasoned);
    expect(tierFor(terms(), { tags: ['senior'], groups: [group] })).toBeNull();
  });

  it('without tag and group fit nobody', () => {
    const nobody = { ...senior, tag: null };
    expect(tierFor(terms({ tiers: [nobody] }), { tags: [''], groups: [] })).toBeNull();
  });
});
