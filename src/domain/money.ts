import { type Currency, exponent } from './currencies.ts';
import type { Brand } from './ids.ts';

/** A whole number of a currency's smallest unit (cents for USD, yen for JPY). Never a fraction. */
export type Minor = Brand<number, 'Minor'>;

export interface Money {
  readonly minor: Minor;
  readonly currency: Currency;
}

/** No amount in Leeway is above this; sums of many stay exact far below 2^53. */
export const LARGEST_MINOR = 1_000_000_000_000;

export const ZERO = 0 as Minor;

/** @returns null unless `value` is a whole number from 0 to {@link LARGEST_MINOR}. */
export const minor = (value: unknown): Minor | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= LARGEST_MINOR
    ? ((value === 0 ? 0 : value) as Minor)
    : null;

/** @throws RangeError when the sum leaves the safe integers (a program error: amounts are bounded) */
export function sum(amounts: Iterable<Minor>): Minor {
  let total = 0;
  for (const amount of amounts) total += amount;
  if (!Number.isSafeInteger(total)) throw new RangeError(`sum out of range: ${String(total)}`);
  return total as Minor;
}

/** What of `minuend` is left after `subtrahend`, at least 0. */
export const excess = (minuend: number, subtrahend: number): Minor =>
  Math.max(0, minuend - subtrahend) as Minor;

/** The amount in major units as plain ASCII, all decimals written: `25.00`, `1234.500`, `70`. */
export function plainAmount({ minor: amount, currency }: Money): string {
  const digits = exponent(currency);
  const text = String(amount).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
