import { askedNow, type Credit, provenSlotStatus } from '#domain/credit.ts';
import { MOST_ASKED } from '#domain/events.ts';
import { creditCode, type Offer, offerDigest } from '#domain/offer.ts';
import { type Slot, type SlotFields, type SlotStatus, stepsBetween } from '#domain/slot.ts';
import { formatSlotKey } from '#domain/slot-key.ts';
import { moneyText } from './money-text.ts';

/** What the slot of a credit must say, by the journal; null where the journal can't be judged. */
export function slotFieldsOf(credit: Credit, tags: readonly string[]): SlotFields | null {
  const status = provenSlotStatus(credit);
  if (!status) return null;
  return {
    credit: credit.id,
    ticket: credit.offer.ticket,
    maker: credit.offer.maker,
    customer: credit.offer.customer,
    asked: askedNow(credit).slice(-MOST_ASKED),
    signers: credit.signatures.map(({ by }) => by),
    amount: credit.offer.amount.minor,
    currency: credit.offer.amount.currency,
    reason: credit.offer.reason,
    tags,
    status,
    band: credit.band,
    exception: credit.offer.exception.trim() !== '',
    terms: credit.terms.number,
    expiresAt: credit.expiresAt,
  };
}

export const slotKeyOf = (credit: Credit): string => formatSlotKey(credit.request.slot.key);

/** The slot of a credit: by its key, which nobody can change, never by what its fields say. */
export const slotOf = (slots: readonly Slot[], credit: Credit): Slot | undefined =>
  slots.find(({ key }) => formatSlotKey(key) === slotKeyOf(credit));

/** Which fields of a slot its journal proves wrong, but for the status. */
export function wrongSlotFields(slot: Slot, credit: Credit): readonly (keyof SlotFields)[] {
  const { fields } = slot;
  const { offer } = credit;
  const wrong: (keyof SlotFields)[] = [];
  if (fields.credit !== credit.id) wrong.push('credit');
  if (fields.ticket !== offer.ticket) wrong.push('ticket');
  if (fields.maker !== offer.maker) wrong.push('maker');
  if (fields.customer !== offer.customer) wrong.push('customer');
  if (fields.amount !== offer.amount.minor) wrong.push('amount');
  if (fields.currency !== offer.amount.currency) wrong.push('currency');
  return wrong;
}

/**
 * What repair may write: the slot's fields from the journal, when its status has to move and can do so
 * forward. null: nothing to do, or a difference that only settlement may judge.
 */
export function slotRepair(slot: Slot, credit: Credit): SlotFields | null {
  const fields = slotFieldsOf(credit, slot.fields.tags);
  if (!fields || wrongSlotFields(slot, credit).length > 0) return null;
  const status = statusOn(slot, credit);
  if (!status) return null;
  const steps = stepsBetween(slot.fields.status, status);
  return steps && steps.length > 0 ? { ...fields, status } : null;
}

/**
 * The status that the journal proves, along the steps that this slot can take; null where the journal
 * can't be judged. A slot of the self band begins as posted. Where the fold then found a stricter
 * band the credit waits on that slot, and its budget comes back as that of a reversed one.
 */
export function statusOn(slot: Slot, credit: Credit): SlotStatus | null {
  const proven = provenSlotStatus(credit);
  if (credit.request.band !== 'self' || credit.band === 'self') return proven;
  const { status } = slot.fields;
  if (proven === 'reserved' && status === 'posted') return 'posted';
  return proven === 'void' && status !== 'reserved' && status !== 'void' ? 'reversed' : proven;
}

/** What people see in Zendesk's list of records. */
export const slotName = (offer: Offer, locale: string): string =>
  `${creditCode(offerDigest(offer))} ${moneyText(offer.amount, locale)}`;
