import type { Audit } from '#domain/audit.ts';
import { readJournal } from '#domain/events.ts';
import type { UserId } from '#domain/ids.ts';
import { parseTerms, type TermsRecord } from '#domain/terms.ts';
import { writersOf } from './terms-history.ts';

/** One request reads a hundred people; more than these leads are not worth a second. */
const MOST_LEADS = 50;

/**
 * Everybody whom a ticket's sidebar names or judges: oneself, the terms' writers and leads, the
 * authors in the journal and those they ask. In one order, so that the same people are one question.
 */
export function peopleOfTicket(
  me: UserId,
  records: readonly TermsRecord[],
  audits: readonly Audit[],
): readonly UserId[] {
  const newest = records.toSorted((one, other) => one.number - other.number).at(-1);
  const leads = (newest && parseTerms(newest.canonical)?.leads) ?? [];
  const inJournal = audits
    .filter(({ leeway }) => leeway !== undefined)
    .flatMap(({ author, leeway }) => [...(author ? [author] : []), ...askedIn(leeway)]);
  const all = [me, ...writersOf(records), ...leads.slice(0, MOST_LEADS), ...inJournal];
  return [...new Set(all)].sort();
}

function askedIn(leeway: unknown): readonly UserId[] {
  const journal = readJournal(leeway);
  if (journal.kind !== 'events') return [];
  return journal.events.flatMap((event) =>
    event.type === 'request' || event.type === 'ask' ? event.asked : [],
  );
}
