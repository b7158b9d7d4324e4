import { nextSlotKeys } from '#domain/budget.ts';
import type { UserId } from '#domain/ids.ts';
import { isoFromInstant } from '#domain/instant.ts';
import type { PeriodKey } from '#domain/period.ts';
import type { RecordId, Slot, SlotFields } from '#domain/slot.ts';
import { formatSlotKey, type SlotKey } from '#domain/slot-key.ts';
import { HelpdeskError } from './errors.ts';
import type { ClaimedSlot } from './helpdesk.ts';
import {
  createRecord,
  readByExternalIds,
  readRecord,
  searchRecords,
  updateRecord,
  type WireRecord,
} from './records.ts';
import {
  ASKED_FIELDS,
  isProbe,
  probeExternalId,
  slotDraft,
  slotOf,
  slotStatusValue,
} from './slot-wire.ts';
import type { Transport } from './transport.ts';
import type { ZendeskClock } from './zendesk-clock.ts';

const OBJECT = 'leeway_credit';

/** 1,000 slots: a customer with more credits than that is no customer. */
const MOST_SEARCH_PAGES = 10;

/** 3,000 slots of one maker in one period. */
const MOST_ROUNDS = 100;

export interface RecordAccess {
  readonly transport: Transport;
  readonly clock: ZendeskClock;
}

function seen({ clock }: RecordAccess, record: WireRecord): Slot {
  clock.observe(record.updated_at, false);
  return slotOf(record);
}

export async function readSlots(
  access: RecordAccess,
  keys: readonly string[],
): Promise<readonly Slot[]> {
  const records = await readByExternalIds(access.transport, OBJECT, keys);
  return records.map((record) => seen(access, record));
}

export async function readOwnSlots(
  access: RecordAccess,
  maker: UserId,
  period: PeriodKey,
): Promise<readonly Slot[]> {
  const found: Slot[] = [];
  let asked = 0;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const keys = nextSlotKeys(maker, period, asked, found);
    if (keys === null) return found;
    found.push(...(await readSlots(access, keys)));
    asked += keys.length;
  }
  const message = `more than ${String(asked)} slots of ${maker} in ${period}`;
  throw new HelpdeskError('malformed-response', message);
}

export const readSlot = async (access: RecordAccess, id: RecordId): Promise<Slot> =>
  seen(access, await readRecord(access.transport, OBJECT, id));

export async function claimSlot(
  access: RecordAccess,
  key: SlotKey,
  name: string,
  fields: SlotFields,
): Promise<ClaimedSlot> {
  const draft = slotDraft(name, fields);
  const outcome = await createRecord(access.transport, OBJECT, formatSlotKey(key), draft);
  if (outcome.kind === 'created') {
    access.clock.observe(outcome.record.created_at, true);
    return { kind: 'claimed', slot: writtenSlot(outcome.record, fields) };
  }
  // Compared before it is read as a slot: another's spoilt record takes the number all the same.
  const own = outcome.records.find(
    (record) => record.custom_object_fields['credit_id'] === fields.credit,
  );
  return own ? { kind: 'claimed', slot: seen(access, own) } : { kind: 'taken' };
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
  const record = await updateRecord(access.transport, OBJECT, id, slotDraft(name, fields));
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

export async function searchSlots(
  access: RecordAccess,
  { customer, asked }: { readonly customer: UserId; readonly asked: UserId },
): Promise<readonly Slot[]> {
  const filter = {
    $or: [
      is('customer', customer),
      {
        $and: [
          is('status', slotStatusValue('reserved')),
          { $or: ASKED_FIELDS.map((key) => is(key, asked)) },
        ],
      },
    ],
  };
  const records = await searchRecords(access.transport, OBJECT, filter, MOST_SEARCH_PAGES);
  const slots = records.filter((record) => !isProbe(record)).map((record) => seen(access, record));
  // The index finds a record by what it said a while ago; what is shown goes by what it says.
  return slots.filter(
    ({ fields }) =>
      fields.customer === customer ||
      (fields.status === 'reserved' && fields.asked.includes(asked)),
  );
}

const is = (field: string, value: string) => ({
  [`custom_object_fields.${field}`]: { $eq: value },
});

/**
 * Zendesk says that external ids are unique, but not what it answers to a second one; and the lock
 * on the budget rests on it. So each client tries it before it relies on it.
 */
export async function probe(access: RecordAccess, user: UserId): Promise<'unique' | 'not-unique'> {
  const externalId = probeExternalId(user);
  for (const attempt of ['1', '2']) {
    const outcome = await createRecord(access.transport, OBJECT, externalId, {
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
