import type { Audit } from './audit.ts';
import type { AskEvent, ReverseEvent, WithdrawEvent } from './events.ts';
import {
  COUNTS,
  type Draft,
  type Folding,
  type Outcome,
  refuse,
  TERMS_PROBLEM,
} from './fold-state.ts';
import type { UserId } from './ids.ts';
import { hasExpired } from './requirement.ts';
import { termsInForce, termsUsable } from './terms.ts';

const waits = (credit: Draft, audit: Audit): boolean =>
  credit.state.kind === 'open' && !hasExpired(credit, audit.at);

/** Applies an ask: the maker, somebody asked or a lead puts the credit to others. Its expiry stays. */
export function applyAsk(
  folding: Folding,
  credit: Draft,
  event: AskEvent,
  audit: Audit,
  author: UserId,
): Outcome {
  if (!waits(credit, audit)) return refuse('too-late');
  const leads = termsInForce(folding.history, audit.at)?.terms?.leads ?? [];
  if (author !== credit.offer.maker && !credit.asked.includes(author) && !leads.includes(author)) {
    return refuse('not-asked');
  }
  credit.asked = [...new Set([...credit.asked, ...event.asked])];
  credit.followed = [...new Set([...credit.followed, ...event.followed])];
  credit.leadAsked ||= event.lead;
  credit.timeline.push({
    type: 'ask',
    by: author,
    at: audit.at,
    audit: audit.id,
    as: event.lead ? 'lead' : 'peer',
    reason: '',
    asked: event.asked,
  });
  return COUNTS;
}

/** Applies a withdrawal: by the maker, while the credit waits. */
export function applyWithdraw(
  credit: Draft,
  _event: WithdrawEvent,
  audit: Audit,
  author: UserId,
): Outcome {
  if (author !== credit.offer.maker) return refuse('not-maker');
  if (!waits(credit, audit)) return refuse('too-late');
  credit.state = { kind: 'void', why: 'withdrawn', at: audit.at };
  credit.timeline.push({
    type: 'withdraw',
    by: author,
    at: audit.at,
    audit: audit.id,
    as: 'maker',
    reason: '',
    asked: [],
  });
  return COUNTS;
}

/** Applies a reversal: within the hold by the maker or a lead, later by a lead alone, budget spent. */
export function applyReverse(
  folding: Folding,
  credit: Draft,
  event: ReverseEvent,
  audit: Audit,
  author: UserId,
): Outcome {
  if (credit.state.kind === 'reversed') return refuse('quietly');
  if (credit.state.kind !== 'posted') return refuse('not-posted');
  if (event.reason.trim() === '') return refuse('no-reason');
  const late = audit.at >= credit.state.holdUntil;
  if (event.as === 'maker') {
    if (author !== credit.offer.maker) return refuse('not-maker');
    if (late) return refuse('hold-over');
  } else {
    const use = termsUsable(folding.history, event.terms, audit.at);
    if (!use.ok) {
      // Perhaps a lead did reverse it: it must not be paid until somebody knows.
      if (use.why === 'unknowable') credit.toAffirm = true;
      return refuse(TERMS_PROBLEM[use.why]);
    }
    if (!use.entry.terms.leads.includes(author)) return refuse('not-lead');
  }
  credit.state = { kind: 'reversed', late, at: audit.at, postedAt: credit.state.at };
  credit.timeline.push({
    type: 'reverse',
    by: author,
    at: audit.at,
    audit: audit.id,
    as: event.as,
    reason: event.reason,
    asked: [],
  });
  return COUNTS;
}
