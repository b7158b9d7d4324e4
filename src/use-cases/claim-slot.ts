import type { Slot, SlotFields } from '#domain/slot.ts';
import { formatSlotKey, type SlotKey } from '#domain/slot-key.ts';
import { HelpdeskError, nullIfHelpdeskFailed } from '#zendesk/errors.ts';
import type { Context } from './context.ts';

const MOST_TRIES = 3;

/**
 * Claims the slot: creating a record whose external id exists fails, and that is the lock. After a lost
 * answer it looks who has the number; nobody: it claims the same number again, which can't take two.
 * @throws HelpdeskError `outcome-unknown` when that can't be found out
 */
export async function claimSlot(
  { helpdesk }: Context,
  key: SlotKey,
  name: string,
  fields: SlotFields,
): Promise<{ readonly kind: 'claimed'; readonly slot: Slot } | { readonly kind: 'taken' }> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await helpdesk.claimSlot(key, name, fields);
    } catch (cause) {
      const lost = cause instanceof HelpdeskError && cause.code === 'outcome-unknown';
      if (!lost || tries === MOST_TRIES) throw cause;
    }
    const [found] = await readBack(helpdesk.readSlots([formatSlotKey(key)]));
    if (found) {
      return found.fields.credit === fields.credit
        ? { kind: 'claimed', slot: found }
        : { kind: 'taken' };
    }
  }
}

/** A claim that cannot be looked up after its answer was lost is as unknown as before. */
async function readBack<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (cause) {
    if (!(cause instanceof HelpdeskError)) throw cause;
    throw new HelpdeskError('outcome-unknown', 'the claim could not be read back', { cause });
  }
}

/** Gives an unused slot's budget back. A failure is no loss: the next client on the ticket does it. @returns null then */
export async function freeSlot(
  { helpdesk }: Context,
  slot: Slot,
  name: string,
): Promise<Slot | null> {
  // From `posted` (the self band) the one way back is `reversed`.
  const status = slot.fields.status === 'posted' ? 'reversed' : 'void';
  return helpdesk
    .moveSlot(slot.record, { ...slot.fields, status }, name)
    .catch(nullIfHelpdeskFailed);
}
