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
  LEO,
  named,
  onlyCredit,
  problemCodes,
  published,
  START,
  terms,
} from '#tests/support/journal-builder.ts';
import { digestOf } from './canonical.ts';
import { isHeld, provenSlotStatus, statusOf } from './credit.ts';
import { DAY, HOUR, plus, SECOND } from './instant.ts';
import type { Terms } from './terms.ts';

const three = terms({ cosigners: 3 });
const none = { role: 'agent', tier: null, budgetUsed: cents(0), customerUsed: cents(0) } as const;

describe('terms that changed between request and approval', () => {
  const first = terms();
  const change = (different: Partial<Terms>) => {
    const second = terms({ number: 2, startsAt: plus(START, HOUR), ...different });
    return { second, under: { terms: named(second) }, history: historyOf(first, second) };
  };
  const afterwards = (journal: Journal) => {
    journal.now = plus(START, 3 * HOUR);
  };

  it('may be named for an hour, to the second', () => {
    const { history } = change({});
    for (const [at, codes] of [
      [2 * HOUR - SECOND, []],
      [2 * HOUR, ['terms-ended']],
    ] as const) {
      const journal = new Journal(first);
      const on = journal.request(ANA);
      journal.now = plus(START, at);
      journal.approve(BEN, on);
      expect(problemCodes(journal.fold(history))).toEqual(codes);
    }
  });

  it('must have started', () => {
    const { history, under } = change({});
    const journal = new Journal(first);
    journal.approve(BEN, journal.request(ANA), under);
    expect(problemCodes(journal.fold(history))).toEqual(['terms-not-started']);
  });

  it('hold by the larger number of co-signers; approvals already given go on to count', () => {
    const { second, under } = change({ cosigners: 3 });
    const two = terms({ cosigners: 2 });
    const journal = new Journal(two);
    const on = journal.request(ANA);
    journal.approve(BEN, on);
    afterwards(journal);
    journal.approve(CLEO, on, under);
    const history = historyOf(two, second);
    expect(onlyCredit(journal.fold(history))).toMatchObject({ state: { kind: 'open' }, needed: 3 });
    journal.approve(DAN, on, under);
    expect(onlyCredit(journal.fold(history)).state.kind).toBe('posted');
  });

  it('do not make fewer enough than the request needed', () => {
    const { second, under } = change({ cosigners: 1 });
    const journal = new Journal(three);
    const on = journal.request(ANA);
    afterwards(journal);
    journal.approve(BEN, on, under);
    journal.approve(CLEO, on, under);
    expect(onlyCredit(journal.fold(historyOf(three, second))).state.kind).toBe('open');
    journal.approve(DAN, on, under);
    expect(onlyCredit(journal.fold(historyOf(three, second))).state.kind).toBe('posted');
  });

  it.each([
    ['a lower co-sign limit', { limits: { ...first.limits, cosign: cents(2499) } }],
    ['a smaller budget', { limits: { ...first.limits, budget: cents(2499) } }],
    ['a lower cap', { customerCap: cents(2499) }],
  ])('hold by the stricter band: %s', (_what, different) => {
    const { history, under } = change(different);
    const journal = new Journal(first);
    const on = journal.request(ANA);
    afterwards(journal);
    journal.approve(BEN, on, under);
    expect(problemCodes(journal.fold(history))).toEqual(['needs-lead']);
    journal.approveAsLead(LEA, on, { ...under, overrun: cents(2500) });
    expect(onlyCredit(journal.fold(history)).state.kind).toBe('posted');
  });

  it('have an overrun of their own that must be named', () => {
    const { history, under } = change({ limits: { ...first.limits, budget: cents(2400) } });
    const journal = new Journal(first);
    const on = journal.request(ANA);
    afterwards(journal);
    journal.approveAsLead(LEA, on, { ...under, overrun: cents(99) });
    expect(problemCodes(journal.fold(history))).toEqual(['overrun-not-named']);
    journal.approveAsLead(LEA, on, { ...under, overrun: cents(100) });
    expect(onlyCredit(journal.fold(history)).state.kind).toBe('posted');
  });

  it('do not make a colleague enough where the request needed a lead', () => {
    const { history, under } = change({ limits: { ...first.limits, cosign: cents(50000) } });
    const journal = new Journal(first);
    const on = journal.request(ANA, { amount: 12000, band: 'lead' });
    afterwards(journal);
    journal.approve(BEN, on, under);
    expect(problemCodes(journal.fold(history))).toEqual(['needs-lead']);
  });

  it('with a hard limit below the credit let nobody approve, but it can be withdrawn', () => {
    const { history, under } = change({ limits: { ...first.limits, hard: cents(2499) } });
    const journal = new Journal(first);
    const on = journal.request(ANA);
    afterwards(journal);
    journal.approve(BEN, on, under);
    journal.approveAsLead(LEA, on, under);
    expect(problemCodes(journal.fold(history))).toEqual(['above-hard-limit', 'above-hard-limit']);
    journal.withdraw(ANA, on);
    expect(onlyCredit(journal.fold(history)).state).toMatchObject({ why: 'withdrawn' });
  });

  it('without the maker’s tier say so, and do not speak of a hard limit', () => {
    const { second, under } = change({ tiers: [] });
    const tier = { key: 'old', name: 'Old', tag: 'old', group: null, limits: first.limits };
    const before = terms({ tiers: [tier] });
    const journal = new Journal(before);
    const on = journal.request(ANA, { facts: { ...none, tier: 'old' } });
    afterwards(journal);
    journal.approve(BEN, on, under);
    expect(journal.fold(historyOf(before, second)).problems).toMatchObject([
      { code: 'refused', reasons: ['tier-unknown'] },
    ]);
  });

  it('do not bring pilot and self limit back: they were the request’s', () => {
    const { history, under } = change({ pilot: [], limits: { ...first.limits, self: cents(0) } });
    const journal = new Journal(first);
    const on = journal.request(ANA);
    afterwards(journal);
    journal.approve(BEN, on, under);
    expect(onlyCredit(journal.fold(history)).state.kind).toBe('posted');
  });

  it('have their own leads', () => {
    const { history, under } = change({ leads: [LEO] });
    const journal = new Journal(first);
    const on = journal.request(ANA, { amount: 12000, band: 'lead' });
    afterwards(journal);
    journal.approveAsLead(LEA, on, under);
    expect(problemCodes(journal.fold(history))).toEqual(['not-lead']);
    journal.approveAsLead(LEO, on, under);
    expect(onlyCredit(journal.fold(history)).state.kind).toBe('posted');
  });

  it('leave the hold as the request’s terms have it', () => {
    const { history, under } = change({ holdHours: 2 });
    const journal = new Journal(first);
    const on = journal.request(ANA);
    afterwards(journal);
    const { at } = journal.approve(BEN, on, under);
    expect(onlyCredit(journal.fold(history)).state).toMatchObject({
      holdUntil: plus(at, 24 * HOUR),
    });
  });

  it('that are frozen make the posted credit one to affirm, and no more once they are affirmed', () => {
    const { second, under } = change({});
    const journal = new Journal(first);
    const on = journal.request(ANA);
    afterwards(journal);
    journal.approve(BEN, on, under);
    const left = historyOf(published(first), published(second, { updatedBy: BEN }));
    expect(onlyCredit(journal.fold(left))).toMatchObject({
      toAffirm: true,
      state: { kind: 'posted' },
    });
    expect(statusOf(onlyCredit(journal.fold(left)))).toBe('to-affirm');
    expect(onlyCredit(journal.fold(historyOf(first, second))).toAffirm).toBe(false);
  });

  it.each(['approval', 'decline'] as const)(
    'that are altered or deleted make the %s one that nobody can judge: the credit is held, not expired',
    (what) => {
      const { second, under } = change({});
      const journal = new Journal(first);
      const on = journal.request(ANA);
      afterwards(journal);
      if (what === 'approval') journal.approve(BEN, on, under);
      else journal.decline(LEA, on, { ...under, as: 'lead' });
      journal.approve(CLEO, on);
      const altered = published(second, { canonical: '{}' });
      for (const history of [historyOf(published(first), altered), historyOf(first)]) {
        const credit = onlyCredit(journal.fold(history, plus(START, 100 * DAY)));
        expect(credit).toMatchObject({ toAffirm: true, frozen: 'terms' });
        expect(isHeld(credit)).toBe(true);
        expect(provenSlotStatus(credit)).toBeNull();
      }
    },
  );
});

