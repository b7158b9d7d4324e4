import { parseAmount } from './amount-text.ts';
import type { Currency } from './currencies.ts';
import type { Minor } from './money.ts';

/** The settings of the app, by their names in the manifest. Zendesk sends strings, numbers, or nothing. */
export type RawSettings = Readonly<Record<string, unknown>>;

export type MistakeCode =
  | 'not-a-number'
  | 'not-whole'
  | 'too-many-decimals'
  | 'too-large'
  | 'out-of-range'
  | 'unknown-currency'
  | 'unknown-time-zone'
  | 'misspelt-time-zone'
  | 'unknown-period'
  | 'self-above-cosign'
  | 'cosign-above-hard'
  | 'toml'
  | 'toml-value-missing'
  | 'toml-quotes'
  | 'toml-comma'
  | 'toml-unquoted'
  | 'toml-equals'
  | 'toml-twice'
  | 'toml-unfinished'
  | 'list-expected'
  | 'key-missing'
  | 'key-twice'
  | 'key-form'
  | 'label-missing'
  | 'unknown-language'
  | 'true-or-false'
  | 'suggested-above-hard'
  | 'unknown-member'
  | 'unknown-reason'
  | 'tag-or-group'
  | 'tier-shadowed'
  | 'earned-by-expected'
  | 'group-unknown'
  | 'group-misspelt'
  | 'group-not-unique'
  | 'record-too-long'
  | 'title-missing'
  | 'text-expected'
  | 'texts-expected'
  | 'fields-expected'
  | 'past-credits-expected'
  | 'unknown-strength'
  | 'unknown-contact'
  | 'min-above-max'
  | 'usual-above-max'
  | 'not-a-link'
  | 'everything-against'
  | 'unknown-placeholder'
  | 'sentence-twice';

/** Something wrong in the settings, named so that a sentence can say what would be right. */
export interface Mistake {
  readonly setting: string;
  /** In a multiline setting, from 1. */
  readonly line: number | null;
  readonly code: MistakeCode;
  /**
   * What the sentence needs: the value found, the bounds allowed. In a list also where it stands: `at`
   * is the entry, from 1, or else `key` its key; `member` what is wrong in it.
   */
  readonly values: Readonly<Record<string, string | number>>;
}

/** What an untouched setting means. */
export const SETTING_DEFAULTS = {
  currency: 'USD',
  time_zone: 'Etc/UTC',
  budget_period: 'month',
  agent_budget: '200',
  self_limit: '0',
  cosign_limit: '100',
  hard_limit: '500',
  cosigners_required: '1',
  customer_cap: '150',
  customer_cap_days: '90',
  request_expiry_hours: '24',
  hold_hours: '24',
  pair_limit: '5',
  lead_groups: '',
  pilot_groups: '',
  reasons: '',
  tiers: '',
  guidelines: '',
  help_center_label: 'leeway',
  reply_template: [
    'en: We are sorry for the trouble, {name}. We have added a credit of {amount} to your account.',
    'de: Entschuldigen Sie bitte die Umstände, {name}. Wir haben Ihrem Konto {amount} gutgeschrieben.',
    'es: Sentimos las molestias, {name}. Hemos añadido un crédito de {amount} a su cuenta.',
    'fr: Nous sommes désolés pour ce désagrément, {name}. Nous avons crédité {amount} sur votre compte.',
    'pt-BR: Lamentamos o transtorno, {name}. Adicionamos um crédito de {amount} à sua conta.',
    'ja: {name}様、ご迷惑をおかけして申し訳ございません。お客様のアカウントに{amount}のクレジットを追加しました。',
    'ar: نعتذر عن الإزعاج يا {name}. لقد أضفنا رصيدًا بقيمة {amount} إلى حسابك.',
  ].join('\n'),
} as const;

export type SettingName = keyof typeof SETTING_DEFAULTS;

/** A setting as text; the default where it is untouched. An installation sends '', null or nothing for that. */
export function settingText(settings: RawSettings, name: SettingName): string {
  const value = settings[name];
  const text =
    typeof value === 'string'
      ? value.trim()
      : typeof value === 'number' || typeof value === 'boolean'
        ? String(value)
        : '';
  return text === '' ? SETTING_DEFAULTS[name] : text;
}

/** Reads names that are separated by commas or lines. */
export const readNames = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(/[,\n]/)
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  ),
];

/** Whether it is a table: what TOML calls the members in braces or under a heading. */
export const isShape = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * An amount as admins write it, in major units with a point and without grouping: with it, `1.000`
 * would be one thing to its writer and another to a reader.
 */
export function settingAmount(
  value: string,
  of: Currency,
):
  { readonly ok: true; readonly minor: Minor } | { readonly ok: false; readonly why: MistakeCode } {
  const read = /^\d+(?:\.\d+)?$/.test(value) ? parseAmount(value, of, { decimal: '.' }) : null;
  if (read?.ok) return read;
  return { ok: false, why: !read || read.why === 'empty' ? 'not-a-number' : read.why };
}
