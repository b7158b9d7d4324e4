import { describe, expect, it } from 'vitest';
import {
  ANA,
  BEN,
  CLEO,
  CUSTOMER,
  event,
  historyOf,
  Journal,
  LEA,
  onlyCredit,
  OTHER_CUSTOMER,
  problemCodes,
  START,
  terms,
} from '#tests/support/journal-builder.ts';
import { isHeld, provenSlotStatus, statusFieldFor, statusOf } from './credit.ts';
import { writeJournal } from './events.ts';
import { fold } from './fold.ts';
import { HOUR, plus } from './instant.ts';

describe('who did it', () => {
  it.each(['email', 'rule', 'import', 'mobile', 'sms', ''])(
    'cannot be known from an audit of the channel %j: its events do not count',
    (channel) => {
      const journal = new Journal();
      journal.request(ANA, { amount: 500, band: 'self' }, { channel });
      expect(journal.fold()).toMatchObject({ credits: [], problems: [{ code: 'wrong-channel' }] });
    },
  );

  it.each(['web', 'api'])('is the author of an audit of the channel %s', (channel) => {
    const journal = new Journal();
    journal.request(ANA, { amount: 500, band: 'self' }, { channel });
    expect(onlyCredit(journal.fold()).timeline[0]?.by).toBe(ANA);
  });

  it('is not the author of the comment, which anybody can set', () => {
    const journal = new Journal();
    const on = journal.request(ANA);
    const comment = { author: BEN, public: false, text: 'Approved.' };
    journal.approve(ANA, on, {}, { comment });
    journal.approve(CLEO, on, {}, { comment: { ...comment, author: null } });
    expect(journal.fold().problems).toMatchObject([
      { code: 'author-differs', by: ANA },
      { code: 'author-differs', by: CLEO },
    ]);
    expect(onlyCredit(journal.fold()).state.kind).toBe('open');
  });

  it('needs no comment', () => {
    const journal = new Journal();
    journal.approve(BEN, journal.request(ANA), {}, { comment: null });
    expect(onlyCredit(journal.fold()).state.kind).toBe('posted');
  });

  it('is nobody where Zendesk wrote the audit', () => {
    const journal = new Journal();
    const on = journal.request(ANA);
    journal.approve(BEN, on, {}, { author: null, comment: null });
    expect(problemCodes(journal.fold())).toEqual(['no-author']);
  });

  it('counts for nothing in the audit that creates the ticket', () => {
    const journal = new Journal();
    journal.request(ANA, { amount: 500, band: 'self' }, { creates: true });
    expect(journal.fold()).toMatchObject({ credits: [], problems: [{ code: 'creates-ticket' }] });
    const bare = new Journal();
    bare.request(ANA, { amount: 500, band: 'self' });
    const [, only] = bare.audits;
    expect(problemCodes(fold(only ? [only] : [], historyOf(terms()), START))).toEqual([
      'creates-ticket',
    ]);
  });
});

describe('what cannot be read', () => {
  it.each([null, '', 'not json', '{"v":1}', 5, { v: 1, events: [] }])(
    'counts for nothing and is shown: %j',
    (leeway) => {
      const journal = new Journal();
      journal.request(ANA);
      const bad = journal.writeRaw(BEN, leeway);
      const ledger = journal.fold();
      expect(ledger.credits).toHaveLength(1);
      expect(ledger.problems).toEqual([
        {
          code: 'unreadable',
          audit: bad.id,
          at: bad.at,
          by: BEN,
          event: null,
          credit: null,
          reasons: [],
        },
      ]);
    },
  );

  it('names the credit that it is about, and the events beside it count', () => {
    const journal = new Journal();
    const on = journal.request(ANA);
    const good = JSON.parse(writeJournal([journal.approval(on)])) as { events: unknown[] };
    const bad = { type: 'approve', id: event('bad'), credit: on.id };
    journal.writeRaw(BEN, JSON.stringify({ v: 1, events: [bad, ...good.events] }));
    expect(journal.fold().problems).toMatchObject([{ code: 'unreadable', credit: on.id }]);
    expect(onlyCredit(journal.fold()).state.kind).toBe('posted');
  });

  it('is not a later word about a credit', () => {
    const journal = new Journal();
    journal.writeRaw(LEA, '{"v":1,"events":[{"type":"review"},{"type":"thank"},{"type":"story"}]}');
    expect(journal.fold().problems).toEqual([]);
  });
});

