import { describe, expect, it } from 'vitest';
import { auditsOf } from './audit-writer.ts';
import { createTestShop } from './test-shop.ts';

const path = '/api/v2/tickets/1001.json';

interface Updated {
  ticket: { tags: string[]; updated_at: string; follower_ids: number[]; status: string };
  audit?: {
    id: number;
    author_id: number;
    created_at: string;
    metadata: { custom: unknown; flags?: number[] };
    via: { channel: string };
    events: {
      type: string;
      field_name?: string;
      value?: unknown;
      previous_value?: unknown;
      [key: string]: unknown;
    }[];
  };
}

function createDesk() {
  const shop = createTestShop();
  const put = async (ticket: unknown, user: { id: number } = shop.ana) => {
    const answer = await shop.ask(user, 'PUT', path, { ticket });
    return { status: answer.status, body: answer.body as unknown as Updated };
  };
  return { ...shop, put };
}

describe('updating a ticket', () => {
  it('becomes one audit with the comment first and a change for each property', async () => {
    const { put, ana, fieldId } = createDesk();
    const { body } = await put({
      comment: { html_body: '<p>Two<br>lines</p>', public: false },
      status: 'open',
      custom_fields: [{ id: fieldId, value: 'credit_waiting' }],
      followers: [{ user_id: String(ana.id), action: 'put' }],
      metadata: { leeway: '{"v":1}' },
    });
    expect(body.audit).toMatchObject({
      author_id: ana.id,
      via: { channel: 'web' },
      created_at: '2026-11-22T10:00:00Z',
      metadata: { custom: { leeway: '{"v":1}' } },
    });
    expect(body.audit?.events.map(({ type, field_name }) => [type, field_name])).toEqual([
      ['Comment', undefined],
      ['Change', 'status'],
      ['Change', 'tags'],
      ['Change', String(fieldId)],
      ['FollowerChange', undefined],
    ]);
    expect(body.audit?.events[0]).toMatchObject({ plain_body: 'Two\nlines', public: false });
    expect(body.audit?.events[2]).toMatchObject({
      previous_value: ['vip'],
      value: ['credit_waiting', 'vip'],
    });
  });

  it('has creation events in the first audit, custom fields by their id', () => {
    const { state, cara } = createDesk();
    const created = auditsOf(state, 1001)[0];
    expect(created?.author_id).toBe(cara.id);
    expect(created?.events).toContainEqual(
      expect.objectContaining({ type: 'Create', field_name: 'requester_id', value: cara.id }),
    );
    expect(created?.events).toContainEqual(
      expect.objectContaining({ type: 'Create', field_name: 'tags', value: ['vip'] }),
    );
  });

  it('gives back metadata as strings, whatever was sent', async () => {
    const { put } = createDesk();
    const { body } = await put({ subject: 'x', metadata: { amount: 25, deep: { yes: true } } });
    expect(body.audit?.metadata.custom).toEqual({ amount: '25', deep: { yes: 'true' } });
  });

  it('writes no audit and leaves the stamp when nothing changes', async () => {
    const { put, clock, state, ticket } = createDesk();
    await clock.advance(5_000);
    const { body } = await put({ subject: ticket.subject, metadata: { leeway: 'x' } });
    expect(body.audit).toBeUndefined();
    expect(auditsOf(state, 1001)).toHaveLength(1);
    expect(body.ticket.updated_at).toBe('2026-11-22T10:00:00Z');
  });

  it('refuses a stale stamp, sees no difference within one second, and takes false for true', async () => {
    const { put, clock, ticket } = createDesk();
    const stamp = ticket.updated_at;
    await clock.advance(400);
    expect((await put({ subject: 'a', safe_update: true, updated_stamp: stamp })).status).toBe(200);
    expect((await put({ subject: 'b', safe_update: true, updated_stamp: stamp })).status).toBe(200);
    await clock.advance(1_000);
    expect((await put({ subject: 'c' })).status).toBe(200);
    for (const safe_update of [true, false]) {
      const late = await put({ subject: 'd', safe_update, updated_stamp: stamp });
      expect(late.status).toBe(409);
      expect(late.body).toMatchObject({ error: 'UpdateConflict' });
    }
    expect((await put({ subject: 'e', safe_update: true })).status).toBe(422);
  });

  it('refuses a closed ticket', async () => {
    const { put, ticket } = createDesk();
    ticket.status = 'closed';
    const { status, body } = await put({ comment: { body: 'Too late', public: false } });
    expect(status).toBe(422);
    expect(JSON.stringify(body)).toContain('closed prevents ticket update');
  });

  it('answers 404 for a deleted ticket', async () => {
    const { ask, ana } = createDesk();
    expect((await ask(ana, 'DELETE', path)).status).toBe(204);
    expect((await ask(ana, 'GET', path)).status).toBe(404);
    expect((await ask(ana, 'GET', '/api/v2/tickets/1001/audits')).status).toBe(404);
  });

  it('makes a comment without `public` as public as the ticket', async () => {
    const { put } = createDesk();
    const { body } = await put({ comment: { body: 'Oops' } });
    expect(body.audit?.events[0]).toMatchObject({ public: true });
  });

  it('expands placeholders in text that nobody neutralised', async () => {
    const { put } = createDesk();
    const { body } = await put({
      comment: { body: 'Dear {{ticket.requester.name}}{{nonsense}}{% if x %}!', public: false },
    });
    expect(body.audit?.events[0]).toMatchObject({ body: 'Dear Cara Customer!' });
  });

  it('cuts a body at 64 kB without a word', async () => {
    const { put } = createDesk();
    const { status, body } = await put({ comment: { body: 'é'.repeat(40_000), public: false } });
    expect(status).toBe(200);
    expect(String(body.audit?.events[0]?.['body'])).toBe('é'.repeat(32_767));
  });

  it('removes scripts from html and escapes plain text', async () => {
    const { put } = createDesk();
    const html = await put({
      comment: { html_body: '<p onclick="x()">a<script>b</script></p>', public: false },
    });
    expect(html.body.audit?.events[0]?.['html_body']).toBe('<p>a</p>');
    const plain = await put({ comment: { body: '<b>', public: false } });
    expect(plain.body.audit?.events[0]?.['html_body']).toContain('&lt;b&gt;');
  });

  it('shows another author on the comment, never on the audit', async () => {
    const { put, ana, ben } = createDesk();
    const { body } = await put({ comment: { body: 'approve', public: false, author_id: ben.id } });
    expect(body.audit?.author_id).toBe(ana.id);
    expect(body.audit?.events[0]?.['author_id']).toBe(ben.id);
    expect(body.audit?.metadata.flags).toEqual([11]);
  });

  it('replaces the whole set of tags, and empties a field whose tag is gone', async () => {
    const { put, ticket, fieldId } = createDesk();
    await put({ custom_fields: [{ id: fieldId, value: 'credit_posted' }] });
    expect(ticket.tags).toEqual(['credit_posted', 'vip']);
    await put({ tags: ['new'] });
    expect(ticket.tags).toEqual(['new']);
    expect(ticket.custom_fields[String(fieldId)]).toBeNull();
  });

  it('moves the tag of a dropdown with its value, and refuses an unknown value or field', async () => {
    const { put, ticket, fieldId } = createDesk();
    await put({ custom_fields: [{ id: fieldId, value: 'credit_waiting' }] });
    await put({ custom_fields: [{ id: fieldId, value: 'credit_posted' }] });
    expect(ticket.tags).toEqual(['credit_posted', 'vip']);
    await put({ custom_fields: [{ id: fieldId, value: null }] });
    expect(ticket.tags).toEqual(['vip']);
    expect((await put({ custom_fields: [{ id: fieldId, value: 'other' }] })).status).toBe(422);
    expect((await put({ custom_fields: [{ id: 1, value: 'x' }] })).status).toBe(422);
  });

  it('takes agents as followers, ignores end users, and everybody when followers are off', async () => {
    const { put, ben, cara, state } = createDesk();
    const both = [ben, cara].map(({ id }) => ({ user_id: id, action: 'put' }));
    expect((await put({ followers: both })).body.ticket.follower_ids).toEqual([ben.id]);
    const removed = await put({ followers: [{ user_id: ben.id, action: 'delete' }] });
    expect(removed.body.ticket.follower_ids).toEqual([]);
    state.account.ccs_and_followers = false;
    expect((await put({ followers: both })).body.ticket.follower_ids).toEqual([]);
  });

  it('refuses solving without an assignee', async () => {
    const { put, ana } = createDesk();
    expect((await put({ status: 'solved' })).status).toBe(422);
    expect((await put({ status: 'solved', assignee_id: ana.id })).status).toBe(200);
  });
});

