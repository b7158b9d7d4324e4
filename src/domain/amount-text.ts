import { type Currency, exponent } from './currencies.ts';
import { LARGEST_MINOR, type Minor, minor } from './money.ts';

/** How a person's locale writes numbers, so that `1.234` is read as that person means it. */
export interface NumberStyle {
  readonly decimal: '.' | ',' | '٫';
}

/** Of Latin, Arabic, Persian, Devanagari, Bengali and Burmese digits, the zero. */
const zeros = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0x1040];

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

/** How somebody's locale writes numbers and money. */
export interface Writing extends NumberStyle {
  /** Between thousands: `,`, `.`, a space, an apostrophe. */
  readonly group: string;
  /** What stands for the currency beside the number, such as `$`, `kr`, `د.ك.`. */
  readonly symbol: (currency: Currency) => string;
}

/**
 * Reads an amount that somebody types in a form. What two people would read differently, though the
 * locale has a rule for it ("1.230" dollars: no one writes a tenth of a cent, and some write
 * thousands so), is not guessed.
 */
export function typedAmount(
  text: string,
  currency: Currency,
  writing: Writing,
):
  | ReturnType<typeof parseAmount>
  | {
      readonly ok: false;
      readonly why: 'ambiguous';
      readonly readings: readonly [Minor, Minor];
    } {
  const plain = text.replace(MARKS, '');
  const symbol = writing.symbol(currency).replace(MARKS, '').trim();
  const number = plain.replace(symbol, '');
  const mark = /^\d+([.,])\d{3}$/.exec(bareNumber(number, currency))?.[1];
  const asLocaleWrites =
    mark === writing.group || (mark === writing.decimal && exponent(currency) === 3);
  if (mark !== undefined && !asLocaleWrites && !marksAreArabic(number)) {
    const [one, other] = possibleAmounts(number, currency);
    if (one !== undefined && other !== undefined)
      return { ok: false, why: 'ambiguous', readings: [one, other] };
    if (one !== undefined && mark !== writing.decimal) return { ok: true, minor: one };
  }
  return parseAmount(number, currency, writing);
}

/** They say which way a text runs, and nothing else. */
const MARKS = /[\u200e\u200f\u061c\u2066-\u2069]/g;

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
    .replaceAll('٬', "'")
    .replaceAll('’', "'")
    .replace(new RegExp(currency, 'i'), '')
    .replace(MARKS, '')
    .replace(/\p{Sc}|[A-Za-z]{1,2}\$/gu, '')
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

/**
 * Whether the digits stand alone, in groups of three after a first one of one to three, or, as in
 * India, in groups of two before the last of three.
 */
function grouped(text: string, mark: string): boolean {
  if (/^\d*$/.test(text)) return true;
  const separator = mark === '.' ? '\\.' : mark;
  return new RegExp(
    `^(?:\\d{1,3}(?:${separator}\\d{3})+|\\d{1,2}(?:${separator}\\d{2})+${separator}\\d{3})$`,
  ).test(text);
}

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
