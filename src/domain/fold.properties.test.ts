import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Audit } from './audit.ts';
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
  must,
  named,
  OTHER_CUSTOMER,
  type Requested,
  START,
  terms,
} from '#tests/support/journal-builder.ts';
import { type Credit, isHeld } from './credit.ts';
import { fold } from './fold.ts';
import type { UserId } from './ids.ts';
import { HOUR, type Instant, MINUTE, plus } from './instant.ts';
import type { Band } from './policy.ts';
import type { TermsHistory } from './terms.ts';

const FIRST = terms({ customerCap: cents(40000), expiryHours: 3 });
const SECOND = terms({
  number: 2,
  cosigners: 2,
  startsAt: plus(START, 4 * HOUR),
  customerCap: cents(40000),
  expiryHours: 3,
  limits: { ...FIRST.limits, cosign: cents(30000), hard: cents(40000) },
});
const HISTORY = historyOf(FIRST, SECOND);
const MOST = Math.max(FIRST.limits.hard, SECOND.limits.hard);

interface Act {
  readonly what:
    | 'request'
    | 'ask'
    | 'approve'
    | 'approve-as-lead'
    | 'decline'
    | 'decline-as-lead'
    | 'withdraw'
    | 'reverse'
    | 'reverse-as-lead'
    | 'reply'
    | 'cite'
    | 'change-customer'
    | 'close'
    | 'talk';
  readonly by: UserId;
  readonly on: number;
  readonly amount: number;
  readonly band: Exclude<Band, 'refused'>;
  /** Whether it names the other terms than those in force. */
  readonly stale: boolean;
  readonly wait: number;
  readonly channel: string;
  readonly exception: boolean;
}

const AGENTS = [ANA, BEN, CLEO, DAN];

const acts = (people: readonly UserId[], most = 30): fc.Arbitrary<readonly Act[]> =>
  fc.array(
    fc.record<Act>({
      what: fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom<Act['what']>('request') },
        {
          weight: 8,
          arbitrary: fc.constantFrom<Act['what']>('approve', 'approve-as-lead', 'cite', 'reply'),
        },
        {
          weight: 4,
          arbitrary: fc.constantFrom<Act['what']>(
            'ask',
            'decline',
            'decline-as-lead',
            'withdraw',
            'reverse',
            'reverse-as-lead',
            'talk',
          ),
        },
        { weight: 1, arbitrary: fc.constantFrom<Act['what']>('change-customer', 'close') },
      ),
      by: fc.constantFrom(...people),
      on: fc.nat(5),
      amount: fc.constantFrom(100, 1000, 2500, 9000, 10000, 20000, 30000, 40000, 50000),
      band: fc.constantFrom('self', 'peer', 'lead'),
      stale: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.boolean()),
      wait: fc.constantFrom(0, 0, 0, MINUTE, 10 * MINUTE, HOUR, 3 * HOUR),
      channel: fc.constantFrom('api', 'api', 'api', 'web', 'email'),
      exception: fc.boolean(),
    }),
    { maxLength: most },
  );

/** Plays the acts, sensible or not, as somebody with the API at hand could. */
function play(all: readonly Act[]): Journal {
  const journal = new Journal(FIRST);
  const requests: Requested[] = [];
  const replies: { audit: Audit; on: Requested }[] = [];
  let customer = CUSTOMER;
  for (const act of all) {
    journal.wait(act.wait);
    const { by, channel } = act;
    const second = journal.now >= SECOND.startsAt;
    const under = { terms: named(second === act.stale ? FIRST : SECOND) };
    const on = requests[act.on % Math.max(1, requests.length)];
    if (act.what === 'request') {
      const exception = act.exception ? 'They moved house.' : '';
      const { amount, band } = act;
      const wish = { amount, band, exception, customer, asked: AGENTS, ...under };
      requests.push(journal.request(by, wish, { channel }));
    } else if (act.what === 'change-customer') {
      customer = customer === CUSTOMER ? OTHER_CUSTOMER : CUSTOMER;
      journal.change('requester_id', customer, by);
    } else if (act.what === 'close') journal.change('status', 'closed', null);
    else if (act.what === 'talk' || !on) journal.reply(by, 'Thank you for waiting.');
    else step(journal, act, on, replies, under);
  }
  return journal;
}