describe('who may do what with a ticket', () => {
  it('lets light agents comment privately and nothing else', async () => {
    const { put, lin } = createDesk();
    expect((await put({ status: 'open' }, lin)).status).toBe(403);
    expect((await put({ comment: { body: 'x', public: true } }, lin)).status).toBe(403);
    const { status, body } = await put({ comment: { body: 'x' } }, lin);
    expect(status).toBe(200);
    expect(body.audit?.events[0]).toMatchObject({ public: false });
  });

  it('hides tickets from restricted agents', async () => {
    const { ask, ana, ticket, state } = createDesk();
    ana.ticket_restriction = 'assigned';
    expect((await ask(ana, 'GET', path)).status).toBe(403);
    ticket.assignee_id = ana.id;
    expect((await ask(ana, 'GET', path)).status).toBe(200);
    ana.ticket_restriction = 'groups';
    expect((await ask(ana, 'GET', path)).status).toBe(200);
    state.group_memberships = [];
    expect((await ask(ana, 'GET', path)).status).toBe(403);
    ana.ticket_restriction = 'organization';
    expect((await ask(ana, 'GET', path)).status).toBe(403);
    const many = await ask(ana, 'GET', '/api/v2/tickets/show_many?ids=1001');
    expect(many.body).toMatchObject({ tickets: [] });
  });
});

