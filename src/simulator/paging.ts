import type { Call } from './call.ts';
import { Refusal, simulatorStrictness } from './refusal.ts';

const LARGEST_PAGE = 100;
/** Zendesk refuses offset paging beyond this many items. */
const DEEPEST_OFFSET = 10_000;

interface Page<T> {
  items: T[];
  /** What stands beside the items in the answer. */
  around: Record<string, unknown>;
}

type Identified = { id: number | string };

function encodeCursor(position: number, item: Identified): string {
  return btoa(JSON.stringify([position, item.id]));
}

function decodeCursor(cursor: string, items: readonly Identified[]): number {
  try {
    const [position, id] = JSON.parse(atob(cursor)) as [number, number | string];
    if (typeof position !== 'number') throw new TypeError('no position');
    const at = items.findIndex((item) => item.id === id);
    return at >= 0 ? at : position;
  } catch {
    throw new Refusal(400, {
      errors: [{ code: 'InvalidCursor', title: 'Invalid cursor', detail: 'cursor is not valid' }],
    });
  }
}

function wholeNumber(text: string, name: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) {
    throw new Refusal(400, {
      errors: [
        {
          code: 'InvalidPaginationParameter',
          title: `${name} is invalid`,
          detail: `${name} must be a whole number from ${String(least)}`,
        },
      ],
    });
  }
  return value;
}

function linkTo(call: Call, changes: Record<string, string>, without: string[]): string {
  const url = new URL(call.url);
  for (const name of without) url.searchParams.delete(name);
  for (const [name, value] of Object.entries(changes)) url.searchParams.set(name, value);
  return url.href;
}

/**
 * Cursor paging: `page[size]` up to 100, `page[after]` or `page[before]`; answers with `meta` and
 * `links`, which are null at the ends.
 */
export function pageByCursor<T extends Identified>(call: Call, all: readonly T[]): Page<T> {
  const query = call.url.searchParams;
  const size = wholeNumber(query.get('page[size]') ?? String(LARGEST_PAGE), 'page[size]', 1);
  if (size > LARGEST_PAGE) {
    throw new Refusal(400, {
      errors: [
        {
          code: 'InvalidPaginationParameter',
          title: 'page[size] is invalid',
          detail: `page[size] must be at most ${String(LARGEST_PAGE)}`,
        },
      ],
    });
  }
  const after = query.get('page[after]');
  const before = query.get('page[before]');
  if (after !== null && before !== null) {
    throw simulatorStrictness(400, 'page[after] and page[before] exclude each other');
  }
  let start = 0;
  if (after !== null) start = decodeCursor(after, all) + 1;
  if (before !== null) start = Math.max(0, decodeCursor(before, all) - size);
  const items = all.slice(start, start + size);
  const first = items[0];
  const last = items.at(-1);
  const hasNext = start + size < all.length;
  const afterCursor = last === undefined ? null : encodeCursor(start + items.length - 1, last);
  const beforeCursor = first === undefined ? null : encodeCursor(start, first);
  return {
    items,
    around: {
      meta: {
        has_more: before === null ? hasNext : start > 0,
        after_cursor: afterCursor,
        before_cursor: beforeCursor,
      },
      links: {
        next:
          hasNext && afterCursor !== null
            ? linkTo(call, { 'page[after]': afterCursor }, ['page[before]'])
            : null,
        prev:
          start > 0 && beforeCursor !== null
            ? linkTo(call, { 'page[before]': beforeCursor }, ['page[after]'])
            : null,
      },
    },
  };
}

/** Offset paging: `page` and `per_page`; answers with `count`, `next_page` and `previous_page`. */
export function pageByOffset<T>(call: Call, all: readonly T[], deepest = DEEPEST_OFFSET): Page<T> {
  const query = call.url.searchParams;
  const page = wholeNumber(query.get('page') ?? '1', 'page', 1);
  const size = wholeNumber(query.get('per_page') ?? String(LARGEST_PAGE), 'per_page', 1);
  if (size > LARGEST_PAGE) {
    throw simulatorStrictness(400, `per_page must be at most ${String(LARGEST_PAGE)}`);
  }
  if ((page - 1) * size >= deepest) {
    throw new Refusal(deepest === DEEPEST_OFFSET ? 400 : 422, {
      error: { title: 'InvalidPaginationDepth', message: 'Invalid pagination depth' },
    });
  }
  const start = (page - 1) * size;
  const items = all.slice(start, start + size);
  return {
    items,
    around: {
      count: all.length,
      next_page: start + size < all.length ? linkTo(call, { page: String(page + 1) }, []) : null,
      previous_page: page > 1 ? linkTo(call, { page: String(page - 1) }, []) : null,
    },
  };
}

/** By cursor when `page[…]` is given, by offset otherwise: most of Zendesk's lists know both. */
export function pageAsAsked<T extends Identified>(call: Call, all: readonly T[]): Page<T> {
  const names = [...call.url.searchParams.keys()];
  const byCursor = names.some((name) => name.startsWith('page['));
  if (byCursor && (names.includes('page') || names.includes('per_page'))) {
    throw simulatorStrictness(400, 'cursor and offset paging exclude each other');
  }
  return byCursor ? pageByCursor(call, all) : pageByOffset(call, all);
}

/** The parameters that each way of paging knows. */
export const pagingParameters = {
  cursor: ['page[size]', 'page[after]', 'page[before]'],
  offset: ['page', 'per_page'],
  both: ['page[size]', 'page[after]', 'page[before]', 'page', 'per_page'],
} as const;
