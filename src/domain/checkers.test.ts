import { describe, expect, it } from 'vitest';
import {
  ADA,
  ANA,
  BEN,
  cents,
  CLEO,
  CUSTOMER,
  DAN,
  historyOf,
  Journal,
  LEA,
  onlyCredit,
  OTHER_CUSTOMER,
  published,
  START,
  terms,
} from '#tests/support/journal-builder.ts';
import { type Colleague, mayCheck, type Situation, type Steps, stepsFor } from './checkers.ts';
import type { UserId } from './ids.ts';
import { DAY, HOUR, plus } from './instant.ts';
import { termsInForce, type TermsHistory } from './terms.ts';

const agent = (id: UserId, different: Partial<Colleague> = {}): Colleague => ({
  id,
  role: 'agent',
  active: true,
  ...different,
});

const history = historyOf(terms());

/** What somebody may do, each step with what it would be, or why not. */
function stepsIn(
  journal: Journal,
  viewer: Colleague,
  different: Partial<Situation> = {},
  under: TermsHistory = history,
): Steps {
  const ledger = journal.fold(under);
  return stepsFor(onlyCredit(ledger), viewer, {
    customer: ledger.customer,
    closed: ledger.closed,
    inForce: termsInForce(under, journal.now),
    now: journal.now,
    pairCount: 0,
    ...different,
  });
}

/** The same, each step as true or the reason why not. */
const stepsOf = (...asked: Parameters<typeof stepsIn>) =>
  Object.fromEntries(
    Object.entries(stepsIn(...asked)).map(([name, step]) => [name, step.may ? true : step.why]),
  ) as Record<keyof Steps, string | true>;

const asked = (amount = 2500) => {
  const journal = new Journal();
  journal.request(ANA, { asked: [BEN], amount });
  return journal;
};

describe('who may check', () => {
  const credit = { maker: ANA, customer: CUSTOMER };
  const why = (person: Colleague, pairs = 0) => {
    const check = mayCheck(person, credit, terms({ pairLimit: 2 }), pairs);
    return check.may ? true : check.why;
  };

  it('is an active agent or admin who is neither maker nor customer', () => {
    expect(why(agent(BEN))).toBe(true);
    expect(why(agent(ADA, { role: 'admin' }))).toBe(true);
    expect(why(agent(ANA))).toBe('is-maker');
    expect(why(agent(CUSTOMER))).toBe('is-customer');
    expect(why(agent(BEN, { role: 'light' }))).toBe('light-agent');
    expect(why(agent(BEN, { role: 'end-user' }))).toBe('no-agent');
    expect(why(agent(BEN, { active: false }))).toBe('not-active');
  });

  it('not more often for one maker than the pair limit, but for leads', () => {
    expect([why(agent(BEN), 1), why(agent(BEN), 2)]).toEqual([true, 'pair-limit']);
    expect(why(agent(LEA), 2)).toBe(true);
    expect(mayCheck(agent(BEN), credit, terms({ pairLimit: 0 }), 99).may).toBe(true);
  });
});

