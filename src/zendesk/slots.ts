import { nextSlotKeys } from '#domain/budget.ts';
import type { UserId } from '#domain/ids.ts';
import { type Instant, isoFromInstant } from '#domain/instant.ts';
import type { PeriodKey } from '#domain/period.ts';
import type { RecordId, Slot } from '#domain/slot.ts';
import { HelpdeskError } from './errors.ts';
import { readByExternalIds, readRecord, searchRecords, type WireRecord } from './records.ts';
import { ASKED_FIELDS, isProbe, slotOf, slotStatusValue } from './slot-wire.ts';
import type { Transport } from './transport.ts';
import type { ZendeskClock } from './zendesk-clock.ts';

export const SLOT_OBJECT = 'leeway_credit';

/** 1,000 slots: a customer with more credits than that is no customer. */
const MOST_SEARCH_PAGES = 10;

/** 3,000 slots of one maker in one period. */
const MOST_ROUNDS = 100;

export interface RecordAccess {
  readonly transport: Transport;
  readonly clock: ZendeskClock;
}

export function seenSlot({ clock }: RecordAccess, record: WireRecord): Slot {
  clock.observe(record.updated_at, false);
  return slotOf(record);
}

export async function readSlots(
  access: RecordAccess,
  keys: readonly string[],
): Promise<readonly Slot[]> {
  const records = await readByExternalIds(access.transport, SLOT_OBJECT, keys);
  return records.map((record) => seenSlot(access, record));
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
  seenSlot(access, await readRecord(access.transport, SLOT_OBJECT, id));

export async function searchSlots(
  access: RecordAccess,
  {
    customer,
    asked,
    since = null,
  }: {
    readonly customer: UserId;
    readonly asked: UserId;
    readonly since?: Instant | null;
  },
): Promise<readonly Slot[]> {
  const filter = {
    $or: [
      equals('customer', customer),
      {
        $and: [
          equals('status', slotStatusValue('reserved')),
          { $or: ASKED_FIELDS.map((key) => equals(key, asked)) },
        ],
      },
      ...(since === null
        ? []
        : [{ $and: [equals('maker', asked), { updated_at: { $gte: isoFromInstant(since) } }] }]),
    ],
  };
  const records = await searchRecords(access.transport, SLOT_OBJECT, filter, MOST_SEARCH_PAGES);
  const slots = records
    .filter((record) => !isProbe(record))
    .map((record) => seenSlot(access, record));
  // The index finds a record by what it said a while ago; what is shown goes by what it says.
  return slots.filter(
    ({ fields }) =>
      fields.customer === customer ||
      (since !== null && fields.maker === asked) ||
      (fields.status === 'reserved' && fields.asked.includes(asked)),
  );
}

/** In a filter: the field of a slot holds exactly this. */
export const equals = (field: string, value: string) => ({
  [`custom_object_fields.${field}`]: { $eq: value },
});
