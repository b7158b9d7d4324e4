import { Anchor } from '@zendeskgarden/react-buttons';
import { useQuery } from '@tanstack/react-query';
import { settingText } from '#domain/settings.ts';
import type { GuidelineArticles } from '#zendesk/helpdesk.ts';
import { readingOf } from '../shared/reading.ts';
import { Failed, List, Quiet, Region, Skeleton, Unseen } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import { articlesQuery } from './ticket-queries.ts';
import { useWorld } from './world.ts';

const SHOWN = 5;

/** The Help Center's articles that admins marked for this. */
export function GuidelinesRegion({ isAdmin }: { readonly isAdmin: boolean }) {
  const { t } = useTexts();
  const { context, host, shared } = useWorld();
  const label = settingText(host.settings, 'help_center_label');
  const articles = readingOf(useQuery(articlesQuery(context, shared, label)));
  return (
    <Region title={t('guidelines.title')} busy={articles.kind === 'reading'}>
      {articles.kind === 'reading' && <Skeleton lines={2} />}
      {articles.kind === 'failed' && <Failed what={t('guidelines.failed')} {...articles} />}
      {articles.kind === 'known' && (
        <Articles answer={articles.value} label={label} isAdmin={isAdmin} />
      )}
    </Region>
  );
}

function Articles({
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
            {snippet !== '' && <Quiet>{snippet}</Quiet>}
          </li>
        ))}
      </List>
      {(answer.more || answer.articles.length > SHOWN) && <Quiet>{t('guidelines.more')}</Quiet>}
    </>
  );
}
