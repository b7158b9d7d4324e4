import { describe, expect, it } from 'vitest';
import { type Currency, currency, exponent } from './currencies.ts';

describe('a currency', () => {
  it.each([
    ['USD', 2],
    ['EUR', 2],
    ['JPY', 0],
    ['ISK', 0],
    ['KWD', 3],
    ['CLF', 4],
  ] as const)('%s has %i decimals', (code, digits) => {
    expect(exponent(code as Currency)).toBe(digits);
  });

  it.each(['usd', 'US', 'XXX', '', ' USD', 840, null])('is not %s', (code) => {
    expect(currency(code)).toBeNull();
  });

  it('that is unknown has no decimals to guess', () => {
    expect(() => exponent('XXX' as Currency)).toThrow(RangeError);
  });
});
