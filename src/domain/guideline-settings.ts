import type { Currency } from './currencies.ts';
import type { Guideline } from './guidelines.ts';
import { parseAmount } from './money.ts';
import { isShape, type Mistake, type Reason, type Wrong } from './settings.ts';

const GUIDELINE_MEMBERS = ['key', 'title', 'text', 'reasons', 'max_amount'];

/**
 * Reads the guidelines. Wrong ones are left out and told.
 * @param value what the TOML of `guidelines` holds under `guideline`
 * @param reasons the keys that a guideline may name
 */
export function readGuidelines(
  value: unknown,
  of: Currency,
  reasons: readonly Reason[],
): { readonly guidelines: readonly Guideline[]; readonly mistakes: readonly Mistake[] } {
  const mistakes: Mistake[] = [];
  const wrong: Wrong = (setting, code, values = {}) => {
    mistakes.push({ setting, line: null, code, values });
    return null;
  };
  if (value === undefined) return { guidelines: [], mistakes };
  if (!Array.isArray(value)) {
    wrong('guidelines', 'list-expected', { member: 'guideline' });
    return { guidelines: [], mistakes };
  }
  const keys = new Set<string>();
  const guidelines = value.flatMap((guideline: unknown, index): Guideline[] => {
    if (!isShape(guideline) || typeof guideline['key'] !== 'string' || !guideline['key'].trim()) {
      wrong('guidelines', 'key-missing', { at: index + 1 });
      return [];
    }
    const key = guideline['key'].trim();
    if (keys.has(key)) wrong('guidelines', 'key-twice', { key });
    keys.add(key);
    for (const member of Object.keys(guideline)) {
      if (!GUIDELINE_MEMBERS.includes(member)) {
        wrong('guidelines', 'unknown-member', { key, member });
      }
    }
    const { title, text, reasons: named, max_amount: typed } = guideline;
    if (typeof title !== 'string' || title.trim() === '') {
      wrong('guidelines', 'label-missing', { key });
      return [];
    }
    const wanted = (Array.isArray(named) ? named : []).map(String);
    for (const reason of wanted) {
      if (!reasons.some((each) => each.key === reason)) {
        wrong('guidelines', 'unknown-reason', { key, reason });
      }
    }
    const amount = typed === undefined ? null : parseAmount(String(typed), of, { decimal: '.' });
    if (amount && !amount.ok) wrong('guidelines', 'not-a-number', { value: String(typed) });
    return [
      {
        key,
        title,
        text: typeof text === 'string' ? text : '',
        reasons: wanted,
        most: amount?.ok ? amount.minor : null,
      },
    ];
  });
  return { guidelines, mistakes };
}
