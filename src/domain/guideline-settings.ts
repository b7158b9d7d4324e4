import { parseAmount } from './amount-text.ts';
import { type Currency, exponent } from './currencies.ts';
import { type Circumstances, type Guideline, type Strength, STRENGTHS } from './guidelines.ts';
import type { Minor } from './money.ts';
import type { Reason } from './reason-settings.ts';
import { isShape, type Mistake, type MistakeCode } from './settings.ts';

/**
 * The members of a `[[guideline]]`. Amounts are in major units; an empty list is as good as none.
 *
 * `strength` is `advise`, `cosign` or `lead`; left out it is `cosign` for one with a `max_amount`,
 * and `advise` for any other.
 */
const MEMBERS = [
  'key',
  'title',
  'text',
  'article',
  'strength',
  'usual_amount',
  'min_amount',
  'max_amount',
  'reasons',
  'ticket_tags',
  'customer_tags',
  'organizations',
  'channels',
  'forms',
  'fields',
  'past_credits',
  'contact',
] as const;

type Member = (typeof MEMBERS)[number];
type Shape = Readonly<Record<string, unknown>>;

/** Notes a mistake of one guideline, and is null in place of what could not be read. */
type Wrong = (code: MistakeCode, values?: Mistake['values']) => null;

/**
 * Reads the guidelines; every mistake is found, and names the guideline's key and the member. One
 * without a key or title is left out. One with any other mistake only advises until it is mended:
 * what a condition that cannot be read would have let through, nobody knows.
 * @param value what the TOML of `guidelines` holds under `guideline`
 * @param reasons those that a guideline may name
 */
export function readGuidelines(
  value: unknown,
  of: Currency,
  reasons: readonly Reason[],
): { readonly guidelines: readonly Guideline[]; readonly mistakes: readonly Mistake[] } {
  const mistakes: Mistake[] = [];
  const note = (code: MistakeCode, values: Mistake['values']): null => {
    mistakes.push({ setting: 'guidelines', line: null, code, values });
    return null;
  };
  if (value === undefined) return { guidelines: [], mistakes };
  if (!Array.isArray(value)) {
    note('list-expected', { member: 'guideline' });
    return { guidelines: [], mistakes };
  }
  const keys = new Set<string>();
  const guidelines = value.flatMap((entry: unknown, index): Guideline[] => {
    const key = isShape(entry) && typeof entry['key'] === 'string' ? entry['key'].trim() : '';
    if (!isShape(entry) || key === '') {
      note('key-missing', { at: index + 1 });
      return [];
    }
    const before = mistakes.length;
    if (keys.has(key)) note('key-twice', { at: index + 1, key, member: 'key' });
    keys.add(key);
    const guideline = readGuideline(entry, key, of, reasons, (code, values = {}) =>
      note(code, { at: index + 1, key, ...values }),
    );
    if (!guideline) return [];
    const { strength, most, when } = guideline;
    if (
      mistakes.length === before &&
      strength !== 'advise' &&
      most === null &&
      speaksAlways(when)
    ) {
      note('everything-against', { at: index + 1, key, member: 'strength' });
    }
    return [mistakes.length > before ? { ...guideline, strength: 'advise' } : guideline];
  });
  return { guidelines, mistakes };
}

function readGuideline(
  entry: Shape,
  key: string,
  of: Currency,
  known: readonly Reason[],
  wrong: Wrong,
): Guideline | null {
  for (const member of Object.keys(entry)) {
    if (!MEMBERS.some((each) => each === member))
      wrong('unknown-member', { member, known: MEMBERS.join(', ') });
  }
  const { title } = entry;
  if (typeof title !== 'string' || title.trim() === '') return wrong('title-missing');

  const reasons = textsOf(entry, 'reasons', wrong);
  for (const reason of reasons) {
    if (!known.some((each) => each.key === reason)) {
      wrong('unknown-reason', { member: 'reasons', reason });
    }
  }
  const usual = amountOf(entry, 'usual_amount', of, wrong);
  const least = amountOf(entry, 'min_amount', of, wrong);
  const most = amountOf(entry, 'max_amount', of, wrong);
  if (least !== null && most !== null && least > most) {
    wrong('min-above-max', { member: 'min_amount' });
  }
  if (usual !== null && most !== null && usual > most) {
    wrong('usual-above-max', { member: 'usual_amount' });
  }
  const when: Circumstances = {
    reasons,
    least,
    ticketTags: textsOf(entry, 'ticket_tags', wrong),
    customerTags: textsOf(entry, 'customer_tags', wrong),
    organizations: textsOf(entry, 'organizations', wrong),
    channels: textsOf(entry, 'channels', wrong),
    forms: textsOf(entry, 'forms', wrong),
    fields: fieldsOf(entry, wrong),
    pastCredits: pastCreditsOf(entry, wrong),
    contact: contactOf(entry, wrong),
  };
  return {
    key,
    title: title.trim(),
    text: textOf(entry, 'text', wrong),
    article: articleOf(entry, wrong),
    usual,
    strength: strengthOf(entry, most, wrong),
    most,
    when,
  };
}

