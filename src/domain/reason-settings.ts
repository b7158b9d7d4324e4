import { type Currency, exponent } from './currencies.ts';
import type { Minor } from './money.ts';
import { isShape, type Mistake, type MistakeCode, settingAmount } from './settings.ts';

/** What a person chooses as the cause of a credit. */
export interface Reason {
  readonly key: string;
  /** By locale, `en` at least. */
  readonly labels: Readonly<Record<string, string>>;
  readonly suggested: Minor | null;
  readonly noteRequired: boolean;
}

/** Keys go into the journal and into records, where they stay. */
export const KEY_FORM = /^[A-Za-z0-9_.-]{1,64}$/;

const MEMBERS = ['key', 'label', 'suggested_amount', 'note_required'];

/**
 * Reads the reasons. Every mistake is found; one without a key or a label is left out.
 * @param value what the TOML of `reasons` holds under `reason`
 * @param hard the hard limit, which no suggestion may exceed; null while it is not known
 */
export function readReasons(
  value: unknown,
  of: Currency,
  hard: Minor | null = null,
): { readonly reasons: readonly Reason[]; readonly mistakes: readonly Mistake[] } {
  const mistakes: Mistake[] = [];
  const note = (code: MistakeCode, values: Mistake['values']): null => {
    mistakes.push({ setting: 'reasons', line: null, code, values });
    return null;
  };
  if (value === undefined) return { reasons: [], mistakes };
  if (!Array.isArray(value)) {
    note('list-expected', { member: 'reason' });
    return { reasons: [], mistakes };
  }
  const keys = new Set<string>();
  const reasons = value.flatMap((entry: unknown, index): Reason[] => {
    const at = index + 1;
    const key = isShape(entry) && typeof entry['key'] === 'string' ? entry['key'].trim() : '';
    if (!isShape(entry) || key === '') {
      note('key-missing', { at });
      return [];
    }
    const wrong = (code: MistakeCode, values: Mistake['values'] = {}): null =>
      note(code, { at, key, ...values });
    if (!KEY_FORM.test(key)) wrong('key-form', { member: 'key' });
    if (keys.has(key)) wrong('key-twice', { member: 'key' });
    keys.add(key);
    for (const member of Object.keys(entry)) {
      if (!MEMBERS.includes(member)) {
        wrong('unknown-member', { member, known: MEMBERS.join(', ') });
      }
    }
    const reason: Omit<Reason, 'labels'> = {
      key,
      suggested: readSuggested(entry['suggested_amount'], of, hard, wrong),
      noteRequired: entry['note_required'] === true,
    };
    const required = entry['note_required'];
    if (required !== undefined && typeof required !== 'boolean') {
      wrong('true-or-false', { member: 'note_required' });
    }
    const labels = readLabels(entry['label'], wrong);
    return labels ? [{ ...reason, labels }] : [];
  });
  return { reasons, mistakes };
}

type Wrong = (code: MistakeCode, values?: Mistake['values']) => null;

function readSuggested(
  typed: unknown,
  of: Currency,
  hard: Minor | null,
  wrong: Wrong,
): Minor | null {
  if (typed === undefined) return null;
  const member = 'suggested_amount';
  const value = typeof typed === 'number' || typeof typed === 'string' ? String(typed).trim() : '';
  const read = settingAmount(value, of);
  if (!read.ok) return wrong(read.why, { member, value: value || member, decimals: exponent(of) });
  if (hard !== null && read.minor > hard) wrong('suggested-above-hard', { member, value });
  return read.minor;
}

const LANGUAGE = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;

function readLabels(value: unknown, wrong: Wrong): Reason['labels'] | null {
  const member = 'label';
  if (typeof value === 'string' && value.trim() !== '') return { en: value.trim() };
  if (!isShape(value)) return wrong('label-missing', { member });
  const labels: Record<string, string> = {};
  for (const [language, label] of Object.entries(value)) {
    if (!LANGUAGE.test(language)) wrong('unknown-language', { member, value: language });
    else if (typeof label !== 'string' || label.trim() === '') {
      wrong('text-expected', { member: `label.${language}` });
    } else labels[language] = label.trim();
  }
  return Object.keys(labels).length > 0 ? labels : wrong('label-missing', { member });
}

/** The label in the locale, its language, English, or whatever there is. */
export function reasonLabel(reason: Reason, locale: string): string {
  const [language = ''] = locale.split('-');
  const { labels } = reason;
  return (
    labels[locale] ?? labels[language] ?? labels['en'] ?? Object.values(labels)[0] ?? reason.key
  );
}
