import type { ui } from '../../../translations/en.json';

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

/** Every text of the screens, by its path under `ui` in translations/en.json. */
export type TranslationKey = Keys<typeof ui>;

export type Values = Readonly<Record<string, string | number>>;

/**
 * Texts by key, in one language. `{name}` is replaced by the value of that name; where a text has
 * plural forms, the value named `count` chooses, by the language's own rules.
 * @param locale whose plural rules hold: the language of the messages, not the agent's
 * @returns the key itself where there is no text: a test finds that, no screen breaks
 */
export function translate(
  messages: Messages,
  locale: string,
): (key: string, values?: Values) => string {
  const plural = new Intl.PluralRules(locale);
  return (key, values = {}) => {
    const node = key
      .split('.')
      .reduce<string | Messages | undefined>(
        (at, part) => (typeof at === 'object' ? at[part] : undefined),
        messages,
      );
    const text = typeof node === 'object' ? formFor(node, plural, values['count']) : node;
    return (
      text?.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)) ?? key
    );
  };
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
