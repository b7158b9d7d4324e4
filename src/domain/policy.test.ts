import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANA, BEN, cents, money, terms } from '#tests/support/journal-builder.ts';
import {
  type Band,
  type BandReason,
  BANDS,
  decide,
  type Proposal,
  stricterBand,
} from './policy.ts';
import type { Terms } from './terms.ts';

type Wish = {
  readonly [Key in keyof Proposal]?: Key extends 'facts' | 'before'
    ? Partial<Proposal[Key]>
    : Proposal[Key];
};

const proposal = (
  amount: number,
  { facts, before, ...rest }: Wish = {},
  code = 'USD',
): Proposal => ({
  maker: ANA,
  amount: { minor: cents(amount), currency: money(code) },
  exception: false,
  facts: { role: 'agent', tier: null, budgetUsed: cents(0), customerUsed: cents(0), ...facts },
  before: { held: cents(0), heldInCapDays: cents(0), declined: false, ...before },
  ...rest,
});

/** Budget 200, alone up to 10, with colleagues up to 100, hard limit 500, cap 150: in major units. */
const inUnits = (code: string, unit: number): Terms =>
  terms({
    currency: money(code),
    limits: {
      budget: cents(200 * unit),
      self: cents(10 * unit),
      cosign: cents(100 * unit),
      hard: cents(500 * unit),
    },
    customerCap: cents(150 * unit),
  });

describe.each([
  ['USD', 100],
  ['EUR', 100],
  ['JPY', 1],
  ['KWD', 1000],
])('the band of an offer in %s', (code, unit) => {
  const under = inUnits(code, unit);
  const band = (amount: number, wish: Wish = {}): [Band, readonly BandReason[]] => {
    const decision = decide(proposal(amount, wish, code), under);
    return [decision.band, decision.reasons];
  };

  it('is self up to the self limit', () => {
    expect(band(10 * unit - 1)).toEqual(['self', []]);
    expect(band(10 * unit)).toEqual(['self', []]);
    expect(band(10 * unit + 1)).toEqual(['peer', ['above-self-limit']]);
  });

  it('is peer up to the co-sign limit', () => {
    expect(band(100 * unit - 1)).toEqual(['peer', ['above-self-limit']]);
    expect(band(100 * unit)).toEqual(['peer', ['above-self-limit']]);
    expect(band(100 * unit + 1)).toEqual(['lead', ['above-cosign-limit', 'above-self-limit']]);
  });

  it('is lead up to the hard limit', () => {
    const roomy = {
      ...under,
      limits: { ...under.limits, budget: cents(900 * unit) },
      customerCap: cents(900 * unit),
    };
    const above = (amount: number) => decide(proposal(amount, {}, code), roomy);
    expect(above(500 * unit - 1).band).toBe('lead');
    expect(above(500 * unit).band).toBe('lead');
    expect(above(500 * unit + 1)).toMatchObject({
      band: 'refused',
      reasons: ['above-hard-limit', 'above-cosign-limit', 'above-self-limit'],
    });
  });

  it('counts what the customer holds on the ticket against every limit', () => {
    expect(band(1, { before: { held: cents(10 * unit - 1) } })[0]).toBe('self');
    expect(band(1, { before: { held: cents(10 * unit) } })[0]).toBe('peer');
    expect(band(1, { before: { held: cents(100 * unit - 1) } })[0]).toBe('peer');
    expect(band(1, { before: { held: cents(100 * unit) } })[0]).toBe('lead');
    expect(band(1, { before: { held: cents(500 * unit - 1) } })[0]).toBe('lead');
    expect(band(1, { before: { held: cents(500 * unit) } })[0]).toBe('refused');
  });

  it('is lead over the budget that is left', () => {
    const used = (left: number) => ({ facts: { budgetUsed: cents(200 * unit - left) } });
    expect(band(5 * unit, used(5 * unit + 1))).toEqual(['self', []]);
    expect(band(5 * unit, used(5 * unit))).toEqual(['self', []]);
    expect(band(5 * unit, used(5 * unit - 1))).toEqual(['lead', ['over-budget']]);
  });

  it('is lead over the customer’s cap', () => {
    const used = (amount: number) => ({ facts: { customerUsed: cents(amount) } });
    expect(band(unit, used(149 * unit - 1))).toEqual(['self', []]);
    expect(band(unit, used(149 * unit))).toEqual(['self', []]);
    expect(band(unit, used(149 * unit + 1))).toEqual(['lead', ['over-customer-cap']]);
  });

  it('takes what the ticket holds for the customer where a search said less', () => {
    const held = (amount: number) => ({ before: { heldInCapDays: cents(amount) } });
    expect(band(unit, held(149 * unit))[0]).toBe('self');
    expect(band(unit, held(149 * unit + 1))).toEqual(['lead', ['over-customer-cap']]);
  });
});

