import { type Currency, currency, exponent } from './currencies.ts';
import { type Minor, parseAmount } from './money.ts';
import { type PeriodKind, periodKind, type TimeZone, timeZone } from './period.ts';
import type { Limits } from './terms.ts';

/** The settings of the app, by their names in the manifest. Zendesk sends strings, numbers, or nothing. */
export type RawSettings = Readonly<Record<string, unknown>>;

/** What a person chooses as the cause of a credit. */
export interface Reason {
  readonly key: string;
  /** By locale, `en` at least. */
  readonly labels: Readonly<Record<string, string>>;
  readonly suggested: Minor | null;
  readonly noteRequired: boolean;
}

/** A draft tier; its group is still a name. */
export interface DraftTier {
  readonly key: string;
  readonly name: string;
  readonly tag: string | null;
  readonly groupName: string | null;
  readonly limits: Limits;
}

/** What the settings say, once they are read without mistakes: the next terms but for people and number. */
export interface Draft {
  readonly currency: Currency;
  readonly timeZone: TimeZone;
  readonly period: PeriodKind;
  readonly limits: Limits;
  readonly cosigners: number;
  readonly customerCap: Minor;
  readonly customerCapDays: number;
  readonly expiryHours: number;
  readonly holdHours: number;
  readonly pairLimit: number;
  readonly leadGroups: readonly string[];
  readonly pilotGroups: readonly string[];
  readonly tiers: readonly DraftTier[];
}

export type MistakeCode =
  | 'not-a-number'
  | 'not-whole'
  | 'too-many-decimals'
  | 'too-large'
  | 'out-of-range'
  | 'unknown-currency'
  | 'unknown-time-zone'
  | 'unknown-period'
  | 'self-above-cosign'
  | 'cosign-above-hard'
  | 'toml'
  | 'list-expected'
  | 'key-missing'
  | 'key-twice'
  | 'label-missing'
  | 'unknown-member'
  | 'unknown-reason'
  | 'tag-or-group'
  | 'group-unknown'
  | 'group-not-unique'
  | 'title-missing'
  | 'text-expected'
  | 'texts-expected'
  | 'whole-expected'
  | 'unknown-strength'
  | 'unknown-contact'
  | 'min-above-max'
  | 'usual-above-max'
  | 'not-a-link'
  | 'everything-against';

/** Something wrong in the settings, named so that a sentence can say what would be right. */
export interface Mistake {
  readonly setting: string;
  /** In a multiline setting, from 1. */
  readonly line: number | null;
  readonly code: MistakeCode;
  /** What the sentence needs: the value found, the bounds allowed. */
  readonly values: Readonly<Record<string, string | number>>;
}

/** DESIGN's defaults: what an untouched setting means. */
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

/**
 * Reads the common settings and the tiers. All mistakes are found, not only the first.
 * @param tiers what the TOML of `tiers` holds, already parsed; its syntax errors are the caller's to tell
 */
export function readDraft(
  settings: RawSettings,
  tiers: unknown,
): { readonly draft: Draft | null; readonly mistakes: readonly Mistake[] } {
  const mistakes: Mistake[] = [];
  const wrong = (
    setting: string,
    code: MistakeCode,
    values: Mistake['values'] = {},
    line: number | null = null,
  ): null => {
    mistakes.push({ setting, line, code, values });
    return null;
  };
  const text = (name: SettingName): string => settingText(settings, name);

  const code = currency(text('currency').toUpperCase());
  if (!code) wrong('currency', 'unknown-currency', { value: text('currency') });
  const zone = timeZone(text('time_zone'));
  if (!zone) wrong('time_zone', 'unknown-time-zone', { value: text('time_zone') });
  const period = periodKind(text('budget_period').toLowerCase());
  if (!period) wrong('budget_period', 'unknown-period', { value: text('budget_period') });

  // Amounts are judged with two decimals where the currency is unknown, so that all mistakes show at once.
  const judgedBy = code ?? ('USD' as Currency);
  const amount = (setting: string, value: string): Minor | null => {
    const plain = /^\d+(?:\.\d+)?$/.test(value);
    const read = plain ? parseAmount(value, judgedBy, { decimal: '.' }) : null;
    if (read?.ok) return read.minor;
    const why = !read || read.why === 'empty' ? 'not-a-number' : read.why;
    return wrong(setting, why, { value, decimals: exponent(judgedBy) });
  };
  const whole = (setting: SettingName, from: number, to: number): number | null => {
    const value = text(setting);
    if (!/^-?\d+(?:\.\d+)?$/.test(value)) return wrong(setting, 'not-a-number', { value });
    const number = Number(value);
    if (!Number.isInteger(number)) return wrong(setting, 'not-whole', { value });
    return number >= from && number <= to
      ? number
      : wrong(setting, 'out-of-range', { value, from, to });
  };
  const ordered = (setting: string, limits: Limits): Limits => {
    const { self, cosign, hard } = limits;
    if (self > cosign) wrong(setting || 'self_limit', 'self-above-cosign');
    if (cosign > hard) wrong(setting || 'cosign_limit', 'cosign-above-hard');
    return limits;
  };

  const budget = amount('agent_budget', text('agent_budget'));
  const self = amount('self_limit', text('self_limit'));
  const cosign = amount('cosign_limit', text('cosign_limit'));
  const hard = amount('hard_limit', text('hard_limit'));
  const limits =
    budget !== null && self !== null && cosign !== null && hard !== null
      ? ordered('', { budget, self, cosign, hard })
      : null;

  const draft = {
    currency: code,
    timeZone: zone,
    period,
    limits,
    cosigners: whole('cosigners_required', 1, 3),
    customerCap: amount('customer_cap', text('customer_cap')),
    customerCapDays: whole('customer_cap_days', 1, 3660),
    expiryHours: whole('request_expiry_hours', 1, 8784),
    holdHours: whole('hold_hours', 0, 8784),
    pairLimit: whole('pair_limit', 0, 1_000_000),
    leadGroups: readNames(text('lead_groups')),
    pilotGroups: readNames(text('pilot_groups')),
    tiers: readTiers(tiers, limits, amount, ordered, wrong),
  };
  return { draft: mistakes.length === 0 ? (draft as Draft) : null, mistakes };
}

