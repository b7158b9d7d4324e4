import { type Canonical, canonicalJson, type Digest, digestOf } from './canonical.ts';
import { type Currency, currency } from './currencies.ts';
import { type GroupId, groupId, type UserId, userId } from './ids.ts';
import { HOUR, type Instant, instantFromIso, isoFromInstant, later, plus } from './instant.ts';
import { minor, type Minor } from './money.ts';
import {
  type BudgetPeriod,
  type PeriodKind,
  periodKind,
  type TimeZone,
  timeZone,
} from './period.ts';

/** The money limits of an agent, in minor units of the terms' currency. */
export interface Limits {
  /** Per period. */
  readonly budget: Minor;
  /** Up to here alone; 0: never alone. */
  readonly self: Minor;
  /** Up to here with colleagues. */
  readonly cosign: Minor;
  /** Nobody above here. */
  readonly hard: Minor;
}

/** Other limits for the agents with a tag or in a group. The first tier that fits an agent holds. */
export interface Tier {
  readonly key: string;
  readonly name: string;
  readonly tag: string | null;
  readonly group: GroupId | null;
  readonly limits: Limits;
}

/** A published version of the settings: what decides bands. */
export interface Terms {
  /** 1, 2, 3 … */
  readonly number: number;
  readonly startsAt: Instant;
  readonly currency: Currency;
  readonly timeZone: TimeZone;
  readonly period: PeriodKind;
  readonly limits: Limits;
  /** 1 to 3. */
  readonly cosigners: number;
  readonly customerCap: Minor;
  readonly customerCapDays: number;
  readonly expiryHours: number;
  readonly holdHours: number;
  /** Co-signs by one checker for one maker in a period; 0: no limit. */
  readonly pairLimit: number;
  readonly leads: readonly UserId[];
  /** Who may submit; null: everyone. */
  readonly pilot: readonly UserId[] | null;
  readonly tiers: readonly Tier[];
}

/** A `leeway_terms` record as read. */
export interface TermsRecord {
  readonly number: number;
  readonly canonical: string;
  readonly digest: string;
  readonly startsAt: Instant | null;
  readonly createdAt: Instant;
  readonly createdBy: UserId | null;
  readonly updatedAt: Instant;
  readonly updatedBy: UserId | null;
}

/** Why terms are frozen. `writer-unknown`: who wrote last could not be read, which is no verdict. */
export type FrozenWhy = 'altered' | 'missing' | 'writer-not-admin' | 'writer-unknown';

export type TermsEntry =
  | {
      readonly state: 'good';
      readonly number: number;
      readonly digest: Digest;
      readonly terms: Terms;
      readonly record: TermsRecord;
    }
  | {
      readonly state: 'frozen';
      readonly number: number;
      readonly why: FrozenWhy;
      /** The digest and terms where the canonical form is whole; null where nothing can be known. */
      readonly digest: Digest | null;
      readonly terms: Terms | null;
      readonly record: TermsRecord | null;
    };

/** All terms ever published, by ascending number and without gaps. */
export type TermsHistory = readonly TermsEntry[];

const limitsForm = (limits: Limits): Canonical => ({
  budget: limits.budget,
  cosign: limits.cosign,
  hard: limits.hard,
  self: limits.self,
});

/** The one spelling of terms, version 1. Its digest is what a request names. */
export const canonicalTerms = (terms: Terms): string =>
  canonicalJson({
    v: 1,
    number: terms.number,
    starts_at: isoFromInstant(terms.startsAt),
    currency: terms.currency,
    time_zone: terms.timeZone,
    period: terms.period,
    limits: limitsForm(terms.limits),
    cosigners: terms.cosigners,
    customer_cap: terms.customerCap,
    customer_cap_days: terms.customerCapDays,
    expiry_hours: terms.expiryHours,
    hold_hours: terms.holdHours,
    pair_limit: terms.pairLimit,
    leads: terms.leads,
    pilot: terms.pilot,
    tiers: terms.tiers.map((tier) => ({
      key: tier.key,
      name: tier.name,
      tag: tier.tag,
      group: tier.group,
      limits: limitsForm(tier.limits),
    })),
  });

