import { createContext, useContext } from 'react';
import type { Writing } from '#domain/amount-text.ts';
import type { Currency } from '#domain/currencies.ts';
import { DAY, HOUR, type Instant, MINUTE } from '#domain/instant.ts';
import type { Minor } from '#domain/money.ts';
import { moneyParts, moneyText } from '#use-cases/money-text.ts';
import { directionOf, tongueOf } from './languages.ts';
import type { Dictionary, TranslationKey, Values } from './messages.ts';

/** All that turns what is known into what is read: words in the app's language, figures as the agent writes them. */
export interface Texts {
  readonly t: (key: TranslationKey, values?: Values) => string;
  /** Of the agent, such as `de-AT`. */
  readonly locale: string;
  readonly money: (minor: Minor, currency: Currency) => string;
  readonly day: (at: Instant) => string;
  readonly dayAndTime: (at: Instant) => string;
  readonly time: (at: Instant) => string;
  /** `3 hours ago`, `in 20 minutes`. */
  readonly relative: (at: Instant, now: Instant) => string;
  /** `Ana, Ben and Lea` */
  readonly list: (names: readonly string[]) => string;
  readonly writing: Writing;
  /** An amount as the agent would type it: `12.50`, `12,50`, `12`. */
  readonly typed: (minor: Minor, currency: Currency) => string;
}

/**
 * @param language of the texts: what Intl puts into words is in the same one
 * @param locale the agent's, as Zendesk names it; one that Intl does not know is taken for English
 */
export function createTexts(say: Dictionary['say'], language: string, locale: string): Texts {
  const known = knownLocale(locale);
  const words = tongueOf(known) === tongueOf(language) ? known : language;
  const day = onceAsked(() => new Intl.DateTimeFormat(words, { dateStyle: 'medium' }));
  const dayAndTime = onceAsked(
    () => new Intl.DateTimeFormat(words, { dateStyle: 'medium', timeStyle: 'short' }),
  );
  const time = onceAsked(() => new Intl.DateTimeFormat(words, { timeStyle: 'short' }));
  const relative = onceAsked(() => new Intl.RelativeTimeFormat(words, { numeric: 'auto' }));
  const list = onceAsked(() => new Intl.ListFormat(words, { type: 'conjunction' }));
  const writing = onceAsked(() => writingOf(known));
  const number = new Intl.NumberFormat(known, { useGrouping: false });
  const rtl = directionOf(language) === 'rtl';
  /** What runs the other way than the sentence around it must not pull its neighbours along. */
  const isolated = (text: string): string =>
    rtl || RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
  return {
    t: (key, values = {}) =>
      say(key, values, (value) =>
        typeof value === 'number' ? number.format(value) : isolated(value),
      ),
    locale: known,
    money: (minor, currency) => moneyText({ minor, currency }, known),
    day: (at) => day().format(at),
    dayAndTime: (at) => dayAndTime().format(at),
    time: (at) => time().format(at),
    relative: (at, now) => relativeText(relative(), at - now),
    list: (names) => list().format(names.map(isolated)),
    get writing() {
      return writing();
    },
    typed: (minor, currency) =>
      moneyParts({ minor, currency }, known, { useGrouping: false })
        .filter(({ type }) => type === 'integer' || type === 'decimal' || type === 'fraction')
        .map(({ value }) => value)
        .join(''),
  };
}

/** Intl's formatters are slow to make, and the first screen needs few of them. */
function onceAsked<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}

/** Letters of scripts that run from right to left: Hebrew, Arabic and their kin. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

function knownLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale.replace('_', '-'))[0] ?? 'en-US';
  } catch {
    return 'en-US';
  }
}

/** As it writes money, which in Swiss French is not how it writes other numbers. */
function writingOf(locale: string): Writing {
  const part = (type: Intl.NumberFormatPartTypes, currency: string) =>
    new Intl.NumberFormat(locale, { style: 'currency', currency })
      .formatToParts(12345.6)
      .find((each) => each.type === type)?.value ?? '';
  const decimal = part('decimal', 'EUR');
  return {
    decimal: decimal === ',' || decimal === '٫' ? decimal : '.',
    group: part('group', 'EUR'),
    symbol: (currency) => part('currency', currency),
  };
}

function relativeText(format: Intl.RelativeTimeFormat, ms: number): string {
  const size = Math.abs(ms);
  const by = (unit: Intl.RelativeTimeFormatUnit, length: number) =>
    format.format(Math.round(ms / length), unit);
  if (size < MINUTE) return format.format(0, 'minute');
  if (size < HOUR) return by('minute', MINUTE);
  if (size < DAY) return by('hour', HOUR);
  if (size < 30 * DAY) return by('day', DAY);
  return size < 365 * DAY ? by('month', 30 * DAY) : by('year', 365 * DAY);
}

const TextsContext = createContext<Texts | null>(null);
export const TextsProvider = TextsContext.Provider;

export function useTexts(): Texts {
  const texts = useContext(TextsContext);
  if (!texts) throw new Error('useTexts outside a TextsProvider');
  return texts;
}
