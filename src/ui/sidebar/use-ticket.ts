import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Ledger } from '#domain/fold.ts';
import type { GroupId, UserId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import { periodKeyAt } from '#domain/period.ts';
import type { Slot } from '#domain/slot.ts';
import {
  judgeTerms,
  periodOf,
  type TermsEntry,
  type TermsHistory,
  termsInForce,
  type TermsRecord,
} from '#domain/terms.ts';
import { groupsThatMatter } from '#use-cases/groups-that-matter.ts';
import { historyFrom } from '#use-cases/terms-history.ts';
import type { CustomerHistory, Person } from '#zendesk/helpdesk.ts';
import { all, map, type Reading, readingOf, valueOf } from '../shared/reading.ts';
import {
  customerQuery,
  foundSlotsQuery,
  type JournalRead,
  journalQuery,
  ownSlotsQuery,
  termsQuery,
} from './ticket-queries.ts';
import { useNow, useShown } from './use-shown.ts';
import { useWorld } from './world.ts';

/** All that the sidebar knows of the open ticket, each part read, being read, or failed. */
export interface TicketView {
  readonly now: Instant;
  readonly shown: boolean;
  /** The ticket's customer as saved; null while there is none. */
  readonly customerId: UserId | null;
  readonly journal: Reading<JournalRead>;
  readonly people: Reading<ReadonlyMap<UserId, Person>>;
  readonly history: Reading<TermsHistory>;
  readonly inForce: Reading<TermsEntry | undefined>;
  readonly ledger: Reading<Ledger>;
  readonly ownSlots: Reading<readonly Slot[]>;
  readonly foundSlots: Reading<readonly Slot[]>;
  readonly customer: Reading<CustomerHistory>;
  /** null: not known. */
  readonly groups: readonly GroupId[] | null;
  /** What was read before and could not be read again. */
  readonly outdated: Error | null;
  readonly refresh: () => void;
}

/** Reads what one ticket's sidebar shows: the only place that does, so that its requests can be counted. */
export function useTicket(): TicketView {
  const { context, host, shared, rules } = useWorld();
  const { ticket } = host;
  const isShown = useShown(host, ticket.id);
  const rulesRead = useQuery({ queryKey: ['rules'], queryFn: () => rules, staleTime: Infinity });
  const judge = rulesRead.data;
  const journalRead = useQuery(journalQuery(context, ticket.id));
  const now = useNow(context.clock, isShown, journalRead.dataUpdatedAt);
  const termsRead = useQuery(termsQuery(context, shared));
  const records = termsRead.data;
  const settled =
    judge !== undefined && records !== undefined && !(journalRead.isFetching && !journalRead.data);
  const ids = useMemo(
    () =>
      settled ? judge.peopleOfTicket(context.me, records, journalRead.data?.audits ?? []) : [],
    [context.me, judge, settled, records, journalRead.data],
  );
  const peopleRead = useQuery({
    queryKey: ['people', ...ids],
    queryFn: () => context.people.get(ids),
    enabled: settled,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });

  const journal = readingOf(journalRead);
  const people = readingOf(peopleRead);
  const terms = readingOf(termsRead);
  const historyValue = useMemo(
    () => records && peopleRead.data && historyFrom(records, peopleRead.data, context.memory),
    [records, peopleRead.data, context.memory],
  );
  const history = map(all(terms, people), () => historyValue ?? []);
  const ledgerValue = useMemo(
    () =>
      judge &&
      journalRead.data &&
      historyValue &&
      judge.fold(journalRead.data.audits, historyValue, now),
    [judge, journalRead.data, historyValue, now],
  );
  const ledger = map(all(journal, history, readingOf(rulesRead)), () => ledgerValue as Ledger);
  const inForce = map(history, (known) => termsInForce(known, now));

  const customerId = ledgerValue?.customer ?? ticket.requester;
  const period = useMemo(() => records && periodInForce(records, now), [records, now]);
  const ownSlotsRead = useQuery(ownSlotsQuery(context, shared, period ?? null));
  const customerRead = useQuery(customerQuery(context, shared, customerId));
  const foundRead = useQuery(foundSlotsQuery(context, shared, customerId));
  const termsNow = valueOf(inForce)?.terms;
  const groupsRead = useQuery({
    queryKey: ['groups'],
    queryFn: () => (termsNow ? groupsThatMatter(context, termsNow, context.me) : []),
    enabled: host.groups === null && termsNow !== undefined && termsNow !== null,
    staleTime: Infinity,
  });

  const reads = [journalRead, termsRead, ownSlotsRead, customerRead, foundRead];
  const outdated = reads.find(({ data, error }) => data !== undefined && error)?.error ?? null;
  return {
    now,
    shown: isShown,
    customerId,
    journal,
    people,
    history,
    inForce,
    ledger,
    // Before the first terms there is no period, and so nothing of one's own to read.
    ownSlots: map(
      all(terms, period === null ? NO_SLOTS : readingOf(ownSlotsRead)),
      ([, own]) => own,
    ),
    foundSlots: readingOf(foundRead),
    customer: readingOf(customerRead),
    groups: host.groups ?? groupsRead.data ?? null,
    outdated,
    refresh: () => {
      for (const { error, refetch } of reads) if (error) void refetch();
    },
  };
}

const NO_SLOTS: Reading<readonly Slot[]> = { kind: 'known', value: [] };

/** The period of the terms in force, good or frozen: who wrote them does not change which slots are mine. */
function periodInForce(records: readonly TermsRecord[], now: Instant) {
  const terms = termsInForce(
    judgeTerms(records, () => null),
    now,
  )?.terms;
  return terms ? periodKeyAt(now, periodOf(terms)) : null;
}
