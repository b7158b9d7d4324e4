import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANA, money, must, START, user, zone } from '#tests/support/journal-builder.ts';
import { instant } from './instant.ts';
import { periodKeyAt } from './period.ts';
import { formatSlotKey, parseSlotKey } from './slot-key.ts';

describe('a slot key', () => {
  it('is period, maker and number', () => {
    const period = periodKeyAt(START, {
      kind: 'month',
      timeZone: zone('Etc/UTC'),
      currency: money('USD'),
    });
    expect(formatSlotKey({ period, maker: ANA, number: 7 })).toBe('month:2026-11:Etc~UTC:USD/11/7');
  });

  it('reads back', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('week', 'month', 'quarter'),
        fc.constantFrom('Etc/UTC', 'UTC', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'),
        fc.constantFrom('USD', 'JPY'),
        fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2100, 0) }),
        fc.integer({ min: 1, max: 2 ** 52 }),
        fc.integer({ min: 1, max: 999_999 }),
        (kind, timeZone, currency, at, maker, number) => {
          const period = periodKeyAt(must(instant(at)), {
            kind,
            timeZone: zone(timeZone),
            currency: money(currency),
          });
          const key = { period, maker: user(maker), number };
          expect(parseSlotKey(formatSlotKey(key))).toEqual(key);
        },
      ),
    );
  });

  it.each([
    '',
    'month:2026-11:Etc~UTC:USD/11',
    'month:2026-11:Etc~UTC:USD/11/0',
    'month:2026-11:Etc~UTC:USD/11/01',
    'month:2026-11:Etc~UTC:USD/011/1',
    'month:2026-11:Etc~UTC:USD/0/1',
    'month:2026-11:Etc/UTC:USD/11/1',
    'month:2026-11:Etc~UTC:usd/11/1',
    'month:2026-W11:Etc~UTC:USD/11/1',
    'quarter:2026-Q5:Etc~UTC:USD/11/1',
    'year:2026:Etc~UTC:USD/11/1',
    ' month:2026-11:Etc~UTC:USD/11/1',
    'month:2026-11:Etc~UTC:USD/11/1\n',
    'probe/11',
  ])('is not %j', (text) => {
    expect(parseSlotKey(text)).toBeNull();
  });
});
