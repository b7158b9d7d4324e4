import { describe, expect, it } from 'vitest';
import { closeTicket, importTicket, rateTicket } from './ticket-actions.ts';
import { createTestShop, opening } from './test-shop.ts';
import { createTicket } from './ticket-update.ts';

const begin = String(opening / 1000 - 3600);
const ticketsPath = '/api/v2/incremental/tickets/cursor.json';
const eventsPath = '/api/v2/incremental/ticket_events.json';

interface Exported {
  tickets: { id: number; status: string; subject: string; generated_timestamp: number }[];
  after_cursor: string | null;
  end_of_stream: boolean;
}

interface Events {
  ticket_events: { id: number; ticket_id: number; child_events: Record<string, unknown>[] }[];
  count: number;
  end_time: number | null;
  end_of_stream: boolean;
  next_page: string | null;
}

/** A shop whose admin asks for exports by token. */
function openExports() {
  const shop = createTestShop();
  shop.state.account.incremental_exports_per_minute = 100;
  const token = { authorization: 'Bearer read-only' };
  async function get<T>(path: string): Promise<T> {
    const { status, body } = await shop.ask(null, 'GET', path, undefined, token);
    expect(status).toBe(200);
    return body as T;
  }
  const addTicket = (id: number) =>
    createTicket(shop.zendesk.world, id, shop.cara, {
      requester_id: shop.cara.id,
      subject: `Ticket ${String(id)}`,
      comment: { body: 'Hello', public: true },
    }).ticket;
  return {
    ...shop,
    addTicket,
    raw: (path: string, headers = token) => shop.ask(null, 'GET', path, undefined, headers),
    tickets: (query: string) => get<Exported>(`${ticketsPath}?${query}`),
    events: (query: string) => get<Events>(`${eventsPath}?${query}`),
  };
}

describe('who may export', () => {
  it('is an admin with a token of scope read, and nobody else', async () => {
    const { ask, ana, raw, state } = openExports();
    expect((await ask(ana, 'GET', `${ticketsPath}?start_time=${begin}`)).status).toBe(403);
    expect((await ask(ana, 'GET', `${eventsPath}?start_time=${begin}`)).status).toBe(403);
    state.tokens.push({ token: 'of-ana', kind: 'oauth', user_id: ana.id, scopes: ['read'] });
    const ofAna = { authorization: 'Bearer of-ana' };
    expect((await raw(`${ticketsPath}?start_time=${begin}`, ofAna)).status).toBe(403);
    state.tokens.push({ token: 'writes', kind: 'oauth', user_id: ana.id, scopes: ['write'] });
    const refused = await raw('/api/v2/tickets/1001', { authorization: 'Bearer writes' });
    expect(refused.status).toBe(403);
    expect(refused.body).toEqual({
      error: 'Forbidden',
      description: 'You are missing the following required scopes: read',
    });
  });

  it('asks ten times a minute over both exports, is told so, and then waits', async () => {
    const { raw, state, clock } = openExports();
    state.account.incremental_exports_per_minute = 10;
    await clock.advance(60_000);
    for (let n = 1; n <= 9; n += 1) await raw(`${ticketsPath}?start_time=${begin}`);
    const last = await raw(`${eventsPath}?start_time=${begin}`);
    expect(last.headers.get('zendesk-ratelimit-incremental-exports')).toBe(
      'total=10; remaining=0; resets=60',
    );
    const refused = await raw(`${ticketsPath}?start_time=${begin}`);
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ error: 'APIRateLimitExceeded' });
    expect(refused.headers.get('retry-after')).toBe('60');
    await clock.advance(60_000);
    const later = await raw(`${ticketsPath}?start_time=${begin}`);
    expect(later.headers.get('zendesk-ratelimit-incremental-exports-cursor')).toContain(
      'remaining=9',
    );
  });
});

