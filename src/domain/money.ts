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

/** How a person's locale writes numbers, so that `1.234` is read as that person means it. */
export interface NumberStyle {
  readonly decimal: '.' | ',' | '٫';
}

const zeros = [0x30, 0x660, 0x6f0, 0x966, 0xff10];

function asciiDigits(text: string): string {
  let result = '';
  for (const char of text.normalize('NFKC')) {
    const code = char.codePointAt(0) ?? 0;
    const zero = zeros.find((start) => code >= start && code <= start + 9);
    result += zero === undefined ? char : String(code - zero);
  }
  return result;
}

export type AmountRefusal = 'empty' | 'not-a-number' | 'too-many-decimals' | 'too-large';

/**
 * Reads an amount typed in major units ("25", "1,234.50", "1.234,50", "$25", "٢٥").
 * A lone separator followed by exactly three digits is read by the locale's style, since "1.234"
 * means different money in different places.
 */
export function parseAmount(
  text: string,
  currency: Currency,
  style: NumberStyle,
):
  | { readonly ok: true; readonly minor: Minor }
  | { readonly ok: false; readonly why: AmountRefusal } {
  const number = bareNumber(text, currency);
  if (number === '') return { ok: false, why: 'empty' };
  if (!/^[\d.,']+$/.test(number) || !/\d/.test(number)) return { ok: false, why: 'not-a-number' };
  const local = style.decimal === ',' && !marksAreArabic(text) ? ',' : '.';
  const readings = readNumber(number, local);
  if (readings === null) return { ok: false, why: 'not-a-number' };
  return toMinor(readings, currency);
}

/**
 * Every amount that a text may mean, for somebody whose locale is unknown (a reply from a phone).
 * @returns an empty list when it is no amount at all
 */
export function possibleAmounts(text: string, currency: Currency): readonly Minor[] {
  const number = bareNumber(text, currency);
  if (!/^[\d.,']+$/.test(number) || !/\d/.test(number)) return [];
  const found = new Set<Minor>();
  for (const decimal of marksAreArabic(text) ? (['.'] as const) : (['.', ','] as const)) {
    const reading = readNumber(number, decimal);
    const read = reading && toMinor(reading, currency);
    if (read?.ok) found.add(read.minor);
  }
  return [...found];
}

/** Arabic has its own separators, which mean one thing everywhere. */
const marksAreArabic = (text: string): boolean => /[٫٬]/.test(text);

/** The number without its currency; white space inside it stands for a group separator. */
function bareNumber(text: string, currency: Currency): string {
  return asciiDigits(text)
    .replaceAll('٫', '.')
    .replaceAll('٬', ',')
    .replaceAll('’', "'")
    .replace(new RegExp(currency, 'i'), '')
    .replace(/\p{Sc}|[A-Za-z]{1,2}\$|[\u200e\u200f\u061c]/gu, '')
    .trim()
    .replace(/\s/g, "'");
}

interface Reading {
  readonly whole: string;
  readonly fraction: string;
}

function readNumber(number: string, localDecimal: '.' | ','): Reading | null {
  const last = Math.max(number.lastIndexOf('.'), number.lastIndexOf(','));
  if (last < 0)
    return grouped(number, "'") ? { whole: number.replaceAll("'", ''), fraction: '' } : null;
  const separator = number.charAt(last);
  const other = separator === '.' ? ',' : '.';
  const before = number.slice(0, last);
  const after = number.slice(last + 1);
  const repeats = before.includes(separator);
  const isGroup =
    repeats || (after.length === 3 && separator !== localDecimal && !/[.,']/.test(before));
  if (isGroup) {
    return !before.includes(other) && grouped(number, separator)
      ? { whole: number.replaceAll(separator, ''), fraction: '' }
      : null;
  }
  const groupMark = before.includes("'") ? "'" : other;
  if (/[^\d]/.test(after) || !grouped(before, groupMark)) return null;
  return { whole: before.replaceAll(groupMark, '') || '0', fraction: after };
}

/** Whether the digits stand alone or in groups of three after a first one of one to three. */
const grouped = (text: string, mark: string): boolean =>
  /^\d*$/.test(text) ||
  new RegExp(`^\\d{1,3}(?:${mark === '.' ? '\\.' : mark}\\d{3})+$`).test(text);

function toMinor(
  { whole, fraction }: Reading,
  currency: Currency,
): { ok: true; minor: Minor } | { ok: false; why: AmountRefusal } {
  const digits = exponent(currency);
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > digits) return { ok: false, why: 'too-many-decimals' };
  const all = (whole + significant.padEnd(digits, '0')).replace(/^0+(?=\d)/, '');
  if (all.length > String(LARGEST_MINOR).length) return { ok: false, why: 'too-large' };
  const amount = minor(Number(all));
  return amount === null ? { ok: false, why: 'too-large' } : { ok: true, minor: amount };
}

/** The amount in major units as plain ASCII, all decimals written: `25.00`, `1234.500`, `70`. */
export function plainAmount({ minor: amount, currency }: Money): string {
  const digits = exponent(currency);
  const text = String(amount).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
