import type { later, ui } from '../../../translations/en.json';

/** The texts of one language, as translations/ holds them. */
export interface Messages {
  readonly [key: string]: string | Messages;
}

const PLURALS = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;

type Keys<Node> = {
  [Key in keyof Node & string]: Node[Key] extends string
    ? Key
    : Node[Key] extends { readonly other: string; readonly one: string }
      ? Key
      : `${Key}.${Keys<Node[Key]>}`;
}[keyof Node & string];

/** Every text of the screens, by its path under `ui` or `later` in translations/. */
export type TranslationKey = Keys<typeof ui> | Keys<typeof later>;

export type Values = Readonly<Record<string, string | number>>;

/** Texts by key, in one language. */
export interface Dictionary {
  /**
   * `{name}` is replaced by the value of that name; where a text has plural forms, the value named
   * `count` chooses, by the language's own rules.
   * @param show how a value is written; as it is where left out
   * @returns the key itself where there is no text: a test finds that, no screen breaks
   */
  say(key: string, values?: Values, show?: (value: string | number) => string): string;
  /** Adds texts that came later. */
  add(messages: Messages): void;
}

/** @param locale whose plural rules hold: the language of the messages, not the agent's */
export function createDictionary(locale: string, first: Messages): Dictionary {
  const plural = new Intl.PluralRules(locale);
  let messages = first;
  return {
    say(key, values = {}, show = String) {
      const node = key
        .split('.')
        .reduce<string | Messages | undefined>(
          (at, part) => (typeof at === 'object' ? at[part] : undefined),
          messages,
        );
      const text = typeof node === 'object' ? formFor(node, plural, values['count']) : node;
      return (
        text?.replace(/\{(\w+)\}/g, (whole, name: string) => {
          const value = values[name];
          return value === undefined ? whole : show(value);
        }) ?? key
      );
    },
    add(more) {
      messages = merged(messages, more);
    },
  };
}

function merged(one: Messages, other: Messages): Messages {
  const result: Record<string, string | Messages> = { ...one };
  for (const [key, added] of Object.entries(other)) {
    const there = result[key];
    result[key] =
      typeof there === 'object' && typeof added === 'object' ? merged(there, added) : added;
  }
  return result;
}

function formFor(
  forms: Messages,
  plural: Intl.PluralRules,
  count: string | number | undefined,
): string | undefined {
  if (!PLURALS.some((form) => form in forms)) return undefined;
  const form = forms[plural.select(Number(count ?? 0))] ?? forms['other'];
  return typeof form === 'string' ? form : undefined;
}
