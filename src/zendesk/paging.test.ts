import * as v from 'valibot';
import { expect, it } from 'vitest';
import { HelpdeskError } from './errors.ts';
import { type PagedRequest, readAllPages } from './paging.ts';
import { scriptedTransport } from './scripted-transport.ts';

const list: PagedRequest<number> = {
  path: '/api/v2/things',
  member: 'things',
  item: v.number(),
  mostPages: 3,
};

const page = (things: unknown[], after: string | null) => ({
  things,
  meta: { has_more: after !== null, after_cursor: after ?? 'the-last-one' },
});

it('reads page after page by the cursor of the one before', async () => {
  const transport = scriptedTransport(page([1, 2], 'a=b&'), page([3], 'c'), page([4], null));
  expect(await readAllPages(transport, list)).toEqual([1, 2, 3, 4]);
  expect(transport.requests.map(({ path }) => path)).toEqual([
    '/api/v2/things?page[size]=100',
    '/api/v2/things?page[size]=100&page[after]=a%3Db%26',
    '/api/v2/things?page[size]=100&page[after]=c',
  ]);
});

it('adds its parameters to those of the path, and posts a body with each page', async () => {
  const transport = scriptedTransport(page([1], 'a'), page([2], null));
  await readAllPages(transport, { ...list, path: '/api/v2/things?sort=id', body: { filter: {} } });
  expect(transport.requests).toEqual([
    {
      method: 'POST',
      path: '/api/v2/things?sort=id&page[size]=100',
      body: { filter: {} },
      kind: 'read',
    },
    {
      method: 'POST',
      path: '/api/v2/things?sort=id&page[size]=100&page[after]=a',
      body: { filter: {} },
      kind: 'read',
    },
  ]);
});

it('gives nothing when a later page fails', async () => {
  const failure = new HelpdeskError('unavailable', 'for the test');
  const transport = scriptedTransport(page([1], 'a'), failure);
  await expect(readAllPages(transport, list)).rejects.toBe(failure);
});

it.each([
  ['the cursor of a page before comes again', [page([1], 'a'), page([2], 'b'), page([3], 'a')]],
  ['there are more pages than expected', [page([1], 'a'), page([2], 'b'), page([3], 'c')]],
  ['there is more but no cursor', [{ things: [1], meta: { has_more: true, after_cursor: null } }]],
  ['it is not paged by cursor', [{ things: [1], next_page: null, count: 1 }]],
  ['the items are missing', [{ meta: { has_more: false, after_cursor: null } }]],
  ['one item cannot be read', [page([1, 'two'], null)]],
  ['the answer is empty', [undefined]],
] as const)('is an error when %s', async (_what, script) => {
  await expect(readAllPages(scriptedTransport(...script), list)).rejects.toMatchObject({
    code: 'malformed-response',
  });
});

it('takes an answer without paging where Zendesk may give one, if it is all', async () => {
  const whole = { things: [1, 2], next_page: null, previous_page: null, count: 2 };
  const mayBeUnpaged = { ...list, mayBeUnpaged: true };
  expect(await readAllPages(scriptedTransport(whole), mayBeUnpaged)).toEqual([1, 2]);
  const parts = [
    { ...whole, next_page: 'https://acme.zendesk.com/…' },
    { ...whole, count: 3 },
  ];
  for (const part of parts) {
    await expect(readAllPages(scriptedTransport(part), mayBeUnpaged)).rejects.toMatchObject({
      code: 'malformed-response',
    });
  }
});
