import { pairCount } from '#domain/budget.ts';
import { type CheckerRefusal, mayCheck } from '#domain/checkers.ts';
import { MOST_ASKED } from '#domain/events.ts';
import type { UserId } from '#domain/ids.ts';
import type { Slot } from '#domain/slot.ts';
import type { Terms } from '#domain/terms.ts';
import type { Person } from '#zendesk/helpdesk.ts';
import { colleague } from './colleague.ts';

/** Why a credit cannot be put to these people. One translation each. */
export type UnfitToBeAsked = CheckerRefusal | 'too-few-asked' | 'too-many-asked' | 'not-a-lead';

/** Whether a credit may be put to these people: enough of them, each once, each one who may check. */
export function unfitToBeAsked(
  asked: readonly UserId[],
  {
    enough,
    leadsOnly,
    credit,
    terms,
    people,
    makerSlots,
  }: {
    readonly enough: number;
    readonly leadsOnly: boolean;
    readonly credit: { readonly maker: UserId; readonly customer: UserId };
    readonly terms: Terms;
    readonly people: ReadonlyMap<UserId, Person>;
    /** Of the period in force: they tell how often each has co-signed for the maker. */
    readonly makerSlots: readonly Slot[];
  },
): UnfitToBeAsked | null {
  if (new Set(asked).size !== asked.length || asked.length > MOST_ASKED) return 'too-many-asked';
  if (asked.length < enough) return 'too-few-asked';
  for (const id of asked) {
    const person = people.get(id);
    if (!person) return 'not-active';
    const check = mayCheck(colleague(person), credit, terms, pairCount(makerSlots, id));
    if (!check.may) return check.why;
    if (leadsOnly && !terms.leads.includes(id)) return 'not-a-lead';
  }
  return null;
}
