import type { RecordId } from '#domain/slot.ts';
import { HelpdeskError, type HelpdeskErrorCode } from './errors.ts';
import {
  readByExternalIds,
  type RecordDraft,
  recordsPath,
  singleRecord,
  type WireRecord,
} from './records.ts';
import type { Transport } from './transport.ts';
import { parseWritten } from './wire.ts';

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
  const path = recordsPath(object);
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
  const created = parseWritten(singleRecord, answer, `POST ${path}`).custom_object_record;
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
  const path = `${recordsPath(object)}/${id}`;
  const body = { custom_object_record: draft };
  const answer = await transport.send({ method: 'PATCH', path, body, kind: 'write' });
  return parseWritten(singleRecord, answer, `PATCH ${path}`).custom_object_record;
}