describe('the band of an offer', () => {
  const band = (wish: Wish, under = terms(), amount = 500): [Band, readonly BandReason[]] => {
    const decision = decide(proposal(amount, wish), under);
    return [decision.band, decision.reasons];
  };

  it('is peer for an exception, however small', () => {
    expect(band({ exception: true })).toEqual(['peer', ['exception']]);
  });

  it('is an admin’s like an agent’s', () => {
    expect(band({ facts: { role: 'admin' } })).toEqual(['self', []]);
  });

  it.each<[BandReason, Wish]>([
    ['slots-missing', { slotsMissing: true }],
    ['guideline-lead', { leadAdvised: true }],
  ])('is lead for what only the maker’s client knows: %s', (reason, wish) => {
    expect(band({ ...wish, exception: true })).toEqual(['lead', [reason, 'exception']]);
  });

  it('tells no overrun of a budget that is not known', () => {
    const unknown = decide(proposal(30_000, { facts: { budgetUsed: null } }), terms());
    expect(unknown.overrun).toBe(0);
    expect(unknown.reasons).not.toContain('over-budget');
  });

  it('is lead after a decline on this ticket', () => {
    expect(band({ before: { declined: true } })).toEqual(['lead', ['after-decline']]);
  });

  it('never is self where the self limit is 0', () => {
    const none = terms({ limits: { ...terms().limits, self: cents(0) } });
    expect(band({}, none, 1)).toEqual(['peer', ['above-self-limit']]);
  });

  it('is refused outside the pilot', () => {
    expect(band({}, terms({ pilot: [BEN] }))).toEqual(['refused', ['not-in-pilot']]);
    expect(band({}, terms({ pilot: [] }))).toEqual(['refused', ['not-in-pilot']]);
    expect(band({}, terms({ pilot: [ANA] }))[0]).toBe('self');
  });

  it.each<[BandReason, Wish]>([
    ['budget-unknown', { facts: { budgetUsed: null } }],
    ['customer-unknown', { facts: { customerUsed: null } }],
    ['tier-unknown', { facts: { tier: 'gone' } }],
    ['role-unfit', { facts: { role: 'light' } }],
    ['role-unfit', { facts: { role: 'end-user' } }],
  ])('is refused as %s', (reason, wish) => {
    expect(band(wish)).toEqual(['refused', [reason]]);
  });

  it('is refused without an amount and in another currency', () => {
    expect(band({}, terms(), 0)).toEqual(['refused', ['no-amount']]);
    expect(decide(proposal(500, {}, 'EUR'), terms())).toMatchObject({
      band: 'refused',
      reasons: ['wrong-currency'],
    });
  });

  it('has every reason that holds, strictest first', () => {
    const { reasons } = decide(
      proposal(60000, {
        exception: true,
        before: { declined: true },
        facts: { budgetUsed: cents(1), customerUsed: null },
      }),
      terms({ pilot: [] }),
    );
    expect([...reasons].sort()).toEqual(
      [
        'above-cosign-limit',
        'above-hard-limit',
        'above-self-limit',
        'after-decline',
        'customer-unknown',
        'exception',
        'not-in-pilot',
        'over-budget',
        'over-customer-cap',
      ].sort(),
    );
    expect(
      reasons
        .slice(0, 3)
        .every((reason) =>
          ['above-hard-limit', 'not-in-pilot', 'customer-unknown'].includes(reason),
        ),
    ).toBe(true);
    expect(reasons.slice(-2).sort()).toEqual(['above-self-limit', 'exception']);
  });

  it('goes by the limits of the maker’s tier', () => {
    const tier = {
      key: 'senior',
      name: 'Senior',
      tag: 'senior',
      group: null,
      limits: { ...terms().limits, self: cents(4000) },
    };
    const tiered = terms({ tiers: [tier] });
    expect(band({ facts: { tier: 'senior' } }, tiered, 4000)[0]).toBe('self');
    expect(band({ facts: { tier: null } }, tiered, 4000)[0]).toBe('peer');
  });

  it('judges pilot and self limit at the request only', () => {
    const small = proposal(2500);
    expect(decide(small, terms({ pilot: [] }), 'approval')).toMatchObject({
      band: 'self',
      reasons: [],
    });
    expect(decide(proposal(10001), terms(), 'approval').band).toBe('lead');
  });
});

