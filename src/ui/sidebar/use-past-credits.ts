import { queryOptions, skipToken, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Currency } from '#domain/currencies.ts';
import type { TicketId } from '#domain/ids.ts';
import { MINUTE } from '#domain/instant.ts';
import { type Memory, memoryOf } from '#use-cases/precedents.ts';
import type { PastCredits, Satisfaction } from '#zendesk/helpdesk.ts';
import { map, type Reading, readingOf } from '../shared/reading.ts';
import { shared } from './ticket-queries.ts';
import { useWorld } from './world.ts';

/** What is usual does not change by the minute; what is searched lags behind anyway. */
const PAST_FRESH = 15 * MINUTE;

/**
 * What was given for a reason before: one request, made when a reason is chosen, whose answer all
 * ticket tabs share.
 * @param reason null while none is chosen: then nothing is asked
 */
export function usePastCredits(reason: string | null, currency: Currency): Reading<Memory> | null {
  const { context, host, shared: answers } = useWorld();
  const past = useQuery({
    ...shared<PastCredits>(
      answers,
      ['past-credits', reason ?? '', currency],
      () => context.helpdesk.readPastCredits({ reason: reason ?? '', currency }),
      PAST_FRESH,
    ),
    enabled: reason !== null,
  });
  const { data } = past;
  const memory = useMemo(() => data && memoryOf(data, host.ticket.id), [data, host.ticket.id]);
  if (reason === null) return null;
  return map(readingOf(past), () => memory as Memory);
}

type Ratings = ReadonlyMap<TicketId, Satisfaction['score'] | null>;

/**
 * What customers said after these credits: one request for all that were looked at, so that another
 * amount asks nothing.
 * @param wanted whether somebody looks
 */
export function useRatings({ credits }: Memory, wanted: boolean): Reading<Ratings> {
  const { context } = useWorld();
  const tickets = useMemo(() => [...new Set(credits.map(({ ticket }) => ticket))], [credits]);
  return readingOf(
    useQuery(
      queryOptions<Ratings>({
        queryKey: ['ratings', ...tickets],
        queryFn: wanted ? () => context.helpdesk.readSatisfaction(tickets) : skipToken,
        staleTime: PAST_FRESH,
      }),
    ),
  );
}
