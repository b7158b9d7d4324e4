import { periodKey } from './calendar.ts';
import type { Finding } from './finding.ts';
import type { Case } from './judge.ts';
import type { CheckedCredit } from './ledger.ts';
import { ATTESTED_WITHIN, sinceThen } from './people.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Whether it held money at that moment, as its journal could be known then. */
function heldAt(credit: CheckedCredit, at: number, now: number): boolean {
  const { life, endedAt, postedAt, expires } = credit;
  if (life !== 'reversed-late' && endedAt !== null && endedAt <= at) return false;
  if (life === 'open' && expires <= at && expires <= now && credit.frozen === null) return false;
  // Posted by a reply that was given in time and cited later: in between it had expired.
  return !(postedAt !== null && postedAt > expires && at >= expires && at < postedAt);
}

const slotNumber = ({ request }: CheckedCredit): number =>
  Number(request.slot.key.split('/')[2] ?? 0);
const slotOwner = ({ request }: CheckedCredit): string =>
  request.slot.key.split('/').slice(0, 2).join('/');

/** Nobody got more than the limits without a lead, whatever the request attested. */
export function neverOverTheLimits(theCase: Case): Finding[] {
  const credits = theCase.ledgers.credits();
  const honest = credits.filter(({ request }) => theCase.evidence.byApp.has(request.id));
  const owners = new Map<string, CheckedCredit[]>();
  for (const credit of credits) {
    const owner = slotOwner(credit);
    owners.set(owner, [...(owners.get(owner) ?? []), credit]);
  }
  return [
    ...honest.flatMap((credit) => overBudget(theCase, credit, owners.get(slotOwner(credit)) ?? [])),
    ...honest.flatMap((credit) => overCap(theCase, credit, honest)),
    ...credits.flatMap((credit) => wrongSigners(theCase, credit)),
    ...tooManyPairs(theCase),
  ];
}

const limitsOf = ({ terms, request }: CheckedCredit) =>
  request.facts.tier === null
    ? terms?.limits
    : terms?.tiers.find(({ key }) => key === request.facts.tier)?.limits;

function overBudget(
  { evidence, zendesk, now }: Case,
  credit: CheckedCredit,
  siblings: readonly CheckedCredit[],
): Finding[] {
  const limits = limitsOf(credit);
  if (!limits || credit.band === 'lead' || credit.frozen) return [];
  const claimed = Date.parse(credit.request.slot.created_at);
  const touched = (one: CheckedCredit): boolean => {
    const record = Object.values(zendesk.state.records['leeway_credit'] ?? {}).find(
      ({ external_id: id }) => id === one.request.slot.key,
    );
    return (
      evidence.tampered.has(one.request.slot.key) ||
      record === undefined ||
      evidence.tampered.has(record.id) ||
      !evidence.byApp.has(one.request.id)
    );
  };
  const used = siblings
    .filter((one) => slotNumber(one) < slotNumber(credit) && !touched(one))
    .filter((one) => one.at > claimed || heldAt(one, claimed, now))
    .reduce((sum, { request }) => sum + request.offer.amount_minor, 0);
  const amount = credit.request.offer.amount_minor;
  return used + amount > limits.budget
    ? [
        {
          rule: 'over-budget',
          what: `${credit.id}: ${String(used)} used, ${String(amount)} more, ${String(limits.budget)} allowed`,
        },
      ]
    : [];
}

/** The search lags, and what others ask at the same moment cannot be known: only what was there before counts. */
function overCap(
  { told, now, evidence, ledgers }: Case,
  credit: CheckedCredit,
  all: readonly CheckedCredit[],
): Finding[] {
  const { terms, request } = credit;
  if (!terms || credit.band === 'lead' || credit.frozen) return [];
  const deed = told.find(({ ids }) => ids.includes(credit.id));
  if (!deed) return [];
  const known = deed.began - 5_000;
  const used = all
    .filter(
      (one) =>
        one !== credit &&
        one.request.offer.customer === request.offer.customer &&
        one.request.offer.currency === request.offer.currency &&
        !evidence.tampered.has(one.request.slot.key) &&
        // Whether it counts, and its slot holds, clients tell apart by what they remember of deleted terms.
        !ledgers.of(one.ticket).murky &&
        one.at < known &&
        one.at > credit.at - terms.capDays * DAY + 10 * MINUTE &&
        heldAt(one, known, now) &&
        heldAt(one, credit.at, now) &&
        one.life !== 'reversed-late',
    )
    .reduce((sum, one) => sum + one.request.offer.amount_minor, 0);
  return used + request.offer.amount_minor > terms.cap
    ? [
        {
          rule: 'over-cap',
          what: `${credit.id}: ${String(used)} held by the customer, ${String(request.offer.amount_minor)} more, ${String(terms.cap)} allowed`,
        },
      ]
    : [];
}

/** Enough different people, allowed, and who they are by Zendesk. */
function wrongSigners({ zendesk, evidence, roles }: Case, credit: CheckedCredit): Finding[] {
  const { maker, customer } = credit.request.offer;
  const audits = zendesk.state.audits[credit.ticket] ?? [];
  const say = (what: string): Finding => ({ rule: 'signers', what: `${credit.id}: ${what}` });
  const findings = credit.signers.flatMap((signer) => {
    const audit = audits.find(({ id }) => id === signer.audit);
    const own = !signer.cited && String(audit?.author_id) !== signer.by;
    const wrong = signer.by === maker || signer.by === customer || own;
    if (wrong) return [say(`signed by ${signer.by}`)];
    if (!evidence.byApp.has(signer.event.id)) return [];
    const since = Date.parse(audit?.created_at ?? '') - ATTESTED_WITHIN;
    const possible = sinceThen(roles, signer.by, since).map(({ role }) => role);
    return possible.includes(signer.event.facts?.role ?? '')
      ? []
      : [say(`${signer.by} is attested as ${signer.event.facts?.role ?? ''}`)];
  });
  const posted = credit.postedAt !== null && credit.band !== 'self';
  const people = new Set(credit.signers.map(({ by }) => by)).size;
  const byLead = credit.signers.some(({ as }) => as === 'lead');
  const required = Math.max(1, credit.terms?.cosigners ?? 1);
  if (posted && !byLead && (people < required || credit.band === 'lead')) {
    findings.push(say(`posted by ${String(people)} of ${String(required)} in ${credit.band}`));
  }
  return findings;
}

function tooManyPairs({ told, ledgers, evidence }: Case): Finding[] {
  const history = ledgers.terms();
  return told.flatMap((deed): Finding[] => {
    const [event] = deed.ids;
    if (deed.deed !== 'approve' || deed.outcome?.kind !== 'done' || !deed.pairSigns) return [];
    const credit =
      deed.ticket === null ? undefined : ledgers.of(deed.ticket).credits.get(deed.credit ?? '');
    const signer = credit?.signers.find((one) => one.event.id === event);
    if (!signer || signer.as === 'lead' || !evidence.byApp.has(signer.event.id)) return [];
    const terms = history.find(({ number }) => number === signer.event.terms.number)?.terms;
    if (!terms || terms.pairLimit === 0) return [];
    const period = periodKey(signer.at, terms);
    if (periodKey(deed.began, terms) !== period) return [];
    const before = deed.pairSigns.get(period) ?? 0;
    return before >= terms.pairLimit
      ? [
          {
            rule: 'pair-limit',
            what: `${signer.by} signed ${String(before)} times before ${credit?.id ?? ''}`,
          },
        ]
      : [];
  });
}
