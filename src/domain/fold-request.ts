import type { Audit } from './audit.ts';
import type { RequestEvent } from './events.ts';
import {
  COUNTS,
  type Draft,
  type Folding,
  type Outcome,
  refuse,
  TERMS_PROBLEM,
} from './fold-state.ts';
import { ticketBefore } from './requirement.ts';
import type { UserId } from './ids.ts';
import { HOUR, MINUTE, plus } from './instant.ts';
import { ZERO } from './money.ts';
import { creditCode, offerDigest } from './offer.ts';
import { decide, stricterBand } from './policy.ts';
import type { ProblemCode } from './problem.ts';
import { periodKeyAt } from './period.ts';
import { formatSlotKey } from './slot-key.ts';
import { periodOf, type Terms, termsUsable } from './terms.ts';

/** A request counts only if its audit is at most this much later than its slot. */
export const SLOT_LIFE = 10 * MINUTE;

// The record and the audit may be stamped by two of Zendesk's machines.
const STAMP_TOLERANCE = MINUTE;

/** Applies a request: the credit it makes, in the band that the fold finds. */
export function applyRequest(
  folding: Folding,
  event: RequestEvent,
  audit: Audit,
  author: UserId,
): Outcome {
  const why = unfitRequest(folding, event, audit, author);
  if (why) return refuse(why);

  const use = termsUsable(folding.history, event.terms, audit.at);
  if (!use.ok && (use.why === 'unknowable' || use.why === 'other-digest')) {
    // Nobody can say what its limits were until an admin affirms them: it holds its budget and waits.
    folding.credits.set(event.credit, { ...draft(event, audit), toAffirm: true, frozen: 'terms' });
    return COUNTS;
  }
  if (!use.ok) return refuse(TERMS_PROBLEM[use.why]);
  const { terms, state } = use.entry;
  if (!isOfPeriod(event, terms)) return refuse('slot-other-period');

  const before = ticketBefore(
    folding.credits.values(),
    event.offer.customer,
    audit.at,
    terms.customerCapDays,
  );
  const decision = decide(
    {
      maker: author,
      amount: event.offer.amount,
      exception: event.offer.exception.trim() !== '',
      facts: event.facts,
      before,
    },
    terms,
  );
  const band = stricterBand(event.band, decision.band);
  if (band === 'refused') return { counts: false, why: 'refused', reasons: decision.reasons };

  const credit = draft(event, audit);
  credit.band = band;
  credit.reasons = decision.reasons;
  credit.stricterThanClaimed = band !== event.band;
  credit.before = before;
  credit.overrun = decision.overrun;
  credit.needed = band === 'self' ? 0 : terms.cosigners;
  credit.leadAsked = band === 'lead';
  credit.toAffirm = state === 'frozen';
  credit.expiresAt = plus(audit.at, Math.min(event.expiresInHours, terms.expiryHours) * HOUR);
  if (band === 'self') {
    const holdUntil = plus(audit.at, terms.holdHours * HOUR);
    credit.state = { kind: 'posted', at: audit.at, holdUntil };
  }
  folding.credits.set(event.credit, credit);
  return COUNTS;
}

function unfitRequest(
  folding: Folding,
  { credit, offer, slot }: RequestEvent,
  audit: Audit,
  author: UserId,
): ProblemCode | null {
  if (folding.credits.has(credit)) return 'credit-repeated';
  if (offer.maker !== author) return 'maker-differs';
  if (offer.ticket !== audit.ticket) return 'other-ticket';
  if (offer.customer === author) return 'maker-is-customer';
  if (folding.customer !== null && folding.customer !== offer.customer) return 'other-customer';
  if (slot.key.maker !== author) return 'slot-of-other';
  if (
    audit.at > plus(slot.createdAt, SLOT_LIFE) ||
    audit.at < plus(slot.createdAt, -STAMP_TOLERANCE)
  ) {
    return 'slot-too-old';
  }
  const name = formatSlotKey(slot.key);
  const taken = [...folding.credits.values()].some(
    ({ request }) => formatSlotKey(request.slot.key) === name,
  );
  return taken ? 'slot-taken' : null;
}

const isOfPeriod = ({ slot }: RequestEvent, terms: Terms): boolean =>
  slot.key.period === periodKeyAt(slot.createdAt, periodOf(terms));

function draft(event: RequestEvent, audit: Audit): Draft {
  const digest = offerDigest(event.offer);
  return {
    id: event.credit,
    code: creditCode(digest),
    digest,
    offer: event.offer,
    requestedAt: audit.at,
    requestAudit: audit.id,
    request: event,
    terms: event.terms,
    expiresAt: plus(audit.at, event.expiresInHours * HOUR),
    band: event.band,
    reasons: [],
    stricterThanClaimed: false,
    before: { held: ZERO, heldInCapDays: ZERO, declined: false },
    overrun: ZERO,
    needed: 0,
    asked: event.asked,
    leadAsked: false,
    followed: event.followed,
    signatures: [],
    declined: null,
    state: { kind: 'open' },
    toAffirm: false,
    frozen: null,
    timeline: [
      {
        type: 'request',
        by: event.offer.maker,
        at: audit.at,
        audit: audit.id,
        as: 'maker',
        reason: event.offer.note,
        asked: event.asked,
      },
    ],
  };
}
