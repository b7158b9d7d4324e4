import { type Mistake, SETTING_DEFAULTS, type SettingName } from '#domain/settings.ts';
import type { Texts } from '../shared/texts.ts';

const isSetting = (name: string): name is SettingName => name in SETTING_DEFAULTS;

/** A mistake in the settings: which, where, and what would be right. */
export function mistakeText({ setting, line, code, values }: Mistake, t: Texts['t']): string {
  const text = t(`limits.code.${code}`, values);
  const called = isSetting(setting) ? t(`limits.setting.${setting}`) : setting;
  return line === null
    ? t('limits.mistake', { setting: called, text })
    : t('limits.mistakeAt', { setting: called, line, text });
}