describe('an event of a newer version', () => {
  const newer = (...credits: string[]) =>
    JSON.stringify({ v: 2, events: credits.map((credit) => ({ credit })) });

  it('freezes the credit that it names, as it is, and no other', () => {
    const journal = new Journal();
    const first = journal.request(ANA);
    const second = journal.request(ANA);
    journal.writeRaw(BEN, newer(first.id));
    journal.approve(BEN, first);
    journal.approve(BEN, second);
    const ledger = journal.fold(undefined, plus(START, 100 * HOUR));
    const [one, other] = ledger.credits;
    expect(one).toMatchObject({ frozen: 'newer-version', state: { kind: 'open' } });
    expect(one && [statusOf(one), isHeld(one), provenSlotStatus(one)]).toEqual([
      'newer-version',
      true,
      null,
    ]);
    expect(other?.state.kind).toBe('posted');
    expect(ledger.problems).toEqual([]);
  });

  it('leaves what is posted posted', () => {
    const journal = new Journal();
    const on = journal.request(ANA, { amount: 500, band: 'self' });
    journal.writeRaw(BEN, newer(on.id));
    expect(onlyCredit(journal.fold())).toMatchObject({
      frozen: 'newer-version',
      state: { kind: 'posted' },
    });
  });

  it('does not hold the budget of what had expired before', () => {
    const journal = new Journal();
    const on = journal.request(ANA);
    journal.now = plus(START, 24 * HOUR);
    journal.writeRaw(BEN, newer(on.id));
    const credit = onlyCredit(journal.fold());
    expect(credit).toMatchObject({ frozen: 'newer-version', state: { why: 'expired' } });
    expect(isHeld(credit)).toBe(false);
  });

  it('about a credit that this version does not know is shown', () => {
    const journal = new Journal();
    const on = journal.request(ANA);
    journal.writeRaw(BEN, newer(on.id, 'unknown-credit'));
    journal.writeRaw(BEN, '{"v":2,"steps":"quite different"}');
    expect(problemCodes(journal.fold())).toEqual(['newer-version', 'newer-version']);
  });

  it('counts no more than others by e-mail', () => {
    const journal = new Journal();
    const on = journal.request(ANA);
    journal.writeRaw(BEN, newer(on.id), { channel: 'email' });
    expect(onlyCredit(journal.fold()).frozen).toBeNull();
  });
});

describe('time', () => {
  it('turns what waits into expired at its very second, and nothing else', () => {
    const journal = new Journal();
    journal.request(ANA);
    const end = plus(START, 24 * HOUR);
    expect(onlyCredit(journal.fold(undefined, plus(end, -1))).state.kind).toBe('open');
    const expired = onlyCredit(journal.fold(undefined, end));
    expect(expired.state).toEqual({ kind: 'void', why: 'expired', at: end });
    expect(statusOf(expired)).toBe('expired');
    expect(provenSlotStatus(expired)).toBe('void');
  });

  it('does not end what is posted', () => {
    const journal = new Journal();
    journal.approve(BEN, journal.request(ANA));
    expect(journal.fold(undefined, plus(START, 9999 * HOUR))).toEqual(journal.fold());
  });

  it('is not the stamp but the order where two stamps are the same', () => {
    const journal = new Journal();
    const on = journal.request(ANA);
    const { at } = journal.withdraw(ANA, on);
    journal.now = at;
    journal.approve(BEN, on);
    expect(onlyCredit(journal.fold()).state).toMatchObject({ why: 'withdrawn' });
  });
});

