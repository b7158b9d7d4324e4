import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ANA,
  BEN,
  cents,
  CLEO,
  DAN,
  historyOf,
  Journal,
  LEA,
  money,
  onlyCredit,
  problemCodes,
  START,
  terms,
} from '#tests/support/journal-builder.ts';
import { HOUR, MINUTE, plus, SECOND } from './instant.ts';
import { BANDS } from './policy.ts';
import type { Terms } from './terms.ts';

/** Budget 200, alone up to 10, with colleagues up to 100, hard limit 500, cap 150: in major units. */
const inUnits = (code: string, unit: number, different: Partial<Terms> = {}): Terms =>
  terms({
    currency: money(code),
    limits: {
      budget: cents(200 * unit),
      self: cents(10 * unit),
      cosign: cents(100 * unit),
      hard: cents(500 * unit),
    },
    customerCap: cents(150 * unit),
    ...different,
  });

describe.each([
  ['USD', 100],
  ['EUR', 100],
  ['JPY', 1],
  ['KWD', 1000],
])('what the journal proves of a credit in %s', (code, unit) => {
  const under = inUnits(code, unit);

  it('is posted alone up to the self limit, and waits above it', () => {
    const stateOf = (amount: number) => {
      const journal = new Journal(under);
      journal.request(ANA, { amount, band: 'self', asked: [], followed: [] });
      return onlyCredit(journal.fold()).state.kind;
    };
    expect([10 * unit - 1, 10 * unit, 10 * unit + 1].map(stateOf)).toEqual([
      'posted',
      'posted',
      'open',
    ]);
  });

  it('is posted by a colleague up to the co-sign limit, and by a lead above it', () => {
    const outcome = (amount: number) => {
      const journal = new Journal(under);
      const on = journal.request(ANA, { amount });
      journal.approve(BEN, on);
      const { problems } = journal.fold();
      journal.approveAsLead(LEA, on);
      return [
        problems.map((problem) => problem.code).join(),
        onlyCredit(journal.fold()).state.kind,
      ];
    };
    expect(outcome(100 * unit - 1)).toEqual(['', 'posted']);
    expect(outcome(100 * unit)).toEqual(['', 'posted']);
    expect(outcome(100 * unit + 1)).toEqual(['needs-lead', 'posted']);
  });

  it('never is a credit above the hard limit, also in parts', () => {
    const roomy = inUnits(code, unit, {
      limits: { ...under.limits, budget: cents(9000 * unit) },
      customerCap: cents(9000 * unit),
    });
    const problemsOf = (...amounts: readonly number[]) => {
      const journal = new Journal(roomy);
      for (const amount of amounts) journal.request(ANA, { amount, band: 'lead', asked: [LEA] });
      return problemCodes(journal.fold());
    };
    expect(problemsOf(500 * unit)).toEqual([]);
    expect(problemsOf(500 * unit + 1)).toEqual(['refused']);
    expect(problemsOf(499 * unit, unit)).toEqual([]);
    expect(problemsOf(499 * unit, unit + 1)).toEqual(['refused']);
  });

  it('needs a lead who names the overrun, once the budget is used up', () => {
    const outcome = (used: number) => {
      const journal = new Journal(under);
      const facts = { tier: null, budgetUsed: cents(used), customerUsed: cents(0) };
      const on = journal.request(ANA, { amount: 50 * unit, facts: { ...facts, role: 'agent' } });
      const { band, reasons } = onlyCredit(journal.fold());
      journal.approveAsLead(LEA, on, { overrun: cents(Math.max(0, used - 150 * unit)) });
      return [band, reasons.includes('over-budget'), onlyCredit(journal.fold()).state.kind];
    };
    expect(outcome(150 * unit - 1)).toEqual(['peer', false, 'posted']);
    expect(outcome(150 * unit)).toEqual(['peer', false, 'posted']);
    expect(outcome(150 * unit + 1)).toEqual(['lead', true, 'posted']);
  });

  it('needs a lead above the customer’s cap', () => {
    const bandOf = (used: number) => {
      const journal = new Journal(under);
      const facts = { tier: null, budgetUsed: cents(0), customerUsed: cents(used) };
      journal.request(ANA, { amount: 50 * unit, facts: { ...facts, role: 'agent' } });
      return onlyCredit(journal.fold()).band;
    };
    expect([100 * unit - 1, 100 * unit, 100 * unit + 1].map(bandOf)).toEqual([
      'peer',
      'peer',
      'lead',
    ]);
  });

  it('needs a lead after a decline, however small', () => {
    const journal = new Journal(under);
    const first = journal.request(ANA, { amount: 20 * unit });
    journal.decline(BEN, first);
    journal.withdraw(ANA, first);
    journal.request(CLEO, { amount: 1 });
    const [, second] = journal.fold().credits;
    expect(second).toMatchObject({ band: 'lead', reasons: ['after-decline'] });
  });
});

