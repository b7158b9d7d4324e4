import { pairCount } from '#domain/budget.ts';
import { type CheckerRefusal, mayCheck } from '#domain/checkers.ts';
import type { UserId } from '#domain/ids.ts';
import type { Slot } from '#domain/slot.ts';
import type { Terms } from '#domain/terms.ts';
import type { Person } from '#zendesk/helpdesk.ts';
import type { Assignment } from '#zendesk/zaf-composer.ts';
import { colleague } from './colleague.ts';

/** Whether somebody is at work, as far as they said. `other`: a status of the account's own. */
export type Presence = 'here' | 'away' | 'other';

/** Why somebody is in the list and cannot be asked. One translation each. */
export type Hindrance = Exclude<CheckerRefusal, 'is-maker' | 'no-agent'> | 'cannot-open';

/** Somebody who can be asked, or who could but for what hinders them. */
export interface Candidate {
  readonly person: Person;
  /** Co-signs for this maker in the period. */
  readonly pairCount: number;
  readonly hindrance: Hindrance | null;
  /** They see only some tickets, and whether this is among them is not known. */
  readonly mayNotSee: boolean;
  /** null: not known. */
  readonly presence: Presence | null;
}

/** Somebody who was chosen, and cannot be asked as things stand now. */
export interface Dropped extends Pick<Candidate, 'person' | 'pairCount'> {
  readonly why: Hindrance | 'not-a-lead';
}

/** What is known of who sees the ticket and who is at work; each part null while it is not. */
export interface Surroundings {
  readonly assignment: Assignment | null;
  /** Of the ticket's group. */
  readonly members: readonly UserId[] | null;
  /** Names of statuses, as Zendesk has them. */
  readonly availability: Readonly<Record<UserId, string>> | null;
}

export const NOTHING_KNOWN: Surroundings = { assignment: null, members: null, availability: null };

/**
 * Who can be asked, and who cannot and why; where a lead is needed, leads alone. First those who can
 * open the ticket and are not away; among them those who co-signed least for the maker and were asked
 * least by them, so that help is spread.
 * @param makerSlots of the period in force
 */
export function candidatesFor(
  people: Iterable<Person>,
  leadsOnly: boolean,
  terms: Terms,
  makerSlots: readonly Slot[],
  who: { readonly maker: UserId; readonly customer: UserId },
  around: Surroundings = NOTHING_KNOWN,
): readonly Candidate[] {
  const unique = new Map([...people].map((person) => [person.id, person]));
  const candidates = [...unique.values()]
    .filter(({ id }) => !leadsOnly || terms.leads.includes(id))
    .flatMap((person): (Candidate & { readonly asked: number })[] => {
      const count = pairCount(makerSlots, person.id);
      const check = mayCheck(colleague(person), who, terms, count);
      const why = check.may ? null : check.why;
      if (why === 'is-maker' || why === 'no-agent') return [];
      const sees = seesTicket(person, around);
      return [
        {
          person,
          pairCount: count,
          hindrance: why ?? (sees === false ? 'cannot-open' : null),
          mayNotSee: sees === null,
          presence: presenceOf(around.availability?.[person.id]),
          asked: makerSlots.filter(({ fields }) => fields.asked.includes(person.id)).length,
        },
      ];
    });
  return candidates
    .toSorted(
      (one, other) =>
        Number(one.hindrance !== null) - Number(other.hindrance !== null) ||
        Number(one.mayNotSee) - Number(other.mayNotSee) ||
        Number(one.presence === 'away') - Number(other.presence === 'away') ||
        one.pairCount - other.pairCount ||
        one.asked - other.asked ||
        one.person.name.localeCompare(other.person.name),
    )
    .map(({ asked: _, ...candidate }) => candidate);
}

/**
 * Whom the amount, or what was read since, made impossible to ask.
 * @param candidates none while they are not known
 */
export const droppedFrom = (
  chosen: readonly Person[],
  candidates: readonly Candidate[],
  leadsOnly: boolean,
): readonly Dropped[] =>
  chosen.flatMap((person): Dropped[] => {
    const found = candidates.find((each) => each.person.id === person.id);
    if (found) return found.hindrance === null ? [] : [{ ...found, why: found.hindrance }];
    const isKnown = leadsOnly && candidates.length > 0;
    return isKnown ? [{ person, pairCount: 0, why: 'not-a-lead' }] : [];
  });

/** Whether an agent whom the account restricts sees the ticket; null where that cannot be known. */
function seesTicket(
  { id, restriction }: Person,
  { assignment, members }: Surroundings,
): boolean | null {
  switch (restriction) {
    case null:
      return true;
    case 'assigned':
      return assignment && assignment.assignee === id;
    case 'groups':
      return assignment && (assignment.group === null ? false : (members?.includes(id) ?? null));
    case 'requested':
      return false;
    default:
      return null;
  }
}

/** Zendesk's own statuses have fixed names; an account may add others, whatever they mean. */
function presenceOf(status: string | undefined): Presence | null {
  switch (status?.toLowerCase().replace('_', ' ')) {
    case undefined:
      return null;
    case 'online':
    case 'transfers only':
      return 'here';
    case 'away':
    case 'offline':
      return 'away';
    default:
      return 'other';
  }
}

/** The colleague that is proposed: the first who can be asked, and is not yet. */
export const proposed = (
  candidates: readonly Candidate[],
  asked: readonly Person[],
): Candidate | undefined =>
  candidates.find(
    ({ person, hindrance }) => hindrance === null && !asked.some(({ id }) => id === person.id),
  );

/** Whether a name fits what was typed: anywhere in it, without regard to case and accents. */
export const nameHas = (name: string, typed: string): boolean => plain(name).includes(plain(typed));

const plain = (text: string): string =>
  text.trim().normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();
