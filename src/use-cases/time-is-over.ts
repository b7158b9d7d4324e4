import type { Credit } from '#domain/credit.ts';
import { type Instant, isoFromInstant, MINUTE, plus } from '#domain/instant.ts';
import type { Slot } from '#domain/slot.ts';
import type { Context } from './context.ts';

/**
 * How long after the end of its time a slot is freed at the earliest: a clock that was checked may
 * still be seconds ahead, and an audit may stand between the reading of the journal and that check.
 */
export const SAFE_AFTER = MINUTE;

/** When time alone ended the credit; null where the journal itself says that it is over. */
export const endedByTime = ({ state, expiresAt }: Credit): Instant | null =>
  state.kind === 'void' && state.why === 'expired' ? expiresAt : null;

/**
 * Whether a slot may be freed because its time is over: only by Zendesk's clock, never by that of a
 * browser, which may run hours ahead; a freed slot cannot be taken back. In a session that has
 * written nothing yet the clock is checked by writing the slot as it is, under a name that differs.
 * @param readAt when the audits were asked for that show no other end
 * @throws HelpdeskError when the clock cannot be checked
 */
export async function timeIsOver(
  { helpdesk, clock }: Context,
  end: Instant,
  readAt: Instant,
  slot: Slot,
  name: string,
): Promise<boolean> {
  if (readAt < plus(end, SAFE_AFTER)) return false;
  if (!clock.checked()) {
    const stamped = `${name} (${isoFromInstant(clock.now())})`;
    const { updatedAt } = await helpdesk.moveSlot(slot.record, slot.fields, stamped);
    // Where Zendesk left the stamp as it was, nothing is known.
    if (updatedAt <= slot.updatedAt) return false;
    clock.observe(updatedAt, true);
  }
  return readAt <= clock.now();
}
