import { Anchor } from '@zendeskgarden/react-buttons';
import { useQuery } from '@tanstack/react-query';
import styled from 'styled-components';
import type { FittingGuideline } from '#domain/guidelines.ts';
import type { Terms } from '#domain/terms.ts';
import type { GuidelineArticles } from '#zendesk/helpdesk.ts';
import { readingOf, valueOf } from '../shared/reading.ts';
import { Failed } from '../shared/failed.tsx';
import { List, Plain, Quiet, Region, Skeleton, Stack, Strong, Unseen } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import { articlesQuery } from './ticket-queries.ts';
import { type TypedOffer, useAdvice } from './use-advice.ts';
import { useSettings } from './use-settings.ts';
import type { TicketView } from './use-ticket.ts';
import { useWorld } from './world.ts';

const SHOWN = 5;

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
          <Articles label={settings.articleLabel} isAdmin={isAdmin} />
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
            <Strong>{title}</Strong>
            {text !== '' && <Quiet>{text}</Quiet>}
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

function Articles({ label, isAdmin }: { readonly label: string; readonly isAdmin: boolean }) {
  const { t } = useTexts();
  const { context, shared } = useWorld();
  const articles = readingOf(useQuery(articlesQuery(context, shared, label)));
  if (articles.kind === 'reading') return <Skeleton lines={2} />;
  if (articles.kind === 'failed') return <Failed what={t('guidelines.failed')} {...articles} />;
  return <ArticleList answer={articles.value} label={label} isAdmin={isAdmin} />;
}

function ArticleList({
  answer,
  label,
  isAdmin,
}: {
  readonly answer: GuidelineArticles;
  readonly label: string;
  readonly isAdmin: boolean;
}) {
  const { t } = useTexts();
  if (!answer.available) {
    return (
      <Quiet>{isAdmin ? t('guidelines.missingAdmin', { label }) : t('guidelines.missing')}</Quiet>
    );
  }
  if (answer.articles.length === 0) return <Quiet>{t('guidelines.none', { label })}</Quiet>;
  return (
    <>
      <List>
        {answer.articles.slice(0, SHOWN).map(({ id, title, snippet, url }) => (
          <li key={id}>
            <Anchor href={url} target="_blank" rel="noopener noreferrer">
              {title}
              <Unseen> {t('guidelines.newTab')}</Unseen>
            </Anchor>
            {snippet !== '' && <Snippet>{snippet}</Snippet>}
          </li>
        ))}
      </List>
      {(answer.more || answer.articles.length > SHOWN) && <Quiet>{t('guidelines.more')}</Quiet>}
    </>
  );
}

/** A glance: the article itself is a click away. */
const Snippet = styled(Quiet)`
  display: -webkit-box;
  overflow: hidden;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 2;
`;
