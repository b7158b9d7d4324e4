import { type Currency, currency } from '#domain/currencies.ts';
import { readGuidelines } from '#domain/guideline-settings.ts';
import type { Guideline } from '#domain/guidelines.ts';
import {
  type Draft,
  type Mistake,
  type RawSettings,
  readDraft,
  readReasons,
  type Reason,
  type SettingName,
  settingText,
} from '#domain/settings.ts';
import { parse, TomlError } from 'smol-toml';

/** The settings as they are typed now, with everything that is wrong in them. */
export interface SettingsReading {
  /** null when something that decides bands is wrong: then nothing can be published. */
  readonly draft: Draft | null;
  readonly reasons: readonly Reason[];
  readonly guidelines: readonly Guideline[];
  readonly mistakes: readonly Mistake[];
}

/** Reads all settings, TOML lists included. Never throws: what is wrong is a mistake with its line. */
export function readSettings(settings: RawSettings): SettingsReading {
  const mistakes: Mistake[] = [];
  const tiers = readToml(settings, 'tiers', ['tier'], mistakes);
  const common = readDraft(settings, tiers['tier']);
  const code = settingText(settings, 'currency').toUpperCase();
  const list = readToml(settings, 'reasons', ['reason'], mistakes);
  // While the currency itself is wrong, amounts are judged as if they had two decimals.
  const of = common.draft?.currency ?? currency(code) ?? ('USD' as Currency);
  const { reasons, mistakes: wrongReasons } = readReasons(list['reason'], of);
  const advice = readToml(settings, 'guidelines', ['guideline'], mistakes);
  const { guidelines, mistakes: wrongGuidelines } = readGuidelines(
    advice['guideline'],
    of,
    reasons,
  );
  mistakes.unshift(...common.mistakes);
  mistakes.push(...wrongReasons, ...wrongGuidelines);
  return { draft: mistakes.length === 0 ? common.draft : null, reasons, guidelines, mistakes };
}

function readToml(
  settings: RawSettings,
  setting: SettingName,
  members: readonly string[],
  mistakes: Mistake[],
): Readonly<Record<string, unknown>> {
  try {
    const tables = parse(settingText(settings, setting));
    for (const member of Object.keys(tables)) {
      if (!members.includes(member)) {
        mistakes.push({ setting, line: null, code: 'unknown-member', values: { key: '', member } });
      }
    }
    return tables;
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const [what = ''] = cause.message.split('\n');
    mistakes.push({ setting, line: cause.line, code: 'toml', values: { what } });
    return {};
  }
}
