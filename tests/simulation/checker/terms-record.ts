import type { SimulatorState } from '#simulator/state.ts';
import type { Zendesk } from '#simulator/zendesk.ts';
import { canonical, sha256 } from './canonical-json.ts';

export const TERMS = '/api/v2/custom_objects/leeway_terms/records';

/** Money limits in minor units. */
export interface CheckedLimits {
  readonly budget: number;
  readonly self: number;
  readonly cosign: number;
  readonly hard: number;
}

/** What a canonical form says. */
export interface CheckedTerms {
  readonly number: number;
  readonly starts: number;
  readonly currency: string;
  readonly zone: string;
  readonly kind: string;
  readonly limits: CheckedLimits;
  readonly cosigners: number;
  readonly cap: number;
  readonly capDays: number;
  readonly expiryHours: number;
  readonly holdHours: number;
  readonly pairLimit: number;
  readonly leads: readonly string[];
  readonly pilot: readonly string[] | null;
  readonly tiers: readonly {
    readonly key: string;
    readonly tag: string | null;
    /** A group's id. */
    readonly group: string | null;
    readonly limits: CheckedLimits;
  }[];
}

/** One `leeway_terms` record as it stands. */
export interface TermsEntry {
  readonly number: number;
  /** When it holds from: never before the record was made. */
  readonly from: number;
  readonly made: number;
  /** Digests of all texts that were ever written under its number. */
  readonly texts: ReadonlySet<string>;
  readonly digest: string | null;
  /** null: altered, so that nobody can know what it said. */
  readonly terms: CheckedTerms | null;
  /** Its last writer is an admin. */
  readonly affirmed: boolean;
}

interface CanonicalTerms {
  number: number;
  starts_at: string;
  currency: string;
  time_zone: string;
  period: string;
  limits: CheckedLimits;
  cosigners: number;
  customer_cap: number;
  customer_cap_days: number;
  expiry_hours: number;
  hold_hours: number;
  pair_limit: number;
  leads: string[];
  pilot: string[] | null;
  tiers: { key: string; tag: string | null; group: string | null; limits: CheckedLimits }[];
}

function read(text: string): CheckedTerms | null {
  let form: CanonicalTerms;
  try {
    form = JSON.parse(text) as CanonicalTerms;
  } catch {
    return null;
  }
  if (canonical(form) !== text) return null;
  return {
    number: form.number,
    starts: Date.parse(form.starts_at),
    currency: form.currency,
    zone: form.time_zone,
    kind: form.period,
    limits: form.limits,
    cosigners: form.cosigners,
    cap: form.customer_cap,
    capDays: form.customer_cap_days,
    expiryHours: form.expiry_hours,
    holdHours: form.hold_hours,
    pairLimit: form.pair_limit,
    leads: form.leads,
    pilot: form.pilot,
    tiers: form.tiers,
  };
}

const readings = new Map<string, CheckedTerms | null>();
const digests = new Map<string, string>();

function remembered<T>(memory: Map<string, T>, key: string, make: (key: string) => T): T {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = make(key);
  if (memory.size > 2_000) memory.clear();
  memory.set(key, made);
  return made;
}

/** All terms of the account by ascending number, judged as DESIGN.md section 2.3 says. */
export function termsOf({ state, log }: Pick<Zendesk, 'state' | 'log'>): readonly TermsEntry[] {
  const texts = textsWritten(log);
  return Object.values(state.records['leeway_terms'] ?? {})
    .map((record): TermsEntry => {
      const fields = record.custom_object_fields;
      const text = String(fields['canonical'] ?? '');
      const digest = remembered(digests, text, sha256);
      const terms = remembered(readings, text, read);
      const number = Number(record.external_id);
      const startField = Date.parse(String(fields['starts_at'] ?? ''));
      const whole =
        terms !== null &&
        digest === fields['digest'] &&
        terms.number === number &&
        terms.starts === startField;
      const made = Date.parse(record.created_at);
      const start = terms?.starts ?? (Number.isNaN(startField) ? made : startField);
      const writer = state.users[record.updated_by_user_id];
      return {
        number,
        from: Math.max(start, made),
        made,
        texts: texts.get(number) ?? new Set(),
        digest: whole ? digest : null,
        terms: whole ? terms : null,
        affirmed:
          writer !== undefined && writer.role === 'admin' && writer.active && !writer.suspended,
      };
    })
    .sort((one, other) => one.number - other.number);
}

/** By number, digests of what was ever written as its text, by anybody. */
function textsWritten(log: Zendesk['log']): ReadonlyMap<number, ReadonlySet<string>> {
  const texts = new Map<number, Set<string>>();
  for (const { path, status, body } of log) {
    if (!path.startsWith(TERMS) || status < 200 || status >= 300) continue;
    const text = (
      body as { custom_object_record?: { custom_object_fields?: { canonical?: string } } }
    )?.custom_object_record?.custom_object_fields?.canonical;
    const number = Number(text?.match(/"number":(\d+)/)?.[1]);
    if (text === undefined || Number.isNaN(number)) continue;
    const known = texts.get(number) ?? new Set();
    texts.set(number, known.add(remembered(digests, text, sha256)));
  }
  return texts;
}

/** DESIGN.md section 5: the first tier whose tag somebody has or in whose group they are; null: none. */
export const tierOf = (
  { tiers }: CheckedTerms,
  { tags, groups }: { readonly tags: readonly string[]; readonly groups: readonly string[] },
) =>
  tiers.find(
    ({ tag, group }) =>
      (tag !== null && tags.includes(tag)) || (group !== null && groups.includes(group)),
  ) ?? null;

export const groupsOf = ({ group_memberships: all }: SimulatorState, user: string): string[] =>
  all
    .filter(({ user_id: member }) => String(member) === user)
    .map(({ group_id: group }) => String(group));

/** The highest number that has started. */
export const inForceAt = (entries: readonly TermsEntry[], at: number): TermsEntry | undefined =>
  entries.findLast(({ from }) => from <= at);

export type Usable =
  | { readonly ok: true; readonly terms: CheckedTerms; readonly affirmed: boolean }
  | {
      readonly ok: false;
      /** Deleted or altered: what it said cannot be known. */
      readonly unknowable: boolean;
      /** Whole, and not what was named: anybody can invent a digest. */
      readonly otherDigest: boolean;
      /** What was named was its text once: another was affirmed since. */
      readonly affirmedSince: boolean;
    };

/** Whether something written at that moment may name these terms: an hour's grace after the next. */
export function usable(
  entries: readonly TermsEntry[],
  named: { number: number; digest: string },
  at: number,
): Usable {
  const entry = entries.find(({ number }) => number === named.number);
  // A record made after it was named is another one under the number of one that was deleted.
  const replaced = entry !== undefined && entry.made > at;
  if (entry?.terms && entry.affirmed && entry.digest !== named.digest && !replaced) {
    const affirmedSince = entry.texts.has(named.digest);
    return { ok: false, unknowable: false, otherDigest: true, affirmedSince };
  }
  if (!entry?.terms || entry.digest !== named.digest) {
    return { ok: false, unknowable: true, otherDigest: false, affirmedSince: false };
  }
  const ended = entries.some(({ number, from }) => number > named.number && from + 3_600_000 <= at);
  if (ended || entry.terms.starts > at) {
    return { ok: false, unknowable: false, otherDigest: false, affirmedSince: false };
  }
  return { ok: true, terms: entry.terms, affirmed: entry.affirmed };
}
