import type { Audit } from '#domain/audit.ts';
import { type JournalEvent, writeJournal } from '#domain/events.ts';
import { fold, type Ledger } from '#domain/fold.ts';
import type { AuditId, TicketId, UserId } from '#domain/ids.ts';
import { type Instant, later } from '#domain/instant.ts';
import type { Problem } from '#domain/problem.ts';
import type { TermsHistory } from '#domain/terms.ts';

// Longer than any audit id of Zendesk's, so that it can't be one.
const NOT_YET = '99999999999999999999' as AuditId;

/** What the fold would make of an event, were it written now: asked before every write. */
export function predict(
  audits: readonly Audit[],
  history: TermsHistory,
  { event, ticket, me, now }: { event: JournalEvent; ticket: TicketId; me: UserId; now: Instant },
): { readonly ledger: Ledger; readonly problem: Problem | undefined } {
  const last = audits.at(-1);
  const audit: Audit = {
    id: NOT_YET,
    ticket,
    at: last ? later(last.at, now) : now,
    author: me,
    channel: 'web',
    creates: false,
    leeway: writeJournal([event]),
    comment: { author: me, public: false, text: '' },
    changes: [],
  };
  const ledger = fold([...audits, audit], history, audit.at);
  return { ledger, problem: ledger.problems.find((problem) => problem.audit === NOT_YET) };
}
