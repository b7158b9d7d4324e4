import { SLOT_LIFE } from '#domain/fold-request.ts';
import type { Ledger } from '#domain/fold.ts';
import type { CreditId, TicketId } from '#domain/ids.ts';
import { plus } from '#domain/instant.ts';
import type { Slot } from '#domain/slot.ts';

/** An own slot on this ticket that no journal names yet: an ask whose write may still arrive. */
export const isUnfinished = (
  { fields, createdAt }: Slot,
  ledger: Ledger,
  ticket: TicketId,
  now: number,
  mine: CreditId | null = null,
): boolean =>
  fields.ticket === ticket &&
  fields.credit !== mine &&
  (fields.status === 'reserved' || fields.status === 'posted') &&
  now <= plus(createdAt, SLOT_LIFE) &&
  !ledger.credits.some(({ id }) => id === fields.credit) &&
  !ledger.problems.some(({ credit }) => credit === fields.credit);
