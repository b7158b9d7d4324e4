import * as v from 'valibot';
import type { RecordId } from '#domain/slot.ts';
import { HelpdeskError, type HelpdeskErrorCode } from './errors.ts';
import { PAGE_SIZE, readAllPages } from './paging.ts';
import type { Transport } from './transport.ts';
import { parseAnswer, parseWritten, wireActor, wireInstant } from './wire.ts';

/** Zendesk's ids of records are ULIDs. */
const recordId = v.pipe(
  v.string(),
  v.regex(/^[0-9A-Za-z]{1,40}$/, 'is no record id'),
  v.transform((text) => text as RecordId),
);

/** A custom-object record as Zendesk has it, before its fields are read. */
const record = v.object({
  id: recordId,
  external_id: v.nullish(v.string(), null),
  custom_object_fields: v.record(v.string(), v.unknown()),
  created_at: wireInstant,
  created_by_user_id: wireActor,
  updated_at: wireInstant,
  updated_by_user_id: wireActor,
});

export type WireRecord = v.InferOutput<typeof record>;

const single = v.object({ custom_object_record: record });

export interface RecordDraft {
  readonly name: string;
  readonly custom_object_fields: Readonly<Record<string, string | number | null>>;
}

const base = (object: string): string => `/api/v2/custom_objects/${object}/records`;

/** All records of an object, in the order of their ids. */
export const readAllRecords = (
  transport: Transport,
  object: string,
  mostPages: number,
): Promise<readonly WireRecord[]> =>
  readAllPages(transport, {
    path: base(object),
    member: 'custom_object_records',
    item: record,
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
  const path = `${base(object)}?filter[external_ids]=${externalIds.map(inQuery).join(',')}`;
  const found = await readAllPages(transport, {
    path,
    member: 'custom_object_records',
    item: record,
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
  const path = `${base(object)}/${id}`;
  const answer = await transport.send({ method: 'GET', path, kind: 'read' });
  return parseAnswer(single, answer, path).custom_object_record;
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
    path: `${base(object)}/search?sort=created_at`,
    body: { filter },
    member: 'custom_object_records',
    item: record,
    mostPages,
  });

/** Codes of answers that cannot mean "this external id exists already". */
const otherThanTaken: ReadonlySet<HelpdeskErrorCode> = new Set([
  'signed-out',
  'rate-limited',
  'outcome-unknown',
]);

/**
 * Creates a record, which Zendesk refuses when its external id exists. Which status and body say so
 * is not documented: after any 4xx that can mean it, a look for that external id decides.
 * @returns `existing` with the records that have the external id, in place of `created`
 * @throws HelpdeskError when it was refused for another reason, or the outcome is unknown
 */
export async function createRecord(
  transport: Transport,
  object: string,
  externalId: string,
  draft: RecordDraft,
): Promise<
  | { readonly kind: 'created'; readonly record: WireRecord }
  | { readonly kind: 'existing'; readonly records: readonly WireRecord[] }
> {
  const path = base(object);
  const body = { custom_object_record: { ...draft, external_id: externalId } };
  let answer: unknown;
  try {
    // Never PATCH with ?external_id=: that would overwrite somebody else's record.
    answer = await transport.send({ method: 'POST', path, body, kind: 'write' });
  } catch (refusal) {
    if (!(refusal instanceof HelpdeskError) || otherThanTaken.has(refusal.code)) throw refusal;
    const records = await readByExternalIds(transport, object, [externalId]);
    if (records.length === 0) throw refusal;
    return { kind: 'existing', records };
  }
  const created = parseWritten(single, answer, `POST ${path}`).custom_object_record;
  if (created.external_id !== externalId) {
    const message = `record ${created.id} was not given the external id ${externalId}`;
    throw new HelpdeskError('outcome-unknown', message);
  }
  return { kind: 'created', record: created };
}

export async function updateRecord(
  transport: Transport,
  object: string,
  id: RecordId,
  draft: RecordDraft,
): Promise<WireRecord> {
  const path = `${base(object)}/${id}`;
  const body = { custom_object_record: draft };
  const answer = await transport.send({ method: 'PATCH', path, body, kind: 'write' });
  return parseWritten(single, answer, `PATCH ${path}`).custom_object_record;
}
