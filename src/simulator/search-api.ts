import { plainOfHtml } from './comment-text.ts';
import { askerOf, type Answer, type Call, type Route } from './call.ts';
import { pageByOffset } from './paging.ts';
import { Refusal, forbidden, recordNotFound, simulatorStrictness } from './refusal.ts';
import { isAdmin, maySeeTicket } from './rights.ts';
import { searchable } from './search-index.ts';
import { ticketJson } from './ticket-json.ts';
import type { Article, Ticket } from './state.ts';

const MOST_RESULTS = 1_000;

/** Splits `type:ticket requester:12 late parcel` into terms; a quoted phrase is one. */
function termsOf(query: string): { key: string | null; operator: string; value: string }[] {
  return [...query.matchAll(/(?:(\w+)([:<>]=?))?(?:"([^"]*)"|(\S+))/g)].map((match) => ({
    key: match[1] ?? null,
    operator: match[2] ?? ':',
    value: match[3] ?? match[4] ?? '',
  }));
}

function matchesTerm(
  ticket: Ticket,
  { key, operator, value }: ReturnType<typeof termsOf>[number],
): boolean {
  const at = (stamp: string) => {
    const left = Date.parse(stamp);
    const right = Date.parse(value);
    if (operator === '>') return left > right;
    if (operator === '>=') return left >= right;
    if (operator === '<') return left < right;
    if (operator === '<=') return left <= right;
    return stamp.startsWith(value);
  };
  switch (key) {
    case null:
      return `${ticket.subject} ${ticket.description}`.toLowerCase().includes(value.toLowerCase());
    case 'type':
      return true;
    case 'requester':
      return String(ticket.requester_id) === value;
    case 'assignee':
      return String(ticket.assignee_id) === value;
    case 'status':
      return ticket.status === value;
    case 'tags':
      return ticket.tags.includes(value);
    case 'created':
      return at(ticket.created_at);
    case 'updated':
      return at(ticket.updated_at);
    default:
      throw simulatorStrictness(400, `search term ${key} is not known here`);
  }
}

/** Ticket search: by offset, at most 1,000 results, behind the writes by the account's lag. */
function search(call: Call): Answer {
  const query = call.url.searchParams.get('query');
  if (query === null)
    throw new Refusal(400, { error: 'InvalidSearch', description: 'query is missing' });
  const terms = termsOf(query);
  if (!terms.some(({ key, value }) => key === 'type' && value === 'ticket')) {
    throw simulatorStrictness(400, 'only type:ticket is simulated');
  }
  const { state, clock } = call.world;
  const me = askerOf(call);
  const found = searchable(state, 'tickets', state.tickets, clock.now())
    .filter(
      (ticket) =>
        !ticket.deleted &&
        maySeeTicket(state, me, ticket) &&
        terms.every((term) => matchesTerm(ticket, term)),
    )
    .sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at) || b.id - a.id);
  const page = pageByOffset(call, found, MOST_RESULTS);
  return {
    status: 200,
    body: {
      results: page.items.map((ticket) => ({
        ...ticketJson(state, ticket, call.url.origin),
        result_type: 'ticket',
      })),
      facets: null,
      ...page.around,
    },
  };
}

function articleJson(article: Article, origin: string): Record<string, unknown> {
  const locale = article.locale.toLowerCase();
  return {
    ...article,
    url: `${origin}/api/v2/help_center/${locale}/articles/${String(article.id)}.json`,
    html_url: `${origin}/hc/${locale}/articles/${String(article.id)}`,
    source_locale: article.locale,
    name: article.title,
    comments_disabled: true,
    outdated: false,
    outdated_locales: [],
    edited_at: article.updated_at,
    user_segment_id: null,
    permission_group_id: 1,
    promoted: false,
    position: 0,
    vote_sum: 0,
    vote_count: 0,
    content_tag_ids: [],
  };
}

function snippetOf(article: Article, words: readonly string[]): string {
  const text = plainOfHtml(article.body).slice(0, 200);
  return words.reduce(
    (marked, word) =>
      marked.replace(
        new RegExp(word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi'),
        (hit) => `<em>${hit}</em>`,
      ),
    text,
  );
}

/** Help Center search: one of query and label_names is needed; drafts are never found. */
function searchArticles(call: Call): Answer {
  const { state } = call.world;
  if (!state.account.help_center) throw recordNotFound();
  const query = call.url.searchParams;
  const text = query.get('query');
  const labels = query.get('label_names');
  if (text === null && labels === null) {
    throw new Refusal(400, {
      error: 'RequiredParametersMissing',
      description: 'one of query, category, section or label_names is required',
    });
  }
  const wantedLabels = (labels ?? '').split(',').filter((label) => label !== '');
  const words = (text ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const locale = query.get('locale')?.toLowerCase();
  const found = Object.values(state.articles).filter((article) => {
    const content = `${article.title} ${plainOfHtml(article.body)}`.toLowerCase();
    return (
      !article.draft &&
      (locale === undefined || locale === '*' || article.locale.toLowerCase() === locale) &&
      (wantedLabels.length === 0 ||
        wantedLabels.some((label) => article.label_names.includes(label))) &&
      (words.length === 0 || words.some((word) => content.includes(word)))
    );
  });
  const page = pageByOffset(call, found, MOST_RESULTS);
  const size = Number(query.get('per_page') ?? 100);
  return {
    status: 200,
    body: {
      results: page.items.map((article) => ({
        ...articleJson(article, call.url.origin),
        result_type: 'article',
        snippet: snippetOf(article, words),
      })),
      page: Number(query.get('page') ?? 1),
      per_page: size,
      page_count: Math.ceil(found.length / size),
      ...page.around,
    },
  };
}

/** Only admins may list ratings; agents see them on tickets. */
function listRatings(call: Call): Answer {
  if (!isAdmin(askerOf(call))) throw forbidden();
  const rated = Object.values(call.world.state.tickets).flatMap((ticket) =>
    ticket.satisfaction_rating.id === undefined
      ? []
      : [
          {
            id: ticket.satisfaction_rating.id,
            ticket_id: ticket.id,
            requester_id: ticket.requester_id,
            assignee_id: ticket.assignee_id,
            group_id: ticket.group_id,
            score: ticket.satisfaction_rating.score,
            comment: ticket.satisfaction_rating.comment ?? null,
            created_at: ticket.updated_at,
            updated_at: ticket.updated_at,
            url: `${call.url.origin}/api/v2/satisfaction_ratings/${String(ticket.satisfaction_rating.id)}.json`,
          },
        ],
  );
  const page = pageByOffset(call, rated);
  return { status: 200, body: { satisfaction_ratings: page.items, ...page.around } };
}

/** Search over tickets and articles, and the ratings that only admins may list. */
export const searchRoutes: Route[] = [
  {
    method: 'GET',
    path: '/search',
    who: 'agents',
    paging: 'offset',
    query: ['query'],
    answer: search,
  },
  {
    method: 'GET',
    path: '/help_center/articles/search',
    who: 'anyone',
    paging: 'offset',
    query: ['query', 'label_names', 'locale'],
    answer: searchArticles,
  },
  {
    method: 'GET',
    path: '/satisfaction_ratings',
    who: 'admins',
    paging: 'offset',
    answer: listRatings,
  },
];
