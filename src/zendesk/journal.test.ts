import { expect, it } from 'vitest';
import { ticketId } from '#domain/ids.ts';
import { readAudits } from './journal.ts';
import { scriptedTransport } from './scripted-transport.ts';
import { createZendeskClock } from './zendesk-clock.ts';

const ticket = ticketId(7) ?? expect.fail('an id');

const audit = (id: number, second: number, more: object = {}) => ({
  id,
  ticket_id: 7,
  created_at: `2026-11-22T10:00:0${String(second)}Z`,
  author_id: 42,
  via: { channel: 'web' },
  metadata: { custom: {} },
  events: [],
  ...more,
});

const page = (audits: unknown[], after: string | null = null) => ({
  audits,
  meta: { has_more: after !== null, after_cursor: after },
});

const clockAtZero = () => createZendeskClock(() => 0);

it('reads all pages in the order in which they come, and learns the time', async () => {
  const transport = scriptedTransport(
    page([audit(12, 1), audit(11, 1)], 'a'),
    page([audit(13, 2)]),
  );
  const clock = clockAtZero();
  const audits = await readAudits(transport, clock, ticket);
  expect(audits.map(({ id }) => id)).toEqual(['12', '11', '13']);
  expect(transport.requests[0]?.path).toBe('/api/v2/tickets/7/audits?page[size]=100');
  expect(clock.now()).toBe(Date.UTC(2026, 10, 22, 10, 0, 2));
});

it('reads the audits of an archived ticket, which come unpaged', async () => {
  const transport = scriptedTransport({ audits: [audit(1, 1)], next_page: null, count: 1 });
  expect(await readAudits(transport, clockAtZero(), ticket)).toHaveLength(1);
});

it.each([
  ['there are none', []],
  ['one is of another ticket', [audit(1, 1), audit(2, 2, { ticket_id: 8 })]],
  ['one comes twice', [audit(1, 1), audit(1, 1)]],
  ['the newest comes first', [audit(2, 2), audit(1, 1)]],
  ['one cannot be read', [audit(1, 1), audit(2, 2, { events: null })]],
])('is an error when %s', async (_what, audits) => {
  const transport = scriptedTransport(page(audits));
  await expect(readAudits(transport, clockAtZero(), ticket)).rejects.toMatchObject({
    code: 'malformed-response',
  });
});