/** By which calendar and in which currency the terms count budgets. */
export const periodOf = ({ period, timeZone: zone, currency: code }: Terms): BudgetPeriod => ({
  kind: period,
  timeZone: zone,
  currency: code,
});

export const termsDigest = (terms: Terms): Digest => digestOf(canonicalTerms(terms));

/** No record with a higher number is one of terms: a forged one must not make a list of a billion gaps. */
const MOST_TERMS = 10_000;

type Shape = Readonly<Record<string, unknown>>;

const isShape = (value: unknown): value is Shape =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readLimits(value: unknown): Limits | null {
  if (!isShape(value)) return null;
  const budget = minor(value['budget']);
  const self = minor(value['self']);
  const cosign = minor(value['cosign']);
  const hard = minor(value['hard']);
  return budget === null || self === null || cosign === null || hard === null
    ? null
    : { budget, self, cosign, hard };
}

/** Every element read, or null: a list with one unreadable element is unreadable. */
function readAll<T>(value: unknown, read: (element: unknown) => T | null): readonly T[] | null {
  if (!Array.isArray(value)) return null;
  const elements = value.map(read);
  return elements.every((element) => element !== null) ? elements : null;
}

function readTier(value: unknown): Tier | null {
  if (!isShape(value)) return null;
  const { key, name, tag } = value;
  const limits = readLimits(value['limits']);
  const group = groupId(value['group']);
  if (typeof key !== 'string' || typeof name !== 'string' || !limits) return null;
  if (tag !== null && typeof tag !== 'string') return null;
  return { key, name, tag, group, limits };
}

const count = (value: unknown, from: number, to: number): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to
    ? value
    : null;

/**
 * Reads a canonical form back. @returns null unless the text is exactly what {@link canonicalTerms}
 * writes: a form with a second spelling would have a second digest.
 */
export function parseTerms(canonical: string): Terms | null {
  let form: unknown;
  try {
    form = JSON.parse(canonical);
  } catch {
    return null;
  }
  if (!isShape(form) || form['v'] !== 1) return null;
  const terms = {
    number: count(form['number'], 1, MOST_TERMS),
    startsAt: instantFromIso(form['starts_at']),
    currency: currency(form['currency']),
    timeZone: timeZone(form['time_zone']),
    period: periodKind(form['period']),
    limits: readLimits(form['limits']),
    cosigners: count(form['cosigners'], 1, 3),
    customerCap: minor(form['customer_cap']),
    customerCapDays: count(form['customer_cap_days'], 1, 3660),
    expiryHours: count(form['expiry_hours'], 1, 8784),
    holdHours: count(form['hold_hours'], 0, 8784),
    pairLimit: count(form['pair_limit'], 0, 1_000_000),
    leads: readAll(form['leads'], userId),
    pilot: form['pilot'] === null ? ('everyone' as const) : readAll(form['pilot'], userId),
    tiers: readAll(form['tiers'], readTier),
  };
  if (!isComplete(terms)) return null;
  const { pilot } = terms;
  const read: Terms = { ...terms, pilot: pilot === 'everyone' ? null : pilot };
  return canonicalTerms(read) === canonical ? read : null;
}

type Complete<T> = { readonly [K in keyof T]: NonNullable<T[K]> };

const isComplete = <T extends object>(value: T): value is T & Complete<T> =>
  Object.values(value).every((member) => member !== null);

/**
 * Judges the records as read: good while the canonical form has its digest and its last writer is an
 * admin. A number that is missing below the highest is an entry too: somebody deleted it.
 * @param isAdmin null where that person's role could not be read
 * @param remembered canonical forms by number that this client has seen good before: they tell that
 *   the newest was deleted, and what an altered one said, so that an admin can affirm it
 */
