import { describe, expect, it } from 'vitest';
import {
  ANA,
  BEN,
  cents,
  CLEO,
  CUSTOMER,
  historyOf,
  Journal,
  LEA,
  moment,
  money,
  must,
  onlyCredit,
  OTHER_CUSTOMER,
  problemCodes,
  published,
  START,
  terms,
  ticket,
  zone,
} from '#tests/support/journal-builder.ts';
import { isHeld, statusOf } from './credit.ts';
import { DAY, HOUR, MINUTE, plus, SECOND } from './instant.ts';
import { parseSlotKey } from './slot-key.ts';

const refused = (journal: Journal) => {
  const { credits, problems } = journal.fold();
  expect(credits).toEqual([]);
  return problems.map(({ code, reasons }) => [code, reasons]);
};

describe('a request in the self band', () => {
  it('posts the credit at once, alone', () => {
    const journal = new Journal();
    const on = journal.request(ANA, { amount: 1000, band: 'self', asked: [], followed: [] });
    const credit = onlyCredit(journal.fold());
    expect(credit).toMatchObject({
      id: on.id,
      code: on.code,
      digest: on.digest,
      band: 'self',
      reasons: [],
      needed: 0,
      signatures: [],
      stricterThanClaimed: false,
      state: { kind: 'posted', at: START, holdUntil: plus(START, 24 * HOUR) },
    });
    expect(problemCodes(journal.fold())).toEqual([]);
  });

  it('never is self for an exception', () => {
    const journal = new Journal();
    journal.request(ANA, { amount: 500, band: 'self', exception: 'They moved house.' });
    expect(onlyCredit(journal.fold())).toMatchObject({
      band: 'peer',
      reasons: ['exception'],
      stricterThanClaimed: true,
      state: { kind: 'open' },
    });
  });

  it('takes white space for no exception', () => {
    const journal = new Journal();
    journal.request(ANA, { amount: 500, band: 'self', exception: ' \n' });
    expect(onlyCredit(journal.fold()).state.kind).toBe('posted');
  });
});

