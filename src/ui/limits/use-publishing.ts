import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { preparePublishing, type Publishing } from '#use-cases/publish-terms.ts';
import { useWorld } from '../sidebar/world.ts';

/**
 * What publishing the settings would change, read anew whenever it is looked at: who decides by an
 * older reading decides about something else.
 * @param enabled false: only what another part of the screen has read
 */
export function usePublishing(enabled = true): UseQueryResult<Publishing> {
  const { context, host } = useWorld();
  return useQuery({
    queryKey: ['publishing', host.settings],
    queryFn: () => preparePublishing(context, host.settings),
    staleTime: 0,
    gcTime: 0,
    enabled,
  });
}
