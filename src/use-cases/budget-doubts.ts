import { missingSlotNumbers, usedBefore } from '#domain/budget.ts';
import type { Credit } from '#domain/credit.ts';
import type { Minor } from '#domain/money.ts';
import type { Slot } from '#domain/slot.ts';
import { slotOf, wrongSlotFields } from './slot-of-credit.ts';

/** Something about a maker's budget that a co-signer should know before approving. It accuses nobody. */
export type BudgetDoubt =
  /** The maker's slots, proved from their tickets, had used more than the request says. */
  | { readonly kind: 'used-more'; readonly attested: Minor; readonly found: Minor }
  /** Numbers below the highest without a record: what they held is unknown. */
  | { readonly kind: 'slots-missing'; readonly numbers: readonly number[] }
  /** The credit's own slot is gone, or says something else than its journal. */
  | { readonly kind: 'slot-missing' }
  | { readonly kind: 'slot-differs' };

/**
 * What is wrong with the budget that a credit claims to find.
 * @param slots all of the maker's, of the period that the credit's slot names, as they were read
 * @param proven the same, proved where their word may be doubted
 */
export function budgetDoubts(
  credit: Credit,
  slots: readonly Slot[],
  proven: readonly Slot[],
): readonly BudgetDoubt[] {
  const doubts: BudgetDoubt[] = [];
  const own = slotOf(slots, credit);
  if (!own) doubts.push({ kind: 'slot-missing' });
  else if (wrongSlotFields(own, credit).length > 0) doubts.push({ kind: 'slot-differs' });

  const { number } = credit.request.slot.key;
  const numbers = missingSlotNumbers(slots).filter((missing) => missing < number);
  if (numbers.length > 0) doubts.push({ kind: 'slots-missing', numbers });
  const found = usedBefore(proven, number);
  const attested = credit.request.facts.budgetUsed;
  if (attested !== null && found > attested) doubts.push({ kind: 'used-more', attested, found });
  return doubts;
}
