import { describe, expect, it } from 'vitest';
import { type Instant, instantFromIso } from '#domain/instant.ts';
import { createExports, type ExportPage } from './exports.ts';
import { scriptedTransport, type ScriptedAnswer } from './scripted-transport.ts';
import { findStatusField } from './status-field.ts';

const since = instantFromIso('2026-11-22T10:00:00Z') as Instant;
const second = since / 1000;

function exportsOver(...answers: ScriptedAnswer[]) {
  const transport = scriptedTransport(...answers);
  const paths = () => transport.requests.map(({ path }) => path);
  return { exports: createExports(transport, '77'), paths };
}

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const page of pages) found.push(page);
  return found;
}

const ticket = (id: number, about: object = {}) => ({
  id,
  requester_id: 5,
  status: 'open',
  tags: ['vip'],
  custom_fields: [{ id: 77, value: 'leeway_posted' }],
  created_at: '2026-11-22T09:00:00Z',
  updated_at: '2026-11-22T10:00:00Z',
  via: { channel: 'web', source: { from: {}, to: {}, rel: null } },
  ...about,
});

const tickets = (list: object[], cursor: string | null, end: boolean) => ({
  tickets: list,
  after_cursor: cursor,
  end_of_stream: end,
});

describe('changed tickets', () => {
  it('are read page by page to the end, from a time and from a cursor', async () => {
    const { exports, paths } = exportsOver(
      tickets([ticket(1)], 'a=', false),
      tickets([ticket(2)], 'b', true),
      tickets([], 'b', true),
    );
    const pages = await all(exports.changedTickets({ since }));
    expect(pages.map(({ items, end }) => [items.map(({ id }) => id), end])).toEqual([
      [['1'], false],
      [['2'], true],
    ]);
    const again = await all(exports.changedTickets({ cursor: pages[1]?.cursor ?? '' }));
    expect(again).toEqual([{ items: [], cursor: pages[1]?.cursor, end: true }]);
    const path = '/api/v2/incremental/tickets/cursor.json?per_page=1000';
    expect(paths()).toEqual([
      `${path}&start_time=${String(second)}`,
      `${path}&cursor=a%3D`,
      `${path}&cursor=b`,
    ]);
  });

  it('say what they are, follow-ups and deleted ones too', async () => {
    const followUp = { source: { rel: 'follow_up', from: { ticket_id: 1 } } };
    const bare = {
      requester_id: -1,
      tags: null,
      custom_fields: null,
      via: null,
      status: 'deleted',
    };
    const { exports } = exportsOver(
      tickets([ticket(2, { via: followUp }), ticket(3, bare)], 'a', true),
    );
    const [page] = await all(exports.changedTickets({ since }));
    expect(page?.items).toEqual([
      {
        id: '2',
        requester: '5',
        status: 'open',
        statusField: 'leeway_posted',
        tags: ['vip'],
        createdAt: instantFromIso('2026-11-22T09:00:00Z'),
        updatedAt: since,
        viaFollowUpOf: '1',
      },
      expect.objectContaining({
        id: '3',
        requester: null,
        status: 'deleted',
        statusField: null,
        tags: [],
        viaFollowUpOf: null,
      }),
    ]);
  });

  it('without any, the next run begins where this one did', async () => {
    const { exports, paths } = exportsOver(tickets([], null, true), tickets([], null, true));
    const [page] = await all(exports.changedTickets({ since }));
    await all(exports.changedTickets({ cursor: page?.cursor ?? '' }));
    expect(paths()[1]).toBe(paths()[0]);
  });

  it.each([
    ['a cursor that comes again', [tickets([], 'a', false), tickets([], 'a', false)]],
    ['more without a cursor', [tickets([], null, false)]],
    ['a ticket that cannot be read', [tickets([ticket(1, { updated_at: 'soon' })], 'a', true)]],
    ['no word on the end', [{ tickets: [], after_cursor: 'a' }]],
  ])('%s is an error', async (_, answers) => {
    const { exports } = exportsOver(...answers);
    const reading = all(exports.changedTickets({ since }));
    await expect(reading).rejects.toMatchObject({ code: 'malformed-response' });
  });

  it('cannot be read from a strange cursor', async () => {
    const { exports, paths } = exportsOver();
    for (const cursor of ['', 'a', 'since:', 'since:-1']) {
      const reading = all(exports.changedTickets({ cursor }));
      await expect(reading).rejects.toMatchObject({ code: 'invalid' });
    }
    expect(paths()).toEqual([]);
  });
});