describe('the band of a request', () => {
  it('waits in the stricter band that the fold finds, and never posts in the claimed one', () => {
    const journal = new Journal();
    journal.request(ANA, { amount: 1001, band: 'self' });
    journal.request(BEN, { amount: 9000, band: 'self' });
    const [first, second] = journal.fold().credits;
    expect(first).toMatchObject({
      band: 'peer',
      stricterThanClaimed: true,
      state: { kind: 'open' },
    });
    // 10.01 + 90.00 are above the co-sign limit together.
    expect(second).toMatchObject({ band: 'lead', stricterThanClaimed: true, leadAsked: true });
  });

  it('stands where the claimed one is stricter', () => {
    const journal = new Journal();
    journal.request(ANA, { amount: 500, band: 'lead' });
    const credit = onlyCredit(journal.fold());
    expect(credit).toMatchObject({ band: 'lead', stricterThanClaimed: false, reasons: [] });
    expect(statusOf(credit)).toBe('waiting-lead');
  });

  it('does not count where it is refused, and says why', () => {
    const journal = new Journal();
    journal.request(ANA, { amount: 50001, band: 'lead' });
    expect(refused(journal)).toEqual([
      ['refused', expect.arrayContaining(['above-hard-limit']) as unknown],
    ]);
  });

  it.each([
    ['role-unfit', { role: 'light' }],
    ['budget-unknown', { budgetUsed: null }],
    ['customer-unknown', { customerUsed: null }],
    ['tier-unknown', { tier: 'gone' }],
  ] as const)('is refused as %s', (reason, fact) => {
    const journal = new Journal();
    const facts = {
      role: 'agent',
      tier: null,
      budgetUsed: cents(0),
      customerUsed: cents(0),
    } as const;
    journal.request(ANA, { facts: { ...facts, ...fact } });
    expect(refused(journal)).toEqual([['refused', expect.arrayContaining([reason]) as unknown]]);
  });

  it('is refused outside the pilot', () => {
    const journal = new Journal(terms({ pilot: [BEN] }));
    journal.request(ANA);
    expect(refused(journal)[0]).toEqual([
      'refused',
      expect.arrayContaining(['not-in-pilot']) as unknown,
    ]);
  });

  it('goes by the attested facts: budget, cap and tier', () => {
    const facts = {
      role: 'agent',
      tier: null,
      budgetUsed: cents(0),
      customerUsed: cents(0),
    } as const;
    const over = new Journal();
    over.request(ANA, { facts: { ...facts, budgetUsed: cents(18000) } });
    expect(onlyCredit(over.fold())).toMatchObject({ band: 'lead', overrun: 500 });
    const cap = new Journal();
    cap.request(ANA, { facts: { ...facts, customerUsed: cents(12501) } });
    expect(onlyCredit(cap.fold())).toMatchObject({ band: 'lead', overrun: 0 });
    const limits = { ...terms().limits, self: cents(2500) };
    const tier = { key: 'senior', name: 'Senior', tag: 'senior', group: null, limits };
    const senior = new Journal(terms({ tiers: [tier] }));
    senior.request(ANA, { band: 'self', facts: { ...facts, tier: 'senior' } });
    expect(onlyCredit(senior.fold()).band).toBe('self');
  });

  it('counts what waits and what is posted for the customer on the ticket, whoever made it', () => {
    const journal = new Journal();
    const first = journal.request(ANA, { amount: 5000 });
    journal.approve(BEN, first);
    journal.request(CLEO, { amount: 5000 });
    journal.request(ANA, { amount: 1, band: 'self' });
    expect(journal.fold().credits.map(({ band }) => band)).toEqual(['peer', 'peer', 'lead']);
  });

  it('counts neither what is void nor what is reversed nor what has expired', () => {
    const journal = new Journal();
    journal.withdraw(ANA, journal.request(ANA, { amount: 9000 }));
    const posted = journal.request(ANA, { amount: 9000 });
    journal.approve(BEN, posted);
    journal.reverse(ANA, posted);
    journal.request(ANA, { amount: 9000 });
    journal.wait(24 * HOUR);
    journal.request(ANA, { amount: 500, band: 'self' });
    expect(journal.fold().credits.map(({ band }) => band)).toEqual([
      'peer',
      'peer',
      'peer',
      'self',
    ]);
  });

  it('counts towards the cap only what is not older than its days', () => {
    const journal = new Journal(terms({ customerCapDays: 1, expiryHours: 100 }));
    journal.request(ANA, { amount: 8000 });
    journal.wait(DAY);
    journal.request(BEN, { amount: 2000 });
    journal.request(CLEO, { amount: 1 });
    const [, second, third] = journal.fold().credits;
    expect(second?.before).toMatchObject({ held: 8000, heldInCapDays: 0 });
    expect(third?.before).toMatchObject({ held: 10000, heldInCapDays: 2000 });
  });

  it('is lead after a decline on this ticket, by whatever maker, until a lead has posted it', () => {
    const journal = new Journal();
    const declined = journal.request(ANA);
    journal.decline(BEN, declined);
    const after = journal.request(CLEO, { amount: 500, band: 'self' });
    journal.approveAsLead(LEA, declined);
    const later = journal.request(CLEO, { amount: 500, band: 'peer' });
    const { credits } = journal.fold();
    const band = (id: string) => credits.find((each) => each.id === id)?.band;
    expect(band(after.id)).toBe('lead');
    expect(band(later.id)).toBe('peer');
  });

  it('is lead after a lead’s own decline, and after a declined credit was withdrawn', () => {
    for (const end of ['lead', 'withdraw'] as const) {
      const journal = new Journal();
      const first = journal.request(ANA);
      if (end === 'lead') journal.decline(LEA, first, { as: 'lead' });
      else {
        journal.decline(BEN, first);
        journal.withdraw(ANA, first);
      }
      journal.request(ANA, { amount: 500, band: 'self' });
      expect(journal.fold().credits[1]).toMatchObject({ band: 'lead', reasons: ['after-decline'] });
    }
  });

  it('is not lead after a decline that a lead answered on the phone before it and that was cited after it', () => {
    const journal = new Journal();
    const first = journal.request(ANA);
    const reply = journal.reply(LEA, `approve ${first.code} 25.00`);
    journal.decline(BEN, first);
    journal.approve(CLEO, first, { as: 'lead', cites: { audit: reply.id } });
    journal.request(ANA, { amount: 500, band: 'peer' });
    const { credits } = journal.fold();
    expect(credits[0]?.state.kind).toBe('posted');
    expect(credits[1]?.band).toBe('peer');
  });
});

