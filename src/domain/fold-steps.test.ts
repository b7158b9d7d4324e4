import { describe, expect, it } from 'vitest';
import {
  ANA,
  BEN,
  CLEO,
  DAN,
  event,
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
import { isHeld, provenSlotStatus, statusOf } from './credit.ts';
import { HOUR, plus, SECOND } from './instant.ts';

describe('an ask', () => {
  it('puts the credit to others too, and does not move its expiry', () => {
    const journal = new Journal();
    const on = journal.request(ANA, { asked: [BEN], followed: [BEN] });
    journal.wait(HOUR);
    journal.ask(ANA, on, { asked: [CLEO, BEN], followed: [CLEO] });
    const credit = onlyCredit(journal.fold());
    expect(credit).toMatchObject({
      asked: [BEN, CLEO],
      followed: [BEN, CLEO],
      leadAsked: false,
      expiresAt: plus(START, 24 * HOUR),
      timeline: [{ type: 'request' }, { type: 'ask', by: ANA, asked: [CLEO, BEN] }],
    });
  });

  it('to a lead after a decline shows as waiting for a lead', () => {
    const journal = new Journal();
    const on = journal.request(ANA);
    journal.decline(BEN, on);
    expect(statusOf(onlyCredit(journal.fold()))).toBe('declined');
    journal.ask(ANA, on, { asked: [LEA], lead: true });
    expect(onlyCredit(journal.fold())).toMatchObject({ leadAsked: true, asked: [BEN, LEA] });
    expect(statusOf(onlyCredit(journal.fold()))).toBe('waiting-lead');
  });

  it.each([
    ['the maker', ANA],
    ['somebody who was asked', BEN],
    ['a lead', LEA],
  ])('may come from %s', (_who, by) => {
    const journal = new Journal();
    const on = journal.request(ANA, { asked: [BEN] });
    journal.ask(by, on, { asked: [CLEO] });
    expect(onlyCredit(journal.fold()).asked).toEqual([BEN, CLEO]);
  });

  it('from anybody else does not count', () => {
    const journal = new Journal();
    const on = journal.request(ANA, { asked: [BEN] });
    journal.ask(DAN, on, { asked: [DAN] });
    journal.decline(DAN, on);
    expect(problemCodes(journal.fold())).toEqual(['not-asked', 'not-asked']);
    expect(onlyCredit(journal.fold())).toMatchObject({ asked: [BEN], declined: null });
  });

  it('is nobody’s as a lead while it cannot be known who the leads are', () => {
    const journal = new Journal();
    const on = journal.request(ANA);
    journal.ask(LEA, on, { asked: [CLEO] });
    const first = published(terms());
    const unreadable = published(terms({ number: 2, startsAt: START }), { canonical: '{}' });
    const madeAnew = { ...first, createdAt: journal.now };
    for (const history of [historyOf(first, unreadable), historyOf(madeAnew)]) {
      expect(problemCodes(journal.fold(history))).toEqual(['not-asked']);
    }
  });

  it('comes too late for what is posted or expired', () => {
    const posted = new Journal();
    const on = posted.request(ANA);
    posted.approve(BEN, on);
    posted.ask(ANA, on, { asked: [CLEO] });
    expect(problemCodes(posted.fold())).toEqual(['too-late']);
    const expired = new Journal();
    const other = expired.request(ANA);
    expired.now = plus(START, 24 * HOUR);
    expired.ask(ANA, other, { asked: [CLEO] });
    expect(problemCodes(expired.fold())).toEqual(['too-late']);
  });
});

describe('a withdrawal', () => {
  it('voids the credit', () => {
    const journal = new Journal();
    const { at } = journal.withdraw(ANA, journal.request(ANA));
    const credit = onlyCredit(journal.fold());
    expect(credit.state).toEqual({ kind: 'void', why: 'withdrawn', at });
    expect(provenSlotStatus(credit)).toBe('void');
    expect(isHeld(credit)).toBe(false);
  });

  it('is the maker’s alone', () => {
    const journal = new Journal();
    const on = journal.request(ANA);
    journal.withdraw(BEN, on);
    journal.withdraw(LEA, on);
    expect(problemCodes(journal.fold())).toEqual(['not-maker', 'not-maker']);
    expect(onlyCredit(journal.fold()).state.kind).toBe('open');
  });

  it('comes too late for what is posted: the order of audits decides', () => {
    const journal = new Journal();
    const on = journal.request(ANA);
    const approved = journal.approve(BEN, on);
    journal.now = approved.at;
    journal.withdraw(ANA, on);
    expect(problemCodes(journal.fold())).toEqual(['too-late']);
    expect(onlyCredit(journal.fold()).state.kind).toBe('posted');
  });

  it('comes too late for what has expired', () => {
    const journal = new Journal();
    const on = journal.request(ANA);
    journal.now = plus(START, 24 * HOUR);
    journal.withdraw(ANA, on);
    expect(problemCodes(journal.fold())).toEqual(['too-late']);
    expect(onlyCredit(journal.fold()).state).toMatchObject({ why: 'expired' });
  });
});

describe('a reversal', () => {
  const posted = (under = terms()) => {
    const journal = new Journal(under);
    const on = journal.request(ANA);
    const { at } = journal.approve(BEN, on);
    return { journal, on, at };
  };

  it('by the maker within the hold returns the budget', () => {
    const { journal, on, at } = posted();
    journal.now = plus(at, 24 * HOUR - SECOND);
    journal.reverse(ANA, on);
    const credit = onlyCredit(journal.fold());
    expect(credit.state).toEqual({
      kind: 'reversed',
      late: false,
      at: plus(at, 24 * HOUR - SECOND),
      postedAt: at,
    });
    expect(provenSlotStatus(credit)).toBe('reversed');
    expect(statusOf(credit)).toBe('reversed');
    expect(credit.timeline.at(-1)).toMatchObject({ type: 'reverse', as: 'maker', by: ANA });
  });

  it('by the maker after the hold does not count', () => {
    const { journal, on, at } = posted();
    journal.now = plus(at, 24 * HOUR);
    journal.reverse(ANA, on);
    expect(problemCodes(journal.fold())).toEqual(['hold-over']);
    expect(onlyCredit(journal.fold()).state.kind).toBe('posted');
  });

  it('by a lead within the hold returns the budget, later it does not', () => {
    const early = posted();
    early.journal.reverse(LEA, early.on, { as: 'lead' });
    expect(provenSlotStatus(onlyCredit(early.journal.fold()))).toBe('reversed');
    const late = posted();
    late.journal.now = plus(late.at, 24 * HOUR);
    late.journal.reverse(LEA, late.on, { as: 'lead' });
    expect(onlyCredit(late.journal.fold()).state).toMatchObject({ kind: 'reversed', late: true });
    expect(provenSlotStatus(onlyCredit(late.journal.fold()))).toBe('reversed-late');
  });

  it('undoes a credit that was given alone, too', () => {
    const journal = new Journal();
    const on = journal.request(ANA, { amount: 500, band: 'self' });
    journal.reverse(ANA, on);
    expect(onlyCredit(journal.fold()).state).toMatchObject({ kind: 'reversed', postedAt: START });
  });

  it.each([
    ['by a colleague', BEN, {}, 'not-maker'],
    ['by a lead who says to be the maker', LEA, {}, 'not-maker'],
    ['by somebody who is no lead', BEN, { as: 'lead' }, 'not-lead'],
    ['without a reason', ANA, { reason: '\n' }, 'no-reason'],
  ] as const)('%s does not count', (_what, by, wish, code) => {
    const { journal, on } = posted();
    journal.reverse(by, on, wish);
    expect(problemCodes(journal.fold())).toEqual([code]);
    expect(onlyCredit(journal.fold()).state.kind).toBe('posted');
  });

  it('needs a posting, and happens once', () => {
    const journal = new Journal();
    const on = journal.request(ANA);
    journal.reverse(ANA, on);
    expect(problemCodes(journal.fold())).toEqual(['not-posted']);
    journal.approve(BEN, on);
    const first = journal.reverse(ANA, on);
    journal.reverse(LEA, on, { as: 'lead' });
    expect(problemCodes(journal.fold())).toEqual(['not-posted']);
    expect(onlyCredit(journal.fold()).state).toMatchObject({ at: first.at });
  });

  it('stays possible after the customer of the ticket changed', () => {
    const { journal, on } = posted();
    journal.change('requester_id', '902');
    journal.reverse(ANA, on);
    expect(onlyCredit(journal.fold()).state.kind).toBe('reversed');
  });

  it('by a lead goes by the leads of the terms that it names, in force then', () => {
    const first = terms();
    const second = terms({ number: 2, startsAt: plus(START, HOUR), leads: [LEO] });
    const history = historyOf(first, second);
    const { journal, on } = posted(first);
    journal.reverse(LEO, on, { as: 'lead', terms: named(second) });
    expect(problemCodes(journal.fold(history))).toEqual(['terms-not-started']);
    journal.now = plus(START, 3 * HOUR);
    journal.reverse(LEA, on, { as: 'lead' });
    journal.reverse(LEA, on, { as: 'lead', terms: named(second) });
    expect(problemCodes(journal.fold(history)).slice(1)).toEqual(['terms-ended', 'not-lead']);
    expect(statusOf(onlyCredit(journal.fold(history)))).toBe('posted');
    journal.reverse(LEO, on, { as: 'lead', terms: named(second) });
    expect(onlyCredit(journal.fold(history)).state.kind).toBe('reversed');
  });

  it('under terms that were deleted since leaves a credit that is not paid', () => {
    const first = terms();
    const second = terms({ number: 2, startsAt: START, leads: [LEO] });
    const { journal, on } = posted(first);
    journal.reverse(LEO, on, { as: 'lead', terms: named(second) });
    expect(onlyCredit(journal.fold(historyOf(first, second))).state.kind).toBe('reversed');
    const altered = published(second, { canonical: '{}' });
    const credit = onlyCredit(journal.fold(historyOf(published(first), altered)));
    expect(credit.toAffirm).toBe(true);
    expect(isHeld(credit)).toBe(true);
    expect(statusOf(credit)).toBe('to-affirm');
  });
});

describe('the same step twice', () => {
  it('is one step when its event has the same id', () => {
    const journal = new Journal();
    const on = journal.request(ANA, {}, {});
    journal.send(on.event);
    journal.approve(BEN, on, { id: event('approval') });
    journal.approve(BEN, on, { id: event('approval') });
    journal.reverse(ANA, on, { id: event('reversal') });
    journal.reverse(ANA, on, { id: event('reversal') });
    expect(journal.fold().problems).toEqual([]);
    expect(onlyCredit(journal.fold()).timeline.map(({ type }) => type)).toEqual([
      'request',
      'approve',
      'reverse',
    ]);
  });

  it('does not use up an id that did not count', () => {
    const journal = new Journal();
    const on = journal.request(ANA);
    journal.approve(BEN, on, { id: event('approval'), facts: { role: 'light', pairCount: 0 } });
    journal.approve(BEN, on, { id: event('approval') });
    expect(onlyCredit(journal.fold()).state.kind).toBe('posted');
  });

  it('does not use up an id on a credit that a newer version has frozen', () => {
    const journal = new Journal();
    const frozen = journal.request(ANA);
    const other = journal.request(ANA);
    journal.writeRaw(BEN, JSON.stringify({ v: 2, events: [{ credit: frozen.id }] }));
    journal.withdraw(ANA, frozen, { id: event('withdrawal') });
    journal.withdraw(ANA, other, { id: event('withdrawal') });
    expect(journal.fold().credits.map(({ state }) => state.kind)).toEqual(['open', 'void']);
  });
});
