import type { UseQueryResult } from '@tanstack/react-query';
import { HelpdeskError, type HelpdeskErrorCode } from '#zendesk/errors.ts';

/** Something read from Zendesk. What could not be read is never shown as none or as zero. */
export type Reading<T> =
  | { readonly kind: 'reading' }
  | { readonly kind: 'failed'; readonly code: HelpdeskErrorCode; readonly retry: () => void }
  | { readonly kind: 'known'; readonly value: T };

const READING = { kind: 'reading' } as const;

const known = <T>(value: T): Reading<T> => ({ kind: 'known', value });

export const valueOf = <T>(reading: Reading<T>): T | null =>
  reading.kind === 'known' ? reading.value : null;

/** What was read once stays known while it is read again, also when that fails. */
export function readingOf<T>({
  data,
  error,
  isFetching,
  refetch,
}: Pick<UseQueryResult<T>, 'data' | 'error' | 'isFetching' | 'refetch'>): Reading<T> {
  if (data !== undefined) return known(data);
  if (!error || isFetching) return READING;
  const code = error instanceof HelpdeskError ? error.code : 'malformed-response';
  return { kind: 'failed', code, retry: () => void refetch() };
}

/** The first that is not known decides: what is made of several needs all of them. */
export function all<Readings extends readonly Reading<unknown>[]>(
  ...readings: Readings
): Reading<{ [Key in keyof Readings]: Readings[Key] extends Reading<infer T> ? T : never }> {
  const failed = readings.find(({ kind }) => kind === 'failed');
  const missing = failed ?? readings.find(({ kind }) => kind === 'reading');
  if (missing) return missing as Exclude<Reading<never>, { kind: 'known' }>;
  return known(
    readings.map((reading) => valueOf(reading)) as {
      [Key in keyof Readings]: Readings[Key] extends Reading<infer T> ? T : never;
    },
  );
}

export const map = <From, To>(reading: Reading<From>, make: (value: From) => To): Reading<To> =>
  reading.kind === 'known' ? known(make(reading.value)) : reading;
