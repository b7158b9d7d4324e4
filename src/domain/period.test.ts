import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moment, money, must, zone } from '#tests/support/journal-builder.ts';
import { DAY, instant, type Instant, isoFromInstant, plus } from './instant.ts';
import { type PeriodKind, periodEnd, periodKeyAt, periodKind, timeZone } from './period.ts';

const period = (kind: PeriodKind, inZone: string) => ({
  kind,
  timeZone: zone(inZone),
  currency: money('USD'),
});

const name = (iso: string, kind: PeriodKind, inZone = 'Etc/UTC'): string =>
  must(periodKeyAt(moment(iso), period(kind, inZone)).split(':')[1]);

describe('the key of a period', () => {
  it('names kind, period, zone and currency', () => {
    const at = moment('2026-11-22T10:00:00Z');
    expect(periodKeyAt(at, period('month', 'Etc/UTC'))).toBe('month:2026-11:Etc~UTC:USD');
    expect(periodKeyAt(at, period('week', 'Europe/Berlin'))).toBe(
      'week:2026-W47:Europe~Berlin:USD',
    );
    expect(periodKeyAt(at, period('quarter', 'America/Argentina/Buenos_Aires'))).toBe(
      'quarter:2026-Q4:America~Argentina~Buenos_Aires:USD',
    );
  });

  it.each([
    // Berlin: summer time until 25 October 2026 01:00 UTC; midnight is at 22:00 and then at 23:00 UTC.
    ['2026-09-30T21:59:59Z', 'Europe/Berlin', '2026-09'],
    ['2026-09-30T22:00:00Z', 'Europe/Berlin', '2026-10'],
    ['2026-10-31T22:59:59Z', 'Europe/Berlin', '2026-10'],
    ['2026-10-31T23:00:00Z', 'Europe/Berlin', '2026-11'],
    // New York: summer time ends on 1 November 2026, after that month's midnight.
    ['2026-11-01T03:59:59Z', 'America/New_York', '2026-10'],
    ['2026-11-01T04:00:00Z', 'America/New_York', '2026-11'],
    ['2026-12-01T04:59:59Z', 'America/New_York', '2026-11'],
    ['2026-12-01T05:00:00Z', 'America/New_York', '2026-12'],
    // Fourteen hours ahead, eleven behind.
    ['2026-11-30T10:00:00Z', 'Pacific/Kiritimati', '2026-12'],
    ['2026-12-01T10:59:59Z', 'Pacific/Pago_Pago', '2026-11'],
    // Half an hour and three quarters beside the hour.
    ['2026-11-30T18:30:00Z', 'Asia/Kolkata', '2026-12'],
    ['2026-11-30T18:14:59Z', 'Asia/Kathmandu', '2026-11'],
    ['2026-11-30T18:15:00Z', 'Asia/Kathmandu', '2026-12'],
  ])('changes at midnight of its zone: %s in %s is %s', (iso, inZone, expected) => {
    expect(name(iso, 'month', inZone)).toBe(expected);
  });

  it.each([
    ['2026-12-31T12:00:00Z', '2026-W53'],
    ['2027-01-03T23:59:59Z', '2026-W53'],
    ['2027-01-04T00:00:00Z', '2027-W01'],
    ['2024-12-30T00:00:00Z', '2025-W01'],
    ['2024-12-29T23:59:59Z', '2024-W52'],
    ['2020-12-31T00:00:00Z', '2020-W53'],
    ['2021-01-03T00:00:00Z', '2020-W53'],
    ['2023-01-01T00:00:00Z', '2022-W52'],
    ['2026-01-01T00:00:00Z', '2026-W01'],
    ['2026-11-22T23:59:59Z', '2026-W47'],
    ['2026-11-23T00:00:00Z', '2026-W48'],
  ])('follows ISO weeks over the ends of years: %s is %s', (iso, expected) => {
    expect(name(iso, 'week')).toBe(expected);
  });

  it.each([
    ['2026-01-01T00:00:00Z', '2026-Q1'],
    ['2026-03-31T23:59:59Z', '2026-Q1'],
    ['2026-04-01T00:00:00Z', '2026-Q2'],
    ['2026-06-30T23:59:59Z', '2026-Q2'],
    ['2026-07-01T00:00:00Z', '2026-Q3'],
    ['2026-10-01T00:00:00Z', '2026-Q4'],
    ['2026-12-31T23:59:59Z', '2026-Q4'],
  ])('follows quarters: %s is %s', (iso, expected) => {
    expect(name(iso, 'quarter')).toBe(expected);
  });
});

