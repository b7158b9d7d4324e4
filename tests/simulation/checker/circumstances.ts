import type { Zendesk } from '#simulator/zendesk.ts';
import type { Evidence } from './evidence.ts';
import type { RoleChange } from './judge.ts';
import { type CheckedCredit, lifeAt } from './ledger.ts';
import type { Ledgers } from './ledgers.ts';
import { add, type Tally } from './races.ts';
import type { Told } from './told.ts';

/** What accounts differ in and what befalls them, counted from the raw state and the simulator's log. */
export const CIRCUMSTANCES = [
  'followers off: asked, and nobody is notified',
  'profiles of customers merged',
  'merged: credits for a profile that is gone',
  'merged: an ask refused, since the customer is unclear',
  'merged: more than the cap for one person, seen over both profiles',
  'groups: people moved between them',
  'groups: credits in a tier by group',
  'archive: tickets put away',
  'archive: tickets with credits put away',
  'archive: steps refused there',
  'record rights: accounts on Enterprise',
  'record rights: writes of records refused by the role',
  'restricted: agents',
  'restricted: asked, and may not see all',
  'restricted: after the ask, before it ended',
  'restricted: tickets refused',
] as const;

interface Watched {
  readonly zendesk: Zendesk;
  readonly ledgers: Ledgers;
  readonly told: readonly Told[];
  readonly roles: readonly RoleChange[];
  readonly evidence: () => Evidence;
  readonly clock: { now(): number };
}

type Counts = Readonly<Record<(typeof CIRCUMSTANCES)[number], number>>;

const DAY = 86_400_000;

/** How often each of them occurred in a run. */
export function countCircumstances(watched: Watched): Tally {
  const { zendesk, ledgers, told, roles, evidence } = watched;
  const { state, log } = zendesk;
  const credits = ledgers.credits();
  const tickets = Object.values(state.tickets);
  const put = tickets.filter(({ archived }) => archived);
  const isPut = (id: string | null): boolean => put.some((ticket) => String(ticket.id) === id);
  const refused = log.filter(({ app, status }) => app && status === 403);
  const gone = (id: string): boolean => state.users[id]?.active === false;
  const counts: Counts = {
    'followers off: asked, and nobody is notified': state.account.ccs_and_followers
      ? 0
      : evidence().writes.filter(
          ({ entry, events }) =>
            entry.app &&
            entry.status === 200 &&
            events.some(({ asked }) => asked !== undefined && asked.length > 0),
        ).length,
    'profiles of customers merged': Object.values(state.users).filter(({ active }) => !active)
      .length,
    'merged: credits for a profile that is gone': credits.filter(({ request }) =>
      gone(request.offer.customer),
    ).length,
    'merged: an ask refused, since the customer is unclear': told.filter(
      ({ outcome }) => outcome?.why === 'customer-unclear',
    ).length,
    'merged: more than the cap for one person, seen over both profiles': credits.filter((credit) =>
      overBoth(watched, credit, credits),
    ).length,
    'groups: people moved between them': roles.filter((change, place) => {
      const before = roles.slice(0, place).findLast(({ user }) => user === change.user);
      return before && before.groups.join() !== change.groups.join();
    }).length,
    'groups: credits in a tier by group': credits.filter(({ request, terms }) =>
      terms?.tiers.some(({ key, group }) => key === request.facts.tier && group !== null),
    ).length,
    'archive: tickets put away': put.length,
    'archive: tickets with credits put away': put.filter(
      ({ id }) => ledgers.of(String(id)).credits.size > 0,
    ).length,
    'archive: steps refused there': told.filter(
      ({ ticket, outcome }) => isPut(ticket) && outcome?.kind === 'refused',
    ).length,
    'record rights: accounts on Enterprise': state.account.enterprise ? 1 : 0,
    'record rights: writes of records refused by the role': state.account.enterprise
      ? refused.filter(({ method, path }) => method !== 'GET' && path.includes('/records')).length
      : 0,
    'restricted: agents': roles.filter(({ restricted }) => restricted).length,
    'restricted: asked, and may not see all': asks(credits).filter(({ who, from }) =>
      restrictedAt(roles, who, from),
    ).length,
    'restricted: after the ask, before it ended': asks(credits).filter(
      ({ who, from, until }) =>
        !restrictedAt(roles, who, from) &&
        roles.some(({ user, at, restricted }) => {
          return user === who && restricted && at > from && at < until;
        }),
    ).length,
    'restricted: tickets refused': refused.filter(
      ({ path, user }) =>
        path.startsWith('/api/v2/tickets/') &&
        roles.some((change) => change.user === String(user) && change.restricted),
    ).length,
  };
  const tally: Tally = new Map();
  for (const name of CIRCUMSTANCES) add(tally, name, counts[name]);
  return tally;
}

const asks = (credits: readonly CheckedCredit[]) =>
  credits.flatMap((credit) =>
    credit.request.asked.map((who) => ({
      who,
      from: credit.at,
      until: Math.min(credit.postedAt ?? Infinity, credit.endedAt ?? Infinity, credit.expires),
    })),
  );

const restrictedAt = (roles: readonly RoleChange[], who: string, at: number): boolean =>
  roles.findLast((change) => change.user === who && change.at <= at)?.restricted ?? false;

/**
 * DESIGN.md counts a cap by the customer that the offers name. Of a merged profile nothing in Zendesk
 * says whose it became but the tickets that moved: with those, a person may have had more.
 */
function overBoth(
  { zendesk, clock }: Watched,
  credit: CheckedCredit,
  all: readonly CheckedCredit[],
): boolean {
  const { terms, request } = credit;
  if (!terms || credit.postedAt === null || credit.signers.some(({ as }) => as === 'lead')) {
    return false;
  }
  const { customer, currency } = request.offer;
  const held = all.filter(
    (one) =>
      one !== credit &&
      one.request.offer.currency === currency &&
      one.request.offer.customer !== customer &&
      String(zendesk.state.tickets[one.ticket]?.requester_id) === customer &&
      zendesk.state.users[one.request.offer.customer]?.active === false &&
      one.at < credit.at &&
      one.at > credit.at - terms.capDays * DAY &&
      lifeAt(one, clock.now()) === 'posted',
  );
  const sum = held.reduce((total, one) => total + one.request.offer.amount_minor, 0);
  const own = request.facts.customer_used ?? 0;
  return sum > 0 && sum + own + request.offer.amount_minor > terms.cap;
}
