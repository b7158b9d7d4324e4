import { describe, expect, it } from 'vitest';
import type { Audit } from './audit.ts';
import {
  ANA,
  audit,
  BEN,
  CLEO,
  historyOf,
  Journal,
  LEA,
  LEO,
  named,
  onlyCredit,
  problemCodes,
  type Requested,
  START,
  terms,
} from '#tests/support/journal-builder.ts';
import { fold } from './fold.ts';
import { HOUR, MINUTE, plus, SECOND } from './instant.ts';

/** Cleo's client finds the reply and writes down what it says. */
const cite = (journal: Journal, on: Requested, reply: Audit, wish = {}): Audit =>
  journal.approve(CLEO, on, { cites: { audit: reply.id }, ...wish });

const asked = (under = terms()) => {
  const journal = new Journal(under);
  const on = journal.request(ANA, { asked: [BEN] });
  return { journal, on };
};

describe('a private reply that is cited', () => {
  it('approves: by its author, at its time, where the citation stands', () => {
    const { journal, on } = asked();
    const reply = journal.reply(BEN, `Approve ${on.code.toLowerCase()} $25\n> decline ${on.code}`);
    const cited = cite(journal, on, reply);
    const ledger = journal.fold();
    expect(ledger.problems).toEqual([]);
    expect(onlyCredit(ledger)).toMatchObject({
      state: { kind: 'posted', at: cited.at, holdUntil: plus(cited.at, 24 * HOUR) },
      signatures: [{ by: BEN, at: reply.at, audit: cited.id }],
    });
  });

  it('does nothing while nobody cites it', () => {
    const { journal, on } = asked();
    journal.reply(BEN, `approve ${on.code} 25.00`);
    expect(onlyCredit(journal.fold()).state.kind).toBe('open');
    expect(journal.fold().problems).toEqual([]);
  });

  it('declines with its reason', () => {
    const { journal, on } = asked();
    const reply = journal.reply(BEN, `decline ${on.code}: They had one last week.`);
    journal.decline(CLEO, on, { reason: 'They had one last week.', cites: { audit: reply.id } });
    expect(onlyCredit(journal.fold()).declined).toMatchObject({
      by: BEN,
      reason: 'They had one last week.',
    });
  });

  it.each(['web', 'api', 'mobile'])('may come from %s', (channel) => {
    const { journal, on } = asked();
    cite(journal, on, journal.reply(BEN, `approve ${on.code} 25.00`, { channel }));
    expect(onlyCredit(journal.fold()).state.kind).toBe('posted');
  });

  it('is one event however often it is cited', () => {
    const { journal, on } = asked(terms({ cosigners: 2 }));
    const reply = journal.reply(BEN, `approve ${on.code} 25.00`);
    cite(journal, on, reply);
    journal.approve(LEA, on, { cites: { audit: reply.id } });
    journal.approve(BEN, on);
    expect(onlyCredit(journal.fold())).toMatchObject({ signatures: [{ by: BEN }] });
    expect(journal.fold().problems).toEqual([]);
    expect(onlyCredit(journal.fold()).state.kind).toBe('open');
  });

  it('is one event also where it is cited again as something else', () => {
    const { journal, on } = asked(terms({ cosigners: 2 }));
    const reply = journal.reply(LEA, `approve ${on.code} 25.00`);
    cite(journal, on, reply);
    cite(journal, on, reply, { as: 'lead' });
    expect(onlyCredit(journal.fold())).toMatchObject({
      state: { kind: 'open' },
      signatures: [{ by: LEA, as: 'peer' }],
    });
  });

  it('may be cited rightly after somebody cited it wrongly', () => {
    const { journal, on } = asked();
    const reply = journal.reply(BEN, `approve ${on.code} 25.00`);
    cite(journal, on, reply, { facts: { role: 'light', pairCount: 0 } });
    cite(journal, on, reply);
    expect(problemCodes(journal.fold())).toEqual(['role-unfit']);
    expect(onlyCredit(journal.fold()).state.kind).toBe('posted');
  });

  it.each<[string, string, (journal: Journal, on: Requested) => Audit]>([
    [
      'is public',
      'reply-not-private',
      (journal, on) => {
        const text = `approve ${on.code} 25.00`;
        return journal.reply(BEN, text, { comment: { author: BEN, public: true, text } });
      },
    ],
    [
      'came by e-mail',
      'wrong-channel',
      (journal, on) => journal.reply(BEN, `approve ${on.code} 25.00`, { channel: 'email' }),
    ],
    [
      'names another author than Zendesk does',
      'author-differs',
      (journal, on) => {
        const text = `approve ${on.code} 25.00`;
        return journal.reply(CLEO, text, { comment: { author: BEN, public: false, text } });
      },
    ],
    [
      'was written by Zendesk itself',
      'reply-missing',
      (journal, on) => journal.reply(BEN, `approve ${on.code} 25.00`, { author: null }),
    ],
    ['has no comment', 'reply-missing', (journal) => journal.write(BEN, [], { channel: 'mobile' })],
    [
      'created the ticket',
      'reply-missing',
      (journal, on) => journal.reply(BEN, `approve ${on.code} 25.00`, { creates: true }),
    ],
    [
      'names another amount',
      'reply-differs',
      (journal, on) => journal.reply(BEN, `approve ${on.code} 2.50`),
    ],
    ['names no amount', 'reply-differs', (journal, on) => journal.reply(BEN, `approve ${on.code}`)],
    [
      'names another code',
      'reply-differs',
      (journal) => journal.reply(BEN, 'approve LW-222222 25.00'),
    ],
    ['declines', 'reply-differs', (journal, on) => journal.reply(BEN, `decline ${on.code} No.`)],
    ['quotes', 'reply-differs', (journal, on) => journal.reply(BEN, `> approve ${on.code} 25.00`)],
    [
      'approves in a later line',
      'reply-differs',
      (journal, on) => journal.reply(BEN, `Fine.\napprove ${on.code} 25.00`),
    ],
    [
      'is the maker’s',
      'checker-is-maker',
      (journal, on) => journal.reply(ANA, `approve ${on.code} 25.00`),
    ],
  ])('does not count where it %s', (_what, code, write) => {
    const { journal, on } = asked();
    const reply = write(journal, on);
    const cited = cite(journal, on, reply);
    const ledger = journal.fold();
    expect(problemCodes(ledger)).toEqual([code]);
    expect(ledger.problems[0]?.audit).toBe(cited.id);
    expect(onlyCredit(ledger).state.kind).toBe('open');
  });

  it('must be there: not a later audit, not the citing one, not one of before the request', () => {
    const journal = new Journal();
    const early = journal.reply(BEN, 'approve LW-222222 25.00');
    const on = journal.request(ANA);
    cite(journal, on, early);
    cite(journal, on, early, { cites: { audit: audit(999_999) } });
    const next = audit(Number(journal.audits.at(-1)?.id) + 2);
    const citing = cite(journal, on, early, { cites: { audit: next } });
    journal.now = citing.at;
    const later = journal.reply(BEN, `approve ${on.code} 25.00`);
    expect(later.id).toBe(next);
    expect(problemCodes(journal.fold())).toEqual([
      'reply-missing',
      'reply-missing',
      'reply-missing',
    ]);
    expect(onlyCredit(journal.fold()).state.kind).toBe('open');
  });

  it.each([
    ['a second before the request', -MINUTE - SECOND, ['reply-missing']],
    ['at the second of the request', -MINUTE, []],
    ['at the second of the citation', MINUTE, []],
    ['a second after the citation', MINUTE + SECOND, ['reply-missing']],
  ])('lies between the request and its citation: %s', (_what, later, codes) => {
    const { journal, on } = asked();
    const reply = journal.reply(BEN, `approve ${on.code} 25.00`);
    cite(journal, on, reply);
    const audits = journal.audits.map((each) =>
      each === reply ? { ...reply, at: plus(reply.at, later) } : each,
    );
    expect(problemCodes(fold(audits, historyOf(terms()), journal.now))).toEqual(codes);
  });

  it('must say the reason that the decline gives', () => {
    const { journal, on } = asked();
    const reply = journal.reply(BEN, `decline ${on.code} Not now.`);
    journal.decline(CLEO, on, { reason: 'Ana is a fraud.', cites: { audit: reply.id } });
    const mute = journal.reply(BEN, `decline ${on.code}`);
    journal.decline(CLEO, on, { reason: '', cites: { audit: mute.id } });
    expect(problemCodes(journal.fold())).toEqual(['reply-differs', 'no-reason']);
  });

  it('declines only for somebody who was asked', () => {
    const { journal, on } = asked();
    const reply = journal.reply(CLEO, `decline ${on.code} No.`);
    journal.decline(BEN, on, { reason: 'No.', cites: { audit: reply.id } });
    expect(journal.fold().problems).toMatchObject([{ code: 'not-asked', by: CLEO }]);
  });

  it('is judged by the moment of the reply: before the credit expired', () => {
    const { journal, on } = asked();
    journal.now = plus(START, 24 * HOUR - SECOND);
    const reply = journal.reply(BEN, `approve ${on.code} 25.00`);
    journal.wait(3 * HOUR);
    cite(journal, on, reply);
    expect(onlyCredit(journal.fold()).state.kind).toBe('posted');
  });

  it('is judged by the moment of the reply: after the credit expired', () => {
    const { journal, on } = asked();
    journal.now = plus(START, 24 * HOUR);
    cite(journal, on, journal.reply(BEN, `approve ${on.code} 25.00`));
    expect(problemCodes(journal.fold())).toEqual(['too-late']);
  });

  it('is judged by the terms of the moment of the reply', () => {
    const first = terms();
    const second = terms({ number: 2, startsAt: plus(START, HOUR), leads: [LEO] });
    const history = historyOf(first, second);
    const journal = new Journal(first);
    const on = journal.request(ANA, { amount: 12000, band: 'lead' });
    const reply = journal.reply(LEA, `approve ${on.code} 120`);
    journal.now = plus(START, 5 * HOUR);
    journal.approve(CLEO, on, { as: 'lead', terms: named(second), cites: { audit: reply.id } });
    expect(problemCodes(journal.fold(history))).toEqual(['terms-not-started']);
    journal.approve(CLEO, on, { as: 'lead', cites: { audit: reply.id } });
    expect(onlyCredit(journal.fold(history)).state.kind).toBe('posted');
  });

  it('stands behind what resolved the credit before the citation', () => {
    const { journal, on } = asked();
    const reply = journal.reply(BEN, `approve ${on.code} 25.00`);
    journal.withdraw(ANA, on);
    cite(journal, on, reply);
    expect(problemCodes(journal.fold())).toEqual(['too-late']);
    expect(onlyCredit(journal.fold()).state).toMatchObject({ why: 'withdrawn' });
  });

  it('does not bring an expired credit back beside others that took its room since', () => {
    const journal = new Journal();
    const first = journal.request(ANA, { amount: 8000, asked: [BEN] });
    const reply = journal.reply(BEN, `approve ${first.code} 80.00`);
    journal.now = plus(START, 25 * HOUR);
    const second = journal.request(CLEO, { amount: 8000, asked: [BEN] });
    journal.approve(BEN, second);
    cite(journal, first, reply);
    const { credits, problems } = journal.fold();
    // 160 are above the co-sign limit of 100.
    expect(problems).toMatchObject([{ code: 'needs-lead' }]);
    expect(credits.map(({ state }) => state.kind)).toEqual(['void', 'posted']);
  });

  it('does not bring an expired credit back on a ticket where somebody declined since', () => {
    const journal = new Journal();
    const first = journal.request(ANA, { amount: 2000, asked: [BEN] });
    const reply = journal.reply(BEN, `approve ${first.code} 20.00`);
    journal.now = plus(START, 25 * HOUR);
    journal.decline(BEN, journal.request(CLEO, { amount: 1000, asked: [BEN] }));
    cite(journal, first, reply);
    expect(problemCodes(journal.fold())).toEqual(['needs-lead']);
  });

  it('counts for neither of two open credits that share a code', () => {
    // Found by trying: these two notes give LW-EH3ZTZ both.
    const journal = new Journal();
    const first = journal.request(ANA, { note: 'note 3664', asked: [BEN] });
    const second = journal.request(ANA, { note: 'note 25251', asked: [BEN] });
    expect([first.code, second.code]).toEqual(['LW-EH3ZTZ', 'LW-EH3ZTZ']);
    const reply = journal.reply(BEN, 'approve LW-EH3ZTZ 25.00');
    cite(journal, first, reply);
    cite(journal, second, reply);
    expect(problemCodes(journal.fold())).toEqual(['reply-differs', 'reply-differs']);
    journal.withdraw(ANA, second);
    cite(journal, first, reply);
    expect(journal.fold().credits[0]?.state.kind).toBe('posted');
  });

  it('counts when the other credit with its code has expired', () => {
    const journal = new Journal();
    const first = journal.request(ANA, { note: 'note 3664', asked: [BEN] });
    journal.now = plus(START, 24 * HOUR - MINUTE);
    const second = journal.request(ANA, { note: 'note 25251', asked: [BEN] });
    journal.wait(HOUR);
    cite(journal, second, journal.reply(BEN, 'approve LW-EH3ZTZ 25.00'));
    expect(first.code).toBe(second.code);
    expect(journal.fold().credits[1]?.state.kind).toBe('posted');
  });
});
