import type { Currency } from './currencies.ts';
import { type Circumstances, type Guideline, type Strength, STRENGTHS } from './guidelines.ts';
import { amountIn, readKeyedList, type Shape, type Wrong } from './keyed-list.ts';
import type { Minor } from './money.ts';
import type { Reason } from './reason-settings.ts';
import { isShape, type Mistake } from './settings.ts';

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
  const { list, mistakes } = readKeyedList(
    'guidelines',
    'guideline',
    value,
    MEMBERS,
    (entry, key, wrong, sound) => {
      const guideline = readGuideline(entry, key, of, reasons, wrong);
      if (!guideline) return null;
      const { strength, most, when } = guideline;
      if (sound() && strength !== 'advise' && most === null && speaksAlways(when)) {
        wrong('everything-against', { member: 'strength' });
      }
      return sound() ? guideline : { ...guideline, strength: 'advise' as const };
    },
  );
  return { guidelines: list, mistakes };
}

function readGuideline(
  entry: Shape,
  key: string,
  of: Currency,
  known: readonly Reason[],
  wrong: Wrong,
): Guideline | null {
  const { title } = entry;
  if (typeof title !== 'string' || title.trim() === '') return wrong('title-missing');

  const reasons = textsOf(entry, 'reasons', wrong);
  for (const reason of reasons) {
    if (!known.some((each) => each.key === reason)) {
      wrong('unknown-reason', { member: 'reasons', reason });
    }
  }
  const usual = amountIn(entry, 'usual_amount', of, wrong);
  const least = amountIn(entry, 'min_amount', of, wrong);
  const most = amountIn(entry, 'max_amount', of, wrong);
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