describe('a request that does not count', () => {
  it('names a maker who did not write it', () => {
    const journal = new Journal();
    journal.write(BEN, [journal.requestEvent(ANA)]);
    expect(problemCodes(journal.fold())).toEqual(['maker-differs']);
  });

  it('is for another ticket, as where a follow-up was copied', () => {
    const journal = new Journal();
    const event = journal.requestEvent(ANA);
    journal.send({ ...event, offer: { ...event.offer, ticket: ticket(5002) } });
    expect(problemCodes(journal.fold())).toEqual(['other-ticket']);
  });

  it('is for somebody who is not the ticket’s customer', () => {
    const journal = new Journal();
    journal.request(ANA, { customer: OTHER_CUSTOMER });
    expect(refused(journal)).toEqual([['other-customer', []]]);
  });

  it('is for the maker', () => {
    const journal = new Journal(terms(), { customer: ANA });
    journal.request(ANA, { customer: ANA });
    expect(refused(journal)).toEqual([['maker-is-customer', []]]);
  });

  it('names a slot of somebody else', () => {
    const journal = new Journal();
    const key = must(parseSlotKey('month:2026-11:Etc~UTC:USD/12/1'));
    journal.request(ANA, { slot: { key, createdAt: START } });
    expect(refused(journal)).toEqual([['slot-of-other', []]]);
  });

  it.each([
    ['month:2026-10:Etc~UTC:USD/11/1'],
    ['month:2026-11:Etc~UTC:EUR/11/1'],
    ['month:2026-11:Europe~Berlin:USD/11/1'],
    ['week:2026-W47:Etc~UTC:USD/11/1'],
  ])('names a slot of another period, kind, zone or currency: %s', (key) => {
    const journal = new Journal();
    journal.request(ANA, { slot: { key: must(parseSlotKey(key)), createdAt: START } });
    expect(refused(journal)).toEqual([['slot-other-period', []]]);
  });

  it('goes by the period of the slot’s moment, not of its own', () => {
    const journal = new Journal(terms({ timeZone: zone('Europe/Berlin') }));
    journal.now = moment('2026-11-30T23:00:30Z');
    const key = must(parseSlotKey('month:2026-11:Europe~Berlin:USD/11/1'));
    journal.request(ANA, { slot: { key, createdAt: moment('2026-11-30T22:59:59Z') } });
    expect(onlyCredit(journal.fold()).state.kind).toBe('open');
  });

  it.each([
    [10 * MINUTE, []],
    [10 * MINUTE + SECOND, ['slot-too-old']],
    [-MINUTE, []],
    [-MINUTE - SECOND, ['slot-too-old']],
  ])('is %i ms later than its slot: %j', (age, expected) => {
    const journal = new Journal();
    const { slot } = journal.requestEvent(ANA);
    journal.request(ANA, { slot: { ...slot, createdAt: plus(journal.now, -age) } });
    expect(problemCodes(journal.fold())).toEqual(expected);
  });

  it('names a slot that an earlier credit of the ticket has', () => {
    const journal = new Journal();
    const first = journal.request(ANA);
    journal.request(ANA, { slot: first.event.slot });
    expect(onlyCredit(journal.fold()).id).toBe(first.id);
    expect(problemCodes(journal.fold())).toEqual(['slot-taken']);
  });

  it('names a credit that is there already', () => {
    const journal = new Journal();
    const first = journal.request(ANA, { name: 'the-one' });
    journal.request(ANA, { name: 'the-one', amount: 9999 });
    expect(onlyCredit(journal.fold()).offer.amount.minor).toBe(first.event.offer.amount.minor);
    expect(problemCodes(journal.fold())).toEqual(['credit-repeated']);
  });
});

