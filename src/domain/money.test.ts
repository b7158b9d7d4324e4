import { describe, expect, it } from 'vitest';
import { cents, money } from '#tests/support/journal-builder.ts';
import { excess, LARGEST_MINOR, minor, plainAmount, sum } from './money.ts';

describe('minor units', () => {
  it.each([0, 1, LARGEST_MINOR])('take %i', (value) => {
    expect(minor(value)).toBe(value);
  });

  it.each([-1, 0.5, NaN, Infinity, LARGEST_MINOR + 1, '5', null, undefined])(
    'refuse %s',
    (value) => {
      expect(minor(value)).toBeNull();
    },
  );

  it('know one zero', () => {
    expect(Object.is(minor(-0), 0)).toBe(true);
  });

  it('add up, and stop where the sum would no longer be exact', () => {
    expect(sum([])).toBe(0);
    expect(sum([cents(1), cents(2), cents(3)])).toBe(6);
    expect(() => sum(Array.from({ length: 10_000 }, () => cents(LARGEST_MINOR)))).toThrow(
      RangeError,
    );
  });

  it('leave nothing below zero', () => {
    expect(excess(5, 3)).toBe(2);
    expect(excess(3, 5)).toBe(0);
  });

  it.each([
    [2500, 'USD', '25.00'],
    [5, 'USD', '0.05'],
    [70, 'JPY', '70'],
    [1234500, 'KWD', '1234.500'],
    [1, 'CLF', '0.0001'],
  ] as const)('%i of %s are %s', (amount, code, expected) => {
    expect(plainAmount({ minor: cents(amount), currency: money(code) })).toBe(expected);
  });
});
