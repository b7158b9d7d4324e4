import type { Brand } from './ids.ts';

/** A moment by Zendesk's clock: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = Brand<number, 'Instant'>;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const iso = /^(\d{4}-\d\d-\d\d)T(?!24)\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** @returns null unless `ms` is a finite whole number. */
export const instant = (ms: number): Instant | null =>
  Number.isSafeInteger(ms) ? (ms as Instant) : null;

/** Reads an ISO 8601 date-time with a zone, as Zendesk writes it. @returns null for anything else. */
export function instantFromIso(text: unknown): Instant | null {
  const day = typeof text === 'string' ? iso.exec(text)?.[1] : undefined;
  if (typeof text !== 'string' || day === undefined) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) || !isDayOfCalendar(day) ? null : (ms as Instant);
}

/** Browsers disagree on 30 February: some refuse it, some read 2 March. */
const isDayOfCalendar = (day: string): boolean => {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
};

/** Zendesk's own form, whole seconds: `2026-11-22T10:00:00Z`. A part of a second is cut off. */
export const isoFromInstant = (at: Instant): string =>
  new Date(Math.floor(at / SECOND) * SECOND).toISOString().replace('.000Z', 'Z');

/** @param ms milliseconds, may be negative */
export const plus = (at: Instant, ms: number): Instant => (at + ms) as Instant;

/** The later of two moments. */
export const later = (one: Instant, other: Instant): Instant => (one > other ? one : other);
