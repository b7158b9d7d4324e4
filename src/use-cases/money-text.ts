import { exponent } from '#domain/currencies.ts';
import { type Money, plainAmount } from '#domain/money.ts';

/** The amount as people of the locale write it: `$25.00`, `25,00 €`, `￥70`. Exact: it never passes a float. */
export function moneyText(money: Money, locale: string): string {
  const text = moneyParts(money, locale)
    .map(({ value }) => value)
    .join('');
  // In a text from right to left the sign of `US$` would jump before its letters.
  return text.startsWith('\u200f') ? text.replace(/[A-Z]\$/, '$&\u200e') : text;
}

/** The same in its parts, as Intl names them. */
export function moneyParts(
  money: Money,
  locale: string,
  options: Intl.NumberFormatOptions = {},
): readonly Intl.NumberFormatPart[] {
  const digits = exponent(money.currency);
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: money.currency,
    // By ISO, as the domain counts them; the engine's own digits differ for some currencies.
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    ...options,
  });
  return format.formatToParts(plainAmount(money) as Intl.StringNumericLiteral);
}