const kinds = fc.constantFrom<PeriodKind>('week', 'month', 'quarter');
const zones = fc.constantFrom(
  'Etc/UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Havana',
  'America/Santiago',
  'Africa/Cairo',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'America/Nuuk',
);
const moments = fc
  .integer({ min: Date.UTC(2024, 0), max: Date.UTC(2036, 0) })
  .map((ms) => ms as Instant);

describe('the end of a period', () => {
  it('is exact to the millisecond: the moment before is inside, it is not', () => {
    fc.assert(
      fc.property(moments, kinds, zones, (at, kind, inZone) => {
        const of = period(kind, inZone);
        const key = periodKeyAt(at, of);
        const end = periodEnd(at, of);
        expect(end).toBeGreaterThan(at);
        expect(periodKeyAt(plus(end, -1), of)).toBe(key);
        expect(periodKeyAt(end, of)).not.toBe(key);
      }),
    );
  });

  it('is the same from every moment of the period', () => {
    fc.assert(
      fc.property(
        moments,
        kinds,
        zones,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (at, kind, inZone, share) => {
          const of = period(kind, inZone);
          const end = periodEnd(at, of);
          const between = must(instant(Math.floor(at + (end - 1 - at) * share)));
          expect(periodEnd(between, of)).toBe(end);
        },
      ),
    );
  });

  it.each<[string, PeriodKind, string, string]>([
    ['2026-10-15T00:00:00Z', 'month', 'Europe/Berlin', '2026-10-31T23:00:00Z'],
    ['2026-10-20T00:00:00Z', 'week', 'Europe/Berlin', '2026-10-25T23:00:00Z'],
    ['2026-03-01T00:00:00Z', 'month', 'Europe/Berlin', '2026-03-31T22:00:00Z'],
    ['2026-10-01T04:00:00Z', 'quarter', 'America/New_York', '2027-01-01T05:00:00Z'],
    ['2026-12-31T00:00:00Z', 'week', 'Etc/UTC', '2027-01-04T00:00:00Z'],
    ['2026-02-28T23:59:59Z', 'month', 'Etc/UTC', '2026-03-01T00:00:00Z'],
  ])('from %s by %s in %s is %s', (iso, kind, inZone, expected) => {
    expect(isoFromInstant(periodEnd(moment(iso), period(kind, inZone)))).toBe(expected);
  });

  it('makes periods of 28 to 31 days, 7 days, 90 to 92 days, but for an hour of daylight saving', () => {
    const spans = { week: [7, 7], month: [28, 31], quarter: [90, 92] } as const;
    fc.assert(
      fc.property(moments, kinds, zones, (at, kind, inZone) => {
        const of = period(kind, inZone);
        const start = periodEnd(at, of);
        const days = (periodEnd(start, of) - start) / DAY;
        expect(days).toBeGreaterThan(spans[kind][0] - 0.06);
        expect(days).toBeLessThan(spans[kind][1] + 0.06);
      }),
    );
  });
});

describe('names from settings', () => {
  it.each(['Etc/UTC', 'UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'])(
    '%s is a time zone',
    (text) => {
      expect(timeZone(text)).toBe(text);
    },
  );

  it.each(['', 'Mars/Olympus', '+02:00', 'Europe/Berlin ', 'Europe~Berlin', 5, null])(
    '%s is none',
    (text) => {
      expect(timeZone(text)).toBeNull();
    },
  );

  it('there are three kinds of period', () => {
    expect(['week', 'month', 'quarter'].map(periodKind)).toEqual(['week', 'month', 'quarter']);
    expect(periodKind('year')).toBeNull();
    expect(periodKind('')).toBeNull();
  });
});