describe('a waiting credit', () => {
  it('is approved by whoever may check, declined by those asked and leads, withdrawn by its maker', () => {
    expect(stepsOf(asked(), agent(BEN))).toMatchObject({
      approve: true,
      decline: true,
      withdraw: 'not-maker',
      askLead: true,
      reverse: 'not-posted',
    });
    expect(stepsOf(asked(), agent(DAN))).toMatchObject({
      approve: true,
      decline: 'not-asked',
      askLead: 'not-asked',
    });
    expect(stepsOf(asked(), agent(ANA))).toMatchObject({
      approve: 'is-maker',
      decline: 'is-maker',
      withdraw: true,
      askLead: true,
      ask: true,
    });
    expect(stepsOf(asked(), agent(LEA))).toMatchObject({ approve: true, decline: true });
  });

  it('is a lead’s above the co-sign limit', () => {
    expect(stepsOf(asked(12_000), agent(BEN)).approve).toBe('needs-lead');
    expect(stepsOf(asked(12_000), agent(LEA)).approve).toBe(true);
  });

  it('says that a lead decides as lead, and what the approval must name', () => {
    const journal = new Journal();
    const facts = {
      role: 'agent',
      tier: null,
      budgetUsed: cents(19_000),
      customerUsed: cents(0),
    } as const;
    journal.request(ANA, { facts });
    expect(stepsIn(journal, agent(LEA)).approve).toMatchObject({
      may: true,
      as: 'lead',
      requirement: { overrun: 1500 },
    });
  });

  it('cannot be decided after its expiry, on a closed ticket, or for another customer', () => {
    expect(stepsOf(asked().wait(DAY), agent(BEN))).toMatchObject({
      approve: 'expired',
      decline: 'expired',
    });
    expect(stepsOf(asked(), agent(BEN), { closed: true }).approve).toBe('closed');
    expect(stepsOf(asked(), agent(BEN), { customer: OTHER_CUSTOMER }).approve).toBe(
      'customer-changed',
    );
    expect(stepsOf(asked(), agent(BEN), { customer: null }).approve).toBe(true);
  });

  it('cannot be approved under no terms or frozen ones, but withdrawn', () => {
    expect(stepsOf(asked(), agent(BEN), { inForce: undefined }).approve).toBe('terms-none');
    const frozen = historyOf(published(terms(), { updatedBy: BEN }));
    const steps = stepsOf(asked(), agent(BEN), {}, frozen);
    expect(steps.approve).toBe('terms-frozen');
    expect(stepsOf(asked(), agent(ANA), {}, frozen).withdraw).toBe(true);
  });

  it('cannot be approved by anybody above a new hard limit', () => {
    const limits = { ...terms().limits, cosign: cents(1000), hard: cents(2000) };
    const next = terms({ number: 2, startsAt: plus(START, HOUR), limits });
    const both = historyOf(terms(), next);
    expect(stepsOf(asked().wait(2 * HOUR), agent(LEA), {}, both).approve).toBe('above-hard-limit');
  });

  it('cannot be approved by anybody where its tier is no longer in the limits', () => {
    const { limits } = terms();
    const tier = { key: 'senior', name: 'Senior', tag: 'senior', group: null, limits };
    const first = terms({ tiers: [tier] });
    const journal = new Journal(first);
    const facts = { role: 'agent', budgetUsed: cents(0), customerUsed: cents(0) } as const;
    journal.request(ANA, { facts: { ...facts, tier: 'senior' } });
    const both = historyOf(first, terms({ number: 2, startsAt: plus(START, HOUR) }));
    expect(stepsOf(journal, agent(LEA), {}, both).approve).toBe(true);
    expect(stepsOf(journal.wait(2 * HOUR), agent(LEA), {}, both).approve).toBe('limits-changed');
  });

  it('cannot be approved while its own terms are frozen, whatever is in force since', () => {
    const first = published(terms(), { updatedBy: BEN });
    const both = historyOf(first, published(terms({ number: 2, startsAt: plus(START, HOUR) })));
    expect(stepsOf(asked().wait(2 * HOUR), agent(BEN), {}, both).approve).toBe('to-affirm');
  });

  it('is decided by nobody as a lead under frozen terms, nor where the leads are not known', () => {
    const frozen = historyOf(published(terms(), { updatedBy: BEN }));
    const [unreadable] = historyOf(published(terms(), { canonical: '{}' }));
    expect(stepsOf(asked(), agent(LEA), {}, frozen).decline).toBe('terms-frozen');
    expect(stepsOf(asked(), agent(BEN), {}, frozen).decline).toBe(true);
    for (const inForce of [unreadable, undefined]) {
      expect(stepsOf(asked(), agent(LEA), { inForce }).decline).toBe('not-asked');
      expect(stepsOf(asked(), agent(BEN), { inForce }).decline).toBe(true);
    }
  });

  it('is decided as a colleague or as a lead', () => {
    const as = (viewer: Colleague) => {
      const { approve, decline } = stepsIn(asked(), viewer);
      return [approve, decline].map((step) => (step.may ? step.as : step.why));
    };
    expect(as(agent(BEN))).toEqual(['peer', 'peer']);
    expect(as(agent(LEA))).toEqual(['lead', 'lead']);
  });

  it('is put to a lead once, where only a lead can post it', () => {
    const askLead = (journal: Journal) => stepsOf(journal, agent(ANA)).askLead;
    const withLead = (declined: boolean) => {
      const journal = new Journal();
      const on = journal.request(ANA, { asked: [BEN] });
      if (declined) journal.decline(BEN, on);
      journal.ask(ANA, on, { asked: [LEA], lead: true });
      return journal;
    };
    expect(askLead(asked(12_000))).toBe('needs-lead');
    expect(askLead(withLead(true))).toBe('needs-lead');
    expect(askLead(withLead(false))).toBe(true);
  });

  it('is handed on by maker, asked and leads: to leads alone where only they can post it', () => {
    const ask = (journal: Journal, different: Partial<Situation> = {}, under = history) =>
      stepsIn(journal, agent(ANA), different, under).ask;
    const declined = new Journal();
    const on = declined.request(ANA, { asked: [BEN] });
    declined.decline(BEN, on);
    declined.ask(ANA, on, { asked: [LEA], lead: true });
    expect(ask(asked())).toEqual({ may: true, lead: false });
    expect(ask(asked(12_000))).toEqual({ may: true, lead: true });
    expect(ask(declined)).toEqual({ may: true, lead: true });
    expect(ask(asked(), { inForce: undefined })).toEqual({ may: true, lead: false });
    expect(ask(asked(12_000), { inForce: undefined })).toEqual({ may: true, lead: true });
    expect(ask(declined, { inForce: undefined })).toEqual({ may: true, lead: true });
    const limits = { ...terms().limits, cosign: cents(1000) };
    const stricter = terms({ number: 2, startsAt: plus(START, HOUR), limits });
    expect(ask(asked().wait(2 * HOUR), {}, historyOf(terms(), stricter))).toMatchObject({
      lead: true,
    });
    for (const [who, may] of [
      [BEN, true],
      [LEA, true],
      [DAN, 'not-asked'],
    ] as const) {
      expect(stepsOf(asked(), agent(who)).ask).toBe(may);
    }
  });

  it('is over for every step once it is withdrawn, has expired, or cannot be judged', () => {
    const withdrawn = new Journal();
    withdrawn.withdraw(ANA, withdrawn.request(ANA));
    const newer = new Journal();
    const { id } = newer.request(ANA);
    newer.writeRaw(BEN, JSON.stringify({ v: 2, events: [{ credit: id }] }));
    const unreadable = historyOf(published(terms(), { canonical: '{}' }));
    const inForce = history[0];
    const every = (why: string) => ({ approve: why, withdraw: why, ask: why, askLead: why });
    expect(stepsOf(withdrawn, agent(ANA))).toMatchObject(every('not-waiting'));
    expect(stepsOf(asked(), agent(ANA), { now: plus(START, DAY) })).toMatchObject(every('expired'));
    expect(stepsOf(asked().wait(DAY), agent(ANA))).toMatchObject(every('expired'));
    expect(stepsOf(newer, agent(ANA))).toMatchObject(every('newer-version'));
    expect(stepsOf(asked(), agent(ANA), { inForce }, unreadable)).toMatchObject(every('to-affirm'));
  });

  it('is nothing for light agents, end users and those who left', () => {
    for (const [different, why] of [
      [{ role: 'light' }, 'light-agent'],
      [{ role: 'end-user' }, 'no-agent'],
      [{ active: false }, 'not-active'],
    ] as const) {
      expect(stepsOf(asked(), agent(BEN, different))).toMatchObject({ approve: why, decline: why });
    }
  });
});

