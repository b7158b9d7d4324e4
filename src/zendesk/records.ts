import * as v from 'valibot';
import type { RecordId } from '#domain/slot.ts';
import { HelpdeskError } from './errors.ts';
import { PAGE_SIZE, readAllPages } from './paging.ts';
import type { Transport } from './transport.ts';
import { parseAnswer, wireActor, wireInstant } from './wire.ts';

/** Zendesk's ids of records are ULIDs. */
const recordId = v.pipe(
  v.string(),
  v.regex(/^[0-9A-Za-z]{1,40}$/, 'is no record id'),
  v.transform((text) => text as RecordId),
);

/** A custom-object record as Zendesk has it, before its fields are read. */
export const wireRecord = v.object({
  id: recordId,
  external_id: v.nullish(v.string(), null),
  custom_object_fields: v.record(v.string(), v.unknown()),
  created_at: wireInstant,
  created_by_user_id: wireActor,
  updated_at: wireInstant,
  updated_by_user_id: wireActor,
});

export type WireRecord = v.InferOutput<typeof wireRecord>;

export const singleRecord = v.object({ custom_object_record: wireRecord });

export interface RecordDraft {
  readonly name: string;
  readonly custom_object_fields: Readonly<Record<string, string | number | null>>;
}

export const recordsPath = (object: string): string => `/api/v2/custom_objects/${object}/records`;

/** All records of an object, in the order of their ids. */
export const readAllRecords = (
  transport: Transport,
  object: string,
  mostPages: number,
): Promise<readonly WireRecord[]> =>
  readAllPages(transport, {
    path: recordsPath(object),
    member: 'custom_object_records',
    item: wireRecord,
    mostPages,
  });

/**
 * The records that have these external ids. Zendesk answers from its database, so what was just
 * written is among them; a search would not have it yet.
 */
export async function readByExternalIds(
  transport: Transport,
  object: string,
  externalIds: readonly string[],
): Promise<readonly WireRecord[]> {
  if (externalIds.length === 0) return [];
  if (externalIds.length > PAGE_SIZE || externalIds.some((id) => id.includes(','))) {
    throw new RangeError('at most 100 external ids in a call, and none with a comma');
  }
  const path = `${recordsPath(object)}?filter[external_ids]=${externalIds.map(inQuery).join(',')}`;
  const found = await readAllPages(transport, {
    path,
    member: 'custom_object_records',
    item: wireRecord,
    // Two, should external ids not be unique after all: both count then.
    mostPages: 2,
  });
  const asked = new Set<string | null>(externalIds);
  const stray = found.find(({ external_id: id }) => !asked.has(id));
  if (stray) {
    throw new HelpdeskError('malformed-response', `${path} gave record ${stray.id}, not asked for`);
  }
  return found;
}

/** Characters that a query may hold as they are stay so: thirty keys make a long address. */
const inQuery = (id: string): string =>
  encodeURIComponent(id).replaceAll('%3A', ':').replaceAll('%2F', '/');

export async function readRecord(
  transport: Transport,
  object: string,
  id: RecordId,
): Promise<WireRecord> {
  const path = `${recordsPath(object)}/${id}`;
  const answer = await transport.send({ method: 'GET', path, kind: 'read' });
  return parseAnswer(singleRecord, answer, path).custom_object_record;
}

/** One search in the index, which lags behind the writes; all pages of 100. */
export const searchRecords = (
  transport: Transport,
  object: string,
  filter: unknown,
  mostPages: number,
): Promise<readonly WireRecord[]> =>
  readAllPages(transport, {
    // Sorted by what never changes, so that no record moves between pages; unsorted, Zendesk would
    // end after 10,000 without a word.
    path: `${recordsPath(object)}/search?sort=created_at`,
    body: { filter },
    member: 'custom_object_records',
    item: wireRecord,
    mostPages,
  });
