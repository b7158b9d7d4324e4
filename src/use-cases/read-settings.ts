import { type Currency, currency } from '#domain/currencies.ts';
import { type Draft, readDraft } from '#domain/draft-settings.ts';
import { readGuidelines } from '#domain/guideline-settings.ts';
import type { Guideline } from '#domain/guidelines.ts';
import { readReasons, type Reason } from '#domain/reason-settings.ts';
import { readReplyTemplates } from '#domain/reply-template.ts';
import {
  isShape,
  type Mistake,
  type RawSettings,
  type SettingName,
  readNames,
  settingText,
} from '#domain/settings.ts';
import type { DraftTier } from '#domain/tier-settings.ts';
import { readTomlList, type TomlList } from './toml-list.ts';

/** The settings as they are typed now, with everything that is wrong in them. */
export interface SettingsReading {
  /** null when something is wrong: then nothing can be published. */
  readonly draft: Draft | null;
  readonly reasons: readonly Reason[];
  /** As typed, also while something else is wrong. */
  readonly tiers: readonly DraftTier[];
  readonly guidelines: readonly Guideline[];
  /** The groups that are named, whatever else is wrong: whether they exist, only Zendesk knows. */
  readonly groups: readonly NamedGroup[];
  readonly mistakes: readonly Mistake[];
  /** The line of a mistake that is found later, by asking Zendesk: in a list, or among names. */
  readonly placed: (mistake: Mistake) => Mistake;
}

export interface NamedGroup {
  readonly setting: 'lead_groups' | 'pilot_groups' | 'tiers';
  readonly name: string;
  /** Of the tier that names it. */
  readonly tier: string | null;
}

/** Reads all settings, TOML lists included. Never throws: what is wrong is a mistake with its line. */
export function readSettings(settings: RawSettings): SettingsReading {
  const lists = {
    reasons: readTomlList('reasons', settings['reasons'], 'reason'),
    tiers: readTomlList('tiers', settings['tiers'], 'tier'),
    guidelines: readTomlList('guidelines', settings['guidelines'], 'guideline'),
  };
  const common = readDraft(settings, lists.tiers.value);
  // While the currency itself is wrong, amounts are judged as if they had two decimals.
  const of = currency(settingText(settings, 'currency').toUpperCase()) ?? ('USD' as Currency);
  const { reasons, mistakes: wrongReasons } = readReasons(lists.reasons.value, of, common.hard);
  const { guidelines, mistakes: wrongGuidelines } = readGuidelines(
    lists.guidelines.value,
    of,
    nameable(lists.reasons.value, reasons),
  );
  const placed = (mistake: Mistake): Mistake => ({
    ...mistake,
    line: lineOf(mistake, settings, lists),
  });
  const mistakes = [
    ...common.mistakes.filter(({ setting }) => setting !== 'tiers').map(placed),
    ...inLines(lists.reasons, wrongReasons, placed),
    ...inLines(
      lists.tiers,
      common.mistakes.filter(({ setting }) => setting === 'tiers'),
      placed,
    ),
    ...inLines(lists.guidelines, wrongGuidelines, placed),
    ...readReplyTemplates(untrimmed(settings, 'reply_template')).mistakes,
  ];
  return {
    draft: mistakes.length === 0 ? common.draft : null,
    reasons,
    tiers: common.tiers,
    groups: namedGroups(settings, common.tiers),
    guidelines,
    mistakes,
    placed,
  };
}

/** As typed: without its first empty lines the numbers of the others would be wrong. */
function untrimmed(settings: RawSettings, name: SettingName): string {
  const typed = settings[name];
  return typeof typed === 'string' && typed.trim() !== '' ? typed : settingText(settings, name);
}

function namedGroups(settings: RawSettings, tiers: readonly DraftTier[]): readonly NamedGroup[] {
  const namesIn = (setting: 'lead_groups' | 'pilot_groups'): readonly NamedGroup[] =>
    readNames(settingText(settings, setting)).map((name) => ({ setting, name, tier: null }));
  return [
    ...namesIn('lead_groups'),
    ...namesIn('pilot_groups'),
    ...tiers.flatMap(({ groupName: name, key }) =>
      name === null ? [] : [{ setting: 'tiers', name, tier: key } as const],
    ),
  ];
}

/** The mistakes of one list, from its first line to its last. */
function inLines(
  list: TomlList,
  found: readonly Mistake[],
  placed: (mistake: Mistake) => Mistake,
): readonly Mistake[] {
  const sound = found.filter(({ values: { at } }) => typeof at !== 'number' || !list.isBroken(at));
  return [...list.mistakes, ...sound.map(placed)].sort(
    (one, other) => (one.line ?? 0) - (other.line ?? 0),
  );
}

function lineOf(
  { setting, line, values }: Mistake,
  settings: RawSettings,
  lists: Readonly<Record<'reasons' | 'tiers' | 'guidelines', TomlList>>,
): number | null {
  if (line !== null) return line;
  if (setting === 'reasons' || setting === 'tiers' || setting === 'guidelines') {
    return lists[setting].lineOf(values);
  }
  const { group } = values;
  const typed = settings[setting];
  if (group === undefined || typeof typed !== 'string') return null;
  const lines = typed.split('\n');
  const at = lines.findIndex((text) =>
    text.split(',').some((name) => name.trim() === String(group)),
  );
  return at < 0 ? null : at + 1;
}

/** A guideline may name a reason that is there, though something else is wrong with it. */
function nameable(value: unknown, reasons: readonly Reason[]): readonly Reason[] {
  const keys = Array.isArray(value)
    ? value.flatMap((entry: unknown) =>
        isShape(entry) && typeof entry['key'] === 'string' ? [entry['key'].trim()] : [],
      )
    : [];
  const named = new Set(reasons.map(({ key }) => key));
  return [
    ...reasons,
    ...keys
      .filter((key) => !named.has(key))
      .map((key) => ({ key, labels: {}, suggested: null, noteRequired: false })),
  ];
}
