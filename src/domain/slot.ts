import type { Brand, CreditId, TicketId, UserId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { Minor } from './money.ts';
import type { Currency } from './currencies.ts';
import type { Band } from './policy.ts';
import type { SlotKey } from './slot-key.ts';

/** A custom-object record's own id (a ULID). */
export type RecordId = Brand<string, 'RecordId'>;

export type SlotStatus = 'reserved' | 'posted' | 'void' | 'reversed' | 'reversed-late';

/** What a slot says of its credit. A cache of the journal: it locks and it is read first, it proves nothing. */
export interface SlotFields {
  readonly credit: CreditId;
  readonly ticket: TicketId;
  readonly maker: UserId;
  readonly customer: UserId;
  /** At most five. */
  readonly asked: readonly UserId[];
  readonly signers: readonly UserId[];
  readonly amount: Minor;
  readonly currency: Currency;
  readonly reason: string;
  readonly tags: readonly string[];
  readonly status: SlotStatus;
  readonly band: Exclude<Band, 'refused'>;
  readonly exception: boolean;
  readonly terms: number;
  readonly expiresAt: Instant;
}

export interface Slot {
  readonly record: RecordId;
  readonly key: SlotKey;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly createdBy: UserId | null;
  readonly updatedBy: UserId | null;
  readonly fields: SlotFields;
}

const forward: Readonly<Record<SlotStatus, readonly SlotStatus[]>> = {
  reserved: ['posted', 'void'],
  posted: ['reversed', 'reversed-late'],
  void: [],
  reversed: [],
  'reversed-late': [],
};

/** The steps from one status to another, both ends left out first: `[]` when they are equal, null when there is no way. */
export function stepsBetween(from: SlotStatus, to: SlotStatus): readonly SlotStatus[] | null {
  if (from === to) return [];
  for (const next of forward[from]) {
    const rest = stepsBetween(next, to);
    if (rest) return [next, ...rest];
  }
  return null;
}
