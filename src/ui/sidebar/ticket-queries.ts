import { QueryClient, queryOptions, timeoutManager } from '@tanstack/react-query';
import type { Audit } from '#domain/audit.ts';
import type { TicketId, UserId } from '#domain/ids.ts';
import { DAY, HOUR, type Instant, MINUTE, plus, SECOND } from '#domain/instant.ts';
import type { PeriodKey } from '#domain/period.ts';
import type { Slot } from '#domain/slot.ts';
import type { TermsRecord } from '#domain/terms.ts';
import type { Context } from '#use-cases/context.ts';
import { HelpdeskError } from '#zendesk/errors.ts';
import type { CustomerHistory } from '#zendesk/helpdesk.ts';
import type { SharedAnswer, SharedAnswers } from '../shared/shared-answers.ts';

/** An agent who comes back this soon finds the ticket as it was left, at no request. */
const JOURNAL_FRESH = 30 * SECOND;
const CUSTOMER_FRESH = 5 * MINUTE;
/** Terms, own slots and articles change rarely, and writes of this browser invalidate them at once. */
const SESSION = 8 * HOUR;

/** Nothing older is shown at all. */
export const KEEP_ANSWERS = SESSION;

/**
 * The library would wake every open ticket tab whenever an answer grows old, to tell screens that do
 * not ask. What is old is read when somebody looks.
 */
timeoutManager.setTimeoutProvider({
  setTimeout: () => 0,
  clearTimeout: () => undefined,
  setInterval: () => 0,
  clearInterval: () => undefined,
});

/**
 * A client that asks when it is told to: the transport has tried reads again already, and what is
 * behind another browser tab or ticket tab must cost nothing.
 */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        retry: false,
        retryOnMount: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: 'always',
        gcTime: Infinity,
        throwOnError: (error) => !(error instanceof HelpdeskError),
      },
      mutations: {
        retry: false,
        networkMode: 'always',
        throwOnError: (error) => !(error instanceof HelpdeskError),
      },
    },
  });

/** By the page's clock, which the queries go by, whatever the answers' is. */
const readAt = ({ age }: SharedAnswer): number => Date.now() - age;

/** An answer that all ticket tabs of the browser share. */
export const shared = <T>(
  answers: SharedAnswers,
  queryKey: readonly string[],
  read: () => Promise<T>,
  staleTime: number,
) =>
  queryOptions<T, Error, T, readonly string[]>({
    queryKey,
    queryFn: async () => {
      const data = await read();
      answers.keep(queryKey, data);
      return data;
    },
    staleTime,
    // Written by this version for this very user: it has the shape that `read` gives.
    initialData: () => answers.find(queryKey)?.data as T | undefined,
    initialDataUpdatedAt: () => {
      const known = answers.find(queryKey);
      return known ? readAt(known) : undefined;
    },
  });

/** A ticket's audits, and when they were asked for: what came later is not in them. */
export interface JournalRead {
  readonly audits: readonly Audit[];
  readonly at: Instant;
}

export const journalQuery = (
  { helpdesk, clock }: Pick<Context, 'helpdesk' | 'clock'>,
  ticket: TicketId,
) => ({
  queryKey: ['journal', ticket],
  queryFn: async (): Promise<JournalRead> => {
    const at = clock.now();
    return { audits: await helpdesk.readAudits(ticket), at };
  },
  staleTime: JOURNAL_FRESH,
});

export const termsQuery = ({ helpdesk }: Pick<Context, 'helpdesk'>, answers: SharedAnswers) =>
  shared<readonly TermsRecord[]>(answers, ['terms'], () => helpdesk.readTermsRecords(), SESSION);

export const ownSlotsQuery = (
  { helpdesk, me }: Context,
  answers: SharedAnswers,
  period: PeriodKey | null,
) => ({
  ...shared<readonly Slot[]>(
    answers,
    ['own-slots', period ?? ''],
    () => helpdesk.readOwnSlots(me, period as PeriodKey),
    SESSION,
  ),
  enabled: period !== null,
});

export const customerQuery = (
  { helpdesk }: Context,
  answers: SharedAnswers,
  customer: UserId | null,
) => ({
  ...shared<CustomerHistory>(
    answers,
    ['customer', customer ?? ''],
    () => helpdesk.readCustomer(customer as UserId),
    CUSTOMER_FRESH,
  ),
  enabled: customer !== null,
});

/** What was decided of one's own credits longer ago than this is no news any more. */
const NEWS = 3 * DAY;

/** The customer's slots, those that wait for me, and my own that changed lately: one search. */
export const foundSlotsQuery = (
  { helpdesk, me, clock }: Context,
  answers: SharedAnswers,
  customer: UserId | null,
) => ({
  ...shared<readonly Slot[]>(
    answers,
    ['found-slots', customer ?? ''],
    () =>
      helpdesk.searchSlots({
        customer: customer as UserId,
        asked: me,
        since: plus(clock.now(), -NEWS),
      }),
    CUSTOMER_FRESH,
  ),
  enabled: customer !== null,
});

/**
 * Takes over what other tabs read, and distrusts what their writes made wrong: that is read again
 * when somebody looks at this tab.
 * @returns what ends it
 */
export const followOtherTabs = (client: QueryClient, answers: SharedAnswers): (() => void) =>
  answers.onChange((key, answer) => {
    if (!client.getQueryCache().find({ queryKey: key })) return;
    if (answer) client.setQueryData(key, answer.data, { updatedAt: readAt(answer) });
    else void client.invalidateQueries({ queryKey: key, exact: true, refetchType: 'none' });
  });
