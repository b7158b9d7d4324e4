import { type Audit, REPLY_CHANNELS } from './audit.ts';
import type { ApproveEvent, DeclineEvent } from './events.ts';
import {
  COUNTS,
  type Draft,
  type Folding,
  freezeForTerms,
  type Outcome,
  refuse,
  TERMS_PROBLEM,
} from './fold-state.ts';
import type { UserId } from './ids.ts';
import { HOUR, type Instant, plus } from './instant.ts';
import type { Minor } from './money.ts';
import type { TicketBefore } from './policy.ts';
import type { ProblemCode } from './problem.ts';
import { parseReply, repliesWithAmount } from './reply.ts';
import { hasExpired, requirementUnder, ticketBefore } from './requirement.ts';
import { type Terms, termsUsable } from './terms.ts';

/** Who decided and when: the event's own audit, or that of the reply it cites. */
interface Act {
  readonly by: UserId;
  readonly at: Instant;
}

/** Applies an approval or a decline, given in the sidebar or by a cited reply. */
export function applyVerdict(
  folding: Folding,
  credit: Draft,
  event: ApproveEvent | DeclineEvent,
  audit: Audit,
  author: UserId,
): Outcome {
  const act = event.cites
    ? replyAct(folding, credit, event, event.cites.audit, audit)
    : { by: author, at: audit.at };
  if (typeof act === 'string') return refuse(act);
  if (event.digest !== credit.digest) return refuse('other-offer');

  const outcome =
    event.type === 'approve'
      ? approve(folding, credit, event, audit, act)
      : decline(folding, credit, event, audit, act);
  if (outcome.counts && event.cites) folding.cited.add(event.cites.audit);
  return outcome.counts ? outcome : { ...outcome, by: act.by };
}

/** The act of a cited reply, or why the citation does not count. */
function replyAct(
  folding: Folding,
  credit: Draft,
  event: ApproveEvent | DeclineEvent,
  cited: Audit['id'],
  audit: Audit,
): Act | ProblemCode | 'quietly' {
  if (folding.cited.has(cited)) return 'quietly';
  const reply = folding.audits.get(cited);
  if (!reply?.comment || reply.author === null || reply.creates) return 'reply-missing';
  if (reply.at > audit.at || reply.at < credit.requestedAt) return 'reply-missing';
  if (reply.comment.public) return 'reply-not-private';
  if (!REPLY_CHANNELS.has(reply.channel)) return 'wrong-channel';
  if (reply.comment.author !== reply.author) return 'author-differs';
  const said = parseReply(reply.comment.text);
  if (said?.verdict !== event.type || said.code !== credit.code) return 'reply-differs';
  const { amount } = credit.offer;
  if (
    said.verdict === 'approve' &&
    !repliesWithAmount(said.amount, amount.minor, amount.currency)
  ) {
    return 'reply-differs';
  }
  if (said.verdict === 'decline' && event.type === 'decline' && said.reason !== event.reason) {
    return 'reply-differs';
  }
  const sharesCode = others(folding, credit).some(
    (other) =>
      other.state.kind === 'open' && !hasExpired(other, reply.at) && other.code === credit.code,
  );
  return sharesCode ? 'reply-differs' : { by: reply.author, at: reply.at };
}

