import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '#tests/support/any-text.ts';
import {
  ANA,
  BEN,
  cents,
  moment,
  money,
  must,
  terms,
  user,
  zone,
} from '#tests/support/journal-builder.ts';
import { groupId } from './ids.ts';
import { plus, SECOND } from './instant.ts';
import { canonicalTerms, parseTerms, type Terms, termsDigest, type Tier } from './terms.ts';

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

/** As JSON, with the members of every object in order. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );

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

  it('is read when only put into order', () => {
    const tiers = [senior, seasoned];
    expect(parseTerms(sorted({ ...form, tiers }))).toEqual(terms({ tiers }));
  });

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
    ...Object.keys(limits).flatMap((limit): [string, unknown][] => [
      ['limits', { ...limits, [limit]: -1 }],
      ['limits', { ...limits, [limit]: null }],
    ]),
    ['cosigners', 0],
    ['cosigners', 1.5],
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
    ['tiers', [{ ...senior, group: 77 }]],
    ['tiers', [{ ...senior, tag: 5 }]],
    ['tiers', [{ ...senior, key: null }]],
    ['tiers', [{ ...senior, key: 5 }]],
    ['tiers', [{ ...senior, name: null }]],
    ['tiers', [{ ...senior, name: 5 }]],
    ['tiers', [{ ...senior, limits: null }]],
    ['tiers', [{ ...senior, limits: { ...limits, self: null } }]],
    ['tiers', [null]],
  ])('is not read with another %s (%j)', (key, value) => {
    // In the right order throughout: nothing but the member may be what is wrong.
    expect(parseTerms(sorted({ ...form, [key]: value }))).toBeNull();
  });

  it.each(['', 'null', '[]', '1', '{', '{}'])('is not %j', (text) => {
    expect(parseTerms(text)).toBeNull();
  });
});
