import { Anchor } from '@zendeskgarden/react-buttons';
import { useQuery } from '@tanstack/react-query';
import styled from 'styled-components';
import type { Guideline } from '#domain/guidelines.ts';
import type { GuidelineArticles } from '#zendesk/helpdesk.ts';
import { readingOf } from '../shared/reading.ts';
import { Failed } from '../shared/failed.tsx';
import { List, Quiet, Region, Skeleton, Stack, Strong, Unseen } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import { articlesQuery } from './ticket-queries.ts';
import { useSettings } from './use-settings.ts';
import { useWorld } from './world.ts';

const SHOWN = 5;

/** What usually fits: the guidelines of the settings, and the Help Center's articles marked for this. */
export function GuidelinesRegion({ isAdmin }: { readonly isAdmin: boolean }) {
  const { t } = useTexts();
  const settings = useSettings();
  return (
    <Region title={t('guidelines.title')}>
      {settings === null ? (
        <Skeleton lines={2} />
      ) : (
        <Stack>
          <Advice guidelines={settings.guidelines} />
          <Articles label={settings.articleLabel} isAdmin={isAdmin} />
        </Stack>
      )}
    </Region>
  );
}

function Advice({ guidelines }: { readonly guidelines: readonly Guideline[] }) {
  if (guidelines.length === 0) return null;
  return (
    <List>
      {guidelines.map(({ key, title, text }) => (
        <li key={key}>
          <Strong>{title}</Strong>
          {text !== '' && <Quiet>{text}</Quiet>}
        </li>
      ))}
    </List>
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