describe('terms that were deleted and published anew under their number', () => {
  it('never make a lead’s late reversal undone: the credit waits for an admin', () => {
    const gone = terms({ number: 2, startsAt: plus(START, HOUR) });
    const anew = terms({ number: 2, startsAt: plus(START, 3 * DAY), customerCapDays: 7 });
    const journal = new Journal();
    const on = journal.request(ANA);
    journal.approve(BEN, on);
    journal.wait(2 * DAY);
    journal.reverse(LEA, on, { as: 'lead', terms: named(gone) });
    const reversed = onlyCredit(journal.fold(historyOf(terms(), gone)));
    expect(reversed.state.kind).toBe('reversed');
    const since = onlyCredit(journal.fold(historyOf(terms(), anew)));
    expect(since.toAffirm).toBe(true);
  });
});

describe('a digest that somebody invented for whole terms', () => {
  const invented = { terms: { number: 1, digest: digestOf('invented') } };

  it('in an approval freezes nobody’s credit: the next approval posts it', () => {
    const journal = new Journal(terms());
    const on = journal.request(ANA);
    journal.approve(DAN, on, invented);
    journal.approve(BEN, on);
    const ledger = journal.fold(historyOf(terms()));
    expect(problemCodes(ledger)).toEqual(['terms-unknowable']);
    expect(statusOf(onlyCredit(ledger))).toBe('posted');
  });

  it('in a request holds its budget until somebody can say what its limits were', () => {
    const journal = new Journal(terms());
    journal.request(ANA, invented);
    const credit = onlyCredit(journal.fold(historyOf(terms())));
    expect([statusOf(credit), isHeld(credit)]).toEqual(['to-affirm', true]);
    // As it was asked: what its limits would have made of it is for nobody to say.
    expect(credit).toMatchObject({
      frozen: 'terms',
      toAffirm: true,
      band: 'peer',
      reasons: [],
      stricterThanClaimed: false,
      before: { held: 0, heldInCapDays: 0, declined: false },
      leadAsked: false,
      expiresAt: plus(START, 24 * HOUR),
    });
  });

  it('in a lead’s decline under terms that are over freezes nothing', () => {
    const second = terms({ number: 2, startsAt: plus(START, HOUR) });
    const journal = new Journal(terms());
    const on = journal.request(ANA);
    journal.now = plus(START, 3 * HOUR);
    journal.decline(LEA, on, { as: 'lead' });
    const ledger = journal.fold(historyOf(terms(), second));
    expect(problemCodes(ledger)).toEqual(['terms-ended']);
    expect(statusOf(onlyCredit(ledger))).toBe('waiting-cosign');
  });
});
