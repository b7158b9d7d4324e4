import { describe, expect, it } from 'vitest';
import { ANA, BEN, CLEO, Journal, onlyCredit, START } from '#tests/support/journal-builder.ts';
import type { Audit } from './audit.ts';
import type { Credit } from './credit.ts';
import type { UserId } from './ids.ts';
import { DAY, HOUR, plus, SECOND } from './instant.ts';
import { readReplies } from './replies.ts';

/** Ana has asked Ben for $25.00. */
const asked = () => {
  const journal = new Journal();
  return { journal, on: journal.request(ANA, { asked: [BEN] }) };
};

const read = (journal: Journal, credits: readonly Credit[] = journal.fold().credits) =>
  readReplies(journal.audits, credits);

/** How one answer to Ana's credit is read; `{}` stands for the credit's code. */
const answered = (text: string, different: Partial<Audit> = {}, by: UserId = BEN) => {
  const { journal, on } = asked();
  const plain = journal.reply(by, text.replaceAll('{}', on.code));
  const answer = { ...plain, ...different };
  const audits = journal.audits.map((each) => (each === plain ? answer : each));
  const credit = onlyCredit(journal.fold());
  return { ...readReplies(audits, [credit]), answer, credit };
};

describe('an answer that decides', () => {
  it.each([
    ['approve {} 25.00', { verdict: 'approve', amount: '25.00' }],
    ['approve {} $25\n\nThanks!', { verdict: 'approve', amount: '$25' }],
    ['decline {} They had one.', { verdict: 'decline', reason: 'They had one.' }],
    ['decline {}', { verdict: 'decline', reason: '' }],
  ])('is cited with its author, its time and what it says: %j', (text, reply) => {
    const { citable, nearMisses, answer, credit } = answered(text);
    expect(nearMisses).toEqual([]);
    expect(citable).toEqual([
      { audit: answer.id, by: BEN, at: answer.at, credit, reply: { code: credit.code, ...reply } },
    ]);
  });

  it.each(['web', 'api', 'mobile'])('may come by %s', (channel) => {
    expect(answered('approve {} 25.00', { channel }).citable).toHaveLength(1);
  });

  it('may be of the same second as the request', () => {
    const { requestedAt } = onlyCredit(asked().journal.fold());
    expect(answered('approve {} 25.00', { at: requestedAt }).citable).toHaveLength(1);
  });

  it('is cited also when the credit has expired: whether it came in time is for the fold to say', () => {
    const { journal, on } = asked();
    journal.reply(BEN, `approve ${on.code} 25.00`);
    const { credits } = journal.fold(undefined, plus(START, 3 * DAY));
    expect(read(journal, credits).citable).toHaveLength(1);
  });

  it('is not cited again once it counts; another verdict, time or author still is', () => {
    const { journal, on } = asked();
    const first = journal.reply(BEN, `decline ${on.code} Too much.`);
    const others = [
      { ...journal.reply(BEN, `approve ${on.code} 25.00`), at: first.at },
      journal.reply(BEN, `decline ${on.code} Still too much.`),
      { ...journal.reply(CLEO, `decline ${on.code} Too much.`), at: first.at },
    ];
    journal.decline(CLEO, on, { reason: 'Too much.', cites: { audit: first.id } });
    const { citable, nearMisses } = readReplies([first, ...others], journal.fold().credits);
    expect(citable.map(({ audit }) => audit)).toEqual(others.map(({ id }) => id));
    expect(nearMisses).toEqual([]);
  });
});