describe('the terms of a request', () => {
  const first = terms();
  const second = terms({
    number: 2,
    startsAt: START,
    cosigners: 3,
    limits: { ...first.limits, self: cents(0) },
  });
  const history = historyOf(first, second);

  it('may be the ones before, for an hour', () => {
    const within = new Journal(first);
    within.now = plus(START, HOUR - SECOND);
    within.request(ANA, { amount: 500, band: 'self' });
    expect(onlyCredit(within.fold(history)).state.kind).toBe('posted');
    const after = new Journal(first);
    after.now = plus(START, HOUR);
    after.request(ANA, { amount: 500, band: 'self' });
    expect(problemCodes(after.fold(history))).toEqual(['terms-ended']);
  });

  it('must have started', () => {
    const journal = new Journal(second);
    journal.now = plus(START, -SECOND);
    journal.request(ANA);
    expect(problemCodes(journal.fold(history))).toEqual(['terms-not-started']);
    expect(journal.fold(history).credits).toEqual([]);
  });

  it('decide how many must sign and when it expires', () => {
    const journal = new Journal(terms({ cosigners: 3, expiryHours: 5 }));
    journal.request(ANA);
    expect(onlyCredit(journal.fold())).toMatchObject({
      needed: 3,
      expiresAt: plus(START, 5 * HOUR),
    });
  });

  it('bound the hours that a request may name', () => {
    const journal = new Journal(terms({ expiryHours: 5 }));
    journal.request(ANA, { expiresInHours: 100 });
    journal.request(BEN, { expiresInHours: 2 });
    const [longer, shorter] = journal.fold().credits;
    expect(longer?.expiresAt).toBe(plus(START, 5 * HOUR));
    expect(shorter?.expiresAt).toBe(plus(START, MINUTE + 2 * HOUR));
  });

  it.each([
    ['altered', [published(first, { canonical: '{}' })]],
    ['deleted', [published(second)]],
    ['never published', []],
  ])('%s leave a credit that nobody can judge: it is held and not accused', (_why, records) => {
    const journal = new Journal(first);
    const on = journal.request(ANA, { amount: 500, band: 'self' });
    journal.approve(BEN, on);
    journal.withdraw(ANA, on);
    const ledger = journal.fold(historyOf(...records), plus(START, 100 * DAY));
    const credit = onlyCredit(ledger);
    expect(credit).toMatchObject({ toAffirm: true, frozen: 'terms', state: { kind: 'open' } });
    expect(isHeld(credit)).toBe(true);
    expect(statusOf(credit)).toBe('to-affirm');
    expect(ledger.problems).toEqual([]);
  });

  it('are judged as before once the same form is affirmed', () => {
    const journal = new Journal(first);
    journal.request(ANA, { amount: 500, band: 'self' });
    const left = published(first, { updatedBy: BEN });
    const affirmed = published(first, { updatedAt: plus(START, DAY) });
    expect(onlyCredit(journal.fold(historyOf(left)))).toMatchObject({ toAffirm: true });
    expect(statusOf(onlyCredit(journal.fold(historyOf(left))))).toBe('to-affirm');
    expect(onlyCredit(journal.fold(historyOf(affirmed)))).toMatchObject({
      toAffirm: false,
      state: { kind: 'posted' },
    });
  });

  it('hold in another currency and zone', () => {
    const yen = terms({ currency: money('JPY'), timeZone: zone('Asia/Tokyo'), period: 'week' });
    const journal = new Journal(yen);
    journal.request(ANA, { amount: 900, band: 'self' });
    expect(onlyCredit(journal.fold())).toMatchObject({
      offer: { amount: { minor: 900, currency: 'JPY' }, customer: CUSTOMER },
      state: { kind: 'posted' },
    });
    const dollars = new Journal();
    const event = dollars.requestEvent(ANA);
    const amount = { minor: cents(500), currency: money('EUR') };
    dollars.send({ ...event, offer: { ...event.offer, amount } });
    expect(refused(dollars)).toEqual([
      ['refused', expect.arrayContaining(['wrong-currency']) as unknown],
    ]);
  });
});