/** Notes a mistake, and is null in place of what could not be read. */
export type Wrong = (setting: string, code: MistakeCode, values?: Mistake['values']) => null;

/** Whether it is a table: what TOML calls the members in braces or under a heading. */
export const isShape = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const TIER_MEMBERS = [
  'key',
  'name',
  'tag',
  'group',
  'budget',
  'self_limit',
  'cosign_limit',
  'hard_limit',
];

function readTiers(
  value: unknown,
  common: Limits | null,
  amount: (setting: string, value: string) => Minor | null,
  ordered: (setting: string, limits: Limits) => Limits,
  wrong: Wrong,
): readonly DraftTier[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    wrong('tiers', 'list-expected', { member: 'tier' });
    return [];
  }
  const keys = new Set<string>();
  return value.flatMap((tier: unknown, index): DraftTier[] => {
    const at = index + 1;
    if (!isShape(tier) || typeof tier['key'] !== 'string' || tier['key'].trim() === '') {
      wrong('tiers', 'key-missing', { at });
      return [];
    }
    const key = tier['key'].trim();
    if (keys.has(key)) wrong('tiers', 'key-twice', { key });
    keys.add(key);
    for (const member of Object.keys(tier)) {
      if (!TIER_MEMBERS.includes(member)) wrong('tiers', 'unknown-member', { key, member });
    }
    const tag = typeof tier['tag'] === 'string' ? tier['tag'].trim() : '';
    const group = typeof tier['group'] === 'string' ? tier['group'].trim() : '';
    if ((tag === '') === (group === '')) wrong('tiers', 'tag-or-group', { key });
    const limit = (member: string, otherwise: Minor | undefined): Minor | null => {
      const typed = tier[member];
      if (typed === undefined) return otherwise ?? null;
      return amount(`tiers`, typeof typed === 'number' ? String(typed) : String(typed).trim());
    };
    const budget = limit('budget', common?.budget);
    const self = limit('self_limit', common?.self);
    const cosign = limit('cosign_limit', common?.cosign);
    const hard = limit('hard_limit', common?.hard);
    if (budget === null || self === null || cosign === null || hard === null) return [];
    const name =
      typeof tier['name'] === 'string' && tier['name'].trim() !== '' ? tier['name'] : key;
    return [
      {
        key,
        name,
        tag: tag || null,
        groupName: group || null,
        limits: ordered('tiers', { budget, self, cosign, hard }),
      },
    ];
  });
}

/**
 * Reads the reasons. Wrong ones are left out and told; an unreadable list leaves none.
 * @param value what the TOML of `reasons` holds under `reason`
 */
export function readReasons(
  value: unknown,
  of: Currency,
): { readonly reasons: readonly Reason[]; readonly mistakes: readonly Mistake[] } {
  const mistakes: Mistake[] = [];
  const wrong: Wrong = (setting, code, values = {}) => {
    mistakes.push({ setting, line: null, code, values });
    return null;
  };
  if (value === undefined) return { reasons: [], mistakes };
  if (!Array.isArray(value)) {
    wrong('reasons', 'list-expected', { member: 'reason' });
    return { reasons: [], mistakes };
  }
  const keys = new Set<string>();
  const reasons = value.flatMap((reason: unknown, index): Reason[] => {
    if (!isShape(reason) || typeof reason['key'] !== 'string' || reason['key'].trim() === '') {
      wrong('reasons', 'key-missing', { at: index + 1 });
      return [];
    }
    const key = reason['key'].trim();
    if (keys.has(key)) wrong('reasons', 'key-twice', { key });
    keys.add(key);
    const labels = readLabels(reason['label']);
    if (!labels) {
      wrong('reasons', 'label-missing', { key });
      return [];
    }
    const typed = reason['suggested_amount'];
    const text = typeof typed === 'number' || typeof typed === 'string' ? String(typed) : null;
    const read = text === null ? null : parseAmount(text, of, { decimal: '.' });
    if (read && !read.ok) wrong('reasons', 'not-a-number', { value: text ?? '' });
    return [
      {
        key,
        labels,
        suggested: read?.ok ? read.minor : null,
        noteRequired: reason['note_required'] === true,
      },
    ];
  });
  return { reasons, mistakes };
}

function readLabels(value: unknown): Reason['labels'] | null {
  if (typeof value === 'string' && value.trim() !== '') return { en: value };
  if (!isShape(value)) return null;
  const labels = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1].trim() !== '',
  );
  return labels.length > 0 ? Object.fromEntries(labels) : null;
}

/** The label in the locale, its language, English, or whatever there is. */
export function reasonLabel(reason: Reason, locale: string): string {
  const [language = ''] = locale.split('-');
  const { labels } = reason;
  return (
    labels[locale] ?? labels[language] ?? labels['en'] ?? Object.values(labels)[0] ?? reason.key
  );
}