describe('a credit that needs two', () => {
  it('is not approved twice by one person', () => {
    const under = terms({ cosigners: 2 });
    const journal = new Journal(under);
    journal.approve(BEN, journal.request(ANA, { asked: [BEN, CLEO] }));
    expect(stepsOf(journal, agent(BEN), {}, historyOf(under)).approve).toBe('already-signed');
    expect(stepsOf(journal, agent(CLEO), {}, historyOf(under)).approve).toBe(true);
  });
});

describe('a declined credit', () => {
  it('waits for a lead: nobody else decides, and its maker may ask one or withdraw', () => {
    const journal = new Journal();
    journal.decline(BEN, journal.request(ANA, { asked: [BEN, CLEO] }));
    expect(stepsOf(journal, agent(CLEO))).toMatchObject({
      approve: 'needs-lead',
      decline: 'needs-lead',
    });
    expect(stepsOf(journal, agent(LEA))).toMatchObject({ approve: true, decline: true });
    expect(stepsOf(journal, agent(ANA))).toMatchObject({
      askLead: true,
      ask: 'needs-lead',
      withdraw: true,
    });
  });
});

describe('a posted credit', () => {
  const posted = () => {
    const journal = new Journal();
    journal.approve(BEN, journal.request(ANA, { asked: [BEN] }));
    return journal;
  };

  it('is reversed by its maker or a lead within the hold, later by a lead alone', () => {
    expect(stepsOf(posted(), agent(ANA)).reverse).toBe(true);
    expect(stepsOf(posted(), agent(LEA)).reverse).toBe(true);
    expect(stepsOf(posted(), agent(BEN)).reverse).toBe('not-maker');
    expect(stepsOf(posted().wait(DAY), agent(ANA)).reverse).toBe('hold-over');
    expect(stepsOf(posted().wait(DAY), agent(LEA)).reverse).toBe(true);
  });

  it('is reversed as its maker until the very second that the hold ends, then late and as a lead', () => {
    const journal = posted();
    const reverse = (who: UserId, later: number) => {
      const { state } = onlyCredit(journal.fold(history));
      const end = state.kind === 'posted' ? state.holdUntil : START;
      return stepsIn(journal, agent(who), { now: plus(end, later) }).reverse;
    };
    expect(reverse(ANA, -1)).toEqual({ may: true, as: 'maker', late: false });
    expect(reverse(ANA, 0)).toEqual({ may: false, why: 'hold-over' });
    expect(reverse(LEA, -1)).toEqual({ may: true, as: 'lead', late: false });
    expect(reverse(LEA, 0)).toEqual({ may: true, as: 'lead', late: true });
  });

  it('is not reversed by a lead under frozen terms', () => {
    const inForce = historyOf(published(terms(), { updatedBy: BEN }))[0];
    expect(stepsOf(posted(), agent(LEA), { inForce }).reverse).toBe('terms-frozen');
    expect(stepsOf(posted(), agent(ANA), { inForce }).reverse).toBe(true);
  });

  it('is not decided again, nor reversed on a closed ticket', () => {
    expect(stepsOf(posted(), agent(CLEO)).approve).toBe('not-waiting');
    expect(stepsOf(posted(), agent(ANA), { closed: true }).reverse).toBe('closed');
  });
});
