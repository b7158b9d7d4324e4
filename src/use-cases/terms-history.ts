import type { UserId } from '#domain/ids.ts';
import { judgeTerms, type TermsHistory, type TermsRecord } from '#domain/terms.ts';
import type { Person } from '#zendesk/helpdesk.ts';
import type { Context } from './context.ts';

/**
 * Reads the terms as published, with a verdict on each: their last writers' roles are read by id.
 * @throws HelpdeskError when records or writers can't be read
 */
export async function readTermsHistory({ helpdesk, people }: Context): Promise<TermsHistory> {
  const records = await helpdesk.readTermsRecords();
  return historyFrom(records, await people.get(writersOf(records)));
}

/** The verdict on each record. Somebody whom Zendesk no longer names has left: their terms wait to be affirmed. */
export const historyFrom = (
  records: readonly TermsRecord[],
  people: ReadonlyMap<UserId, Person>,
): TermsHistory =>
  judgeTerms(records, (id) => {
    const writer = people.get(id);
    return writer !== undefined && writer.role === 'admin' && writer.active && !writer.suspended;
  });

/** Who wrote the records last: the people whose roles decide whether terms are good. */
export const writersOf = (records: readonly TermsRecord[]): readonly UserId[] => [
  ...new Set(records.map(({ updatedBy }) => updatedBy).filter((id) => id !== null)),
];
