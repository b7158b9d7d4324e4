import { type Currency, exponent } from './currencies.ts';
import type { Minor } from './money.ts';
import {
  isShape,
  type Mistake,
  type MistakeCode,
  settingAmount,
  type SettingName,
} from './settings.ts';

/** The members of one entry of a TOML list, as typed. */
export type Shape = Readonly<Record<string, unknown>>;

/** Notes a mistake of one entry, and is null in place of what could not be read. */
export type Wrong = (code: MistakeCode, values?: Mistake['values']) => null;

/** Keys go into the journal and into records, where they stay. */
const KEY_FORM = /^[A-Za-z0-9_.-]{1,64}$/;

/**
 * Reads a list whose entries each have a key of their own. Every mistake is found; an entry without a
 * key is left out.
 * @param value what the TOML of the setting holds under `table`
 * @param read null leaves the entry out, too; `sound`: nothing is wrong with it so far
 */
export function readKeyedList<T>(
  setting: SettingName,
  table: string,
  value: unknown,
  members: readonly string[],
  read: (entry: Shape, key: string, wrong: Wrong, sound: () => boolean) => T | null,
): { readonly list: readonly T[]; readonly mistakes: readonly Mistake[] } {
  const mistakes: Mistake[] = [];
  const note = (code: MistakeCode, values: Mistake['values']): null => {
    mistakes.push({ setting, line: null, code, values });
    return null;
  };
  if (value === undefined) return { list: [], mistakes };
  if (!Array.isArray(value)) {
    note('list-expected', { member: table });
    return { list: [], mistakes };
  }
  const keys = new Set<string>();
  const list = value.flatMap((entry: unknown, index): T[] => {
    const at = index + 1;
    const key = isShape(entry) && typeof entry['key'] === 'string' ? entry['key'].trim() : '';
    if (!isShape(entry) || key === '') {
      note('key-missing', { at });
      return [];
    }
    const before = mistakes.length;
    const wrong: Wrong = (code, values = {}) => note(code, { at, key, ...values });
    if (!KEY_FORM.test(key)) wrong('key-form', { member: 'key' });
    if (keys.has(key)) wrong('key-twice', { member: 'key' });
    keys.add(key);
    for (const member of Object.keys(entry)) {
      if (!members.includes(member)) wrong('unknown-member', { member, known: members.join(', ') });
    }
    const made = read(entry, key, wrong, () => mistakes.length === before);
    return made === null ? [] : [made];
  });
  return { list, mistakes };
}

/** An amount in major units, typed as a number or a text; null: none, or a mistake that was noted. */
export function amountIn(entry: Shape, member: string, of: Currency, wrong: Wrong): Minor | null {
  const typed = entry[member];
  if (typed === undefined) return null;
  const value = typeof typed === 'number' || typeof typed === 'string' ? String(typed).trim() : '';
  const read = settingAmount(value, of);
  if (read.ok) return read.minor;
  return wrong(read.why, { member, value: value || member, decimals: exponent(of) });
}
