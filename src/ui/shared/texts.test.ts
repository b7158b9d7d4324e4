import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { typedAmount } from '#domain/amount-text.ts';
import { currency } from '#domain/currencies.ts';
import { DAY, HOUR, type Instant, MINUTE } from '#domain/instant.ts';
import { LARGEST_MINOR, type Minor } from '#domain/money.ts';
import { createDictionary } from './messages.ts';
import { createTexts } from './texts.ts';

const texts = (locale: string, language = 'en') => createTexts((key) => key, language, locale);
const usd = currency('USD');
if (!usd) throw new Error('USD is a currency');
const now = Date.UTC(2026, 10, 22, 10) as Instant;
const ago = (ms: number) => (now - ms) as Instant;

describe('figures', () => {
  it('are written as the agent’s locale writes them', () => {
    expect(texts('en-US').money(123450 as Minor, usd)).toBe('$1,234.50');
    expect(texts('de-DE').money(123450 as Minor, usd)).toBe('1.234,50\u00a0$');
    expect(texts('ar').money(123450 as Minor, usd)).toMatch(/^\u200f.*US\$\u200e$/);
    expect(texts('en-GB').money(123450 as Minor, usd)).toBe('US$1,234.50');
    expect(texts('en-US').typed(123450 as Minor, usd)).toBe('1234.50');
    expect(texts('de-DE').typed(123450 as Minor, usd)).toBe('1234,50');
  });

  it.each([
    ['en-US', '.'],
    ['de-DE', ','],
    ['pt-BR', ','],
    ['ja', '.'],
    ['ar-EG', '٫'],
  ])('of %s have the decimal mark %s', (locale, decimal) => {
    expect(texts(locale).writing.decimal).toBe(decimal);
  });

  it('are English where Intl does not know the locale', () => {
    expect(texts('not a locale').money(100 as Minor, usd)).toBe('$1.00');
  });
});

describe('an amount as it is written', () => {
  // Those of Leeway's languages, and some that write figures in yet another way.
  const locales = [
    'en-US',
    'en-GB',
    'en-IN',
    'de',
    'de-AT',
    'de-CH',
    'es',
    'es-MX',
    'es-419',
  ].concat(
    ['fr', 'fr-CA', 'fr-CH', 'pt-BR', 'pt-PT', 'ja', 'ar', 'ar-EG', 'ar-SA', 'ar-MA', 'fa', 'he'],
    ['hi', 'bn', 'my', 'pl', 'sv', 'th', 'zh-CN', 'nb', 'tr', 'vi'],
  );
  it.each(locales)('in %s is read as the same amount, whatever the currency', (locale) => {
    const { money, typed, writing } = texts(locale);
    const currencies = ['USD', 'EUR', 'JPY', 'KWD'].map((code) => currency(code) ?? usd);
    fc.assert(
      fc.property(
        fc.constantFrom(...currencies),
        fc.oneof(fc.nat({ max: 3_000_000 }), fc.nat({ max: LARGEST_MINOR })),
        (of, minor) => {
          const read = { ok: true, minor };
          expect(typedAmount(typed(minor as Minor, of), of, writing)).toEqual(read);
          expect(typedAmount(money(minor as Minor, of), of, writing)).toEqual(read);
        },
      ),
    );
  });
});

describe('how long ago something was', () => {
  it.each([
    [20_000, 'this minute'],
    [5 * MINUTE, '5 minutes ago'],
    [3 * HOUR, '3 hours ago'],
    [DAY, 'yesterday'],
    [9 * DAY, '9 days ago'],
    [65 * DAY, '2 months ago'],
    [800 * DAY, '2 years ago'],
    [-20 * MINUTE, 'in 20 minutes'],
  ])('is said in words: %d ms, %s', (ms, words) => {
    expect(texts('en-US').relative(ago(ms), now)).toBe(words);
  });

  it('is said in the language of the texts, not the agent’s', () => {
    expect(texts('de-DE').relative(ago(3 * HOUR), now)).toBe('3 hours ago');
    expect(texts('de-AT', 'de').relative(ago(3 * HOUR), now)).toBe('vor 3 Stunden');
    expect(texts('de-DE').list(['Ana', 'Ben'])).toBe('Ana and Ben');
  });
});

describe('what runs the other way than its sentence', () => {
  const say = (locale: string, language: string, values: Record<string, string | number>) =>
    createTexts(
      createDictionary(language, { step: { approved: '{code} {amount}' } }).say,
      language,
      locale,
    ).t('step.approved', values);

  it('is isolated in a language from right to left, as codes and amounts are', () => {
    expect(say('ar', 'ar', { code: 'LW-7Q2K9X', amount: 2 })).toBe('\u2068LW-7Q2K9X\u2069 2');
  });

  it('is isolated in a language from left to right where it is written from right to left', () => {
    expect(say('en', 'en', { code: 'LW-7Q2K9X', amount: 'سمير' })).toBe(
      'LW-7Q2K9X \u2068سمير\u2069',
    );
    expect(texts('en').list(['Ana', 'سمير'])).toBe('Ana and \u2068سمير\u2069');
  });

  it('counts in the digits of the agent’s locale', () => {
    expect(say('ar-EG', 'ar', { code: 7, amount: 1234 })).toBe('٧ ١٢٣٤');
  });
});
