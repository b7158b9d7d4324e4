import type { CreditId, TicketId, UserId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { Minor } from '#domain/money.ts';
import type { RecordId, Slot, SlotFields, SlotStatus } from '#domain/slot.ts';
import { formatSlotKey, type SlotKey } from '#domain/slot-key.ts';

/** What settlement keeps of a slot. */
export interface SlotFacts {
  readonly record: RecordId;
  readonly key: SlotKey;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly updatedBy: UserId | null;
  readonly credit: CreditId;
  readonly ticket: TicketId;
  readonly maker: UserId;
  readonly customer: UserId;
  readonly amount: Minor;
  readonly currency: SlotFields['currency'];
  readonly status: SlotStatus;
  readonly terms: number;
}

export const slotFacts = ({
  record,
  key,
  createdAt,
  updatedAt,
  updatedBy,
  fields,
}: Slot): SlotFacts => ({
  record,
  key,
  createdAt,
  updatedAt,
  updatedBy,
  credit: fields.credit,
  ticket: fields.ticket,
  maker: fields.maker,
  customer: fields.customer,
  amount: fields.amount,
  currency: fields.currency,
  status: fields.status,
  terms: fields.terms,
});

export const nameOfSlot = ({ key }: SlotFacts): string => formatSlotKey(key);
export const budgetOfSlot = ({ key }: SlotFacts): string => `${key.period}/${key.maker}`;

/** Which of two records is older. Of two with one name the older one is the one that was claimed. */
export const byAge = (one: SlotFacts, other: SlotFacts): number =>
  one.createdAt - other.createdAt || (one.record < other.record ? -1 : 1);
