import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { ShownSettings } from '#use-cases/shown-settings.ts';
import { useWorld } from './world.ts';

/** What the settings offer; null for the moment in which the code that reads them is loaded. */
export function useSettings(): ShownSettings | null {
  const world = useWorld();
  const { data } = useQuery({
    queryKey: ['settings'],
    queryFn: () => world.settings,
    staleTime: Infinity,
  });
  return data ?? null;
}

/** How a reason is called; its key where the settings no longer have it. */
export function useReasonLabel(): (key: string) => string {
  const settings = useSettings();
  return useCallback(
    (key) => settings?.reasons.find((reason) => reason.key === key)?.label ?? key,
    [settings],
  );
}
