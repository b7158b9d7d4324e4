import type { Carried } from '../network.ts';
import type { Evidence, JournalWrite, JournalWriteEvent } from './evidence.ts';
import type { CheckedCredit } from './ledger.ts';
import type { Ledgers } from './ledgers.ts';

/** The races that issue 3 names, counted from the simulator's log. */
export const RACES = [
  'two browsers, the last money',
  'two checkers at once',
  'withdraw against approve',
  'expiry against approve',
  'three clients cite one reply',
  'a second posting while a lead reverses',
] as const;

export type Tally = Map<string, number>;

export const add = (tally: Tally, key: string, count = 1): void => {
  if (count > 0) tally.set(key, (tally.get(key) ?? 0) + count);
};

const MINUTE = 60_000;

interface Attempt {
  readonly write: JournalWrite;
  readonly event: JournalWriteEvent;
}

/** Two writes meet when both go by the ticket as it was at one moment: neither had seen the other. */
const meet = (one: Attempt, other: Attempt): boolean =>
  one.write.stamp !== null && one.write.stamp === other.write.stamp;

function pairs(
  attempts: readonly Attempt[],
  fits: (one: JournalWriteEvent, other: JournalWriteEvent) => boolean,
): number {
  let count = 0;
  attempts.forEach((one, index) => {
    for (const other of attempts.slice(index + 1)) {
      const others = one.write.entry.user !== other.write.entry.user;
      const matches = fits(one.event, other.event) || fits(other.event, one.event);
      if (others && matches && meet(one, other)) count += 1;
    }
  });
  return count;
}

/** How often each named race took place in a run. */
export function countRaces(evidence: Evidence, ledgers: Ledgers): Tally {
  const tally: Tally = new Map();
  const credits = ledgers.credits();
  const byCredit = new Map<string, Attempt[]>();
  const byReply = new Map<string, Set<string>>();
  for (const write of evidence.writes) {
    if (!write.entry.app) continue;
    for (const event of write.events) {
      const list = byCredit.get(event.credit) ?? [];
      list.push({ write, event });
      byCredit.set(event.credit, list);
      if (!event.cites) continue;
      const key = `${write.ticket} ${event.cites.audit}`;
      byReply.set(key, (byReply.get(key) ?? new Set()).add(event.id));
    }
  }
  const given = (event: JournalWriteEvent): boolean => event.type === 'approve' && !event.cites;
  for (const [id, attempts] of byCredit) {
    add(
      tally,
      'two checkers at once',
      pairs(attempts, (one, other) => given(one) && given(other)),
    );
    add(
      tally,
      'withdraw against approve',
      pairs(attempts, (one, other) => given(one) && other.type === 'withdraw'),
    );
    const credit = credits.find((one) => one.id === id);
    if (!credit) continue;
    const close = attempts.filter(
      ({ event, write }) =>
        event.type === 'approve' && Math.abs(write.entry.at - credit.expires) < MINUTE,
    );
    add(tally, 'expiry against approve', close.length);
    add(tally, 'a second posting while a lead reverses', lateApprovals(attempts));
  }
  for (const ids of byReply.values()) {
    if (ids.size >= 3) add(tally, 'three clients cite one reply');
  }
  add(tally, 'two browsers, the last money', lastMoney(evidence, credits));
  return tally;
}

/** Approvals that were sent off by the ticket as it was before the reversal, and met it. */
function lateApprovals(attempts: readonly Attempt[]): number {
  const reversal = attempts.find(
    ({ event, write }) =>
      event.type === 'reverse' && event.as === 'lead' && write.entry.status === 200,
  );
  if (!reversal) return 0;
  const posting = attempts.findLast(
    ({ event, write }) =>
      event.type === 'approve' &&
      write.entry.status === 200 &&
      write.entry.n < reversal.write.entry.n,
  );
  return attempts.filter(
    ({ event, write }) =>
      event.type === 'approve' &&
      write !== posting?.write &&
      posting !== undefined &&
      write.entry.n > posting.write.entry.n &&
      Math.abs(write.entry.at - reversal.write.entry.at) < MINUTE,
  ).length;
}

/** Two browsers of one maker claim one number, and the budget has room for one of them. */
function lastMoney({ claims }: Evidence, credits: readonly CheckedCredit[]): number {
  const byKey = new Map<string, Map<string, number>>();
  for (const { key, credit, amount } of claims) {
    const asks = byKey.get(key) ?? new Map<string, number>();
    asks.set(credit, amount);
    byKey.set(key, asks);
  }
  let count = 0;
  for (const [key, asks] of byKey) {
    if (asks.size < 2) continue;
    const winner = credits.find(({ request }) => request.slot.key === key);
    const { tier, budget_used: used } = winner?.request.facts ?? { tier: null, budget_used: null };
    const limits =
      tier === null
        ? winner?.terms?.limits
        : winner?.terms?.tiers.find((one) => one.key === tier)?.limits;
    if (!winner || !limits || used === null) continue;
    const losers = [...asks].filter(([credit]) => credit !== winner.id);
    const both = (amount: number): number => used + winner.request.offer.amount_minor + amount;
    count += losers.filter(([, amount]) => both(amount) > limits.budget).length;
  }
  return count;
}

/** Steps by what they write, and each mishap that met one of them. */
export function countMishaps(carried: readonly Carried[]): Tally {
  const tally: Tally = new Map();
  for (const { request, mishap } of carried) {
    if (request.kind !== 'write' || mishap === null) continue;
    add(tally, `${stepOf(request)}: ${mishap}`);
  }
  return tally;
}

function stepOf({ method, path, body }: Carried['request']): string {
  if (path.includes('leeway_terms')) return 'publish';
  if (path.includes('leeway_credit')) {
    if (method !== 'POST') return 'move slot';
    return JSON.stringify(body).includes('"probe/') ? 'probe' : 'claim slot';
  }
  const { metadata } = (body as { ticket: { metadata?: { leeway?: string } } }).ticket;
  const { events = [] } = JSON.parse(metadata?.leeway ?? '{}') as { events?: JournalWriteEvent[] };
  const [event] = events;
  return event ? `${event.type}${event.cites ? ' (cited)' : ''}` : 'tidy';
}
