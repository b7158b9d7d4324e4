import { describe, expect, it } from 'vitest';
import {
  ADA,
  ANA,
  BEN,
  CLEO,
  historyOf,
  Journal,
  LEA,
  LEO,
  onlyCredit,
  published,
  type Requested,
  terms,
} from '#tests/support/journal-builder.ts';
import { askedNow, provenSlotStatus, statusFieldFor, statusOf } from './credit.ts';
import { digestOf } from './canonical.ts';
import { DAY } from './instant.ts';

/** Ana asks Ben for so much; then somebody does something. */
const played = (then: (journal: Journal, on: Requested) => void, amount = 2500) => {
  const journal = new Journal();
  then(journal, journal.request(ANA, { asked: [BEN], amount, band: 'peer' }));
  return journal;
};

describe('whom a credit waits for now', () => {
  const now = (then: (journal: Journal, on: Requested) => void, amount?: number) =>
    askedNow(onlyCredit(played(then, amount).fold()));

  it('is whom the request asks', () => {
    expect(now(() => undefined)).toEqual([BEN]);
    expect(now(() => undefined, 12_000)).toEqual([BEN]);
  });

  it('is nobody before the first step', () => {
    expect(askedNow({ band: 'peer', timeline: [] })).toEqual([]);
  });

  it('is handed on by an ask of other colleagues', () => {
    expect(
      now((journal, on) => {
        journal.ask(ANA, on, { asked: [CLEO] });
        journal.ask(CLEO, on, { asked: [LEO, BEN] });
      }),
    ).toEqual([LEO, BEN]);
  });

  it('stays with colleagues who can still post it where a lead is asked, too', () => {
    expect(
      now((journal, on) => {
        journal.ask(ANA, on, { asked: [LEA, BEN], lead: true });
      }),
    ).toEqual([BEN, LEA]);
  });

  it('is the lead alone where only a lead can post it', () => {
    const askLead = (journal: Journal, on: Requested) => {
      journal.ask(ANA, on, { asked: [LEA], lead: true });
    };
    expect(now(askLead, 12_000)).toEqual([LEA]);
    expect(
      now((journal, on) => {
        journal.decline(BEN, on);
        askLead(journal, on);
      }),
    ).toEqual([LEA]);
  });

  it('is changed by no other step', () => {
    expect(
      now((journal, on) => {
        journal.ask(ANA, on, { asked: [CLEO] });
        journal.decline(BEN, on);
      }),
    ).toEqual([CLEO]);
    expect(
      now((journal, on) => {
        journal.approve(CLEO, on);
        journal.reverse(ANA, on);
      }),
    ).toEqual([BEN]);
  });
});

describe('what is shown of a credit, and the status that its slot has', () => {
  it.each<[string, (journal: Journal, on: Requested) => void, ...(string | null)[]]>([
    ['waits', () => undefined, 'waiting-cosign', 'reserved', 'leeway_waiting'],
    ['is declined', (journal, on) => journal.decline(BEN, on), 'declined', 'reserved', null],
    [
      'is declined and put to a lead',
      (journal, on) => {
        journal.decline(BEN, on);
        journal.ask(ANA, on, { asked: [LEA], lead: true });
      },
      'waiting-lead',
      'reserved',
      'leeway_waiting_lead',
    ],
    ['is posted', (journal, on) => journal.approve(BEN, on), 'posted', 'posted', 'leeway_posted'],
    ['is withdrawn', (journal, on) => journal.withdraw(ANA, on), 'withdrawn', 'void', null],
    ['has expired', (journal) => journal.wait(DAY), 'expired', 'void', null],
    [
      'waited on a ticket that was closed',
      (journal) => journal.change('status', 'closed'),
      'expired',
      'void',
      null,
    ],
    [
      'is declined by a lead',
      (journal, on) => journal.decline(LEA, on, { as: 'lead' }),
      'declined',
      'void',
      null,
    ],
    [
      'is reversed within the hold',
      (journal, on) => {
        journal.approve(BEN, on);
        journal.reverse(ANA, on);
      },
      'reversed',
      'reversed',
      null,
    ],
    [
      'is reversed late',
      (journal, on) => {
        journal.approve(BEN, on);
        journal.wait(2 * DAY).reverse(LEA, on, { as: 'lead' });
      },
      'reversed',
      'reversed-late',
      null,
    ],
    [
      'is named by a newer version',
      (journal, on) => journal.writeRaw(BEN, JSON.stringify({ v: 2, events: [{ credit: on.id }] })),
      'newer-version',
      null,
      null,
    ],
  ])('fit where it %s', (_what, then, status, slot, field) => {
    const { credits } = played(then).fold();
    expect([...credits.map(statusOf), ...credits.map(provenSlotStatus)]).toEqual([status, slot]);
    expect(statusFieldFor(credits)).toBe(field);
  });

  it('is a lead’s above the co-sign limit', () => {
    const { credits } = played(() => undefined, 12_000).fold();
    expect(credits.map(statusOf)).toEqual(['waiting-lead']);
    expect(statusFieldFor(credits)).toBe('leeway_waiting_lead');
  });

  it('is to affirm while its terms are frozen and it holds budget, and no longer', () => {
    const frozen = historyOf(published(terms(), { updatedBy: BEN }));
    const affirmed = historyOf(published(terms(), { updatedBy: ADA }));
    const waiting = played(() => undefined);
    const withdrawn = played((journal, on) => journal.withdraw(ANA, on));
    expect(waiting.fold(frozen).credits.map(statusOf)).toEqual(['to-affirm']);
    expect(waiting.fold(affirmed).credits.map(statusOf)).toEqual(['waiting-cosign']);
    expect(withdrawn.fold(frozen).credits.map(statusOf)).toEqual(['withdrawn']);
  });

  it('is to affirm, and nothing for triggers, while nobody can know its terms', () => {
    const journal = new Journal();
    journal.request(ANA, { terms: { number: 1, digest: digestOf('invented') } });
    const { credits } = journal.fold();
    expect(credits.map(statusOf)).toEqual(['to-affirm']);
    expect(credits.map(provenSlotStatus)).toEqual([null]);
    expect(statusFieldFor(credits)).toBeNull();
    // Also where it cannot hold budget any more.
    expect(credits.map((each) => statusOf({ ...each, toAffirm: false }))).toEqual(['to-affirm']);
  });
});
