import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Circumstances,
  type Guideline,
  fittingGuidelines,
  type Situation,
  strengthAgainst,
  STRENGTHS,
} from './guidelines.ts';
import { DAY, type Instant, plus } from './instant.ts';
import { LARGEST_MINOR, type Minor } from './money.ts';

const NOW = Date.UTC(2026, 10, 22) as Instant;
const cents = (amount: number) => amount as Minor;

const ALWAYS: Circumstances = {
  reasons: [],
  least: null,
  ticketTags: [],
  customerTags: [],
  organizations: [],
  channels: [],
  forms: [],
  fields: {},
  pastCredits: null,
  contact: null,
};

const guideline = (
  key: string,
  when: Partial<Circumstances> = {},
  rest: Partial<Guideline> = {},
): Guideline => ({
  key,
  title: key,
  text: '',
  article: null,
  usual: null,
  strength: 'advise',
  most: null,
  when: { ...ALWAYS, ...when },
  ...rest,
});

const KNOWN: Situation = {
  reason: 'late_delivery',
  amount: cents(1500),
  ticketTags: ['parcel'],
  channel: 'email',
  form: ['900', 'Delivery'],
  fields: { '77': ['gold'] },
  customerTags: ['vip'],
  organization: ['500', 'Acme'],
  pastCredits: [],
  contact: 'repeat',
  now: NOW,
};

const keys = (guidelines: readonly Guideline[], situation: Partial<Situation>) =>
  fittingGuidelines(guidelines, { ...KNOWN, ...situation }).map(
    ({ guideline: { key }, against, above, unsure }) =>
      `${key}${against ? '!' : above ? '^' : ''}${unsure ? '?' : ''}`,
  );

describe('the guidelines that fit', () => {
  const late = guideline(
    'late',
    { reasons: ['late_delivery'] },
    { most: cents(1500), strength: 'cosign' },
  );
  const kind = guideline('kind');

  it('are all while no reason is chosen, and those of the reason afterwards', () => {
    const both = [kind, late];
    expect(keys(both, { reason: null, amount: null })).toEqual(['kind', 'late']);
    expect(keys(both, { amount: null })).toEqual(['kind', 'late']);
    expect(keys(both, { reason: 'damaged', amount: null })).toEqual(['kind']);
  });

  it('are gone against just above their most, and then come first', () => {
    expect(keys([kind, late], { amount: cents(1499) })).toEqual(['kind', 'late']);
    expect(keys([kind, late], { amount: cents(1500) })).toEqual(['kind', 'late']);
    expect(keys([kind, late], { amount: cents(1501) })).toEqual(['late!', 'kind']);
    expect(keys([kind, late], { reason: 'damaged', amount: cents(99_999) })).toEqual(['kind']);
  });

  it('of which some only advise are never gone against, though an amount may be above', () => {
    const soft = guideline('soft', {}, { most: cents(1500) });
    expect(keys([soft], { amount: cents(1500) })).toEqual(['soft']);
    expect(keys([soft], { amount: cents(1501) })).toEqual(['soft^']);
  });

  it('without a most are gone against by any credit for which they speak', () => {
    const ask = guideline('ask', { customerTags: ['vip'] }, { strength: 'lead' });
    expect(keys([ask], { amount: null })).toEqual(['ask!']);
    expect(keys([ask], { customerTags: [] })).toEqual([]);
  });

  it('begin to speak at their least, and are not gone against before an amount is typed', () => {
    const large = guideline('large', { least: cents(5000) }, { strength: 'lead' });
    expect(keys([large], { amount: null })).toEqual(['large']);
    expect(keys([large], { amount: cents(4999) })).toEqual([]);
    expect(keys([large], { amount: cents(5000) })).toEqual(['large!']);
    expect(keys([large], { amount: cents(5001) })).toEqual(['large!']);
  });

  it('come strictest first', () => {
    const ask = (key: string, strength: Guideline['strength']) =>
      guideline(key, { contact: 'repeat' }, { strength });
    expect(keys([kind, ask('peer', 'cosign'), ask('lead', 'lead')], {})).toEqual([
      'lead!',
      'peer!',
      'kind',
    ]);
  });
});

describe('a circumstance', () => {
  const cases: readonly [Partial<Circumstances>, Partial<Situation>, Partial<Situation>][] = [
    [{ ticketTags: ['Parcel', 'x'] }, { ticketTags: ['parcel'] }, { ticketTags: ['parcels'] }],
    [{ customerTags: ['vip'] }, { customerTags: ['a', 'vip'] }, { customerTags: [] }],
    [{ organizations: ['ACME'] }, { organization: ['500', 'Acme'] }, { organization: [] }],
    [{ organizations: ['500'] }, { organization: ['500', 'Acme'] }, { organization: ['501', 'B'] }],
    [{ channels: ['email', 'api'] }, { channel: 'email' }, { channel: 'web' }],
    [{ forms: ['Delivery'] }, { form: ['900', 'Delivery'] }, { form: [] }],
    [{ fields: { '77': ['gold'] } }, { fields: { '77': ['gold'] } }, { fields: { '77': [] } }],
    [
      { pastCredits: { atLeast: 2, withinDays: 30 } },
      { pastCredits: [plus(NOW, -DAY), plus(NOW, -30 * DAY + 1)] },
      { pastCredits: [plus(NOW, -DAY), plus(NOW, -30 * DAY)] },
    ],
    [{ contact: 'first' }, { contact: 'first' }, { contact: 'repeat' }],
    [{ contact: 'repeat' }, { contact: 'repeat' }, { contact: 'first' }],
  ];

  it.each(cases)('%j fits %j and not %j', (when, fitting, other) => {
    const one = guideline('one', when);
    expect(keys([one], fitting)).toEqual(['one']);
    expect(keys([one], other)).toEqual([]);
  });

  it.each(cases)(
    '%j that could not be read is taken as fitting, and that is said',
    (when, known) => {
      const [part] = Object.keys(known);
      const unread = part === 'fields' ? { fields: {} } : { [part ?? '']: null };
      expect(keys([guideline('one', when, { strength: 'lead' })], unread)).toEqual(['one!?']);
    },
  );

  it('must hold together with all others', () => {
    const both = guideline('both', {
      ticketTags: ['parcel'],
      fields: { '77': ['gold'], '78': ['x'] },
    });
    expect(keys([both], { fields: { '77': ['gold'], '78': ['x', 'y'] } })).toEqual(['both']);
    expect(keys([both], { fields: { '77': ['gold'], '78': ['y'] } })).toEqual([]);
    expect(keys([both], { ticketTags: [], fields: {} })).toEqual([]);
  });
});

