import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '#tests/support/any-text.ts';
import { cents, money } from '#tests/support/journal-builder.ts';
import {
  type NumberStyle,
  parseAmount,
  possibleAmounts,
  typedAmount,
  type Writing,
} from './amount-text.ts';
import { exponent } from './currencies.ts';
import { LARGEST_MINOR, minor, plainAmount } from './money.ts';

const point: NumberStyle = { decimal: '.' };
const comma: NumberStyle = { decimal: ',' };
const arabic: NumberStyle = { decimal: '٫' };

const currencies = ['USD', 'EUR', 'JPY', 'KWD'].map(money);
const anyCurrency = fc.constantFrom(...currencies);
const anyAmount = fc.oneof(
  fc.integer({ min: 0, max: 2_000_000 }),
  fc.integer({ min: 0, max: LARGEST_MINOR }),
);

/** As a person of that locale would write it, all decimals written. */
function written(amount: number, digits: number, group: string, decimal: string): string {
  const text = String(amount).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, group);
  return digits === 0 ? grouped : `${grouped}${decimal}${text.slice(-digits)}`;
}

const inArabicDigits = (text: string): string =>
  text.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)));

describe('an amount that is typed', () => {
  it('reads back as itself in both styles, with and without group separators', () => {
    const groups = fc.constantFrom<[NumberStyle, string, string]>(
      [point, '', '.'],
      [point, ',', '.'],
      [point, '\u00a0', '.'],
      [point, '’', '.'],
      [comma, '', ','],
      [comma, '.', ','],
      [comma, ' ', ','],
      [comma, '\u202f', ','],
      [arabic, '٬', '٫'],
    );
    fc.assert(
      fc.property(anyCurrency, anyAmount, groups, (currency, amount, [style, group, decimal]) => {
        const text = written(amount, exponent(currency), group, decimal);
        expect(parseAmount(text, currency, style)).toEqual({ ok: true, minor: amount });
      }),
    );
  });

  it('reads back from its plain form, in the style that the plain form has', () => {
    fc.assert(
      fc.property(anyCurrency, anyAmount, (currency, amount) => {
        const text = plainAmount({ minor: cents(amount), currency });
        expect(parseAmount(text, currency, point)).toEqual({ ok: true, minor: amount });
      }),
    );
  });

  it('reads back from Arabic digits whatever the style, since their separators have one meaning', () => {
    fc.assert(
      fc.property(
        anyCurrency,
        anyAmount,
        fc.constantFrom(point, comma, arabic),
        (currency, amount, style) => {
          const text = inArabicDigits(written(amount, exponent(currency), '٬', '٫'));
          expect(parseAmount(text, currency, style)).toEqual({ ok: true, minor: amount });
          expect(possibleAmounts(text, currency)).toEqual([amount]);
        },
      ),
    );
  });

  it.each([
    ['25', 'USD', point, 2500],
    ['$25', 'USD', point, 2500],
    ['US$25', 'USD', point, 2500],
    ['25 USD', 'USD', point, 2500],
    ['usd 25.5', 'USD', point, 2550],
    ['25,5 €', 'EUR', comma, 2550],
    ['1,234.50', 'USD', point, 123450],
    ['1,234.50', 'EUR', comma, 123450],
    ['1.234,50', 'USD', point, 123450],
    ['1.234', 'EUR', comma, 123400],
    ['1,234', 'USD', point, 123400],
    ['1.234', 'KWD', point, 1234],
    ['1.234', 'KWD', comma, 1234000],
    ['1’234.50', 'USD', point, 123450],
    ['1.500.000', 'USD', point, 150000000],
    ['.5', 'USD', point, 50],
    ['25.', 'USD', point, 2500],
    ['25.500000', 'USD', point, 2550],
    ['¥1,200', 'JPY', point, 1200],
    ['1200.0', 'JPY', point, 1200],
    ['٢٥', 'USD', point, 2500],
    ['２５', 'USD', point, 2500],
    ['२५', 'USD', point, 2500],
    ['\u200f٢٥٫٥٠\u00a0د.ك'.replace('د.ك', 'KWD'), 'KWD', arabic, 25500],
    [' 0 ', 'USD', point, 0],
    ['10 000', 'USD', point, 1000000],
    ['00000000000000000025', 'USD', point, 2500],
    ['10000000000.00', 'USD', point, LARGEST_MINOR],
  ] as const)('%s in %s with %o is %i', (text, code, style, expected) => {
    expect(parseAmount(text, money(code), style)).toEqual({ ok: true, minor: expected });
  });

  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['$', 'empty'],
    ['.', 'not-a-number'],
    ["'", 'not-a-number'],
    ['-25', 'not-a-number'],
    ['25-30', 'not-a-number'],
    ['2e3', 'not-a-number'],
    ['twenty', 'not-a-number'],
    ['25 EUR', 'not-a-number'],
    ['1,23,45', 'not-a-number'],
    ['1.2.3', 'not-a-number'],
    ['12,34.5', 'not-a-number'],
    ['1,234.567,8', 'not-a-number'],
    ['1234,567', 'not-a-number'],
    ['1.234,567,8', 'not-a-number'],
    ["1'234.567.890", 'not-a-number'],
    ['1’23', 'not-a-number'],
    ['١٬٢٣٤٬٥٦', 'not-a-number'],
    ['١٬٢', 'not-a-number'],
    ['25-', 'not-a-number'],
    ['25 00', 'not-a-number'],
    ['2 5', 'not-a-number'],
    ['25.0 0', 'not-a-number'],
    ['25.001', 'too-many-decimals'],
    ['10000000000.01', 'too-large'],
    ['99999999999999999999', 'too-large'],
  ] as const)('%s is refused as %s', (text, why) => {
    expect(parseAmount(text, money('USD'), point)).toEqual({ ok: false, why });
  });

  it('refuses a decimal of a currency without decimals', () => {
    expect(parseAmount('12.5', money('JPY'), point)).toEqual({
      ok: false,
      why: 'too-many-decimals',
    });
  });

  it('never throws and never gives what is no amount, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.oneof(anyText(), fc.stringMatching(/^[\d.,' $-]{0,12}$/)),
        anyCurrency,
        fc.constantFrom(point, comma, arabic),
        (text, currency, style) => {
          const read = parseAmount(text, currency, style);
          if (read.ok) {
            expect(minor(read.minor)).toBe(read.minor);
            expect(possibleAmounts(text, currency)).toContain(read.minor);
          }
        },
      ),
    );
  });
});

