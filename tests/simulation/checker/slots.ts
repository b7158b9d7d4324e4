import type { CustomObjectRecord } from '#simulator/state.ts';
import type { FinalView } from '../final-round.ts';
import type { Finding } from './finding.ts';
import type { Case } from './judge.ts';
import { type CheckedCredit, holds, lifeAt } from './ledger.ts';
import { replyLine } from './reply-text.ts';
import { inForceAt } from './terms-record.ts';

const HOLDING = ['leeway_reserved', 'leeway_posted', 'leeway_reversed_late'];

const provenStatus = (credit: CheckedCredit, now: number): string => {
  switch (lifeAt(credit, now)) {
    case 'open':
      return 'leeway_reserved';
    case 'posted':
      return 'leeway_posted';
    case 'reversed':
      return 'leeway_reversed';
    case 'reversed-late':
      return 'leeway_reversed_late';
    default:
      return 'leeway_void';
  }
};

const slotsOf = ({ zendesk }: Case): readonly CustomObjectRecord[] =>
  Object.values(zendesk.state.records['leeway_credit'] ?? {}).filter(
    ({ external_id: id }) => !id?.startsWith('probe/'),
  );

const isTampered = ({ evidence }: Case, slot: CustomObjectRecord | undefined, key: string) =>
  evidence.tampered.has(key) || (slot !== undefined && evidence.tampered.has(slot.id));

/** Credits that the app asked for, each with its slot; those whose slot somebody touched by hand are left out. */
function honest(theCase: Case): { credit: CheckedCredit; slot: CustomObjectRecord | undefined }[] {
  const byCredit = new Map(
    slotsOf(theCase).map((slot) => [String(slot.custom_object_fields['credit_id']), slot]),
  );
  return theCase.ledgers
    .credits()
    .filter(({ request }) => theCase.evidence.byApp.has(request.id))
    .filter(({ ticket }) => !theCase.ledgers.of(ticket).murky)
    .map((credit) => ({ credit, slot: byCredit.get(credit.id) }))
    .filter(({ credit, slot }) => !isTampered(theCase, slot, credit.request.slot.key));
}

/** Reserved and posted in the slots is never below what the journals hold: no budget is spent twice. */
export function slotsNeverBelow(theCase: Case): Finding[] {
  return honest(theCase).flatMap(({ credit, slot }) => {
    const life = lifeAt(credit, theCase.now);
    if (!holds(life) && life !== 'reversed-late') return [];
    // Terms that were altered later freeze what was decided, and its slot stays where it was.
    if (credit.frozen === 'terms') return [];
    const { slot: claimed, offer } = credit.request;
    const status = String(slot?.custom_object_fields['status']);
    const sound =
      slot?.external_id === claimed.key &&
      HOLDING.includes(status) &&
      slot.custom_object_fields['amount_minor'] === offer.amount_minor;
    return sound
      ? []
      : [
          {
            rule: 'slot-below',
            what: `${credit.id} is ${life}, its slot ${slot ? status : 'missing'}`,
          },
        ];
  });
}

/**
 * Somebody answered while terms were in force that were deleted or altered since: nobody can say what
 * the answer was worth. Its credit keeps its money, and everybody who opens the ticket is told why.
 */
const answeredWithoutTerms = ({ zendesk, ledgers }: Case, credit: CheckedCredit): boolean =>
  (zendesk.state.audits[credit.ticket] ?? []).some(({ id, created_at: stamp, events }) => {
    const terms = inForceAt(ledgers.terms(), Date.parse(stamp))?.terms;
    const answers = events.some((event) => {
      return event.type === 'Comment' && replyLine(event.plain_body)?.code === credit.code;
    });
    return id > credit.audit && answers && !terms;
  });

/** Once repaired, every slot says what its journal proves, and none holds money for nothing. */
export function slotsAreRight(theCase: Case, { tickets }: FinalView): Finding[] {
  const { now, ledgers, zendesk } = theCase;
  const findings: Finding[] = [];
  for (const { credit, slot } of honest(theCase)) {
    const view = tickets.get(credit.ticket);
    if (!view || credit.frozen || !slot) continue;
    const proven = provenStatus(credit, now);
    const status = String(slot.custom_object_fields['status']);
    if (status === proven) continue;
    // Money of what has just run out comes back with the next opening, a minute later at the earliest.
    if (lifeAt(credit, now) === 'expired' && now < credit.expires + 2 * 60_000) continue;
    if (view.pending.includes(credit.id) && answeredWithoutTerms(theCase, credit)) continue;
    // Given alone, found to need others: its slot began as posted, and comes back as reversed.
    const stricter = credit.request.band === 'self' && credit.band !== 'self';
    if (stricter && proven === 'leeway_void' && status === 'leeway_reversed') continue;
    if (stricter && proven === 'leeway_reserved' && status === 'leeway_posted') continue;
    findings.push({ rule: 'slot-differs', what: `${credit.id} is ${proven}, its slot ${status}` });
    if (!view.differences.some((one) => one.credit === credit.id)) {
      findings.push({ rule: 'slot-untold', what: `${credit.id}: nobody is told` });
    }
  }
  for (const slot of slotsOf(theCase)) {
    const fields = slot.custom_object_fields;
    const ticket = String(fields['ticket']);
    const credit = String(fields['credit_id']);
    const reachable =
      tickets.get(ticket) &&
      String(zendesk.state.tickets[ticket]?.requester_id) === fields['customer'];
    const newer = ledgers.of(ticket).ignored.some(({ type }) => type === 'newer');
    if (!reachable || newer || isTampered(theCase, slot, slot.external_id ?? '')) continue;
    if (!HOLDING.includes(String(fields['status'])) || ledgers.of(ticket).credits.has(credit)) {
      continue;
    }
    findings.push({ rule: 'slot-stuck', what: `${credit} holds money, and no journal names it` });
  }
  return findings;
}