const event = (id: number, at: number, fields: object | null = { '77': 'leeway_posted' }) => ({
  id,
  ticket_id: 1000 + id,
  timestamp: second + at,
  created_at: new Date(since + at * 1000).toISOString(),
  child_events: [
    { id: 1, event_type: 'Comment', comment_present: true },
    fields === null ? { status: 'open' } : { custom_ticket_fields: fields, event_type: 'Change' },
  ],
});

const events = (list: object[], endTime: number | null, end: boolean) => ({
  ticket_events: list,
  end_time: endTime === null ? null : second + endTime,
  end_of_stream: end,
});

const changed = (pages: readonly ExportPage<{ readonly ticket: string }>[]) =>
  pages.map(({ items }) => items.map(({ ticket: id }) => id));

describe('changes of the status field', () => {
  it('are picked out, set or cleared, and none comes twice', async () => {
    const { exports, paths } = exportsOver(
      events([event(1, 0), event(2, 5, { '77': null }), event(3, 5)], 5, false),
      events([event(2, 5, { '77': null }), event(3, 5), event(4, 5), event(5, 6, null)], 6, false),
      events([event(5, 6, null), event(6, 6, { '78': 'x' }), event(7, 9)], 9, true),
    );
    const pages = await all(exports.statusFieldChanges({ since }));
    expect(changed(pages)).toEqual([['1001', '1002', '1003'], ['1004'], ['1007']]);
    expect(pages[0]?.items[1]?.at).toBe(since + 5000);
    expect(paths().map((path) => Number(/start_time=(\d+)/.exec(path)?.[1]) - second)).toEqual([
      0, 5, 6,
    ]);
  });

  it('go on in a later run with the second that was read last', async () => {
    const { exports, paths } = exportsOver(
      events([event(1, 3)], 3, true),
      events([event(1, 3)], 3, true),
      events([], null, true),
    );
    const [first] = await all(exports.statusFieldChanges({ since }));
    const [again] = await all(exports.statusFieldChanges({ cursor: first?.cursor ?? '' }));
    expect(again).toEqual(first);
    const [nothing] = await all(exports.statusFieldChanges({ cursor: first?.cursor ?? '' }));
    expect(nothing).toEqual({ items: [], cursor: first?.cursor, end: true });
    expect(paths()[1]).toContain(`start_time=${String(second + 3)}`);
  });

  it.each([
    ['a page that does not go on', events([event(1, 0)], 0, false)],
    ['more without an end time', events([event(1, 0)], null, false)],
    ['an event without a time', events([{ ...event(1, 0), timestamp: null }], 1, true)],
  ])('%s is an error', async (_, answer) => {
    const { exports } = exportsOver(answer);
    const reading = all(exports.statusFieldChanges({ since }));
    await expect(reading).rejects.toMatchObject({ code: 'malformed-response' });
  });

  it('are not to be had without the field, nor from a cursor of the other export', async () => {
    const without = createExports(scriptedTransport(), null);
    await expect(all(without.statusFieldChanges({ since }))).rejects.toMatchObject({
      code: 'not-found',
    });
    const { exports } = exportsOver();
    await expect(all(exports.statusFieldChanges({ cursor: 'after:a' }))).rejects.toMatchObject({
      code: 'invalid',
    });
  });
});

describe('the status field', () => {
  const field = (id: number, values: string[], active = true) => ({
    id,
    active,
    ...(values.length === 0
      ? {}
      : { custom_field_options: values.map((value) => ({ name: value, value })) }),
  });
  const find = (...fields: object[]) =>
    findStatusField(scriptedTransport({ ticket_fields: fields, meta: { has_more: false } }));

  it('is known by its options, whatever its title', async () => {
    expect(await find(field(1, []), field(2, ['leeway_waiting', 'leeway_posted']))).toBe('2');
    expect(await find(field(1, []))).toBeNull();
  });

  it('counts when switched off, unless there is one that is not', async () => {
    expect(await find(field(1, ['leeway_posted'], false))).toBe('1');
    expect(await find(field(1, ['leeway_posted'], false), field(2, ['leeway_posted']))).toBe('2');
  });

  it('must not be there twice', async () => {
    await expect(find(field(1, ['leeway_posted']), field(2, ['leeway_posted']))).rejects.toThrow(
      /1 and 2/,
    );
  });
});
