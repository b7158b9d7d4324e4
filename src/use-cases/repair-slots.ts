import { holdsBudget } from '#domain/budget.ts';
import type { Credit } from '#domain/credit.ts';
import { SLOT_LIFE } from '#domain/fold-request.ts';
import type { Ledger } from '#domain/fold.ts';
import type { CreditId, TicketId } from '#domain/ids.ts';
import { type Instant, plus } from '#domain/instant.ts';
import type { Slot } from '#domain/slot.ts';
import { formatSlotKey, type SlotKey } from '#domain/slot-key.ts';
import { nullIfHelpdeskFailed } from '#zendesk/errors.ts';
import { freeSlot } from './claim-slot.ts';
import type { Context } from './context.ts';
import {
  slotKeyOf,
  slotName,
  slotOf,
  slotRepair,
  wrongSlotFields,
  statusOn,
} from './slot-of-credit.ts';
import { endedByTime, timeIsOver } from './time-is-over.ts';

/** A slot that disagrees with its journal in a way that nobody may mend by themselves. */
export interface SlotDifference {
  readonly credit: Credit;
  readonly why: 'missing' | 'other-fields' | 'other-status';
}

export interface Repair {
  /** Slots that were moved to what the journal proves. */
  readonly moved: readonly Slot[];
  readonly differences: readonly SlotDifference[];
}

/** Requests that repair may cost in one opening of a ticket. */
const MOST_REQUESTS = 4;

/**
 * Brings the slots of an open ticket to what its journal proves: forward only. Slots found by search
 * may be behind, so each that seems wrong is read again before it is judged.
 * @param found the slots that the search gave for the ticket's customer
 * @param readAt when the audits behind the ledger were asked for: a slot is free only if they were
 *   read after the last moment at which its request could still have landed
 * @param undecided credits that somebody decided by a reply which could not be written down yet: they
 *   may have expired and still be posted
 */
export async function repairSlots(
  context: Context,
  ticket: TicketId,
  ledger: Ledger,
  found: readonly Slot[],
  readAt: Instant,
  undecided: ReadonlySet<CreditId> = new Set(),
): Promise<Repair> {
  const { helpdesk, clock } = context;
  const suspects = ledger.credits.filter((credit) => {
    const slot = slotOf(found, credit);
    return !slot || slotRepair(slot, credit) !== null || isDifferent(slot, credit);
  });
  // A newer Leeway may have written the request that this one cannot read: its slot is not ours to free.
  const readsAll = !ledger.problems.some(({ code }) => code === 'newer-version');
  const orphans = found.filter(
    ({ fields, createdAt, key }) =>
      readsAll &&
      fields.ticket === ticket &&
      holdsBudget(fields.status) &&
      !names(ledger, key) &&
      readAt > plus(createdAt, SLOT_LIFE) &&
      // A colleague's client posts a slot only after it has read the journal: something is amiss then.
      (fields.status === 'reserved' || fields.band === 'self'),
  );
  if (suspects.length === 0 && orphans.length === 0) return { moved: [], differences: [] };
  const notes = await context.notes();
  const moved: Slot[] = [];
  const differences: SlotDifference[] = [];
  const fresh = await helpdesk.readSlots([
    ...suspects.map(slotKeyOf),
    ...orphans.map(({ key }) => formatSlotKey(key)),
  ]);
  let requests = 1;
  const isOver = async (end: Instant, slot: Slot, name: string): Promise<boolean> => {
    if (!clock.checked()) requests += 1;
    return (
      (await timeIsOver(context, end, readAt, slot, name).catch(nullIfHelpdeskFailed)) ?? false
    );
  };
  for (const credit of suspects) {
    const slot = slotOf(fresh, credit);
    const fields = slot && slotRepair(slot, credit);
    if (slot && fields) {
      if (requests >= MOST_REQUESTS) break;
      const name = slotName(credit.offer, notes.locale);
      const end = endedByTime(credit);
      if (end !== null && (undecided.has(credit.id) || !(await isOver(end, slot, name)))) continue;
      requests += 1;
      const done = await helpdesk.moveSlot(slot.record, fields, name).catch(nullIfHelpdeskFailed);
      if (done) moved.push(done);
    } else if (!slot) differences.push({ credit, why: 'missing' });
    else if (isDifferent(slot, credit)) {
      const why = wrongSlotFields(slot, credit).length > 0 ? 'other-fields' : 'other-status';
      differences.push({ credit, why });
    }
  }
  for (const orphan of orphans) {
    const slot = fresh.find(({ record }) => record === orphan.record);
    if (!slot || !holdsBudget(slot.fields.status) || requests >= MOST_REQUESTS) continue;
    const name = notes.say('slot.unusedName');
    if (!(await isOver(plus(slot.createdAt, SLOT_LIFE), slot, name))) continue;
    requests += 1;
    const freed = await freeSlot(context, slot, name);
    if (freed) moved.push(freed);
  }
  return { moved, differences };
}

/** Whether a credit of the journal, counting or not, stands on the slot. */
const names = ({ credits }: Ledger, key: SlotKey): boolean =>
  credits.some((credit) => slotKeyOf(credit) === formatSlotKey(key));

const isDifferent = (slot: Slot, credit: Credit): boolean =>
  !credit.frozen &&
  (wrongSlotFields(slot, credit).length > 0 ||
    (slot.fields.status !== statusOn(slot, credit) && slotRepair(slot, credit) === null));
