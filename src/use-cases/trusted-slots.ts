import { fold, type Ledger } from '#domain/fold.ts';
import { holdsBudget } from '#domain/budget.ts';
import { provenSlotStatus } from '#domain/credit.ts';
import type { TicketId } from '#domain/ids.ts';
import type { Slot } from '#domain/slot.ts';
import { formatSlotKey } from '#domain/slot-key.ts';
import type { TermsHistory } from '#domain/terms.ts';
import { nullIfHelpdeskFailed } from '#zendesk/errors.ts';
import type { Context } from './context.ts';

/** How many tickets are read at most to prove slots; the others count as spent. */
const MOST_PROOFS = 10;

/**
 * Whether a slot's word may be doubted: it gave budget back, or its own maker changed it afterwards.
 * Nobody who wants to spend more can gain by any other change.
 */
const needsProof = ({ fields, key, createdAt, updatedAt, updatedBy }: Slot): boolean =>
  !holdsBudget(fields.status) || (updatedBy === key.maker && updatedAt > createdAt);

/**
 * The slots as submitting and approving may count them: what cannot be trusted is folded from its
 * ticket first, the ten newest; what cannot be read counts as spent.
 * @param folded tickets that were read just now
 */
export async function trustedSlots(
  { helpdesk, clock }: Context,
  slots: readonly Slot[],
  history: TermsHistory,
  folded: ReadonlyMap<TicketId, Ledger> = new Map(),
): Promise<readonly Slot[]> {
  const doubted = slots.filter(needsProof).sort((one, other) => other.key.number - one.key.number);
  const toProve = new Set(doubted.slice(0, MOST_PROOFS));
  const ledgers = new Map<TicketId, Promise<Ledger | null>>();
  const readLedger = async (ticket: TicketId): Promise<Ledger | null> => {
    const audits = await helpdesk.readAudits(ticket).catch(nullIfHelpdeskFailed);
    return audits && fold(audits, history, clock.now());
  };
  return Promise.all(
    slots.map(async (slot) => {
      if (!needsProof(slot)) return slot;
      if (!toProve.has(slot)) return asSpent(slot);
      const { ticket } = slot.fields;
      const reading =
        ledgers.get(ticket) ?? Promise.resolve(folded.get(ticket) ?? readLedger(ticket));
      ledgers.set(ticket, reading);
      const ledger = await reading;
      if (!ledger) return asSpent(slot);
      const name = formatSlotKey(slot.key);
      const credit = ledger.credits.find(({ request }) => formatSlotKey(request.slot.key) === name);
      if (!credit) {
        // Voided with no journal: an ask that was never written. A live one would be listed here.
        const neverAsked =
          !holdsBudget(slot.fields.status) &&
          !ledger.credits.some(({ id }) => id === slot.fields.credit);
        return neverAsked ? slot : asSpent(slot);
      }
      const status = provenSlotStatus(credit);
      return {
        ...slot,
        fields: {
          ...slot.fields,
          amount: credit.offer.amount.minor,
          status: status ?? 'posted',
          signers: credit.signatures.map(({ by }) => by),
        },
      };
    }),
  );
}

const asSpent = (slot: Slot): Slot => ({ ...slot, fields: { ...slot.fields, status: 'posted' } });