const few = (...words: string[]) => fc.subarray(words);
const amount = fc.integer({ min: 0, max: 10_000 }).map(cents);
const strength = fc.constantFrom(...STRENGTHS);
const instants = fc.array(
  fc.integer({ min: 0, max: 60 }).map((days) => plus(NOW, -days * DAY)),
  { maxLength: 4 },
);

const anyGuideline: fc.Arbitrary<Guideline> = fc
  .record({
    reasons: few('late', 'damaged'),
    least: fc.option(amount),
    ticketTags: few('a', 'b'),
    customerTags: few('vip', 'new'),
    organizations: few('Acme', 'Globex'),
    channels: few('web', 'email'),
    forms: few('Delivery', 'Billing'),
    fields: fc.constantFrom<Circumstances['fields']>({}, { '77': ['gold'] }, { '77': [] }),
    pastCredits: fc.option(
      fc.record({
        atLeast: fc.integer({ min: 1, max: 3 }),
        withinDays: fc.integer({ min: 1, max: 60 }),
      }),
    ),
    contact: fc.constantFrom('first' as const, 'repeat' as const, null),
  })
  .chain((when) =>
    fc.record({ strength, most: fc.option(amount) }).map((rest) => guideline('any', when, rest)),
  );

const anySituation: fc.Arbitrary<Situation> = fc.record({
  reason: fc.constantFrom('late', 'damaged', 'other'),
  amount,
  ticketTags: few('a', 'b', 'c'),
  channel: fc.constantFrom('web', 'email', 'api'),
  form: few('Delivery'),
  fields: fc.constantFrom<Situation['fields']>({ '77': ['gold'] }, { '77': [] }),
  customerTags: few('vip', 'new'),
  organization: few('Acme'),
  pastCredits: instants,
  contact: fc.constantFrom('first' as const, 'repeat' as const),
  now: fc.constant(NOW),
});

const strictness = (guidelines: readonly Guideline[], situation: Situation): number =>
  STRENGTHS.indexOf(strengthAgainst(fittingGuidelines(guidelines, situation)));

describe('what guidelines ask for', () => {
  it('is the strictest of those gone against', () => {
    const situation = KNOWN;
    const ask = (asked: Guideline['strength']) =>
      guideline(asked, { contact: 'repeat' }, { strength: asked });
    expect(strengthAgainst(fittingGuidelines([], situation))).toBe('advise');
    expect(strengthAgainst(fittingGuidelines([ask('advise')], situation))).toBe('advise');
    expect(strengthAgainst(fittingGuidelines([ask('lead'), ask('cosign')], situation))).toBe(
      'lead',
    );
    const kept = guideline('kept', {}, { strength: 'lead', most: cents(9999) });
    expect(strengthAgainst(fittingGuidelines([kept, ask('cosign')], situation))).toBe('cosign');
  });

  it('never gets weaker by one more guideline', () => {
    fc.assert(
      fc.property(fc.array(anyGuideline), anyGuideline, anySituation, (some, more, situation) => {
        expect(strictness([...some, more], situation)).toBeGreaterThanOrEqual(
          strictness(some, situation),
        );
      }),
    );
  });

  it('never gets weaker as the amount grows', () => {
    fc.assert(
      fc.property(
        fc.array(anyGuideline),
        anySituation,
        fc.integer({ min: 0, max: LARGEST_MINOR }),
        (guidelines, situation, by) => {
          const larger = { ...situation, amount: cents((situation.amount ?? 0) + by) };
          expect(strictness(guidelines, larger)).toBeGreaterThanOrEqual(
            strictness(guidelines, situation),
          );
        },
      ),
    );
  });

  it('never gets weaker by a fact that could not be read', () => {
    const unread: readonly Partial<Situation>[] = [
      { ticketTags: null },
      { channel: null },
      { form: null },
      { fields: {} },
      { customerTags: null },
      { organization: null },
      { pastCredits: null },
      { contact: null },
    ];
    fc.assert(
      fc.property(
        fc.array(anyGuideline),
        anySituation,
        fc.subarray([...unread]),
        (guidelines, situation, missing) => {
          const known = strictness(guidelines, situation);
          const less = strictness(
            guidelines,
            missing.reduce<Situation>((one, part) => ({ ...one, ...part }), situation),
          );
          expect(less).toBeGreaterThanOrEqual(known);
        },
      ),
    );
  });
});
