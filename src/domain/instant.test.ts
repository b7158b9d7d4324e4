import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { must } from '#tests/support/journal-builder.ts';
import { instant, instantFromIso, isoFromInstant, later, plus } from './instant.ts';

describe('a moment', () => {
  it('reads back from Zendesk’s form to the second', () => {
    const from = Date.UTC(1971, 0, 1);
    fc.assert(
      fc.property(fc.integer({ min: from, max: Date.UTC(9999, 0, 1) }), (ms) => {
        const at = must(instant(ms));
        expect(instantFromIso(isoFromInstant(at))).toBe(ms - (ms % 1000));
      }),
    );
  });

  it.each([
    ['2026-11-22T10:00:00Z', Date.UTC(2026, 10, 22, 10)],
    ['2026-11-22T10:00:00.250Z', Date.UTC(2026, 10, 22, 10, 0, 0, 250)],
    ['2026-11-22T12:00:00+02:00', Date.UTC(2026, 10, 22, 10)],
    ['2028-02-29T00:00:00Z', Date.UTC(2028, 1, 29)],
  ])('reads %s', (text, ms) => {
    expect(instantFromIso(text)).toBe(ms);
  });

  // Browsers do not agree on the days that no month has: one reads them as the next month's.
  it.each([
    '2026-11-22',
    '2026-11-22T10:00:00',
    '2026-11-22 10:00:00Z',
    '+002026-11-22T10:00:00Z',
    '2026-11-22T10:00:00Z (UTC)',
    '2026-13-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-11-22T25:00:00Z',
    '2026-11-22T24:00:00Z',
    'now',
    '',
    0,
    null,
  ])('does not read %s', (text) => {
    expect(instantFromIso(text)).toBeNull();
  });

  it('is a whole number of milliseconds', () => {
    expect(instant(5)).toBe(5);
    expect(instant(0.5)).toBeNull();
    expect(instant(NaN)).toBeNull();
  });

  it('moves and compares', () => {
    const at = must(instant(1000));
    expect(plus(at, -1)).toBe(999);
    expect(later(at, plus(at, 1))).toBe(1001);
    expect(later(plus(at, 1), at)).toBe(1001);
  });
});
