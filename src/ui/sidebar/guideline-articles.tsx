import { Anchor } from '@zendeskgarden/react-buttons';
import { useQuery } from '@tanstack/react-query';
import styled from 'styled-components';
import { rankArticles, type Topic } from '#use-cases/rank-articles.ts';
import { Failed } from '../shared/failed.tsx';
import { readingOf } from '../shared/reading.ts';
import { List, Quiet, Skeleton, Unseen } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import { articlesAboutQuery, articlesQuery } from './articles-query.ts';
import { useWorld } from './world.ts';

const SHOWN = 5;

/**
 * The Help Center's articles that are marked as guidelines, those first that have to do with the ticket
 * and the reason. One request a day serves all tickets; where an account has more such articles than
 * one answer holds, each reason asks once more.
 */
export function Articles({
  label,
  reason,
  isAdmin,
  alone,
}: {
  readonly label: string;
  readonly reason: Topic['reason'];
  readonly isAdmin: boolean;
  /** Nothing else stands in the region: that there is nothing has to be said then. */
  readonly alone: boolean;
}) {
  const { t } = useTexts();
  const { context, host, shared: answers } = useWorld();
  const articles = readingOf(useQuery(articlesQuery(context, answers, label)));
  const isLong = articles.kind === 'known' && articles.value.available && articles.value.more;
  const { data: ofReason } = useQuery({
    ...articlesAboutQuery(context, answers, label, reason?.label ?? ''),
    enabled: isLong && reason !== null,
  });
  if (articles.kind === 'reading') return <Skeleton lines={2} />;
  if (articles.kind === 'failed') return <Failed what={t('guidelines.failed')} {...articles} />;
  const answer = articles.value;
  if (!answer.available) {
    if (isAdmin) return <Quiet>{t('guidelines.missingAdmin', { label })}</Quiet>;
    return alone ? <Quiet>{t('guidelines.missing')}</Quiet> : null;
  }
  if (answer.articles.length === 0) {
    return isAdmin || alone ? <Quiet>{t('guidelines.none', { label })}</Quiet> : null;
  }
  const all = [...(ofReason?.available ? ofReason.articles : []), ...answer.articles];
  const unique = [...new Map(all.map((article) => [article.id, article])).values()];
  const ranked = rankArticles(unique, { subject: host.ticket.subject, reason });
  return (
    <>
      <List>
        {ranked.slice(0, SHOWN).map(({ id, title, snippet, url }) => (
          // In whatever language it is written, and cut off at its own end.
          <li key={id} dir="auto">
            <Anchor href={url} target="_blank" rel="noopener noreferrer">
              {title}
              <Unseen> {t('guidelines.newTab')}</Unseen>
            </Anchor>
            {snippet !== '' && <Snippet>{snippet}</Snippet>}
          </li>
        ))}
      </List>
      {(answer.more || ranked.length > SHOWN) && <Quiet>{t('guidelines.more')}</Quiet>}
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
