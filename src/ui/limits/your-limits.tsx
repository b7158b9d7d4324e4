import type { TermsEntry } from '#domain/terms.ts';
import { whyNobodyAsks } from '#use-cases/may-ask.ts';
import { tierProgress, type TierProgress } from '#use-cases/tier-progress.ts';
import { Failed } from '../shared/failed.tsx';
import { all } from '../shared/reading.ts';
import { Plain, Quiet, Skeleton, Stack, Strong } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import type { TicketView } from '../sidebar/use-ticket.ts';
import { useSettings } from '../sidebar/use-settings.ts';
import { useWorld } from '../sidebar/world.ts';
import { limitsSentence } from './terms-sentences.ts';

/** The agent's own limits, what the next tier gives, and how far the way there is. */
export function YourLimits({
  entry,
  view,
}: {
  readonly entry: TermsEntry | undefined;
  readonly view: TicketView;
}) {
  const texts = useTexts();
  const { t } = texts;
  const { context } = useWorld();
  const settings = useSettings();
  const facts = all(view.people, view.ownSlots);
  const terms = entry?.terms;
  // Without tiers everybody has the same: it stands above.
  if (!terms || terms.tiers.length === 0) return null;
  if (facts.kind === 'failed') return <Failed what={t('limits.you.unknown')} {...facts} />;
  if (facts.kind === 'reading' || !settings) return <Skeleton lines={2} />;
  const [people, ownSlots] = facts.value;
  const me = people.get(context.me);
  if (!me || whyNobodyAsks(me, entry)) return null;
  const progress = tierProgress(me, view.groups, ownSlots, terms, settings.earnings);
  return (
    <Stack>
      <Strong>{t('limits.you.title')}</Strong>
      {progress ? (
        <>
          <Plain>
            {limitsSentence(
              progress.tier?.limits ?? terms.limits,
              'person',
              me.name,
              terms.currency,
              texts,
            )}
          </Plain>
          <Next progress={progress} currency={terms.currency} />
        </>
      ) : (
        <Plain>{t('limits.you.unknown')}</Plain>
      )}
    </Stack>
  );
}

function Next({
  progress: { next, earning, posted, reversed },
  currency,
}: {
  readonly progress: TierProgress;
  readonly currency: Parameters<ReturnType<typeof useTexts>['money']>[1];
}) {
  const { t, money } = useTexts();
  if (!next) return <Quiet>{t('limits.you.nextNone')}</Quiet>;
  const { budget, self, cosign } = next.limits;
  const isReached =
    earning !== null && posted >= earning.posted && !(earning.noneReversed && reversed > 0);
  return (
    <>
      <Quiet>
        {t('limits.you.next', {
          name: next.name,
          budget: money(budget, currency),
          self: money(self, currency),
          cosign: money(cosign, currency),
        })}
      </Quiet>
      {earning ? (
        <>
          <Quiet>
            {t(isReached ? 'limits.you.reached' : 'limits.you.posted', {
              posted: earning.posted,
              count: posted,
            })}
          </Quiet>
          {earning.noneReversed && <Quiet>{t('limits.you.noneReversed')}</Quiet>}
          {earning.noneReversed && reversed > 0 && (
            <Quiet>{t('limits.you.reversed', { count: reversed })}</Quiet>
          )}
        </>
      ) : (
        <Quiet>{t('limits.you.ask')}</Quiet>
      )}
    </>
  );
}
