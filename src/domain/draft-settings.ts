import { type Currency, currency, exponent } from './currencies.ts';
import { nearest } from './likeness.ts';
import type { Minor } from './money.ts';
import { periodKind, type TimeZone, timeZone } from './period.ts';
import {
  type Mistake,
  type MistakeCode,
  type RawSettings,
  readNames,
  settingAmount,
  type SettingName,
  settingText,
} from './settings.ts';
import type { Terms } from './terms.ts';
import { type DraftTier, readTiers } from './tier-settings.ts';

/** What the settings say, once they are read without mistakes: the next terms but for people and number. */
export interface Draft extends Omit<Terms, 'number' | 'startsAt' | 'leads' | 'pilot' | 'tiers'> {
  readonly leadGroups: readonly string[];
  readonly pilotGroups: readonly string[];
  readonly tiers: readonly DraftTier[];
}

/**
 * Reads the common settings and the tiers. All mistakes are found, not only the first.
 * @param tiers what the TOML of `tiers` holds under `tier`, already parsed; its syntax errors are the
 *   caller's to tell
 */
export function readDraft(
  settings: RawSettings,
  tiers: unknown,
): {
  readonly draft: Draft | null;
  /** Also while something else is wrong; null while itself is. */
  readonly hard: Minor | null;
  /** Those that can be read, also while something else is wrong. */
  readonly tiers: readonly DraftTier[];
  readonly mistakes: readonly Mistake[];
} {
  const mistakes: Mistake[] = [];
  const wrong = (setting: string, code: MistakeCode, values: Mistake['values'] = {}): null => {
    mistakes.push({ setting, line: null, code, values });
    return null;
  };
  const text = (name: SettingName): string => settingText(settings, name);

  const code = currency(text('currency').toUpperCase());
  if (!code) wrong('currency', 'unknown-currency', { value: text('currency') });
  const zone = readZone(text('time_zone'), wrong);
  const period = periodKind(text('budget_period').toLowerCase());
  if (!period) wrong('budget_period', 'unknown-period', { value: text('budget_period') });

  // Amounts are judged with two decimals where the currency is unknown, so that all mistakes show at once.
  const judgedBy = code ?? ('USD' as Currency);
  const amount = (setting: SettingName): Minor | null => {
    const value = text(setting);
    const read = settingAmount(value, judgedBy);
    return read.ok ? read.minor : wrong(setting, read.why, { value, decimals: exponent(judgedBy) });
  };
  const whole = (setting: SettingName, from: number, to: number): number | null => {
    const value = text(setting);
    if (!/^-?\d+(?:\.\d+)?$/.test(value)) return wrong(setting, 'not-whole', { value, from, to });
    const number = Number(value);
    if (!Number.isInteger(number)) return wrong(setting, 'not-whole', { value, from, to });
    return number >= from && number <= to
      ? number
      : wrong(setting, 'out-of-range', { value, from, to });
  };

  const budget = amount('agent_budget');
  const self = amount('self_limit');
  const cosign = amount('cosign_limit');
  const hard = amount('hard_limit');
  if (self !== null && cosign !== null && self > cosign) wrong('self_limit', 'self-above-cosign');
  if (cosign !== null && hard !== null && cosign > hard) wrong('cosign_limit', 'cosign-above-hard');

  const rest = {
    currency: code,
    timeZone: zone,
    period,
    limits: { budget, self, cosign, hard },
    cosigners: whole('cosigners_required', 1, 3),
    customerCap: amount('customer_cap'),
    customerCapDays: whole('customer_cap_days', 1, 3660),
    expiryHours: whole('request_expiry_hours', 1, 8784),
    holdHours: whole('hold_hours', 0, 8784),
    pairLimit: whole('pair_limit', 0, 1_000_000),
    leadGroups: readNames(text('lead_groups')),
    pilotGroups: readNames(text('pilot_groups')),
  };
  const read = readTiers(tiers, judgedBy, rest.limits);
  mistakes.push(...read.mistakes);
  const draft = { ...rest, tiers: read.tiers };
  return {
    draft: mistakes.length === 0 ? (draft as Draft) : null,
    hard,
    tiers: read.tiers,
    mistakes,
  };
}

/** Intl reads any capitals; two spellings of one zone would be two budgets. */
function readZone(
  value: string,
  wrong: (setting: string, code: MistakeCode, values: Mistake['values']) => null,
): TimeZone | null {
  const names = ['Etc/UTC', ...Intl.supportedValuesOf('timeZone')];
  const known = names.find((name) => name.toLowerCase() === value.toLowerCase());
  const zone = timeZone(value);
  if (zone && (known === undefined || known === value)) return zone;
  const suggestion = known ?? nearest(value, names) ?? nearestCity(value, names);
  return suggestion === null
    ? wrong('time_zone', 'unknown-time-zone', { value })
    : wrong('time_zone', 'misspelt-time-zone', { value, suggestion });
}

/** `Berlin` alone is what many people would write. */
const nearestCity = (value: string, names: readonly string[]): string | null => {
  const city = value.trim().toLowerCase().replaceAll(' ', '_');
  return names.find((name) => name.toLowerCase().endsWith(`/${city}`)) ?? null;
};