describe('an answer that is no decision', () => {
  it.each<[string, string, Partial<Audit>?]>([
    ['a thank-you', 'Thanks!'],
    ['quotations', 'Thanks!\n> approve {} 25.00\n  | approve {} 25.00'],
    ['a first line that is quoted', '> approve {} 25.00'],
    ['a later line about no credit of the ticket', 'Hello\napprove LW-222222 25.00'],
    ['a line that speaks of deciding', 'Hello\nI would approve {} 25.00'],
    ['a first line that is nearly one: it stands not further down', 'approve {}.50 please'],
    ['the code alone', 'Hello\nI looked at {}.'],
    ['a note that the app wrote', 'approve {} 25.00', { leeway: 'anything' }],
    ['the comment that made the ticket', 'approve {} 25.00', { creates: true }],
    ['a change without a comment', 'approve {} 25.00', { comment: null }],
  ])('is passed over: %s', (_what, text, different) => {
    expect(answered(text, different)).toMatchObject({ citable: [], nearMisses: [] });
  });

  it('is passed over where no credit waits', () => {
    const { journal, on } = asked();
    journal.reply(BEN, `approve ${on.code} 26.00`);
    journal.withdraw(ANA, on);
    expect(read(journal)).toEqual({ citable: [], nearMisses: [] });
    expect(read(journal, [])).toEqual({ citable: [], nearMisses: [] });
  });

  it('decides no credit that is posted', () => {
    const { journal, on } = asked();
    journal.approve(BEN, on);
    const other = journal.request(CLEO, { amount: 700 });
    journal.reply(BEN, `approve ${on.code} 25.00`);
    journal.reply(BEN, `approve ${other.code} 7.00`);
    const { citable, nearMisses } = read(journal);
    expect(nearMisses).toMatchObject([{ code: 'unknown-code', credit: null }]);
    expect(citable).toMatchObject([{ credit: { id: other.id } }]);
  });
});

describe('a near miss', () => {
  it.each<[string, string, Partial<Audit>?]>([
    ['wrong-amount', 'approve {} 26.00'],
    ['wrong-amount', 'approve {}'],
    ['by-mail', 'approve {} 25.00', { channel: 'email' }],
    ['other-channel', 'approve {} 25.00', { channel: 'rule' }],
    ['not-first-line', 'Hello Ana,\napprove {} 25.00'],
    ['not-first-line', 'Hello Ana,\r\n\r\n * Decline {}: too much\r\nBen'],
    ['not-first-line', 'Hello Ana,\napprove   {} 25.00 -> as we said'],
    ['too-early', 'approve {} 25.00', { at: plus(START, -SECOND) }],
  ])('is told as %s: %j', (code, text, different) => {
    const { citable, nearMisses, answer, credit } = answered(text, different);
    expect(citable).toEqual([]);
    expect(nearMisses).toEqual([{ code, audit: answer.id, by: BEN, at: answer.at, credit }]);
  });

  it.each([
    ['public', BEN, BEN, true],
    ['spoofed', CLEO, BEN, false],
    ['spoofed', BEN, null, false],
    ['spoofed', null, null, false],
    ['by-maker', ANA, ANA, false],
  ])('is told as %s where %s wrote as %s (public: %s)', (code, author, as, isPublic) => {
    const text = `approve ${asked().on.code} 25.00`;
    const comment = { author: as, public: isPublic, text };
    const { citable, nearMisses } = answered(text, { author, comment });
    expect(citable).toEqual([]);
    expect(nearMisses).toMatchObject([{ code, by: author }]);
  });

  it('names no credit where none has the code', () => {
    expect(answered('approve LW-222222 25.00').nearMisses).toMatchObject([
      { code: 'unknown-code', by: BEN, credit: null },
    ]);
  });

  it('is a code that two open credits share; one that has expired is in nobody’s way', () => {
    const { journal, on } = asked();
    journal.wait(23 * HOUR);
    journal.request(CLEO, { amount: 700 });
    journal.reply(BEN, `approve ${on.code} 25.00`);
    const twins = (now = journal.now) =>
      journal.fold(undefined, now).credits.map((each) => ({ ...each, code: on.code }));
    expect(read(journal, twins()).nearMisses).toMatchObject([{ code: 'shared-code' }]);
    expect(read(journal, twins(plus(journal.now, HOUR))).citable).toHaveLength(1);
  });
});