export function judgeTerms(
  records: readonly TermsRecord[],
  isAdmin: (id: UserId) => boolean | null,
  remembered: ReadonlyMap<number, string> = new Map(),
): TermsHistory {
  const possible = (number: number): boolean => count(number, 1, MOST_TERMS) !== null;
  const byNumber = new Map(
    records.filter(({ number }) => possible(number)).map((record) => [record.number, record]),
  );
  const highest = Math.max(0, ...byNumber.keys(), ...[...remembered.keys()].filter(possible));
  return Array.from({ length: highest }, (_, index): TermsEntry => {
    const number = index + 1;
    const record = byNumber.get(number) ?? null;
    const frozen = (why: FrozenWhy, terms: Terms | null): TermsEntry => ({
      state: 'frozen',
      number,
      why,
      digest: terms && termsDigest(terms),
      terms,
      record,
    });
    const seen = parseTerms(remembered.get(number) ?? '');
    const before = seen?.number === number ? seen : null;
    if (!record) return frozen('missing', before);
    const terms = parseTerms(record.canonical);
    if (terms?.number !== number) return frozen('altered', before);
    const digest = termsDigest(terms);
    // The canonical form is what counts; a digest or start that disagrees shows that somebody wrote there.
    if (digest !== record.digest || terms.startsAt !== record.startsAt) {
      return frozen('altered', before ?? terms);
    }
    const admin = record.updatedBy === null ? false : isAdmin(record.updatedBy);
    if (admin) return { state: 'good', number, digest, terms, record };
    return frozen(admin === null ? 'writer-unknown' : 'writer-not-admin', before ?? terms);
  });
}

/**
 * From when an entry holds, as far as it can be known: an altered record's own field, a missing one's
 * never. Not before Zendesk made the record: a start in the past would end the terms before it after
 * the fact, and with them every credit that names them.
 */
function startOf({ record, terms }: TermsEntry): Instant | null {
  if (!record) return terms?.startsAt ?? null;
  return later(terms?.startsAt ?? record.startsAt ?? record.createdAt, record.createdAt);
}

/**
 * The entry in force: the highest number that has started. Where the newest was deleted, that one,
 * frozen: the limits before it must not come back. undefined before the first publication.
 */
export function termsInForce(history: TermsHistory, at: Instant): TermsEntry | undefined {
  const deleted = history.at(-1);
  if (deleted && !deleted.record) return deleted;
  return history.findLast((entry) => {
    const start = startOf(entry);
    return start !== null && start <= at;
  });
}

/** How long after the next terms' start an open tab may still write under the old ones. */
const GRACE = HOUR;

export type TermsUse =
  | { readonly ok: true; readonly entry: TermsEntry & { readonly terms: Terms } }
  | {
      readonly ok: false;
      /**
       * `unknowable`: deleted, altered, or made anew later under the same number, so that what was
       * written under it can't be judged; `other-digest`: whole, and yet not what was named.
       */
      readonly why: 'unknowable' | 'other-digest' | 'not-started' | 'ended';
    };

/**
 * Whether something written at `at` may name these terms: they had started, and the next had not
 * started more than an hour before.
 */
export function termsUsable(
  history: TermsHistory,
  named: { readonly number: number; readonly digest: Digest },
  at: Instant,
): TermsUse {
  const entry = history.find(({ number }) => number === named.number);
  if (entry?.state === 'good' && entry.digest !== named.digest) {
    // What was named before this record was made cannot be this one: terms of its number were deleted.
    return { ok: false, why: entry.record.createdAt > at ? 'unknowable' : 'other-digest' };
  }
  if (!entry?.terms || entry.digest !== named.digest) return { ok: false, why: 'unknowable' };
  if (at < entry.terms.startsAt) return { ok: false, why: 'not-started' };
  const ended = history.some((next) => {
    const start = next.number > entry.number ? startOf(next) : null;
    return start !== null && plus(start, GRACE) <= at;
  });
  if (ended) return { ok: false, why: 'ended' };
  return { ok: true, entry: entry as TermsEntry & { readonly terms: Terms } };
}

/** The limits of the tier with that key; the common ones for null; null for a tier that is not in the terms. */
export function limitsOf(
  terms: Pick<Terms, 'limits' | 'tiers'>,
  tier: string | null,
): Limits | null {
  if (tier === null) return terms.limits;
  return terms.tiers.find(({ key }) => key === tier)?.limits ?? null;
}

/** The first tier that fits, by the agent's tags and groups; null: the common limits. */
export const tierFor = (
  terms: Pick<Terms, 'tiers'>,
  agent: { readonly tags: readonly string[]; readonly groups: readonly GroupId[] },
): Tier | null =>
  terms.tiers.find(
    ({ tag, group }) =>
      (tag !== null && agent.tags.includes(tag)) ||
      (group !== null && agent.groups.includes(group)),
  ) ?? null;
