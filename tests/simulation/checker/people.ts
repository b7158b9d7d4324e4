import type { Finding } from './finding.ts';
import type { Case, RoleChange } from './judge.ts';
import { journalIn } from './journal.ts';
import { tierOf } from './terms-record.ts';
import type { Told } from './told.ts';

const MINUTE = 60_000;

/** What the app attests of somebody is at most ten minutes old, and what it took to write it. */
export const ATTESTED_WITHIN = 45 * MINUTE;

/** All that was true of somebody from then on. */
export function sinceThen(
  roles: readonly RoleChange[],
  user: string,
  since: number,
): readonly RoleChange[] {
  const own = roles.filter((change) => change.user === user);
  const before = own.findLast(({ at }) => at <= since);
  return [...(before ? [before] : []), ...own.filter(({ at }) => at > since)];
}

/** The tier that a request attests is one that the maker was in, by tag or by group. */
export function tiersAreTrue({ ledgers, evidence, roles }: Case): Finding[] {
  return ledgers.credits().flatMap(({ id, request, terms, at }) => {
    if (!terms || !evidence.byApp.has(request.id)) return [];
    const then = sinceThen(roles, request.offer.maker, at - ATTESTED_WITHIN);
    // Tags are remembered for a while, groups read anew: they may be of two moments.
    const possible = then.flatMap(({ tags }) =>
      then.map(({ groups }) => tierOf(terms, { tags, groups })?.key ?? null),
    );
    return possible.includes(request.facts.tier)
      ? []
      : [{ rule: 'tier', what: `${id} attests ${request.facts.tier ?? 'none'}` }];
  });
}

/** Whoever asked was told of everybody whom Zendesk did not make a follower, and of nobody else. */
export function toldWhoIsNotNotified(theCase: Case): Finding[] {
  return theCase.told.flatMap((told) => {
    const { ticket, outcome, deed } = told;
    if (ticket === null || outcome?.kind !== 'done' || !outcome.notNotified) return [];
    if (hadBadReads(theCase, told)) return [];
    const asked = askedBy(theCase, told);
    const said = outcome.notNotified;
    const { always, never } = followersWhile(theCase, told);
    const wrong = [
      ...asked
        .filter((person) => never(person) && !said.includes(person))
        .map((person) => `${person} is not notified, untold`),
      ...said.filter(always).map((person) => `${person} is said not to be notified, and follows`),
    ];
    return wrong.map((what) => ({
      rule: 'not-notified',
      what: `${deed} ${String(told.number)} on ${ticket}: ${what}`,
    }));
  });
}

/** Where followers could not be read nobody is named. */
const hadBadReads = ({ zendesk, senders }: Case, { sender, beganAtLog, ended }: Told): boolean =>
  zendesk.log
    .slice(beganAtLog)
    .some(
      ({ n, at, status, answered }) =>
        senders.get(n) === sender &&
        at <= (ended ?? at) &&
        (status !== 200 || answered === 'lost') &&
        status !== 201,
    );

function auditOf({ zendesk, ledgers }: Case, { ticket, ids }: Told): number | null {
  if (ticket === null) return null;
  const { counted } = ledgers.of(ticket);
  const audit = ids.map((id) => counted.get(id)).find((one) => one !== undefined);
  return audit !== undefined && zendesk.state.audits[ticket] ? audit : null;
}

function askedBy(theCase: Case, told: Told): readonly string[] {
  const audit = auditOf(theCase, told);
  const raw = (theCase.zendesk.state.audits[told.ticket ?? ''] ?? []).find(
    ({ id }) => id === audit,
  );
  const journal = raw && journalIn(raw);
  if (journal?.kind !== 'events') return [];
  const event = journal.events.find((one) => one && told.ids.includes(one.id));
  return (event?.['asked'] ?? []) as readonly string[];
}

/** Who followed the ticket from the ask until its asker was told, by the audits. */
function followersWhile(theCase: Case, told: Told) {
  const { state } = theCase.zendesk;
  const audit = auditOf(theCase, told) ?? Infinity;
  const states: (readonly string[])[] = [[]];
  for (const { id, created_at: stamp, events } of state.audits[told.ticket ?? ''] ?? []) {
    if (Date.parse(stamp) > (told.ended ?? 0)) break;
    for (const event of events) {
      if (event.type !== 'FollowerChange') continue;
      if (id <= audit) states.length = 0;
      states.push(event.current_followers);
    }
  }
  const email = (person: string): string => state.users[person]?.email ?? '';
  return {
    always: (person: string) => states.every((list) => list.includes(email(person))),
    never: (person: string) => !states.some((list) => list.includes(email(person))),
  };
}

/** A customer is called unclear, or changed, only where that is so. */
export function customersAreCalledRightly({ told, zendesk }: Case): Finding[] {
  const { state } = zendesk;
  return told.flatMap(({ deed, number, ticket, outcome, credit, ended, began }) => {
    const why = outcome?.why;
    if (ticket === null || (why !== 'customer-unclear' && why !== 'customer-changed')) return [];
    const changes = (state.audits[ticket] ?? []).flatMap(({ created_at: stamp, events }) =>
      events.flatMap((event) =>
        (event.type === 'Create' || event.type === 'Change') &&
        event.field_name === 'requester_id' &&
        Date.parse(stamp) <= (ended ?? began)
          ? [{ at: Date.parse(stamp), to: String(event.value) }]
          : [],
      ),
    );
    const named = changes.map(({ to }) => to);
    const merged = named.some((id) => state.users[id]?.active === false);
    // Changed between the reading of the ticket and of its audits, as the text for "unclear" says too.
    const justNow = changes.slice(1).some(({ at }) => at >= began - 1_000);
    const right = why === 'customer-unclear' ? merged || justNow : new Set(named).size > 1;
    return right || (deed === 'request' && merged)
      ? []
      : [
          {
            rule: 'customer',
            what: `${deed} ${String(number)} on ${ticket} ${credit ?? ''}: ${why}, and it is ${named.join(' then ')}`,
          },
        ];
  });
}
