import * as v from 'valibot';
import { HelpdeskError } from './errors.ts';
import type { ArticleChoice, GuidelineArticle, GuidelineArticles } from './helpdesk.ts';
import { plainText } from './plain-text.ts';
import type { Transport } from './transport.ts';
import { parseAnswer, wireId } from './wire.ts';

/** The most relevant ones; a label on more articles than this gives no guidance. */
const ARTICLES_SHOWN = 25;

const wireArticle = v.pipe(
  v.object({
    id: wireId,
    title: v.nullish(v.string(), ''),
    label_names: v.nullish(v.array(v.string()), []),
    snippet: v.nullish(v.string(), ''),
    // It becomes a link: nothing but an address of the web.
    html_url: v.pipe(v.string(), v.regex(/^https?:\/\//, 'is no web address')),
  }),
  v.transform((article): GuidelineArticle => ({
    id: article.id,
    title: article.title,
    labels: article.label_names,
    snippet: plainText(article.snippet),
    url: article.html_url,
  })),
);

const searchAnswer = v.object({
  results: v.array(wireArticle),
  next_page: v.nullish(v.union([v.string(), v.number()]), null),
});

/**
 * Articles with the label that the signed-in person may see. The address ends in `.json`: without
 * it the Help Center has been seen to refuse.
 */
export async function readGuidelineArticles(
  transport: Transport,
  label: string,
  { locale, about }: ArticleChoice = {},
): Promise<GuidelineArticles> {
  const language = locale === undefined ? '' : `&locale=${encodeURIComponent(locale)}`;
  const words = about === undefined ? '' : `&query=${encodeURIComponent(about)}`;
  const query = `label_names=${encodeURIComponent(label)}${words}${language}&per_page=${String(ARTICLES_SHOWN)}`;
  const path = `/api/v2/help_center/articles/search.json?${query}`;
  let answer: unknown;
  try {
    answer = await transport.send({ method: 'GET', path, kind: 'read' });
  } catch (error) {
    const none =
      error instanceof HelpdeskError && (error.code === 'not-found' || error.code === 'forbidden');
    if (none) return { available: false };
    throw error;
  }
  const { results, next_page: next } = parseAnswer(searchAnswer, answer, path);
  return { available: true, articles: results, more: next !== null };
}