describe('the amounts that a text may mean', () => {
  it.each([
    ['25.00', 'USD', [2500]],
    ['25', 'USD', [2500]],
    ['25,00', 'USD', [2500]],
    ['$25.00', 'USD', [2500]],
    ['1.234', 'KWD', [1234, 1234000]],
    ['1,234', 'KWD', [1234000, 1234]],
    ['1,234', 'USD', [123400]],
    ['1.230', 'USD', [123, 123000]],
    ['1,234.50', 'EUR', [123450]],
    ['twenty', 'USD', []],
    ['', 'USD', []],
    ['25 00', 'USD', []],
    ['25 or 30', 'USD', []],
    ['.', 'USD', []],
    ["'", 'USD', []],
    ['-25', 'USD', []],
    ['25-', 'USD', []],
  ] as const)('%s in %s: %o', (text, code, expected) => {
    expect(possibleAmounts(text, money(code))).toEqual(expected);
  });

  it('hold the amount in every usual writing of it', () => {
    const marks = fc.constantFrom<[string, string]>(
      ['', '.'],
      [',', '.'],
      ['', ','],
      ['.', ','],
      [' ', ','],
      ['’', '.'],
      ['٬', '٫'],
    );
    fc.assert(
      fc.property(anyCurrency, anyAmount, marks, (currency, amount, [group, decimal]) => {
        const text = written(amount, exponent(currency), group, decimal);
        expect(possibleAmounts(text, currency)).toContain(amount);
      }),
    );
  });
});

describe('an amount typed in a form', () => {
  const dollars: Writing = { ...point, group: ',', symbol: () => '$' };
  const german: Writing = { ...comma, group: '.', symbol: () => '€' };
  const swiss: Writing = { ...point, group: '’', symbol: () => 'CHF' };
  const swedish: Writing = { ...comma, group: '\u00a0', symbol: () => '\u200ekr\u00a0' };
  const kuwaiti: Writing = { ...arabic, group: '٬', symbol: () => 'د.ك.\u200f' };

  it.each([
    ['1.230', 'USD', dollars, [123, 123000]],
    ['12.230', 'USD', dollars, [1223, 1223000]],
    ['1.000', 'EUR', swiss, [100, 100000]],
    ['1,230', 'USD', swiss, [123, 123000]],
    ['1,230', 'USD', german, [123, 123000]],
    ['1.234', 'KWD', kuwaiti, [1234, 1234000]],
    ['$1.230', 'USD', dollars, [123, 123000]],
  ] as const)('%s in %s is asked about', (text, code, writing, readings) => {
    const read = typedAmount(text, money(code), writing);
    expect(read).toMatchObject({ ok: false, why: 'ambiguous' });
    expect(read.ok || read.why !== 'ambiguous' ? [] : [...read.readings].sort(byValue)).toEqual(
      readings,
    );
  });

  it.each([
    ['1,230', 'USD', dollars, 123000],
    ['1.230', 'EUR', german, 123000],
    ['1.234', 'KWD', dollars, 1234],
    ['1,234', 'KWD', german, 1234],
    ['1.234', 'EUR', kuwaiti, 123400],
    ['12.50', 'EUR', german, 1250],
    ['1.234,50 €', 'EUR', german, 123450],
    ['د.ك. ١٬٢٣٤', 'KWD', kuwaiti, 1234000],
    ['12,34,567.50', 'USD', dollars, 123456750],
    ['১২.৫০', 'USD', dollars, 1250],
    ['د.ك.\u200f ١٬٢٣٤', 'KWD', kuwaiti, 1234000],
    ['25,50kr', 'SEK', swedish, 2550],
  ] as const)('%s in %s means one thing', (text, code, writing, amount) => {
    expect(typedAmount(text, money(code), writing)).toEqual({ ok: true, minor: amount });
  });

  it.each([
    ['1234,567', 'USD', swiss],
    [',830', 'KWD', kuwaiti],
  ])('%s in %s is refused where the locale has no way to read it', (text, code, writing) => {
    expect(typedAmount(text, money(code), writing)).toEqual({ ok: false, why: 'not-a-number' });
  });

  it('finer than the smallest coin is refused, not taken for thousands', () => {
    expect(typedAmount('1.234', money('USD'), dollars)).toEqual({
      ok: false,
      why: 'too-many-decimals',
    });
  });

  const byValue = (one: number, other: number): number => one - other;
});
