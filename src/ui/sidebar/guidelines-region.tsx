import { Anchor } from '@zendeskgarden/react-buttons';
import type { FittingGuideline } from '#domain/guidelines.ts';
import type { Terms } from '#domain/terms.ts';
import { valueOf } from '../shared/reading.ts';
import { List, Plain, Quiet, Region, Skeleton, Stack, Strong, Unseen } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import { Articles } from './guideline-articles.tsx';
import { type TypedOffer, useAdvice } from './use-advice.ts';
import { useSettings } from './use-settings.ts';
import type { TicketView } from './use-ticket.ts';

/**
 * What usually fits this ticket and, while somebody types, this credit: the guidelines of the settings,
 * and the Help Center's articles marked for this.
 */
export function GuidelinesRegion({
  view,
  typed,
  isAdmin,
}: {
  readonly view: TicketView;
  readonly typed: TypedOffer;
  readonly isAdmin: boolean;
}) {
  const { t } = useTexts();
  const settings = useSettings();
  const { fitting, reading } = useAdvice(view, typed);
  return (
    <Region title={t('guidelines.title')}>
      {settings === null ? (
        <Skeleton lines={2} />
      ) : (
        <Stack>
          <Guidelines
            fitting={reading ? fitting.filter(({ unsure }) => !unsure) : fitting}
            currency={valueOf(view.inForce)?.terms?.currency ?? null}
          />
          <Articles
            label={settings.articleLabel}
            reason={settings.reasons.find(({ key }) => key === typed.reason) ?? null}
            isAdmin={isAdmin}
            alone={fitting.length === 0}
          />
        </Stack>
      )}
    </Region>
  );
}

function Guidelines({
  fitting,
  currency,
}: {
  readonly fitting: readonly FittingGuideline[];
  /** null: no limits are published, so amounts mean nothing yet. */
  readonly currency: Terms['currency'] | null;
}) {
  const { t } = useTexts();
  if (fitting.length === 0) return null;
  return (
    <List>
      {fitting.map((each) => {
        const { key, title, text, article } = each.guideline;
        return (
          <li key={key}>
            <div dir="auto">
              <Strong>{title}</Strong>
              {text !== '' && <Quiet>{text}</Quiet>}
            </div>
            <Consequence fitting={each} currency={currency} />
            {article !== null && (
              <Anchor href={article} target="_blank" rel="noopener noreferrer">
                {t('guidelines.article')}
                <Unseen> {t('guidelines.newTab')}</Unseen>
              </Anchor>
            )}
          </li>
        );
      })}
    </List>
  );
}

/** What is usual by a guideline, what is beyond it, and what comes of that. */
function Consequence({
  fitting: { guideline, against, above, unsure },
  currency,
}: {
  readonly fitting: FittingGuideline;
  readonly currency: Terms['currency'] | null;
}) {
  const { t, money } = useTexts();
  const { usual, most, strength } = guideline;
  return (
    <>
      {currency !== null && usual !== null && (
        <Quiet>{t('guidelines.usual', { amount: money(usual, currency) })}</Quiet>
      )}
      {currency !== null && most !== null && (
        <Quiet>{t(`guidelines.most.${strength}`, { amount: money(most, currency) })}</Quiet>
      )}
      {most === null && strength !== 'advise' && <Quiet>{t(`guidelines.here.${strength}`)}</Quiet>}
      {most !== null && (against || above) && <Plain>{t('guidelines.above')}</Plain>}
      {unsure && <Quiet>{t('guidelines.unsure')}</Quiet>}
    </>
  );
}
