import { type GroupId, groupId, type UserId } from '#domain/ids.ts';
import { nearest } from '#domain/likeness.ts';
import type { Instant } from '#domain/instant.ts';
import { SECOND } from '#domain/instant.ts';
import type { Reason } from '#domain/reason-settings.ts';
import type { Mistake, MistakeCode, RawSettings } from '#domain/settings.ts';
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
import { type NamedGroup, readSettings, type SettingsReading } from './read-settings.ts';
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
  const resolved = await resolvePeople(context, reading);
  const good = history.findLast(
    ({ state, number }) => state === 'good' && number <= (inForce?.number ?? 0),
  );
  const base = good?.terms ?? inForce?.terms ?? null;
  return {
    history,
    inForce,
    next: resolved.next,
    reasons: reading.reasons,
    mistakes: [...reading.mistakes, ...resolved.mistakes.map(reading.placed)],
    base,
    changes: resolved.next ? changesFrom(base, resolved.next) : [],
  };
}

/** The terms that the draft makes, once its groups are people; their names are checked in any case. */
async function resolvePeople(
  { helpdesk }: Context,
  { draft, groups: named }: SettingsReading,
): Promise<{ readonly next: NextTerms | null; readonly mistakes: readonly Mistake[] }> {
  const groups = named.length > 0 ? await helpdesk.readGroups() : [];
  const mistakes = named.flatMap((each) => wrongGroup(each, groups) ?? []);
  if (!draft || mistakes.length > 0) return { next: null, mistakes };
  const { leadGroups, pilotGroups, tiers: draftTiers, ...common } = draft;
  const idOf = (wanted: string): GroupId | null =>
    groupId(groups.find(({ name }) => name.trim() === wanted)?.id);
  const members = async (names: readonly string[]): Promise<UserId[]> => {
    const ids = names.map(idOf).filter((id) => id !== null);
    const people = await Promise.all(ids.map((id) => helpdesk.readGroupMembers(id)));
    return people.flat().map(({ id }) => id);
  };
  const leads =
    leadGroups.length > 0
      ? await members(leadGroups)
      : (await helpdesk.readCheckers()).filter(({ role }) => role === 'admin').map(({ id }) => id);
  const pilot = pilotGroups.length > 0 ? await members(pilotGroups) : null;
  const next: NextTerms = {
    ...common,
    leads: sorted(leads),
    pilot: pilot && sorted(pilot),
    tiers: draftTiers.map(({ key, name, tag, groupName, limits }) => ({
      key,
      name,
      tag,
      group: groupName === null ? null : idOf(groupName),
      limits,
    })),
  };
  const tooLong = tooLongFor(next);
  return tooLong ? { next: null, mistakes: [tooLong] } : { next, mistakes: [] };
}

/** null: there is exactly one group of that name. */
function wrongGroup(
  { setting, name: group, tier }: NamedGroup,
  groups: readonly Group[],
): Mistake | null {
  const names = groups.map(({ name }) => name.trim());
  const found = names.filter((name) => name === group).length;
  if (found === 1) return null;
  const place = tier === null ? {} : { key: tier, member: 'group' };
  const wrong = (code: MistakeCode, more: Mistake['values'] = {}): Mistake => ({
    setting,
    line: null,
    code,
    values: { group, ...place, ...more },
  });
  if (found > 1) return wrong('group-not-unique');
  const suggestion = nearest(group, names);
  return suggestion === null ? wrong('group-unknown') : wrong('group-misspelt', { suggestion });
}

/** Zendesk keeps 32 KB a record; the other fields, and what Zendesk itself writes there, take some. */
const MOST_BYTES = 30 * 1024;

/** The list that has to become shorter before the terms fit into a record; null: they fit. */
function tooLongFor(next: NextTerms): Mistake | null {
  const bytes = (value: string): number => new TextEncoder().encode(value).length;
  const form = canonicalTerms({ ...next, number: 9999, startsAt: 0 as Instant });
  if (bytes(form) <= MOST_BYTES) return null;
  const [longest] = (
    [
      { setting: 'pilot_groups', list: next.pilot ?? [] },
      { setting: 'lead_groups', list: next.leads },
      { setting: 'tiers', list: next.tiers },
    ] as const
  )
    .map(({ setting, list }) => ({
      setting,
      count: list.length,
      size: bytes(JSON.stringify(list)),
    }))
    .sort((one, other) => other.size - one.size);
  const over = bytes(form) - MOST_BYTES;
  const { setting = 'pilot_groups', count = 0, size = 1 } = longest ?? {};
  // Ids differ in length: a round number says that it is about so many.
  const most = Math.max(0, Math.floor((count * (size - over)) / size / 100) * 100);
  return { setting, line: null, code: 'record-too-long', values: { found: count, most } };
}

/** One order for one set of people, so that the same people never look like a change. */
const sorted = (ids: readonly UserId[]): readonly UserId[] =>
  [...new Set(ids)].sort((one, other) => one.length - other.length || (one < other ? -1 : 1));

/** The members that differ; all of them before the first publication. */
export function changesFrom(from: Terms | null, to: NextTerms | Terms): readonly TermsChange[] {
  const members = (Object.keys(to) as (keyof Terms)[]).filter(
    (member): member is keyof NextTerms => member !== 'number' && member !== 'startsAt',
  );
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
  const digest = termsDigest(terms);
  try {
    const { say } = await context.notes();
    const { kind } = await helpdesk.publishTerms({
      number: terms.number,
      canonical: canonicalTerms(terms),
      digest,
      startsAt,
      name: say('terms.recordName', { number: String(terms.number) }),
    });
    return kind === 'taken'
      ? { kind: 'overtaken' }
      : { kind: 'published', number: terms.number, startsAt };
  } catch (cause) {
    if (!(cause instanceof HelpdeskError)) throw cause;
    if (cause.code !== 'outcome-unknown') return { kind: 'failed', code: cause.code };
    return readBack(context, terms.number, digest, startsAt);
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