describe('reading tickets', () => {
  it('lists a customer’s tickets, the newest first, with the people beside them', async () => {
    const { ask, ana, cara, clock } = createDesk();
    await clock.advance(60_000);
    await ask(ana, 'POST', '/api/v2/tickets', {
      ticket: { subject: 'Second', requester_id: cara.id, comment: { body: 'Hi', public: true } },
    });
    const list = `/api/v2/users/${String(cara.id)}/tickets/requested`;
    const include = 'users,organizations';
    const answer = await ask(
      ana,
      'GET',
      `${list}?sort=-updated_at&page[size]=25&include=${include}`,
    );
    const body = answer.body as unknown as {
      organizations: { name: string }[];
      tickets: { subject: string }[];
      users: { id: number }[];
    };
    expect(body.tickets.map(({ subject }) => subject)).toEqual(['Second', 'Late parcel']);
    expect(body.users.map(({ id }) => id)).toContain(cara.id);
    expect(body.organizations.map(({ name }) => name)).toEqual(['Acme Ltd']);
    expect((await ask(ana, 'GET', `${list}?sort=-updated_at`)).status).toBe(400);
    expect((await ask(ana, 'GET', `${list}?sort=subject&page[size]=5`)).status).toBe(400);
    expect((await ask(ana, 'GET', `${list}?include=comments`)).status).toBe(400);
  });

  it('pages audits in the order in which they were written, unless the ticket is archived', async () => {
    const { ask, put, ana, ticket } = createDesk();
    for (const subject of ['a', 'b', 'c']) await put({ subject });
    const list = '/api/v2/tickets/1001/audits?page[size]=2';
    const paged = await ask(ana, 'GET', list);
    const audits = (paged.body as unknown as { audits: { id: number }[] }).audits;
    expect(audits).toHaveLength(2);
    expect(audits[0]?.id).toBeLessThan(audits[1]?.id ?? 0);
    ticket.archived = true;
    const whole = await ask(ana, 'GET', list);
    expect((whole.body as unknown as { audits: unknown[] }).audits).toHaveLength(4);
  });

  it('takes at most 100 ids at once', async () => {
    const { ask, ana } = createDesk();
    const ids = Array.from({ length: 101 }, (_, at) => String(at)).join(',');
    expect((await ask(ana, 'GET', `/api/v2/tickets/show_many?ids=${ids}`)).status).toBe(400);
    expect((await ask(ana, 'GET', `/api/v2/users/show_many?ids=${ids}`)).status).toBe(400);
  });

  it('finds a ticket by search only after the lag', async () => {
    const { ask, ana, cara, clock } = createDesk();
    const query = `/api/v2/search?query=type:ticket requester:${String(cara.id)} parcel`;
    expect((await ask(ana, 'GET', query)).body).toMatchObject({ count: 0 });
    await clock.advance(120_000);
    expect((await ask(ana, 'GET', query)).body).toMatchObject({
      count: 1,
      results: [{ id: 1001, result_type: 'ticket' }],
    });
  });
});
