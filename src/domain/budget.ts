import type { UserId } from './ids.ts';
import { excess, type Minor, sum } from './money.ts';
import type { PeriodKey } from './period.ts';
import type { Slot, SlotStatus } from './slot.ts';
import { formatSlotKey } from './slot-key.ts';

/** limit − posted − reserved. `left` and `over` are never both above 0. */
export interface Budget {
  readonly limit: Minor;
  readonly posted: Minor;
  readonly reserved: Minor;
  readonly left: Minor;
  readonly over: Minor;
}

const spends: ReadonlySet<SlotStatus> = new Set(['posted', 'reversed-late']);

const isSpent = (status: SlotStatus): boolean => spends.has(status);
export const holdsBudget = (status: SlotStatus): boolean =>
  status === 'reserved' || isSpent(status);

/** The budget of one maker and period, from all slots of that maker and period. */
export function budgetFrom(limit: Minor, slots: readonly Slot[]): Budget {
  const amounts = (holds: (status: SlotStatus) => boolean): Minor =>
    sum(slots.filter(({ fields }) => holds(fields.status)).map(({ fields }) => fields.amount));
  const posted = amounts(isSpent);
  const reserved = amounts((status) => status === 'reserved');
  return {
    limit,
    posted,
    reserved,
    left: excess(limit, posted + reserved),
    over: excess(posted + reserved, limit),
  };
}

/** Posted and reserved by the slots with a lower number: what a credit finds already used. */
export const usedBefore = (slots: readonly Slot[], number: number): Minor =>
  sum(
    slots
      .filter(({ key, fields }) => key.number < number && holdsBudget(fields.status))
      .map(({ fields }) => fields.amount),
  );

/** How many slots are asked for at a time. */
export const SLOT_PAGE = 30;
const TAIL = 5;

/** The external ids to ask for next, or null when the last five asked for were all absent. */
export function nextSlotKeys(
  maker: UserId,
  period: PeriodKey,
  asked: number,
  found: readonly Slot[],
): readonly string[] | null {
  const highest = Math.max(0, ...found.map(({ key }) => key.number));
  if (highest <= asked - TAIL) return null;
  return Array.from({ length: SLOT_PAGE }, (_, index) =>
    formatSlotKey({ period, maker, number: asked + index + 1 }),
  );
}

/** The number to claim next. Never a gap's: its record was deleted, and a credit may still name it. */
export const nextSlotNumber = (slots: readonly Slot[]): number =>
  Math.max(0, ...slots.map(({ key }) => key.number)) + 1;

/** Numbers below the highest that have no record: somebody deleted them. */
export function missingSlotNumbers(slots: readonly Slot[]): readonly number[] {
  const present = new Set(slots.map(({ key }) => key.number));
  return Array.from({ length: nextSlotNumber(slots) - 1 }, (_, index) => index + 1).filter(
    (number) => !present.has(number),
  );
}

/**
 * How often a colleague co-signed for the maker in the period, by its slots. A credit that waits for
 * one more counts too: else any number could be signed first and posted later.
 */
export const pairCount = (slots: readonly Slot[], checker: UserId): number =>
  slots.filter(({ fields }) => holdsBudget(fields.status) && fields.signers.includes(checker))
    .length;