function step(
  journal: Journal,
  { what, by, channel, on: index }: Act,
  on: Requested,
  replies: { audit: Audit; on: Requested }[],
  under: { readonly terms: ReturnType<typeof named> },
): void {
  const overrun = on.event.offer.amount.minor;
  if (what === 'ask') journal.ask(by, on, { asked: [LEA], lead: true });
  else if (what === 'approve') journal.approve(by, on, under, { channel });
  else if (what === 'approve-as-lead') journal.approveAsLead(by, on, { ...under, overrun });
  else if (what === 'decline') journal.decline(by, on, under, { channel });
  else if (what === 'decline-as-lead') journal.decline(by, on, { ...under, as: 'lead' });
  else if (what === 'withdraw') journal.withdraw(index % 2 ? by : on.maker, on);
  else if (what === 'reverse') journal.reverse(index % 2 ? by : on.maker, on, under);
  else if (what === 'reverse-as-lead') journal.reverse(by, on, { ...under, as: 'lead' });
  else if (what === 'reply') {
    const text = `approve ${on.code} ${String(overrun / 100)}`;
    replies.push({ audit: journal.reply(by, text), on });
  } else {
    const cited = replies[index % Math.max(1, replies.length)];
    if (cited) journal.approve(by, cited.on, { ...under, cites: { audit: cited.audit.id } });
  }
}

const everybody = acts([...AGENTS, LEA, LEO]);
const read = (journal: Journal, now: Instant = journal.now, history: TermsHistory = HISTORY) =>
  fold(journal.audits, history, now);

const postedAt = ({ state }: Credit): Instant | null =>
  state.kind === 'posted' ? state.at : state.kind === 'reversed' ? state.postedAt : null;

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

