import { type Audit, EVENT_CHANNELS } from './audit.ts';
import type { Credit } from './credit.ts';
import { type JournalEvent, readJournal } from './events.ts';
import { applyAsk, applyReverse, applyWithdraw } from './fold-steps.ts';
import { applyRequest } from './fold-request.ts';
import { expire, type Folding, type Outcome } from './fold-state.ts';
import { applyVerdict } from './fold-verdict.ts';
import type { UserId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { Problem, ProblemCode } from './problem.ts';
import type { TermsHistory } from './terms.ts';

/** What one ticket's journal proves. */
export interface Ledger {
  /** In the order of their requests. */
  readonly credits: readonly Credit[];
  /** What does not count, in the order of the audits. */
  readonly problems: readonly Problem[];
  /** Who the ticket's customer is by its audits; null when they do not say. */
  readonly customer: UserId | null;
  readonly closed: boolean;
}

/**
 * The one reading of a ticket's journal. Pure: the same audits, terms and moment give the same credits
 * everywhere; `now` does nothing but turn what waits into expired.
 * @param audits all audits of one ticket, in Zendesk's order, which decides who was first
 */
export function fold(audits: readonly Audit[], history: TermsHistory, now: Instant): Ledger {
  const folding: Folding = {
    audits: new Map(),
    history,
    credits: new Map(),
    counted: new Set(),
    cited: new Set(),
    customer: null,
    closed: false,
  };
  const problems: Problem[] = [];
  const seen = new Set<string>();
  audits.forEach((audit, index) => {
    if (seen.has(audit.id)) return;
    seen.add(audit.id);
    applyChanges(folding, audit);
    problems.push(...applyAudit(folding, audit, index === 0));
    if (folding.closed) endWaiting(folding, audit);
    folding.audits.set(audit.id, audit);
  });
  for (const credit of folding.credits.values()) expire(credit, now);
  return {
    credits: [...folding.credits.values()],
    problems,
    customer: folding.customer,
    closed: folding.closed,
  };
}

function applyChanges(folding: Folding, audit: Audit): void {
  for (const { field, value } of audit.changes) {
    if (field === 'requester_id') folding.customer = value as UserId;
    else if (value === 'closed') {
      folding.closed = true;
      endWaiting(folding, audit);
    }
  }
}

/** On a closed ticket nothing can be decided any more. */
function endWaiting(folding: Folding, { at }: Audit): void {
  for (const credit of folding.credits.values()) {
    expire(credit, at);
    if (credit.state.kind === 'open' && !credit.frozen) {
      credit.state = { kind: 'void', why: 'closed', at };
    }
  }
}

function applyAudit(folding: Folding, audit: Audit, first: boolean): Problem[] {
  if (audit.leeway === undefined) return [];
  const about = (
    code: ProblemCode,
    event: JournalEvent | null = null,
    more: Partial<Problem> = {},
  ): Problem => ({
    code,
    audit: audit.id,
    at: audit.at,
    by: audit.author,
    event: event?.type ?? null,
    credit: event?.credit ?? null,
    reasons: [],
    ...more,
  });
  const unfit = unfitAudit(audit, first);
  if (unfit) return [about(unfit)];
  const author = audit.author;
  if (author === null) return [about('no-author')];

  const journal = readJournal(audit.leeway);
  if (journal.kind === 'unreadable') return [about('unreadable')];
  if (journal.kind === 'newer') {
    const known = journal.credits.filter((id) => folding.credits.has(id));
    for (const id of known) freeze(folding, id, audit.at);
    return known.length === journal.credits.length && known.length > 0
      ? []
      : [about('newer-version')];
  }
  return journal.events.flatMap((event) => {
    if (event.type === 'remark') return [];
    if (event.type === 'unreadable') return [about('unreadable', null, { credit: event.credit })];
    if (folding.counted.has(event.id)) return [];
    const outcome = applyEvent(folding, event, audit, author);
    if (outcome.counts) folding.counted.add(event.id);
    return outcome.counts || outcome.why === 'quietly'
      ? []
      : [about(outcome.why, event, { by: outcome.by ?? author, reasons: outcome.reasons ?? [] })];
  });
}

/** Why an audit may carry no events at all, whatever it says. */
function unfitAudit(audit: Audit, first: boolean): ProblemCode | null {
  if (audit.creates || first) return 'creates-ticket';
  if (!EVENT_CHANNELS.has(audit.channel)) return 'wrong-channel';
  if (audit.comment && audit.comment.author !== audit.author) return 'author-differs';
  return null;
}

function freeze(folding: Folding, id: Credit['id'], at: Instant): void {
  const credit = folding.credits.get(id);
  if (!credit) return;
  expire(credit, at);
  credit.frozen = 'newer-version';
}

function applyEvent(folding: Folding, event: JournalEvent, audit: Audit, author: UserId): Outcome {
  if (event.type === 'request') return applyRequest(folding, event, audit, author);
  const credit = folding.credits.get(event.credit);
  if (!credit) return { counts: false, why: 'credit-unknown' };
  // What this code cannot judge stays as it is until somebody can.
  if (credit.frozen) return { counts: false, why: 'quietly' };
  switch (event.type) {
    case 'ask':
      return applyAsk(folding, credit, event, audit, author);
    case 'approve':
    case 'decline':
      return applyVerdict(folding, credit, event, audit, author);
    case 'withdraw':
      return applyWithdraw(credit, event, audit, author);
    case 'reverse':
      return applyReverse(folding, credit, event, audit, author);
  }
}
