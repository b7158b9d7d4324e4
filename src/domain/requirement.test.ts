import { describe, expect, it } from 'vitest';
import {
  ANA,
  BEN,
  cents,
  CLEO,
  CUSTOMER,
  Journal,
  LEA,
  onlyCredit,
  OTHER_CUSTOMER,
  terms,
} from '#tests/support/journal-builder.ts';
import { DAY, plus } from './instant.ts';
import { requirementUnder, ticketBefore } from './requirement.ts';

describe('what a credit still needs', () => {
  const needed = (exception: string, under = terms()) => {
    const journal = new Journal();
    journal.request(ANA, { exception });
    return requirementUnder(under, onlyCredit(journal.fold()));
  };

  it('is told with the reasons of the terms that it is to be approved under', () => {
    const limits = { ...terms().limits, cosign: cents(2000) };
    expect(needed('')).toEqual({ band: 'peer', reasons: [], needed: 1, overrun: 0 });
    expect(needed(' ')).toMatchObject({ reasons: [] });
    expect(needed('They are moving.')).toMatchObject({ band: 'peer', reasons: ['exception'] });
    expect(needed('', terms({ limits, cosigners: 2 }))).toEqual({
      band: 'lead',
      reasons: ['above-cosign-limit'],
      needed: 2,
      overrun: 0,
    });
  });
});

describe('what the ticket held before', () => {
  const before = (journal: Journal, at = journal.now, customer = CUSTOMER) =>
    ticketBefore(journal.fold().credits, customer, at, 90);

  it('counts towards the cap until its days are over, to the millisecond', () => {
    const journal = new Journal();
    const on = journal.request(ANA);
    journal.approve(BEN, on);
    const end = plus(on.audit.at, 90 * DAY);
    const nothing = { held: 2500, heldInCapDays: 0, declined: false };
    expect(before(journal, plus(end, -1))).toEqual({ ...nothing, heldInCapDays: 2500 });
    expect(before(journal, end)).toEqual(nothing);
    expect(before(journal, end, OTHER_CUSTOMER)).toMatchObject({ held: 0 });
  });

  it('has a decline until a lead has posted the credit, also when that is reversed', () => {
    const journal = new Journal();
    const on = journal.request(ANA);
    expect(before(journal).declined).toBe(false);
    journal.decline(BEN, on);
    expect(before(journal).declined).toBe(true);
    expect(before(journal, journal.now, OTHER_CUSTOMER).declined).toBe(false);
    journal.approveAsLead(LEA, on);
    expect(before(journal).declined).toBe(false);
    journal.reverse(ANA, on);
    expect(before(journal)).toEqual({ held: 0, heldInCapDays: 0, declined: false });
    journal.withdraw(CLEO, journal.request(CLEO));
    expect(before(journal).declined).toBe(false);
  });
});
