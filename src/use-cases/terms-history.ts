import type { UserId } from '#domain/ids.ts';
import {
  canonicalTerms,
  judgeTerms,
  type Terms,
  type TermsHistory,
  type TermsRecord,
} from '#domain/terms.ts';
import type { Person } from '#zendesk/helpdesk.ts';
import type { Context, Memory } from './context.ts';

/**
 * Reads the terms as published, with a verdict on each: their last writers' roles are read by id.
 * @throws HelpdeskError when records or writers can't be read
 */
export async function readTermsHistory({
  helpdesk,
  people,
  memory,
}: Context): Promise<TermsHistory> {
  const records = await helpdesk.readTermsRecords();
  return historyFrom(records, await people.get(writersOf(records)), memory);
}

/**
 * The verdict on each record. Somebody whom Zendesk no longer names, or who is suspended, has left:
 * their terms wait to be affirmed. What is good is remembered: who deletes the newest record does
 * not bring the limits before it back.
 */
export function historyFrom(
  records: readonly TermsRecord[],
  people: ReadonlyMap<UserId, Person>,
  memory: Memory,
): TermsHistory {
  const isAdmin = (id: UserId): boolean => {
    const writer = people.get(id);
    return writer !== undefined && writer.role === 'admin' && writer.active && !writer.suspended;
  };
  const remembered = readForms(memory);
  const history = judgeTerms(records, isAdmin, remembered);
  const good = history.flatMap(({ state, number, record }): [number, string][] =>
    state === 'good' && record ? [[number, record.canonical]] : [],
  );
  if (good.some(([number, form]) => remembered.get(number) !== form)) {
    memory.write(FORMS, [...new Map([...remembered, ...good])]);
  }
  return history;
}

/** Whether this browser has seen exactly these terms good: their last writer was an admin then. */
export const wereSeenGood = (memory: Memory, terms: Terms): boolean =>
  readForms(memory).get(terms.number) === canonicalTerms(terms);

const FORMS = 'terms-seen-good';

function readForms(memory: Memory): ReadonlyMap<number, string> {
  const kept = memory.read(FORMS);
  return new Map(
    (Array.isArray(kept) ? kept : []).filter(
      (pair: unknown): pair is [number, string] =>
        Array.isArray(pair) && typeof pair[0] === 'number' && typeof pair[1] === 'string',
    ),
  );
}

/** Who wrote the records last: the people whose roles decide whether terms are good. */
export const writersOf = (records: readonly TermsRecord[]): readonly UserId[] => [
  ...new Set(records.map(({ updatedBy }) => updatedBy).filter((id) => id !== null)),
];
