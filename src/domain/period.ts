import type { Currency } from './currencies.ts';
import { DAY, HOUR, type Instant, plus } from './instant.ts';
import type { Brand } from './ids.ts';

export type PeriodKind = 'week' | 'month' | 'quarter';

/** An IANA time zone that this JavaScript engine knows. */
export type TimeZone = Brand<string, 'TimeZone'>;

/** `month:2026-11:Etc~UTC:USD`: kind, period, zone (its `/` written `~`) and currency. */
export type PeriodKey = Brand<string, 'PeriodKey'>;

export interface BudgetPeriod {
  readonly kind: PeriodKind;
  readonly timeZone: TimeZone;
  readonly currency: Currency;
}

/** @returns null unless `name` is a time zone that Intl knows. Offsets such as `+02:00` are refused. */
export function timeZone(name: unknown): TimeZone | null {
  if (typeof name !== 'string' || !/^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/.test(name)) {
    return null;
  }
  if (formatters.has(name as TimeZone)) return name as TimeZone;
  try {
    formatters.set(name as TimeZone, formatterOf(name));
    return name as TimeZone;
  } catch {
    return null;
  }
}

export const periodKind = (value: unknown): PeriodKind | null =>
  value === 'week' || value === 'month' || value === 'quarter' ? value : null;

interface LocalDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

// Making a formatter costs far more than using one, and a fold of a busy period asks thousands of times.
const formatters = new Map<TimeZone, Intl.DateTimeFormat>();

const formatterOf = (zone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });

function localDay(at: Instant, zone: TimeZone): LocalDay {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = formatterOf(zone);
    formatters.set(zone, formatter);
  }
  const part = { year: 0, month: 0, day: 0 };
  for (const { type, value } of formatter.formatToParts(at)) {
    if (type === 'year' || type === 'month' || type === 'day') part[type] = Number(value);
  }
  return part;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** ISO 8601 week: the one that holds the Thursday names the year. */
function isoWeek({ year, month, day }: LocalDay): string {
  const noon = Date.UTC(year, month - 1, day, 12);
  const weekday = (new Date(noon).getUTCDay() + 6) % 7;
  const thursday = new Date(noon + (3 - weekday) * DAY);
  const ofYear = thursday.getUTCFullYear();
  const week = 1 + Math.floor((thursday.getTime() - Date.UTC(ofYear, 0, 1)) / (7 * DAY));
  return `${String(ofYear)}-W${two(week)}`;
}

/** The key of the budget period that holds the moment, by the calendar of the period's time zone. */
export function periodKeyAt(at: Instant, period: BudgetPeriod): PeriodKey {
  const day = localDay(at, period.timeZone);
  const name = {
    week: () => isoWeek(day),
    month: () => `${String(day.year)}-${two(day.month)}`,
    quarter: () => `${String(day.year)}-Q${String(Math.ceil(day.month / 3))}`,
  }[period.kind]();
  const zone = period.timeZone.replaceAll('/', '~');
  return `${period.kind}:${name}:${zone}:${period.currency}` as PeriodKey;
}

/**
 * The first moment of the period after the one that holds `at`, to the millisecond. Found by halving, so
 * that midnight is right across daylight saving in any zone.
 */
export function periodEnd(at: Instant, period: BudgetPeriod): Instant {
  const key = periodKeyAt(at, period);
  const longest = { week: 8, month: 32, quarter: 93 }[period.kind] * DAY + 3 * HOUR;
  let inside: number = at;
  let outside: number = plus(at, longest);
  while (outside - inside > 1) {
    const middle = Math.floor((inside + outside) / 2);
    if (periodKeyAt(middle as Instant, period) === key) inside = middle;
    else outside = middle;
  }
  return outside as Instant;
}
