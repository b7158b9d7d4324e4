import { mayCheck } from '#domain/checkers.ts';
import type { Credit } from '#domain/credit.ts';
import { MOST_ASKED } from '#domain/events.ts';
import type { Terms } from '#domain/terms.ts';
import type { UserId } from '#domain/ids.ts';
import type { Person } from '#zendesk/helpdesk.ts';
import { colleague } from './colleague.ts';

/** The leads to whom a credit is put when somebody asks a lead: those who may decide it, five at most. */
export const leadsToAsk = (
  credit: Credit,
  terms: Terms,
  people: ReadonlyMap<UserId, Person>,
): readonly Person[] =>
  terms.leads
    .map((id) => people.get(id))
    .filter((person) => person !== undefined)
    .filter((person) => mayCheck(colleague(person), credit.offer, terms, 0).may)
    .sort(
      (one, other) =>
        Number(credit.asked.includes(one.id)) - Number(credit.asked.includes(other.id)),
    )
    .slice(0, MOST_ASKED);