describe('the fold of any journal', () => {
  it('is pure: it gives the same twice, and changes nothing that it is given', () => {
    fc.assert(
      fc.property(everybody, (all) => {
        const journal = play(all);
        deepFreeze(journal.audits);
        expect(fold(journal.audits, deepFreeze(HISTORY), journal.now)).toEqual(read(journal));
      }),
    );
  });

  it('is not changed by audits that are not ours', () => {
    fc.assert(
      fc.property(everybody, fc.nat(), (all, place) => {
        const journal = play(all);
        const other = new Journal(FIRST);
        const strange = other.reply(BEN, 'Hello again.', { channel: 'web' });
        const at = 1 + (place % journal.audits.length);
        const before = must(journal.audits[at - 1]);
        const audits = journal.audits.toSpliced(at, 0, {
          ...strange,
          id: `9${strange.id}` as Audit['id'],
          at: before.at,
        });
        expect(fold(audits, HISTORY, journal.now)).toEqual(read(journal));
      }),
    );
  });

  it('changes with the moment only from waiting into expired', () => {
    fc.assert(
      fc.property(everybody, fc.nat(10 * HOUR), (all, later) => {
        const journal = play(all);
        const now = read(journal);
        const then = read(journal, plus(journal.now, later));
        expect(then.problems).toEqual(now.problems);
        then.credits.forEach((credit, index) => {
          const before = must(now.credits[index]);
          if (before.state.kind === 'open' && credit.state.kind === 'void') {
            expect(credit.state).toEqual({ kind: 'void', why: 'expired', at: before.expiresAt });
            expect({ ...credit, state: before.state }).toEqual(before);
          } else expect(credit).toEqual(before);
        });
      }),
    );
  });

  it('posts a credit at most once, and a longer journal never shows another time', () => {
    fc.assert(
      fc.property(everybody, (all) => {
        const journal = play(all);
        const times = new Map<string, Instant>();
        for (let length = 1; length <= journal.audits.length; length += 1) {
          const audits = journal.audits.slice(0, length);
          for (const credit of fold(audits, HISTORY, must(audits.at(-1)).at).credits) {
            const at = postedAt(credit);
            const before = times.get(credit.id);
            if (before !== undefined) expect(at).toBe(before);
            else if (at !== null) times.set(credit.id, at);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('no longer posts a credit without any one of the approvals that it needed', () => {
    fc.assert(
      fc.property(everybody, (all) => {
        const journal = play(all);
        for (const credit of read(journal).credits) {
          const surplus = journal.audits.some(
            (each) => each.at > (postedAt(credit) ?? Infinity) && each.leeway !== undefined,
          );
          if (surplus) continue;
          for (const { audit } of postedAt(credit) === null ? [] : credit.signatures) {
            const byLead = credit.signatures.at(-1)?.as === 'lead';
            if (byLead && audit !== credit.signatures.at(-1)?.audit) continue;
            const without = journal.audits.filter(({ id }) => id !== audit);
            const same = fold(without, HISTORY, journal.now).credits.find(
              ({ id }) => id === credit.id,
            );
            expect(same && postedAt(same)).toBeNull();
          }
        }
      }),
    );
  });

  it('never gives a posting to fewer people than are needed, nor to the maker or the customer', () => {
    fc.assert(
      fc.property(everybody, (all) => {
        for (const credit of read(play(all)).credits.filter((each) => postedAt(each) !== null)) {
          const { signatures, needed, offer, band } = credit;
          const byLead = signatures.some((each) => each.as === 'lead');
          expect(byLead || new Set(signatures.map(({ by }) => by)).size >= needed).toBe(true);
          expect(band === 'lead' || credit.declined !== null ? byLead : true).toBe(true);
          for (const { by, as } of signatures) {
            expect([offer.maker, offer.customer]).not.toContain(by);
            if (as === 'lead') expect([LEA, LEO]).toContain(by);
          }
        }
      }),
    );
  });

  it('makes no problem and no credit of what came by e-mail', () => {
    fc.assert(
      fc.property(everybody, (all) => {
        const journal = play(all);
        const mailed = new Set(
          journal.audits.filter(({ channel }) => channel === 'email').map(({ id }) => id),
        );
        const { credits } = read(journal);
        for (const { timeline } of credits) {
          for (const { audit } of timeline) expect(mailed.has(audit)).toBe(false);
        }
      }),
    );
  });
});

describe('whatever people without a lead do', () => {
  const byAgents = acts(AGENTS, 40);
  const heldFor = (credits: readonly Credit[], customer: UserId, which: (one: Credit) => boolean) =>
    credits
      .filter((each) => each.offer.customer === customer && which(each))
      .reduce((total, { offer }) => total + offer.amount.minor, 0);

  it('the ticket never holds more for a customer than the hard limit', () => {
    fc.assert(
      fc.property(byAgents, (all) => {
        const journal = play(all);
        for (let length = 1; length <= journal.audits.length; length += 1) {
          const audits = journal.audits.slice(0, length);
          const { credits } = fold(audits, HISTORY, must(audits.at(-1)).at);
          for (const customer of [CUSTOMER, OTHER_CUSTOMER]) {
            expect(heldFor(credits, customer, isHeld)).toBeLessThanOrEqual(MOST);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('no more is posted for a customer than colleagues may give', () => {
    const cosign = Math.max(FIRST.limits.cosign, SECOND.limits.cosign);
    fc.assert(
      fc.property(byAgents, (all) => {
        const { credits } = read(play(all));
        for (const customer of [CUSTOMER, OTHER_CUSTOMER]) {
          const posted = heldFor(credits, customer, ({ state }) => state.kind === 'posted');
          expect(posted).toBeLessThanOrEqual(cosign);
        }
      }),
      { numRuns: 300 },
    );
  });
});

it('the journals that are played reach every state', () => {
  const seen = new Set<string>();
  for (const all of fc.sample(everybody, { numRuns: 400, seed: 7 })) {
    for (const { state, declined, stricterThanClaimed } of read(play(all)).credits) {
      seen.add(state.kind === 'void' ? state.why : state.kind);
      if (declined) seen.add('peer-declined');
      if (stricterThanClaimed) seen.add('stricter');
    }
  }
  expect([...seen].sort()).toEqual(
    [
      'closed',
      'declined',
      'expired',
      'open',
      'peer-declined',
      'posted',
      'reversed',
      'stricter',
      'withdrawn',
    ].sort(),
  );
});
