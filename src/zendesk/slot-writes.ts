import type { UserId } from '#domain/ids.ts';
import { isoFromInstant } from '#domain/instant.ts';
import type { RecordId, Slot, SlotFields } from '#domain/slot.ts';
import { formatSlotKey, type SlotKey } from '#domain/slot-key.ts';
import { HelpdeskError } from './errors.ts';
import type { ClaimedSlot } from './helpdesk.ts';
import { createRecord, updateRecord } from './record-writes.ts';
import type { WireRecord } from './records.ts';
import { probeExternalId, slotDraft, slotOf, slotStatusValue } from './slot-wire.ts';
import { type RecordAccess, seenSlot, SLOT_OBJECT } from './slots.ts';

export async function claimSlot(
  access: RecordAccess,
  key: SlotKey,
  name: string,
  fields: SlotFields,
): Promise<ClaimedSlot> {
  const draft = slotDraft(name, fields);
  const outcome = await createRecord(access.transport, SLOT_OBJECT, formatSlotKey(key), draft);
  if (outcome.kind === 'created') {
    access.clock.observe(outcome.record.created_at, true);
    return { kind: 'claimed', slot: writtenSlot(outcome.record, fields) };
  }
  // Compared before it is read as a slot: another's spoilt record takes the number all the same.
  const own = outcome.records.find(
    (record) => record.custom_object_fields['credit_id'] === fields.credit,
  );
  return own ? { kind: 'claimed', slot: seenSlot(access, own) } : { kind: 'taken' };
}

/**
 * Not observed as a fresh time: a write that changes nothing may leave `updated_at` as old as it was.
 */
export async function moveSlot(
  access: RecordAccess,
  id: RecordId,
  fields: SlotFields,
  name: string,
): Promise<Slot> {
  const record = await updateRecord(access.transport, SLOT_OBJECT, id, slotDraft(name, fields));
  access.clock.observe(record.updated_at, false);
  return writtenSlot(record, fields);
}

/** A field that Zendesk lets fall silently would make the slot say less than the journal. */
function writtenSlot(record: WireRecord, sent: SlotFields): Slot {
  const slot = slotOf(record);
  const { credit, amount, status } = slot.fields;
  if (credit === sent.credit && amount === sent.amount && status === sent.status) return slot;
  const message = `leeway_credit record ${record.id} does not hold what was sent`;
  throw new HelpdeskError('malformed-response', message);
}

/**
 * Zendesk says that external ids are unique, but not what it answers to a second one; and the lock
 * on the budget rests on it. So each client tries it before it relies on it.
 */
export async function probe(access: RecordAccess, user: UserId): Promise<'unique' | 'not-unique'> {
  const externalId = probeExternalId(user);
  for (const attempt of ['1', '2']) {
    const outcome = await createRecord(access.transport, SLOT_OBJECT, externalId, {
      // Never the same twice: should names be unique here, a refusal must not be for the name.
      name: `Leeway probe ${user} ${isoFromInstant(access.clock.now())} ${attempt}`,
      // Void and worth nothing, should anybody take it for a slot.
      custom_object_fields: { maker: user, amount_minor: 0, status: slotStatusValue('void') },
    });
    if (outcome.kind === 'existing') return 'unique';
    access.clock.observe(outcome.record.created_at, true);
  }
  return 'not-unique';
}
