import * as v from 'valibot';
import { HelpdeskError } from './errors.ts';
import type { Transport } from './transport.ts';
import { parseAnswer } from './wire.ts';

/** Zendesk's largest page. */
export const PAGE_SIZE = 100;

const cursorMeta = v.object({
  has_more: v.boolean(),
  after_cursor: v.nullish(v.string(), null),
});

const unpaged = v.object({
  next_page: v.nullish(v.null()),
  after_cursor: v.nullish(v.null()),
  count: v.optional(v.number()),
});

export interface PagedRequest<Item> {
  /** Without its paging parameters. */
  readonly path: string;
  /** For lists that are asked for by POST. */
  readonly body?: unknown;
  /** Member of the answer that holds the items. */
  readonly member: string;
  readonly item: v.GenericSchema<unknown, Item>;
  /** More pages than this are an error: a list never ends early unsaid. */
  readonly mostPages: number;
  /** Whether Zendesk may answer without paging, with everything at once: audits of archived tickets. */
  readonly mayBeUnpaged?: boolean;
}

/**
 * Reads a list page by page by cursor, 100 items at a time, and keeps none of them. By offset a list
 * that changes meanwhile would repeat or skip items.
 * @throws HelpdeskError `malformed-response` also for a cursor that comes again, for one that is
 *   missing though there is more, and for more than `mostPages`: whoever has used the pages before
 *   it has a part, and must not take it for the whole
 */
export async function* readPages<Item>(
  transport: Transport,
  request: PagedRequest<Item>,
): AsyncGenerator<readonly Item[], void> {
  let count = 0;
  const seen = new Set<string>();
  let cursor: string | null = null;
  for (let page = 1; page <= request.mostPages; page += 1) {
    const answer = await transport.send(pageRequest(request, cursor));
    const items = itemsOf(answer, request);
    count += items.length;
    cursor = nextCursor(answer, request, count);
    if (cursor !== null && seen.has(cursor)) throw broken(request, 'gave a cursor again');
    yield items;
    if (cursor === null) return;
    seen.add(cursor);
  }
  throw broken(request, `has more than ${String(request.mostPages)} pages`);
}

/** All that {@link readPages} gives, or its error. */
export async function readAllPages<Item>(
  transport: Transport,
  request: PagedRequest<Item>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const page of readPages(transport, request)) items.push(...page);
  return items;
}

function pageRequest({ path, body }: PagedRequest<unknown>, cursor: string | null) {
  const after = cursor === null ? '' : `&page[after]=${encodeURIComponent(cursor)}`;
  const separator = path.includes('?') ? '&' : '?';
  return {
    method: body === undefined ? ('GET' as const) : ('POST' as const),
    path: `${path}${separator}page[size]=${String(PAGE_SIZE)}${after}`,
    ...(body === undefined ? {} : { body }),
    kind: 'read' as const,
  };
}

function itemsOf<Item>(
  answer: unknown,
  { path, member, item }: PagedRequest<Item>,
): readonly Item[] {
  const parsed = parseAnswer(v.object({ [member]: v.array(item) }), answer, path);
  return parsed[member] ?? [];
}

function nextCursor(
  answer: unknown,
  request: PagedRequest<unknown>,
  length: number,
): string | null {
  const around = parseAnswer(v.looseObject({ meta: v.optional(cursorMeta) }), answer, request.path);
  if (around.meta === undefined) {
    if (request.mayBeUnpaged !== true) throw broken(request, 'is not paged by cursor');
    const { count } = parseAnswer(unpaged, answer, request.path);
    if (count !== undefined && count !== length) throw broken(request, 'is not all there is');
    return null;
  }
  const { has_more: hasMore, after_cursor: after } = around.meta;
  if (!hasMore) return null;
  if (after === null) throw broken(request, 'has more but no cursor');
  return after;
}

const broken = ({ path }: PagedRequest<unknown>, why: string) =>
  new HelpdeskError('malformed-response', `${path} ${why}`);