describe('counts and times at their limits', () => {
  it('needs exactly as many co-signers as the terms say', () => {
    const states = [1, 2, 3].map((cosigners) => {
      const journal = new Journal(terms({ cosigners }));
      const on = journal.request(ANA, { asked: [BEN, CLEO, DAN] });
      return [BEN, CLEO, DAN].map((checker) => {
        journal.approve(checker, on);
        return onlyCredit(journal.fold()).state.kind;
      });
    });
    expect(states).toEqual([
      ['posted', 'posted', 'posted'],
      ['open', 'posted', 'posted'],
      ['open', 'open', 'posted'],
    ]);
  });

  it('lets a pair sign as often as the pair limit says, 0 being no limit', () => {
    const problemsOf = (pairLimit: number, pairCount: number) => {
      const journal = new Journal(terms({ pairLimit }));
      journal.approve(BEN, journal.request(ANA), { facts: { role: 'agent', pairCount } });
      return problemCodes(journal.fold());
    };
    expect(problemsOf(5, 3)).toEqual([]);
    expect(problemsOf(5, 4)).toEqual([]);
    expect(problemsOf(5, 5)).toEqual(['pair-limit']);
    expect(problemsOf(0, 9999)).toEqual([]);
  });

  it('lets a colleague approve until the request expires', () => {
    const outcome = (after: number) => {
      const journal = new Journal();
      const on = journal.request(ANA);
      journal.now = plus(START, after);
      journal.approve(BEN, on);
      return onlyCredit(journal.fold()).state.kind;
    };
    expect(outcome(24 * HOUR - SECOND)).toBe('posted');
    expect(outcome(24 * HOUR)).toBe('void');
    expect(outcome(24 * HOUR + SECOND)).toBe('void');
  });

  it('lets the maker reverse until the hold is over', () => {
    const outcome = (after: number) => {
      const journal = new Journal();
      const on = journal.request(ANA, { amount: 1000, band: 'self', asked: [], followed: [] });
      journal.now = plus(START, after);
      journal.reverse(ANA, on);
      return [onlyCredit(journal.fold()).state.kind, ...problemCodes(journal.fold())];
    };
    expect(outcome(24 * HOUR - SECOND)).toEqual(['reversed']);
    expect(outcome(24 * HOUR)).toEqual(['posted', 'hold-over']);
    expect(outcome(24 * HOUR + SECOND)).toEqual(['posted', 'hold-over']);
  });

  it('takes a request at most ten minutes after its slot', () => {
    const outcome = (age: number) => {
      const journal = new Journal();
      const event = journal.requestEvent(ANA);
      const slot = { ...event.slot, createdAt: plus(journal.now, -age) };
      journal.send({ ...event, slot });
      return problemCodes(journal.fold());
    };
    expect(outcome(10 * MINUTE - SECOND)).toEqual([]);
    expect(outcome(10 * MINUTE)).toEqual([]);
    expect(outcome(10 * MINUTE + SECOND)).toEqual(['slot-too-old']);
  });

  it('takes a request until an hour after the next terms start', () => {
    const outcome = (after: number) => {
      const old = terms();
      const next = terms({ number: 2, startsAt: START });
      const journal = new Journal(old);
      journal.now = plus(START, after);
      journal.request(ANA);
      return problemCodes(journal.fold(historyOf(old, next)));
    };
    expect(outcome(HOUR - SECOND)).toEqual([]);
    expect(outcome(HOUR)).toEqual(['terms-ended']);
    expect(outcome(HOUR + SECOND)).toEqual(['terms-ended']);
  });
});

describe('bands that the journal gives', () => {
  const bandOf = (amount: number, facts: Parameters<Journal['request']>[1]) => {
    const journal = new Journal();
    journal.request(ANA, { ...facts, amount, band: 'self' });
    const [credit] = journal.fold().credits;
    return BANDS.indexOf(credit ? credit.band : 'refused');
  };
  const amount = fc.integer({ min: 1, max: 60_000 });
  const used = fc.option(fc.integer({ min: 0, max: 30_000 }).map(cents));
  const facts = fc.record({
    role: fc.constant('agent' as const),
    tier: fc.constant(null),
    budgetUsed: used,
    customerUsed: used,
  });

  it('never get weaker as the amount grows', () => {
    fc.assert(
      fc.property(amount, amount, facts, (one, more, known) => {
        expect(bandOf(one + more, { facts: known })).toBeGreaterThanOrEqual(
          bandOf(one, { facts: known }),
        );
      }),
    );
  });

  it('are never weaker where a fact is missing than where it is known', () => {
    fc.assert(
      fc.property(amount, facts, (one, known) => {
        for (const gap of [{ budgetUsed: null }, { customerUsed: null }]) {
          expect(bandOf(one, { facts: { ...known, ...gap } })).toBeGreaterThanOrEqual(
            bandOf(one, { facts: known }),
          );
        }
      }),
    );
  });

  it('let one credit be no more than its parts: splitting never weakens the last of them', () => {
    fc.assert(
      fc.property(amount, amount, (one, other) => {
        const journal = new Journal();
        journal.request(ANA, { amount: one, band: 'self' });
        const first = journal.fold().credits.length;
        journal.request(CLEO, { amount: other, band: 'self' });
        const last = journal.fold().credits[first];
        const parts = BANDS.indexOf(last ? last.band : 'refused');
        // What was refused holds nothing, and so the other stands alone.
        if (first === 0) return;
        expect(parts).toBeGreaterThanOrEqual(bandOf(other, {}));
        if (one + other > 10_000) expect(parts).toBeGreaterThanOrEqual(BANDS.indexOf('lead'));
      }),
    );
  });
});
