import { type GroupId, groupId, type UserId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import { SECOND } from '#domain/instant.ts';
import type { Draft, DraftTier, Mistake, RawSettings, Reason } from '#domain/settings.ts';
import {
  canonicalTerms,
  type Terms,
  termsDigest,
  type TermsEntry,
  type TermsHistory,
  termsInForce,
} from '#domain/terms.ts';
import { HelpdeskError, type HelpdeskErrorCode } from '#zendesk/errors.ts';
import type { Group } from '#zendesk/helpdesk.ts';
import type { Context } from './context.ts';
import { readSettings } from './read-settings.ts';
import { readTermsHistory } from './terms-history.ts';

/** Terms but for their number and start: what would be published. */
export type NextTerms = Omit<Terms, 'number' | 'startsAt'>;

/** What an admin sees before publishing. */
export interface Publishing {
  readonly history: TermsHistory;
  readonly inForce: TermsEntry | undefined;
  /** null while the settings hold a mistake. */
  readonly next: NextTerms | null;
  readonly reasons: readonly Reason[];
  readonly mistakes: readonly Mistake[];
  /**
   * What the draft is compared with: the newest good terms up to those in force. Frozen ones may be
   * forged, so that they are compared with only where no good ones are left. null: none at all.
   */
  readonly base: Terms | null;
  readonly changes: readonly TermsChange[];
}

/** One member of the terms that publishing would change; null on a side that has none. */
export interface TermsChange {
  readonly member: keyof NextTerms;
  readonly from: NextTerms[keyof NextTerms] | undefined;
  readonly to: NextTerms[keyof NextTerms];
}

/** Reads the draft, the people it names and the terms in force, and says what publishing would change. */
export async function preparePublishing(
  context: Context,
  settings: RawSettings,
): Promise<Publishing> {
  const reading = readSettings(settings);
  const history = await readTermsHistory(context);
  const inForce = termsInForce(history, context.clock.now());
  const resolved = reading.draft
    ? await resolvePeople(context, reading.draft)
    : { next: null, mistakes: [] };
  const good = history.findLast(
    ({ state, number }) => state === 'good' && number <= (inForce?.number ?? 0),
  );
  const base = good?.terms ?? inForce?.terms ?? null;
  return {
    history,
    inForce,
    next: resolved.next,
    reasons: reading.reasons,
    mistakes: [...reading.mistakes, ...resolved.mistakes],
    base,
    changes: resolved.next ? changesFrom(base, resolved.next) : [],
  };
}

async function resolvePeople(
  { helpdesk }: Context,
  draft: Draft,
): Promise<{ readonly next: NextTerms | null; readonly mistakes: readonly Mistake[] }> {
  const named = [
    ...draft.leadGroups,
    ...draft.pilotGroups,
    ...draft.tiers.flatMap(({ groupName }) => groupName ?? []),
  ];
  const groups = named.length > 0 ? await helpdesk.readGroups() : [];
  const mistakes: Mistake[] = [];
  const find = (setting: string, name: string): GroupId | null => {
    const found = groups.filter((group: Group) => group.name.trim() === name);
    const [only] = found;
    if (only && found.length === 1) return groupId(only.id);
    const code = found.length === 0 ? 'group-unknown' : 'group-not-unique';
    mistakes.push({ setting, line: null, code, values: { group: name } });
    return null;
  };
  const members = async (setting: string, names: readonly string[]): Promise<UserId[]> => {
    const ids = names.map((name) => find(setting, name)).filter((id) => id !== null);
    const people = await Promise.all(ids.map((id) => helpdesk.readGroupMembers(id)));
    return people.flat().map(({ id }) => id);
  };
  const leads =
    draft.leadGroups.length > 0
      ? await members('lead_groups', draft.leadGroups)
      : (await helpdesk.readCheckers()).filter(({ role }) => role === 'admin').map(({ id }) => id);
  const pilot =
    draft.pilotGroups.length > 0 ? await members('pilot_groups', draft.pilotGroups) : null;
  const tiers = draft.tiers.map((tier: DraftTier) => ({
    key: tier.key,
    name: tier.name,
    tag: tier.tag,
    group: tier.groupName === null ? null : find('tiers', tier.groupName),
    limits: tier.limits,
  }));
  const next: NextTerms = {
    currency: draft.currency,
    timeZone: draft.timeZone,
    period: draft.period,
    limits: draft.limits,
    cosigners: draft.cosigners,
    customerCap: draft.customerCap,
    customerCapDays: draft.customerCapDays,
    expiryHours: draft.expiryHours,
    holdHours: draft.holdHours,
    pairLimit: draft.pairLimit,
    leads: sorted(leads),
    pilot: pilot && sorted(pilot),
    tiers,
  };
  return { next: mistakes.length === 0 ? next : null, mistakes };
}

/** One order for one set of people, so that the same people never look like a change. */
const sorted = (ids: readonly UserId[]): readonly UserId[] =>
  [...new Set(ids)].sort((one, other) => one.length - other.length || (one < other ? -1 : 1));

/** The members that differ; all of them before the first publication. */
function changesFrom(from: Terms | null, to: NextTerms): readonly TermsChange[] {
  const members = Object.keys(to) as (keyof NextTerms)[];
  return members
    .filter((member) => !from || JSON.stringify(from[member]) !== JSON.stringify(to[member]))
    .map((member) => ({ member, from: from?.[member], to: to[member] }));
}

export type PublishOutcome =
  | { readonly kind: 'published'; readonly number: number; readonly startsAt: Instant }
  /** Somebody else published meanwhile: look again. */
  | { readonly kind: 'overtaken' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'failed'; readonly code: HelpdeskErrorCode };

/**
 * Writes the next `leeway_terms` record: its number is the lock, so that of two admins one publishes.
 * After a lost answer it reads back by number; the digest tells whose record it is.
 */
export async function publishTerms(
  context: Context,
  next: NextTerms,
  lastNumber: number,
): Promise<PublishOutcome> {
  const { helpdesk, clock } = context;
  const startsAt = (Math.floor(clock.now() / SECOND) * SECOND) as Instant;
  const terms: Terms = { ...next, number: lastNumber + 1, startsAt };
  const notes = await context.notes();
  const record = {
    number: terms.number,
    canonical: canonicalTerms(terms),
    digest: termsDigest(terms),
    startsAt,
    name: notes.say('terms.recordName', { number: String(terms.number) }),
  };
  try {
    const { kind } = await helpdesk.publishTerms(record);
    return kind === 'taken'
      ? { kind: 'overtaken' }
      : { kind: 'published', number: terms.number, startsAt };
  } catch (cause) {
    if (!(cause instanceof HelpdeskError)) throw cause;
    if (cause.code !== 'outcome-unknown') return { kind: 'failed', code: cause.code };
    return readBack(context, terms.number, record.digest, startsAt);
  }
}

async function readBack(
  { helpdesk }: Context,
  number: number,
  digest: string,
  startsAt: Instant,
): Promise<PublishOutcome> {
  try {
    const records = await helpdesk.readTermsRecords();
    const found = records.find((record) => record.number === number);
    if (!found) return { kind: 'unknown' };
    return found.digest === digest
      ? { kind: 'published', number, startsAt }
      : { kind: 'overtaken' };
  } catch (cause) {
    if (cause instanceof HelpdeskError) return { kind: 'unknown' };
    throw cause;
  }
}

export type AffirmOutcome =
  { readonly kind: 'affirmed' } | { readonly kind: 'failed'; readonly code: HelpdeskErrorCode };

/** Writes the same canonical form again, by an admin: terms whose writer left are good again. */
export async function affirmTerms(context: Context, entry: TermsEntry): Promise<AffirmOutcome> {
  const { terms } = entry;
  if (!terms) return { kind: 'failed', code: 'invalid' };
  try {
    const canonical = canonicalTerms(terms);
    await context.helpdesk.affirmTerms(entry.number, canonical, termsDigest(terms), terms.startsAt);
    return { kind: 'affirmed' };
  } catch (cause) {
    if (cause instanceof HelpdeskError) return { kind: 'failed', code: cause.code };
    throw cause;
  }
}
