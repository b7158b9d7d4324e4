import type { GuidelineArticle } from '#zendesk/helpdesk.ts';

/** What articles are wanted about. */
export interface Topic {
  readonly subject: string;
  /** null while none is chosen. */
  readonly reason: { readonly key: string; readonly label: string } | null;
}

/**
 * Articles by how much they have to do with the ticket and the reason, the best first; those that are
 * alike stay in Zendesk's order. None is left out: the label says that all of them are guidelines.
 * A label of an article that is the key of the reason says most.
 */
export function rankArticles(
  articles: readonly GuidelineArticle[],
  { subject, reason }: Topic,
): readonly GuidelineArticle[] {
  const wanted = [...wordsOf(subject), ...wordsOf(reason?.label ?? '')];
  const worth = new Map(
    articles.map((article) => [
      article,
      (reason !== null && article.labels.includes(reason.key) ? OF_REASON : 0) +
        IN_TITLE * common(wanted, wordsOf(`${article.title} ${article.labels.join(' ')}`)) +
        common(wanted, wordsOf(article.snippet)),
    ]),
  );
  return [...articles].sort((one, other) => (worth.get(other) ?? 0) - (worth.get(one) ?? 0));
}

const OF_REASON = 100;
const IN_TITLE = 3;
/** Shorter words are `the` and `for`; longer ones that begin alike are forms of one word. */
const SHORTEST = 4;
const STEM = 5;

const wordsOf = (text: string): readonly string[] => [
  ...new Set(
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length >= SHORTEST)
      .map((word) => word.slice(0, STEM)),
  ),
];

const common = (wanted: readonly string[], found: readonly string[]): number =>
  wanted.filter((word) => found.includes(word)).length;
