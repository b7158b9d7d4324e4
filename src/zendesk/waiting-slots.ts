import type { Slot } from '#domain/slot.ts';
import { searchRecords } from './records.ts';
import { isProbe, slotStatusValue } from './slot-wire.ts';
import { equals, type RecordAccess, seenSlot, SLOT_OBJECT } from './slots.ts';

/** 1,000 credits that wait at one time. */
const MOST_PAGES = 10;

/** The slots of all credits that wait, whoever asked. From the search index, which lags behind. */
export async function readWaitingSlots(access: RecordAccess): Promise<readonly Slot[]> {
  const filter = equals('status', slotStatusValue('reserved'));
  const records = await searchRecords(access.transport, SLOT_OBJECT, filter, MOST_PAGES);
  return records
    .filter((record) => !isProbe(record))
    .map((record) => seenSlot(access, record))
    .filter(({ fields }) => fields.status === 'reserved');
}