function textOf(entry: Shape, member: Member, wrong: Wrong): string {
  const value = entry[member];
  if (value === undefined) return '';
  if (typeof value === 'string') return value.trim();
  wrong('text-expected', { member });
  return '';
}

/** It becomes a link: nothing but an address of the web. */
function articleOf(entry: Shape, wrong: Wrong): string | null {
  const value = entry['article'];
  if (value === undefined) return null;
  return typeof value === 'string' && /^https:\/\/[^\s/]+\.[^\s/]+/.test(value.trim())
    ? value.trim()
    : wrong('not-a-link', { member: 'article' });
}

function amountOf(entry: Shape, member: Member, of: Currency, wrong: Wrong): Minor | null {
  const typed = entry[member];
  if (typed === undefined) return null;
  const value = typeof typed === 'number' || typeof typed === 'string' ? String(typed).trim() : '';
  // With grouping, `1.000` would be one thing to its writer and another to a reader.
  const read = /^\d+(?:\.\d+)?$/.test(value) ? parseAmount(value, of, { decimal: '.' }) : null;
  if (read?.ok) return read.minor;
  const why = !read || read.why === 'empty' ? 'not-a-number' : read.why;
  return wrong(why, { member, value: value || member, decimals: exponent(of) });
}

function textsOf(entry: Shape, member: Member, wrong: Wrong): readonly string[] {
  const value = entry[member];
  if (value === undefined) return [];
  const texts = readTexts(value);
  if (texts === null) wrong('texts-expected', { member });
  return texts ?? [];
}

/** Ids are numbers to some people and texts to others: both are read. */
function readTexts(value: unknown): readonly string[] | null {
  if (!Array.isArray(value)) return null;
  const texts = value.map((each: unknown) =>
    typeof each === 'string' || typeof each === 'number' ? String(each).trim() : '',
  );
  return texts.includes('') ? null : texts;
}

function fieldsOf(entry: Shape, wrong: Wrong): Circumstances['fields'] {
  const value = entry['fields'];
  if (value === undefined) return {};
  if (!isShape(value) || Object.keys(value).some((id) => !/^\d+$/.test(id))) {
    wrong('fields-expected', { member: 'fields' });
    return {};
  }
  return Object.fromEntries(
    Object.entries(value).map(([id, values]) => {
      const texts = readTexts(values);
      if (texts === null) wrong('texts-expected', { member: `fields.${id}` });
      return [id, texts ?? []];
    }),
  );
}

function pastCreditsOf(entry: Shape, wrong: Wrong): Circumstances['pastCredits'] {
  const value = entry['past_credits'];
  if (value === undefined) return null;
  const { at_least: atLeast, within_days: withinDays, ...others } = isShape(value) ? value : {};
  return isCount(atLeast) && isCount(withinDays) && Object.keys(others).length === 0
    ? { atLeast, withinDays }
    : wrong('past-credits-expected', { member: 'past_credits' });
}

const MOST_DAYS = 3660;

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST_DAYS;

function contactOf(entry: Shape, wrong: Wrong): Circumstances['contact'] {
  const value = entry['contact'];
  if (value === undefined || value === 'first' || value === 'repeat') return value ?? null;
  return wrong('unknown-contact', { member: 'contact', value: JSON.stringify(value) });
}

function strengthOf(entry: Shape, most: Minor | null, wrong: Wrong): Strength {
  const value = entry['strength'];
  if (value === undefined) return most === null ? 'advise' : 'cosign';
  const strength = STRENGTHS.find((each) => each === value);
  if (!strength) wrong('unknown-strength', { member: 'strength', value: JSON.stringify(value) });
  return strength ?? 'advise';
}

const speaksAlways = ({ reasons, least, fields, pastCredits, contact, ...lists }: Circumstances) =>
  least === null &&
  pastCredits === null &&
  contact === null &&
  [reasons, ...Object.values(fields), ...Object.values(lists)].every((list) => list.length === 0);
