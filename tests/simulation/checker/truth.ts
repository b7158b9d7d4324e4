import type { FinalView } from '../final-round.ts';
import type { Finding } from './finding.ts';
import type { Case } from './judge.ts';
import { lifeAt } from './ledger.ts';
import { TERMS } from './terms-record.ts';
import type { Told } from './told.ts';

const STEPS = ['ask', 'approve', 'decline', 'withdraw', 'reverse'];

/** Whoever acted was told what the raw journal shows. */
export function toldTheTruth(theCase: Case): Finding[] {
  return theCase.told.flatMap((told) =>
    lies(theCase, told).map((what) => ({
      rule: 'untrue',
      what: `${told.deed} ${String(told.number)} by ${told.browser} on ${told.ticket ?? '-'}: ${what}`,
    })),
  );
}

function lies(theCase: Case, told: Told): string[] {
  const { outcome } = told;
  if (!outcome) return [];
  if (told.ticket !== null && theCase.ledgers.of(told.ticket).murky) return [];
  if (outcome.kind === 'threw') return [outcome.why ?? 'threw'];
  if (told.deed === 'request') return liesOfRequest(theCase, told);
  if (STEPS.includes(told.deed)) return liesOfStep(theCase, told);
  if (told.deed === 'publish') return liesOfPublishing(theCase, told);
  if (told.deed === 'open') return liesOfOpening(theCase, told);
  return [];
}

/** What was shown, against what the audits up to the newest one read prove. */
function shownWrongly({ ledgers }: Case, { ticket, outcome, ended }: Told): string[] {
  if (ticket === null || outcome?.upTo === undefined) return [];
  const credit = ledgers.upTo(ticket, outcome.upTo).credits.get(outcome.credit ?? '');
  if (!credit) return [`shown ${outcome.shows ?? ''}, and there is none`];
  // A clock that is wrong may say "expired" early or late; nothing is decided by it.
  const waits = ['open', 'expired'];
  const life = credit.frozen ? 'frozen' : lifeAt(credit, ended ?? 0);
  const same = life === outcome.shows;
  const both = waits.includes(life) && waits.includes(outcome.shows ?? '');
  return same || both ? [] : [`shown ${outcome.shows ?? ''}, and it is ${life}`];
}

function liesOfRequest(theCase: Case, told: Told): string[] {
  const { ledgers } = theCase;
  const { ids, ticket, outcome } = told;
  if (ticket === null || !outcome) return [];
  if (outcome.why === 'slots-not-unique') return ['Zendesk keeps external ids unique'];
  const { credits } = ledgers.of(ticket);
  const mine = ids.filter((id) => credits.has(id));
  if (mine.length > 1) return ['more than one credit of one ask'];
  if (outcome.kind === 'done') {
    if (mine[0] !== outcome.credit) return ['done, and there is no credit'];
    return shownWrongly(theCase, told);
  }
  if (outcome.kind === 'unknown' || mine.length === 0) return [];
  return [`${outcome.kind} ${outcome.why ?? ''}, and the credit is there`];
}

/** What was said to be lost never comes. */
function liesOfOpening({ ledgers, evidence }: Case, { ticket, outcome }: Told): string[] {
  const credit = outcome?.credit;
  if (ticket === null || credit === undefined || outcome?.shows !== 'lost') return [];
  const found = ledgers.of(ticket).credits.get(credit);
  return found && !evidence.tampered.has(found.request.slot.key)
    ? [`${credit} is lost, and it is there`]
    : [];
}

function liesOfStep(theCase: Case, told: Told): string[] {
  const { ids, ticket, outcome } = told;
  const [event] = ids;
  if (ticket === null || !outcome || event === undefined) return [];
  const ledger = theCase.ledgers.of(ticket);
  const counts = ledger.counted.has(event);
  if (outcome.kind === 'done') {
    const quiet = ledger.ignored.some(
      ({ credit, quiet: silent, type }) =>
        silent && credit === told.credit && (type === told.deed || type === 'audit'),
    );
    if (!counts && !quiet) return ['done, and it does not count'];
    return shownWrongly(theCase, told);
  }
  if (outcome.kind === 'unknown' || !counts) return [];
  return [`${outcome.kind} ${outcome.why ?? ''}, and it counts`];
}

function liesOfPublishing({ zendesk, senders }: Case, told: Told): string[] {
  const { outcome, began, ended } = told;
  const mine = zendesk.log.filter(
    ({ n, method, path, at }) =>
      n >= told.beganAtLog &&
      method === 'POST' &&
      path === TERMS &&
      senders.get(n) === told.sender &&
      at >= began &&
      at <= (ended ?? began),
  );
  if (outcome?.kind === 'done') {
    const record = Object.values(zendesk.state.records['leeway_terms'] ?? {}).find(
      ({ external_id: number }) => number === String(outcome.number),
    );
    // Somebody else may have published the very same; what was published may be deleted since.
    const said = new Set(mine.map(({ body }) => JSON.stringify(body)));
    const made = zendesk.log.some(
      ({ method, path, status, at, body }) =>
        method === 'POST' &&
        path === TERMS &&
        status === 201 &&
        at <= (ended ?? began) &&
        said.has(JSON.stringify(body)),
    );
    return record || made ? [] : ['published, and there is none'];
  }
  if (outcome?.kind === 'unknown') return [];
  return mine.some(({ status }) => status === 201)
    ? [`${outcome?.kind ?? ''} ${outcome?.why ?? ''}, and it is published`]
    : [];
}

/** An ask whose end nobody could tell is told at the next start, and only what is true. */
export function unfinishedIsTold({ ledgers, zendesk }: Case, { unfinished }: FinalView): Finding[] {
  /** Whose role lets them change no slot cannot check a wrong clock: they wait for hours. */
  const isRefused = (user: string): boolean =>
    zendesk.log.some(
      ({ method, path, status, user: who }) =>
        method === 'PATCH' &&
        path.includes('/leeway_credit/') &&
        status === 403 &&
        String(who) === user,
    );
  return unfinished.flatMap(({ ticket, credit, user, said }) => {
    const ledger = ledgers.of(ticket);
    const arrived =
      ledger.credits.has(credit) || ledger.ignored.some((ignored) => ignored.credit === credit);
    const right = arrived ? 'arrived' : 'lost';
    const waits = right === 'lost' && said === 'waiting' && isRefused(user);
    return said === right || waits
      ? []
      : [
          {
            rule: 'unfinished',
            what: `${credit} has ${right}, and its maker is told ${said ?? 'nothing'}`,
          },
        ];
  });
}