function approve(
  folding: Folding,
  credit: Draft,
  event: ApproveEvent,
  audit: Audit,
  act: Act,
): Outcome {
  // More approvals than needed change nothing, and nobody did anything wrong.
  if (credit.state.kind === 'posted') return refuse('quietly');
  if (credit.state.kind !== 'open' || hasExpired(credit, act.at)) return refuse('too-late');
  const why = unfitChecker(folding, credit, event, act);
  if (why) return refuse(why);

  const use = termsUsable(folding.history, event.terms, act.at);
  if (!use.ok) {
    return use.why === 'unknowable' ? freezeForTerms(credit) : refuse(TERMS_PROBLEM[use.why]);
  }
  const { terms, state } = use.entry;
  const required = requirementUnder(terms, {
    ...credit,
    before: beforeVerdict(folding, credit, audit.at, terms),
  });
  if (required.band === 'refused') {
    const why = required.reasons.includes('above-hard-limit') ? 'above-hard-limit' : 'refused';
    return { counts: false, why, reasons: required.reasons };
  }

  if (event.as === 'lead') {
    if (!terms.leads.includes(act.by)) return refuse('not-lead');
    if (event.overrun < required.overrun) return refuse('overrun-not-named');
  } else {
    if (required.band === 'lead') return refuse('needs-lead');
    if (terms.pairLimit > 0 && event.facts.pairCount >= terms.pairLimit)
      return refuse('pair-limit');
    if (credit.signatures.some(({ by }) => by === act.by)) return refuse('quietly');
  }

  credit.needed = required.needed;
  credit.toAffirm ||= state === 'frozen';
  credit.signatures = [
    ...credit.signatures,
    {
      by: act.by,
      at: act.at,
      as: event.as,
      audit: audit.id,
      overrun: event.overrun,
      terms: event.terms.number,
    },
  ];
  credit.timeline.push({
    type: 'approve',
    by: act.by,
    at: act.at,
    audit: audit.id,
    as: event.as,
    reason: '',
    asked: [],
  });
  if (event.as === 'lead' || credit.signatures.length >= required.needed) {
    const asked = termsUsable(folding.history, credit.terms, credit.requestedAt);
    const holdHours = asked.ok ? asked.entry.terms.holdHours : terms.holdHours;
    credit.state = { kind: 'posted', at: audit.at, holdUntil: plus(audit.at, holdHours * HOUR) };
  }
  return COUNTS;
}

function decline(
  folding: Folding,
  credit: Draft,
  event: DeclineEvent,
  audit: Audit,
  act: Act,
): Outcome {
  if (credit.state.kind !== 'open' || hasExpired(credit, act.at)) return refuse('too-late');
  if (event.reason.trim() === '') return refuse('no-reason');
  if (act.by === credit.offer.maker) return refuse('checker-is-maker');
  if (act.by === credit.offer.customer) return refuse('checker-is-customer');
  if (event.as === 'lead') {
    const use = termsUsable(folding.history, event.terms, act.at);
    if (!use.ok) {
      return use.why === 'unknowable' ? freezeForTerms(credit) : refuse(TERMS_PROBLEM[use.why]);
    }
    if (!use.entry.terms.leads.includes(act.by)) return refuse('not-lead');
    credit.state = { kind: 'void', why: 'declined', at: audit.at };
  } else {
    if (!credit.asked.includes(act.by)) return refuse('not-asked');
    if (credit.declined) return refuse('quietly');
  }
  credit.declined ??= { by: act.by, at: audit.at, reason: event.reason };
  credit.timeline.push({
    type: 'decline',
    by: act.by,
    at: act.at,
    audit: audit.id,
    as: event.as,
    reason: event.reason,
    asked: [],
  });
  return COUNTS;
}

const others = (folding: Folding, credit: Draft): readonly Draft[] =>
  [...folding.credits.values()].filter((each) => each !== credit);

/**
 * What the ticket holds beside a credit. A reply in time may be cited after the credit expired; what
 * was asked for meanwhile was judged without it, so that it must be judged with that.
 */
function beforeVerdict(folding: Folding, credit: Draft, at: Instant, terms: Terms): TicketBefore {
  const { before, offer } = credit;
  if (!hasExpired(credit, at)) return before;
  const now = ticketBefore(others(folding, credit), offer.customer, at, terms.customerCapDays);
  return {
    held: Math.max(before.held, now.held) as Minor,
    heldInCapDays: Math.max(before.heldInCapDays, now.heldInCapDays) as Minor,
    declined: before.declined || now.declined,
  };
}

function unfitChecker(
  folding: Folding,
  { offer }: Draft,
  { facts }: ApproveEvent,
  { by }: Act,
): ProblemCode | null {
  if (by === offer.maker) return 'checker-is-maker';
  if (by === offer.customer) return 'checker-is-customer';
  if (facts.role !== 'agent' && facts.role !== 'admin') return 'role-unfit';
  if (folding.customer !== null && folding.customer !== offer.customer) return 'customer-changed';
  return null;
}
