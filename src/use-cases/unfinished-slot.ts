import { holdsBudget } from '#domain/budget.ts';
import { SLOT_LIFE } from '#domain/fold-request.ts';
import type { Ledger } from '#domain/fold.ts';
import type { CreditId, TicketId } from '#domain/ids.ts';
import { type Instant, plus } from '#domain/instant.ts';
import type { Slot } from '#domain/slot.ts';
import { SAFE_AFTER } from './time-is-over.ts';

/**
 * An own slot on this ticket that no journal names yet: an ask whose write may still arrive.
 * @param now null: not known
 */
export const isUnfinished = (
  slot: Slot,
  ledger: Ledger,
  ticket: TicketId,
  now: Instant | null,
  mine: CreditId | null = null,
): boolean =>
  slot.fields.credit !== mine &&
  isUnnamed(slot, ledger, ticket) &&
  (now === null || now <= plus(slot.createdAt, SLOT_LIFE));

/** One whose write can no longer arrive, and that repair may free. */
export const isOverdue = (slot: Slot, ledger: Ledger, ticket: TicketId, readAt: Instant): boolean =>
  isUnnamed(slot, ledger, ticket) && readAt > plus(slot.createdAt, SLOT_LIFE + SAFE_AFTER);

const isUnnamed = ({ fields }: Slot, ledger: Ledger, ticket: TicketId): boolean =>
  fields.ticket === ticket &&
  holdsBudget(fields.status) &&
  !ledger.credits.some(({ id }) => id === fields.credit) &&
  !ledger.problems.some(({ credit }) => credit === fields.credit);
