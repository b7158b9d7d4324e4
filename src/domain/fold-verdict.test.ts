import { describe, expect, it } from 'vitest';
import {
  ANA,
  BEN,
  cents,
  CLEO,
  CUSTOMER,
  DAN,
  Journal,
  LEA,
  LEO,
  onlyCredit,
  problemCodes,
  START,
  terms,
} from '#tests/support/journal-builder.ts';
import { digestOf } from './canonical.ts';
import { provenSlotStatus, statusOf } from './credit.ts';
import { HOUR, plus, SECOND } from './instant.ts';

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

  it('counts from an admin as from an agent', () => {
    const journal = new Journal();
    journal.approve(BEN, journal.request(ANA), { facts: { role: 'admin', pairCount: 0 } });
    expect(onlyCredit(journal.fold()).state.kind).toBe('posted');
  });

  it('is judged by what the ticket held before the request, not by what was asked for after it', () => {
    const journal = new Journal();
    const on = journal.request(ANA, { amount: 6000 });
    journal.request(CLEO, { amount: 6000, band: 'lead' });
    journal.approve(BEN, on);
    expect(journal.fold().problems).toEqual([]);
    expect(journal.fold().credits.map(statusOf)).toEqual(['posted', 'waiting-lead']);
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