describe('the export of tickets', () => {
  it('leaves out the last minute', async () => {
    const { tickets, clock } = openExports();
    expect(await tickets(`start_time=${begin}`)).toMatchObject({
      tickets: [],
      after_cursor: null,
      end_of_stream: true,
    });
    await clock.advance(60_000);
    const page = await tickets(`start_time=${begin}`);
    expect(page.tickets.map(({ id }) => id)).toEqual([1001]);
  });

  it('goes on at a cursor, over tickets of one second and those that changed meanwhile', async () => {
    const { tickets, addTicket, ask, ana, clock } = openExports();
    for (const id of [1002, 1003, 1004]) addTicket(id);
    await clock.advance(61_000);
    const first = await tickets(`start_time=${begin}&per_page=2`);
    expect(first.tickets.map(({ id }) => id)).toEqual([1001, 1002]);
    expect(first.end_of_stream).toBe(false);
    await ask(ana, 'PUT', '/api/v2/tickets/1001', { ticket: { priority: 'high' } });
    const second = await tickets(`cursor=${String(first.after_cursor)}&per_page=2`);
    expect(second.tickets.map(({ id }) => id)).toEqual([1003, 1004]);
    expect(second.end_of_stream).toBe(true);
    const nothing = await tickets(`cursor=${String(second.after_cursor)}`);
    expect(nothing).toMatchObject({ tickets: [], after_cursor: second.after_cursor });
    await clock.advance(61_000);
    const changed = await tickets(`cursor=${String(second.after_cursor)}`);
    expect(changed.tickets.map(({ id }) => id)).toEqual([1001]);
  });

  it('shows closed, archived and deleted tickets; what was deleted says so', async () => {
    const { tickets, addTicket, ask, ada, state, zendesk, clock } = openExports();
    addTicket(1002);
    closeTicket(zendesk.world, 1002);
    Object.assign(state.tickets['1002'] ?? {}, { archived: true });
    await clock.advance(120_000);
    const { after_cursor: cursor } = await tickets(`start_time=${begin}`);
    await ask(ada, 'DELETE', '/api/v2/tickets/1001');
    await clock.advance(61_000);
    const all = await tickets(`start_time=${begin}`);
    expect(all.tickets.map(({ id, status }) => [id, status])).toEqual([
      [1002, 'closed'],
      [1001, 'deleted'],
    ]);
    const later = await tickets(`cursor=${String(cursor)}`);
    expect(later.tickets.map(({ id }) => id)).toEqual([1001]);
    const without = await tickets(`start_time=${begin}&exclude_deleted=true`);
    expect(without.tickets.map(({ id }) => id)).toEqual([1002]);
  });

  it('goes by the time of the change, also of one that the ticket’s own stamp does not tell', async () => {
    const { tickets, zendesk, ada, cara, clock } = openExports();
    await clock.advance(600_000);
    const since = String(clock.now() / 1000);
    importTicket(zendesk.world, {
      user_id: ada.id,
      requester_id: cara.id,
      subject: 'Years ago',
      comments: [
        { author_id: cara.id, text: 'Hello', public: true, created_at: '2020-01-01T00:00:00Z' },
      ],
    });
    rateTicket(zendesk.world, { ticket_id: 1001, score: 'good' });
    await clock.advance(61_000);
    const { tickets: found } = await tickets(`start_time=${since}`);
    expect(found.map(({ subject }) => subject).sort()).toEqual(['Late parcel', 'Years ago']);
  });

  it('refuses a start within the last minute, a strange cursor, and both at once', async () => {
    const { raw, clock } = openExports();
    const recent = await raw(`${ticketsPath}?start_time=${String(clock.now() / 1000 - 59)}`);
    expect(recent.status).toBe(422);
    expect(recent.body).toMatchObject({
      description: 'Too recent start_time. Use a start_time older than 1 minute',
    });
    expect((await raw(`${ticketsPath}?cursor=strange`)).status).toBe(400);
    expect((await raw(`${ticketsPath}?cursor=%25`)).status).toBe(400);
    expect((await raw(ticketsPath)).status).toBe(400);
    expect((await raw(`${ticketsPath}?start_time=${begin}&per_page=1001`)).status).toBe(400);
    expect((await raw(`${ticketsPath}?start_time=1&cursor=MS4wfHwxfA==`)).status).toBe(400);
  });
});

describe('the export of ticket events', () => {
  it('tells each change of a field, with comments only as being there', async () => {
    const { events, ask, ana, fieldId, clock } = openExports();
    const set = {
      ticket: {
        comment: { body: 'Not shown', public: false },
        custom_fields: [{ id: fieldId, value: 'credit_waiting' }],
        metadata: { leeway: 'hidden' },
      },
    };
    await ask(ana, 'PUT', '/api/v2/tickets/1001', set);
    await clock.advance(61_000);
    const { ticket_events: found, count } = await events(`start_time=${begin}`);
    expect(count).toBe(2);
    expect(found[1]).toMatchObject({
      ticket_id: 1001,
      updater_id: ana.id,
      event_type: 'Audit',
      timestamp: opening / 1000,
      child_events: [
        { comment_present: true, comment_public: false, event_type: 'Comment' },
        { event_type: 'Change', previous_value: ['vip'] },
        {
          event_type: 'Change',
          custom_ticket_fields: { [String(fieldId)]: 'credit_waiting' },
          previous_value: null,
        },
      ],
    });
    expect(JSON.stringify(found)).not.toMatch(/Not shown|hidden/);
  });

  it('starts a page with the second in which the last one ended, and never tears a second apart', async () => {
    const { events, addTicket, clock } = openExports();
    addTicket(1002);
    await clock.advance(1_000);
    addTicket(1003);
    addTicket(1004);
    await clock.advance(1_000);
    addTicket(1005);
    await clock.advance(61_000);
    const seen: number[][] = [];
    let start: number | null = Number(begin);
    for (let end = false; !end;) {
      const page: Events = await events(`start_time=${String(start)}&per_page=1`);
      seen.push(page.ticket_events.map((event) => event.ticket_id));
      start = page.end_time;
      end = page.end_of_stream;
    }
    expect(seen).toEqual([[1001, 1002], [1001, 1002], [1003, 1004], [1005]]);
    expect(await events(`start_time=${String(Number(start) + 1)}`)).toMatchObject({
      ticket_events: [],
      end_time: null,
      next_page: null,
      end_of_stream: true,
    });
  });

  it('has the changes of deleted tickets, unless they are not wanted', async () => {
    const { events, ask, ada, clock } = openExports();
    await ask(ada, 'DELETE', '/api/v2/tickets/1001');
    await clock.advance(61_000);
    expect((await events(`start_time=${begin}`)).count).toBe(1);
    expect((await events(`start_time=${begin}&exclude_deleted=true`)).count).toBe(0);
  });
});