describe('a ticket', () => {
  it('has no ledger without audits of ours', () => {
    expect(new Journal().fold()).toEqual({
      credits: [],
      problems: [],
      customer: CUSTOMER,
      closed: false,
    });
    expect(fold([], historyOf(), START)).toMatchObject({ credits: [], customer: null });
  });

  it('read twice over is the same ticket', () => {
    const journal = new Journal();
    journal.approve(BEN, journal.request(ANA, { amount: 500 }));
    journal.writeRaw(BEN, 'not json');
    const twice = [...journal.audits, ...journal.audits];
    expect(fold(twice, historyOf(terms()), journal.now)).toEqual(journal.fold());
  });

  it('that is closed ends what waits, and leaves what is posted', () => {
    const journal = new Journal();
    const waiting = journal.request(ANA);
    const posted = journal.request(ANA, { amount: 500, band: 'peer' });
    journal.approve(BEN, posted);
    const { at } = journal.change('status', 'closed', null);
    const ledger = journal.fold();
    expect(ledger.closed).toBe(true);
    expect(ledger.credits[0]).toMatchObject({
      id: waiting.id,
      state: { kind: 'void', why: 'closed', at },
    });
    expect(ledger.credits[0] && statusOf(ledger.credits[0])).toBe('expired');
    expect(ledger.credits[1]?.state.kind).toBe('posted');
  });

  it('that is closed after a credit expired does not say that closing ended it', () => {
    const journal = new Journal();
    journal.request(ANA);
    journal.now = plus(START, 30 * HOUR);
    journal.change('status', 'closed', null);
    expect(onlyCredit(journal.fold()).state).toMatchObject({ why: 'expired' });
  });

  it('that is closed by the very audit of a request leaves nothing waiting', () => {
    const journal = new Journal();
    journal.request(ANA, {}, { changes: [{ field: 'status', value: 'closed' }] });
    expect(onlyCredit(journal.fold()).state).toMatchObject({ kind: 'void', why: 'closed' });
  });

  it('that is solved or opened again changes nothing', () => {
    const journal = new Journal();
    journal.request(ANA);
    journal.change('status', 'solved');
    journal.change('status', 'open');
    expect(journal.fold().closed).toBe(false);
    expect(onlyCredit(journal.fold()).state.kind).toBe('open');
  });

  it('whose customer no audit names takes the requests’ word for it', () => {
    const journal = new Journal();
    journal.approve(BEN, journal.request(ANA));
    const audits = journal.audits.map((each) => ({ ...each, changes: [] }));
    const ledger = fold(audits, historyOf(terms()), journal.now);
    expect(ledger).toMatchObject({ customer: null, problems: [] });
    expect(onlyCredit(ledger).state.kind).toBe('posted');
  });

  it('whose customer changed has limits of the new customer’s own', () => {
    const journal = new Journal();
    journal.request(ANA, { amount: 9000 });
    journal.change('requester_id', OTHER_CUSTOMER);
    journal.request(ANA, { amount: 9000, customer: OTHER_CUSTOMER });
    journal.request(ANA, { amount: 500 });
    const ledger = journal.fold();
    expect(ledger.customer).toBe(OTHER_CUSTOMER);
    expect(ledger.credits.map(({ band }) => band)).toEqual(['peer', 'peer']);
    expect(problemCodes(ledger)).toEqual(['other-customer']);
  });
});

describe('the status field', () => {
  it('has the most urgent of the ticket’s credits', () => {
    const journal = new Journal();
    const value = () => statusFieldFor(journal.fold().credits);
    expect(value()).toBeNull();
    const alone = journal.request(ANA, { amount: 500, band: 'self' });
    expect(value()).toBe('leeway_posted');
    const peer = journal.request(ANA);
    expect(value()).toBe('leeway_waiting');
    const lead = journal.request(ANA, { band: 'lead' });
    expect(value()).toBe('leeway_waiting_lead');
    journal.withdraw(ANA, lead);
    expect(value()).toBe('leeway_waiting');
    journal.decline(BEN, peer);
    expect(value()).toBe('leeway_posted');
    journal.ask(ANA, peer, { asked: [LEA], lead: true });
    expect(value()).toBe('leeway_waiting_lead');
    journal.withdraw(ANA, peer);
    journal.reverse(ANA, alone);
    expect(value()).toBeNull();
  });

  it('stays while the terms of a credit wait to be affirmed', () => {
    const journal = new Journal();
    journal.request(ANA, { amount: 500, band: 'self' });
    const unaffirmed = historyOf(terms()).map((entry) =>
      entry.state === 'good'
        ? { ...entry, state: 'frozen' as const, why: 'writer-unknown' as const }
        : entry,
    );
    const { credits } = journal.fold(unaffirmed);
    expect(credits[0] && statusOf(credits[0])).toBe('to-affirm');
    expect(statusFieldFor(credits)).toBe('leeway_posted');
  });
});
