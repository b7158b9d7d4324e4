import { queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { GroupId, UserId } from '#domain/ids.ts';
import { HOUR, MINUTE, SECOND } from '#domain/instant.ts';
import type { Slot } from '#domain/slot.ts';
import type { Terms } from '#domain/terms.ts';
import { type Candidate, candidatesFor } from '#use-cases/candidates.ts';
import type { Context } from '#use-cases/context.ts';
import { HelpdeskError } from '#zendesk/errors.ts';
import type { Person, Staff } from '#zendesk/helpdesk.ts';
import { map, type Reading, readingOf } from '../shared/reading.ts';
import type { SharedAnswers } from '../shared/shared-answers.ts';
import { shared } from './ticket-queries.ts';
import { useWorld } from './world.ts';

/** Who is asked is read anew before anything is sent. */
const STAFF_FRESH = HOUR;
const PRESENCE_FRESH = 2 * MINUTE;
/** An account that does not tell who is at work is not asked again in a working day. */
const NOT_TOLD = 8 * HOUR;
/** As long as somebody pauses between two letters. */
const TYPING = SECOND / 4;
/** Zendesk finds nothing by less. */
const LEAST_TYPED = 2;

/** Whom a credit can be put to, and what makes the list better when somebody looks at it. */
export interface Candidates {
  readonly list: Reading<readonly Candidate[]>;
  /** Whose names are known, whether they can be asked or not. */
  readonly people: readonly Person[];
  /** Whether the account has colleagues beyond the list: they are found by name. */
  readonly more: boolean;
  /** What is being typed, to look beyond the list. */
  readonly search: (typed: string) => void;
  /** How the look beyond the list stands: until it has ended, nobody can say that there is no such name. */
  readonly searching: 'no' | 'reading' | 'failed';
  /** Whether all is known that decides who is proposed, as far as the account tells it. */
  readonly isSettled: boolean;
}

/**
 * @param known colleagues that were read already, leads among them
 * @param makerSlots of the period in force
 * @param choosing whether somebody is about to be asked: only then who is at work and who sees the
 *   ticket is asked for, since opening a form may cost three requests without it
 */
export function useCandidates({
  known,
  leadsOnly,
  terms,
  makerSlots,
  maker,
  customer,
  choosing,
}: {
  readonly known: ReadonlyMap<UserId, Person>;
  readonly leadsOnly: boolean;
  readonly terms: Terms;
  readonly makerSlots: readonly Slot[];
  readonly maker: UserId;
  readonly customer: UserId;
  readonly choosing: boolean;
}): Candidates {
  const { context, host, shared: answers } = useWorld();
  const [typed, setTyped] = useState('');
  const [sought, setSought] = useState<readonly string[]>([]);
  const staff = useQuery(staffQuery(context, answers));
  const more = staff.data?.more ?? false;
  const wanted = typed.trim().toLocaleLowerCase();
  useEffect(() => {
    if (!more || wanted.length < LEAST_TYPED) return;
    const timer = setTimeout(() => {
      setSought((before) => (before.includes(wanted) ? before : [...before, wanted]));
    }, TYPING);
    return () => {
      clearTimeout(timer);
    };
  }, [more, wanted]);
  // Who was found once stays in the list: they may have been chosen.
  const found = useQueries({
    queries: sought.map((name) => foundQuery(context, name)),
    combine: peopleFound,
  });
  const availability = useQuery({
    ...shared<Availability>(answers, ['availability'], () => readPresence(context), PRESENCE_FRESH),
    staleTime: ({ state }) => (state.data === null ? NOT_TOLD : PRESENCE_FRESH),
    enabled: choosing,
  });
  const everybody = useMemo(
    () => [...known.values(), ...(staff.data?.people ?? []), ...found.people],
    [known, staff.data, found.people],
  );
  const isRestricted = everybody.some(({ restriction }) => restriction !== null);
  const assignment = useQuery({
    queryKey: ['assignment', host.ticket.id],
    queryFn: () => host.assignment(),
    enabled: choosing && isRestricted,
  });
  const group = assignment.data?.group ?? null;
  const members = useQuery({
    ...membersQuery(context, answers, group),
    enabled: group !== null && everybody.some(({ restriction }) => restriction === 'groups'),
  });
  return {
    list: map(readingOf(staff), () =>
      candidatesFor(
        everybody,
        leadsOnly,
        terms,
        makerSlots,
        { maker, customer },
        {
          assignment: assignment.data ?? null,
          members: members.data ?? null,
          availability: availability.data ?? null,
        },
      ),
    ),
    people: everybody,
    more,
    search: setTyped,
    searching: searchState(more && wanted.length >= LEAST_TYPED, sought.includes(wanted), found),
    isSettled: ![availability, assignment, members].some(({ isLoading }) => isLoading),
  };
}

const staffQuery = ({ helpdesk }: Context, answers: SharedAnswers) =>
  shared<Staff>(answers, ['staff'], () => helpdesk.readStaff(), STAFF_FRESH);

const foundQuery = ({ helpdesk }: Context, name: string) =>
  queryOptions({
    queryKey: ['staff-named', name],
    queryFn: () => helpdesk.findStaff(name),
    staleTime: STAFF_FRESH,
  });

interface Found {
  readonly people: readonly Person[];
  readonly isReading: boolean;
  readonly isFailed: boolean;
}

const peopleFound = (
  results: readonly {
    readonly data: readonly Person[] | undefined;
    readonly isPending: boolean;
    readonly isError: boolean;
  }[],
): Found => ({
  people: results.flatMap(({ data }) => data ?? []),
  isReading: results.some(({ isPending }) => isPending),
  isFailed: results.some(({ isError }) => isError),
});

function searchState(
  isWanted: boolean,
  isSent: boolean,
  { isReading, isFailed }: Found,
): Candidates['searching'] {
  if (!isWanted) return 'no';
  if (!isSent || isReading) return 'reading';
  return isFailed ? 'failed' : 'no';
}

/** null: the account does not tell. */
type Availability = Readonly<Record<UserId, string>> | null;

async function readPresence({ helpdesk }: Context): Promise<Availability> {
  try {
    return await helpdesk.readAvailability();
  } catch (cause) {
    const isRefusal = cause instanceof HelpdeskError && cause.status !== null;
    // Without omnichannel routing, or for agents, it may not be there at all: nobody needs to know.
    if (isRefusal && (cause.code === 'forbidden' || cause.code === 'not-found')) return null;
    throw cause;
  }
}

const membersQuery = ({ helpdesk }: Context, answers: SharedAnswers, group: GroupId | null) =>
  shared<readonly UserId[]>(
    answers,
    ['members', group ?? ''],
    async () => (await helpdesk.readGroupMembers(group as GroupId)).map(({ id }) => id),
    STAFF_FRESH,
  );