describe('the overrun', () => {
  it.each([
    [5000, 15000, 0],
    [5000, 15001, 1],
    [5000, 19000, 4000],
    [5000, 20000, 5000],
    [5000, 30000, 5000],
  ])('of %i where %i of 20000 are used is %i: never more than the credit', (amount, used, over) => {
    const { overrun } = decide(proposal(amount, { facts: { budgetUsed: cents(used) } }), terms());
    expect(overrun).toBe(over);
  });
});

const amounts = fc.oneof(
  fc.integer({ min: 1, max: 60_000 }),
  fc.constantFrom(1, 999, 1000, 1001, 9999, 10000, 10001, 15000, 20000, 49999, 50000, 50001),
);
const used = fc.option(fc.integer({ min: 0, max: 30_000 }).map(cents));
const held = fc.integer({ min: 0, max: 60_000 }).map(cents);
const wishes = fc.record({
  exception: fc.boolean(),
  facts: fc.record({
    role: fc.constantFrom('agent', 'admin', 'light', 'end-user'),
    tier: fc.constantFrom(null, 'senior', 'gone'),
    budgetUsed: used,
    customerUsed: used,
  }),
  before: fc.record({ held, heldInCapDays: held, declined: fc.boolean() }),
});
const tiers = [
  {
    key: 'senior',
    name: 'Senior',
    tag: 'senior',
    group: null,
    limits: { budget: cents(30000), self: cents(4000), cosign: cents(20000), hard: cents(55000) },
  },
];
const someTerms = fc.constantFrom(
  terms({ tiers }),
  terms({ pilot: [] }),
  terms({ tiers, pilot: [ANA], limits: { ...terms().limits, self: cents(0) } }),
);
const when = fc.constantFrom('request', 'approval');
const rank = (band: Band): number => BANDS.indexOf(band);

describe('bands', () => {
  it('never get weaker as the amount grows', () => {
    fc.assert(
      fc.property(amounts, amounts, wishes, someTerms, when, (one, more, wish, under, judged) => {
        const smaller = decide(proposal(one, wish), under, judged);
        const larger = decide(proposal(one + more, wish), under, judged);
        expect(rank(larger.band)).toBeGreaterThanOrEqual(rank(smaller.band));
        expect(larger.overrun).toBeGreaterThanOrEqual(smaller.overrun);
      }),
    );
  });

  it('never get weaker as budget or cap are used up, or the ticket holds more', () => {
    fc.assert(
      fc.property(amounts, wishes, amounts, someTerms, (amount, wish, more, under) => {
        const { budgetUsed, customerUsed } = wish.facts;
        if (budgetUsed === null || customerUsed === null) return;
        const less = decide(proposal(amount, wish), under);
        const fuller: Wish[] = [
          { ...wish, facts: { ...wish.facts, budgetUsed: cents(budgetUsed + more) } },
          { ...wish, facts: { ...wish.facts, customerUsed: cents(customerUsed + more) } },
          { ...wish, before: { ...wish.before, held: cents(wish.before.held + more) } },
          { ...wish, before: { ...wish.before, declined: true } },
          { ...wish, exception: true },
        ];
        for (const each of fuller) {
          expect(rank(decide(proposal(amount, each), under).band)).toBeGreaterThanOrEqual(
            rank(less.band),
          );
        }
      }),
    );
  });

  it('are never weaker for a fact that is unknown than for any value of it', () => {
    fc.assert(
      fc.property(amounts, wishes, someTerms, when, (amount, wish, under, judged) => {
        const known = decide(proposal(amount, wish), under, judged);
        for (const gap of [{ budgetUsed: null }, { customerUsed: null }, { tier: 'gone' }]) {
          const unknown = { ...wish, facts: { ...wish.facts, ...gap } };
          const blind = decide(proposal(amount, unknown), under, judged);
          expect(rank(blind.band)).toBeGreaterThanOrEqual(rank(known.band));
          expect(blind.band).toBe('refused');
        }
      }),
    );
  });

  it('always have a reason but for self, and it gives the band', () => {
    fc.assert(
      fc.property(amounts, wishes, someTerms, when, (amount, wish, under, judged) => {
        const { band, reasons } = decide(proposal(amount, wish), under, judged);
        expect(reasons.length === 0).toBe(band === 'self');
        expect(new Set(reasons).size).toBe(reasons.length);
      }),
    );
  });

  it('compare by strictness', () => {
    for (const [index, one] of BANDS.entries()) {
      for (const [place, other] of BANDS.entries()) {
        expect(stricterBand(one, other)).toBe(BANDS[Math.max(index, place)]);
      }
    }
  });
});
