import { useQuery } from '@tanstack/react-query';
import type { Terms } from '#domain/terms.ts';
import type { NextTerms } from '#use-cases/publish-terms.ts';
import { readImpact } from '#use-cases/publishing-impact.ts';
import { Failed } from '../shared/failed.tsx';
import { readingOf } from '../shared/reading.ts';
import { Plain, Quiet, Skeleton, Stack } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import { useWorld } from '../sidebar/world.ts';

/** For how many agents and waiting credits something would change. */
export function Impact({ from, next }: { readonly from: Terms | null; readonly next: NextTerms }) {
  const { t } = useTexts();
  const { context } = useWorld();
  const asked = useQuery({
    queryKey: ['publishing-impact', from?.number ?? 0, next],
    queryFn: () => readImpact(context, from, next),
    staleTime: 0,
    gcTime: 0,
  });
  const read = readingOf(asked);
  if (read.kind === 'reading') return <Skeleton lines={3} />;
  if (read.kind === 'failed') return <Failed what={t('limits.impact.failed')} {...read} />;
  const { agents, waiting } = read.value;
  return (
    <Stack>
      <Plain>
        {agents.changed === agents.all
          ? t('limits.impact.agentsAll', { count: agents.all })
          : t('limits.impact.agents', { count: agents.changed, all: agents.all })}
      </Plain>
      <Plain>
        {waiting.all === 0
          ? t('limits.impact.requestsNone')
          : t('limits.impact.requests', { count: waiting.all })}
      </Plain>
      {waiting.stricter > 0 && (
        <Plain>{t('limits.impact.stricter', { count: waiting.stricter })}</Plain>
      )}
      {waiting.impossible > 0 && (
        <Plain>{t('limits.impact.impossible', { count: waiting.impossible })}</Plain>
      )}
      <Quiet>{t('limits.impact.searched')}</Quiet>
    </Stack>
  );
}
