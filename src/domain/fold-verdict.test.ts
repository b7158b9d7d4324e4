import { describe, expect, it } from 'vitest';
import {
  ANA,
  BEN,
  cents,
  CLEO,
  CUSTOMER,
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

describe('an approval', () => {
  it('posts the credit when one is enough', () => {
    const journal = new Journal();
    const on = journal.request(ANA);
    const approved = journal.approve(BEN, on);
    const ledger = journal.fold();
    expect(onlyCredit(ledger)).toMatchObject({
      state: { kind: 'posted', at: approved.at, holdUntil: plus(approved.at, 24 * HOUR) },
      signatures: [{ by: BEN, at: approved.at, as: 'peer', audit: approved.id, terms: 1 }],
      timeline: [
        { type: 'request', by: ANA },
        { type: 'approve', by: BEN, as: 'peer' },
      ],
    });
    expect(ledger.problems).toEqual([]);
  });

  it('counts from a colleague who was not asked', () => {
    const journal = new Journal();
    journal.approve(CLEO, journal.request(ANA, { asked: [BEN] }));
    expect(onlyCredit(journal.fold()).state.kind).toBe('posted');
  });

  it.each([1, 2, 3])('is needed from %i different people where the terms say so', (cosigners) => {
    const journal = new Journal(terms({ cosigners }));
    const on = journal.request(ANA);
    for (const by of [BEN, CLEO, DAN].slice(0, cosigners)) {
      expect(onlyCredit(journal.fold()).state.kind).toBe('open');
      journal.approve(by, on);
      journal.approve(by, on);
    }
    const ledger = journal.fold();
    expect(onlyCredit(ledger).state.kind).toBe('posted');
    expect(onlyCredit(ledger).signatures).toHaveLength(cosigners);
    expect(ledger.problems).toEqual([]);
  });

  it('more than is needed changes nothing', () => {
    const journal = new Journal();
    const on = journal.request(ANA);
    journal.approve(BEN, on);
    const before = journal.fold();
    journal.approve(CLEO, on);
    journal.approveAsLead(LEA, on);
    expect(journal.fold()).toEqual(before);
  });

  it('from one lead is always enough', () => {
    const journal = new Journal(three);
    const on = journal.request(ANA);
    journal.approveAsLead(LEA, on);
    expect(onlyCredit(journal.fold())).toMatchObject({
      state: { kind: 'posted' },
      signatures: [{ by: LEA, as: 'lead' }],
    });
  });

  it('may come from somebody who signed as a colleague and then decides as a lead', () => {
    const journal = new Journal(three);
    const on = journal.request(ANA);
    journal.approve(LEA, on);
    journal.approveAsLead(LEA, on);
    expect(onlyCredit(journal.fold()).state.kind).toBe('posted');
  });

  it.each([
    ['by the maker', ANA, {}, 'checker-is-maker'],
    ['by the maker as a lead', ANA, { as: 'lead' }, 'checker-is-maker'],
    ['by the customer', CUSTOMER, {}, 'checker-is-customer'],
    ['by a light agent', BEN, { facts: { role: 'light', pairCount: 0 } }, 'role-unfit'],
    ['by an end user', BEN, { facts: { role: 'end-user', pairCount: 0 } }, 'role-unfit'],
    ['as a lead by somebody who is none', BEN, { as: 'lead' }, 'not-lead'],
    ['of another offer', BEN, { digest: digestOf('another') }, 'other-offer'],
    [
      'by the same checker too often',
      BEN,
      { facts: { role: 'agent', pairCount: 5 } },
      'pair-limit',
    ],
  ] as const)('%s does not count', (_who, by, wish, code) => {
    const journal = new Journal();
    journal.approve(by, journal.request(ANA), wish);
    const ledger = journal.fold();
    expect(problemCodes(ledger)).toEqual([code]);
    expect(ledger.problems[0]).toMatchObject({
      by,
      event: 'approve',
      credit: onlyCredit(ledger).id,
    });
    expect(onlyCredit(ledger)).toMatchObject({ state: { kind: 'open' }, signatures: [] });
  });

  it('of a credit that nobody knows does not count', () => {
    const journal = new Journal();
    journal.approve(BEN, new Journal().request(ANA, { name: 'elsewhere' }));
    expect(problemCodes(journal.fold())).toEqual(['credit-unknown']);
  });

  it('may come as often as the pair limit allows, and without end where it is 0', () => {
    const below = new Journal();
    below.approve(BEN, below.request(ANA), { facts: { role: 'agent', pairCount: 4 } });
    expect(onlyCredit(below.fold()).state.kind).toBe('posted');
    const unlimited = new Journal(terms({ pairLimit: 0 }));
    unlimited.approve(BEN, unlimited.request(ANA), { facts: { role: 'agent', pairCount: 500 } });
    expect(onlyCredit(unlimited.fold()).state.kind).toBe('posted');
  });

  it('a lead is a maker like others', () => {
    const journal = new Journal();
    const on = journal.request(LEA, { amount: 20000, band: 'lead' });
    journal.approveAsLead(LEA, on);
    expect(problemCodes(journal.fold())).toEqual(['checker-is-maker']);
    journal.approveAsLead(LEO, on, { overrun: cents(0) });
    expect(onlyCredit(journal.fold()).state.kind).toBe('posted');
  });

  it('by a colleague does not post what needs a lead', () => {
    const journal = new Journal();
    const on = journal.request(ANA, { amount: 10001, band: 'lead' });
    journal.approve(BEN, on);
    expect(problemCodes(journal.fold())).toEqual(['needs-lead']);
    expect(statusOf(onlyCredit(journal.fold()))).toBe('waiting-lead');
  });

  it('by a colleague does not post what the maker claimed for the lead', () => {
    const journal = new Journal();
    journal.approve(BEN, journal.request(ANA, { band: 'lead' }));
    expect(problemCodes(journal.fold())).toEqual(['needs-lead']);
  });

  it.each([
    [499, 'overrun-not-named'],
    [500, null],
    [501, null],
  ])('names an overrun of 500 with %i: %s', (overrun, code) => {
    const journal = new Journal();
    const facts = { ...none, budgetUsed: cents(18000) };
    const on = journal.request(ANA, { facts, band: 'lead' });
    journal.approveAsLead(LEA, on, { overrun: cents(overrun) });
    const ledger = journal.fold();
    expect(problemCodes(ledger)).toEqual(code === null ? [] : [code]);
    expect(onlyCredit(ledger).state.kind).toBe(code === null ? 'posted' : 'open');
  });

  it('does not count after the customer of the ticket changed, and counts again when it is changed back', () => {
    const journal = new Journal();
    const on = journal.request(ANA);
    journal.change('requester_id', '902');
    journal.approve(BEN, on);
    expect(problemCodes(journal.fold())).toEqual(['customer-changed']);
    journal.change('requester_id', CUSTOMER);
    journal.approve(CLEO, on);
    expect(onlyCredit(journal.fold()).state.kind).toBe('posted');
  });

  it.each([
    ['a second before the credit expires', 24 * HOUR - SECOND, 'posted', []],
    ['the very second that it expires', 24 * HOUR, 'void', ['too-late']],
  ] as const)('%s: %i ms, %s', (_when, after, state, codes) => {
    const journal = new Journal();
    const on = journal.request(ANA);
    journal.now = plus(START, after);
    journal.approve(BEN, on);
    expect(onlyCredit(journal.fold()).state.kind).toBe(state);
    expect(problemCodes(journal.fold())).toEqual(codes);
  });

  it('comes too late for what is withdrawn', () => {
    const journal = new Journal();
    const on = journal.request(ANA);
    journal.withdraw(ANA, on);
    journal.approve(BEN, on);
    expect(problemCodes(journal.fold())).toEqual(['too-late']);
  });
});

describe('a decline', () => {
  it('ends the peer way, also in a pool and after earlier approvals; one lead then posts it', () => {
    const journal = new Journal(three);
    const on = journal.request(ANA, { asked: [BEN, CLEO, DAN] });
    journal.approve(BEN, on);
    const declined = journal.decline(CLEO, on, { reason: 'No.' });
    journal.approve(DAN, on);
    const ledger = journal.fold();
    expect(onlyCredit(ledger)).toMatchObject({
      state: { kind: 'open' },
      declined: { by: CLEO, at: declined.at, reason: 'No.' },
    });
    expect(problemCodes(ledger)).toEqual(['needs-lead']);
    expect(statusOf(onlyCredit(ledger))).toBe('declined');
    expect(provenSlotStatus(onlyCredit(ledger))).toBe('reserved');
    journal.approveAsLead(LEA, on);
    expect(onlyCredit(journal.fold()).state.kind).toBe('posted');
  });

  it('leaves the credit to be withdrawn, to expire, or to a lead', () => {
    const withdrawn = new Journal();
    const on = withdrawn.request(ANA);
    withdrawn.decline(BEN, on);
    withdrawn.withdraw(ANA, on);
    expect(onlyCredit(withdrawn.fold()).state).toMatchObject({ kind: 'void', why: 'withdrawn' });

    const expired = new Journal();
    expired.decline(BEN, expired.request(ANA));
    expect(onlyCredit(expired.fold(undefined, plus(START, 24 * HOUR))).state).toEqual({
      kind: 'void',
      why: 'expired',
      at: plus(START, 24 * HOUR),
    });

    const byLead = new Journal();
    const third = byLead.request(ANA);
    byLead.decline(BEN, third);
    const last = byLead.decline(LEA, third, { as: 'lead', reason: 'Ben is right.' });
    expect(onlyCredit(byLead.fold())).toMatchObject({
      declined: { by: BEN },
      state: { kind: 'void', why: 'declined', at: last.at },
    });
  });

  it('by a lead ends the credit at once', () => {
    const journal = new Journal();
    const on = journal.request(ANA);
    journal.decline(LEA, on, { as: 'lead' });
    journal.approveAsLead(LEO, on);
    expect(statusOf(onlyCredit(journal.fold()))).toBe('declined');
    expect(provenSlotStatus(onlyCredit(journal.fold()))).toBe('void');
    expect(problemCodes(journal.fold())).toEqual(['too-late']);
  });

  it('counts from somebody asked later', () => {
    const journal = new Journal();
    const on = journal.request(ANA, { asked: [BEN] });
    journal.ask(ANA, on, { asked: [CLEO] });
    journal.decline(CLEO, on);
    expect(onlyCredit(journal.fold()).declined?.by).toBe(CLEO);
  });

  it('repeated by another changes nothing', () => {
    const journal = new Journal();
    const on = journal.request(ANA, { asked: [BEN, CLEO] });
    journal.decline(BEN, on);
    journal.decline(CLEO, on);
    expect(onlyCredit(journal.fold()).declined?.by).toBe(BEN);
    expect(journal.fold().problems).toEqual([]);
  });

  it.each([
    ['by somebody who was not asked', CLEO, {}, 'not-asked'],
    ['without a reason', BEN, { reason: ' ' }, 'no-reason'],
    ['by the maker', ANA, {}, 'checker-is-maker'],
    ['by the customer', CUSTOMER, {}, 'checker-is-customer'],
    ['as a lead by somebody who is none', BEN, { as: 'lead' }, 'not-lead'],
    ['of another offer', BEN, { digest: digestOf('x') }, 'other-offer'],
  ] as const)('%s does not count', (_what, by, wish, code) => {
    const journal = new Journal();
    const on = journal.request(ANA, { asked: [BEN, CUSTOMER, ANA] });
    journal.decline(by, on, wish);
    expect(problemCodes(journal.fold())).toEqual([code]);
    expect(onlyCredit(journal.fold())).toMatchObject({ declined: null, state: { kind: 'open' } });
  });

  it('comes too late for what is posted or has expired', () => {
    const posted = new Journal();
    const on = posted.request(ANA);
    posted.approve(BEN, on);
    posted.decline(BEN, on);
    expect(problemCodes(posted.fold())).toEqual(['too-late']);
    const expired = new Journal();
    const other = expired.request(ANA);
    expired.now = plus(START, 24 * HOUR);
    expired.decline(BEN, other);
    expect(problemCodes(expired.fold())).toEqual(['too-late']);
  });
});

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
      const altered = published(second, { digest: digestOf('x') });
      for (const history of [historyOf(published(first), altered), historyOf(first)]) {
        const credit = onlyCredit(journal.fold(history, plus(START, 100 * DAY)));
        expect(credit).toMatchObject({ toAffirm: true, frozen: 'terms' });
        expect(isHeld(credit)).toBe(true);
        expect(provenSlotStatus(credit)).toBeNull();
      }
    },
  );
});
