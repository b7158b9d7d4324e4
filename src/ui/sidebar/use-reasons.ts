import { useCallback, useMemo } from 'react';
import type { Reason } from '#domain/settings.ts';
import { reasonLabel } from '#domain/settings.ts';
import { readSettings } from '#use-cases/read-settings.ts';
import { useTexts } from '../shared/texts.ts';
import { useWorld } from './world.ts';

/** The reasons of the settings; one that says nothing where the admin has left the list empty. */
export function useReasons(): readonly Reason[] {
  const { host } = useWorld();
  const { t } = useTexts();
  return useMemo(() => {
    const { reasons } = readSettings(host.settings);
    if (reasons.length > 0) return reasons;
    const labels = { en: t('form.reasonOther') };
    return [{ key: 'other', labels, suggested: null, noteRequired: true }];
  }, [host.settings, t]);
}

/** How a reason is called; its key where the settings no longer have it. */
export function useReasonLabel(): (key: string) => string {
  const reasons = useReasons();
  const { locale } = useTexts();
  return useCallback(
    (key) => {
      const reason = reasons.find((each) => each.key === key);
      return reason ? reasonLabel(reason, locale) : key;
    },
    [reasons, locale],
  );
}
