import { type Budget, budgetFrom } from '#domain/budget.ts';
import { provenSlotStatus } from '#domain/credit.ts';
import type { Currency } from '#domain/currencies.ts';
import type { Ledger } from '#domain/fold.ts';
import type { GroupId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import { periodEnd, type PeriodKind } from '#domain/period.ts';
import type { Slot } from '#domain/slot.ts';
import { formatSlotKey } from '#domain/slot-key.ts';
import { limitsOf, periodOf, type Terms, tierFor } from '#domain/terms.ts';
import type { Person } from '#zendesk/helpdesk.ts';

/** The agent's budget as it is shown. Showing may trust slots; submitting proves them first. */
export interface OwnBudget extends Budget {
  readonly currency: Currency;
  readonly period: PeriodKind;
  /** When the next period starts. */
  readonly endsAt: Instant;
  /** Name of the agent's tier; null: the common limits. */
  readonly tier: string | null;
}

/**
 * @param groups null: not known
 * @param ledger of the open ticket, where what is read is newer than the slots; null: not known
 * @returns null when the agent's tier, and so the limit, can't be known
 */
export function ownBudget(
  me: Person,
  groups: readonly GroupId[] | null,
  slots: readonly Slot[],
  ledger: Ledger | null,
  terms: Terms,
  now: Instant,
): OwnBudget | null {
  if (groups === null && terms.tiers.some(({ group }) => group !== null)) return null;
  const tier = tierFor(terms, { tags: me.tags, groups: groups ?? [] });
  const limits = limitsOf(terms, tier?.key ?? null);
  if (!limits) return null;
  return {
    ...budgetFrom(
      limits.budget,
      slots.map((slot) => asProven(slot, ledger)),
    ),
    currency: terms.currency,
    period: terms.period,
    endsAt: periodEnd(now, periodOf(terms)),
    tier: tier?.name ?? null,
  };
}

/** A colleague may have posted it a minute ago: this ticket's journal knows, the slots as last read do not. */
function asProven(slot: Slot, ledger: Ledger | null): Slot {
  const key = formatSlotKey(slot.key);
  const credit = ledger?.credits.find(({ request }) => formatSlotKey(request.slot.key) === key);
  const status = credit && provenSlotStatus(credit);
  return status ? { ...slot, fields: { ...slot.fields, status } } : slot;
}
