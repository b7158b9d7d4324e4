import { describe, expect, it } from 'vitest';
import { actions } from './actions.ts';
import { auditsOf, commentsOf } from './audit-writer.ts';
import { addCustomRole } from './people.ts';
import { Refusal } from './refusal.ts';
import { closeTicket } from './ticket-actions.ts';
import { createTestShop } from './test-shop.ts';
import type { Audit, Ticket } from './state.ts';

function createStage() {
  const shop = createTestShop();
  const act = (name: string, input: unknown) => actions[name]?.(shop.zendesk.world, input);
  const lastAudit = (id = 1001) => auditsOf(shop.state, id).at(-1) as Audit;
  const lastComment = (id = 1001) => commentsOf(shop.state, id).at(-1)?.comment;
  return { ...shop, act, lastAudit, lastComment };
}

describe('replies by other channels', () => {
  it('a customer’s mail is public and reopens; a stranger’s becomes a private note', () => {
    const { act, ticket, cara, lin, lastAudit, lastComment, state } = createStage();
    ticket.status = 'solved';
    act('mail-reply', { ticket_id: 1001, user_id: cara.id, text: 'Still not here' });
    expect(ticket.status).toBe('open');
    expect(lastAudit().via.channel).toBe('email');
    expect(lastComment()).toMatchObject({ author_id: cara.id, public: true });
    lin.role = 'end-user';
    lin.role_type = null;
    act('mail-reply', { ticket_id: 1001, user_id: lin.id, text: 'Me too' });
    expect(lastComment()?.public).toBe(false);
    expect(auditsOf(state, 1001)).toHaveLength(3);
  });

  it('a spoofed mail has the claimed author and nothing but flags against it', () => {
    const { act, ben, lastAudit } = createStage();
    act('mail-reply', {
      ticket_id: 1001,
      user_id: ben.id,
      text: 'approve',
      public: false,
      spoofed: true,
    });
    expect(lastAudit()).toMatchObject({
      author_id: ben.id,
      via: { channel: 'email' },
      metadata: { trusted: false },
    });
    expect(lastAudit().metadata.flags).not.toEqual([]);
  });

  it('an agent’s mail is as public as the account says', () => {
    const { act, ben, lastComment } = createStage();
    act('mail-reply', { ticket_id: 1001, user_id: ben.id, text: 'one' });
    expect(lastComment()?.public).toBe(true);
    act('account', { agent_mail_replies_public: false });
    act('mail-reply', { ticket_id: 1001, user_id: ben.id, text: 'two' });
    expect(lastComment()?.public).toBe(false);
  });

  it('a mobile reply comes on the channel mobile', () => {
    const { act, ben, lastAudit } = createStage();
    act('mobile-reply', { ticket_id: 1001, user_id: ben.id, text: 'approve', public: false });
    expect(lastAudit()).toMatchObject({ author_id: ben.id, via: { channel: 'mobile' } });
  });

  it('a mention in a private note makes a follower, in a public reply it does not', () => {
    const { act, ana, ben, ticket } = createStage();
    const text = `@${ben.name} please look`;
    act('web-comment', { ticket_id: 1001, user_id: ana.id, text, public: true });
    expect(ticket.follower_ids).toEqual([]);
    act('web-comment', { ticket_id: 1001, user_id: ana.id, text, public: false });
    expect(ticket.follower_ids).toEqual([ben.id]);
  });
});

describe('what happens to tickets', () => {
  it('a mail to a closed ticket becomes a follow-up that has its tags and fields', () => {
    const { act, zendesk, cara, ticket, state, fieldId } = createStage();
    ticket.custom_fields[String(fieldId)] = 'credit_posted';
    ticket.tags = ['credit_posted', 'vip'];
    closeTicket(zendesk.world, 1001);
    const { ticket: next } = act('mail-reply', {
      ticket_id: 1001,
      user_id: cara.id,
      text: 'Again',
    }) as { ticket: Ticket };
    expect(next).toMatchObject({
      via_followup_source_id: 1001,
      tags: ['credit_posted', 'vip'],
      via: { channel: 'email', source: { rel: 'follow_up' } },
    });
    expect(next.custom_fields[String(fieldId)]).toBe('credit_posted');
    expect(state.tickets['1001']?.followup_ids).toEqual([next.id]);
  });

  it('rules close as author -1 on the channel rule', () => {
    const { zendesk, lastAudit, ticket } = createStage();
    closeTicket(zendesk.world, 1001);
    expect(ticket.status).toBe('closed');
    expect(lastAudit()).toMatchObject({ author_id: -1, via: { channel: 'rule' } });
  });

  it('a closed ticket is archived, an open one not', () => {
    const { act, ticket } = createStage();
    expect(() => act('archive', { ticket_id: 1001 })).toThrow('Only closed');
    act('close', { ticket_id: 1001 });
    act('archive', { ticket_id: 1001 });
    expect(ticket).toMatchObject({ status: 'closed', archived: true });
  });

  it('a merge closes the source and notes it on both', () => {
    const { act, ana, cara, ticket, state, lastAudit } = createStage();
    const { ticket: target } = act('new-ticket', {
      requester_id: cara.id,
      subject: 'Same again',
      text: 'Hello?',
    }) as { ticket: Ticket };
    act('merge', { source_id: 1001, target_id: target.id, user_id: ana.id });
    expect(ticket.status).toBe('closed');
    expect(ticket.tags).toContain('closed_by_merge');
    expect(lastAudit().via.source.rel).toBe('merge');
    expect(state.tickets[String(target.id)]?.status).toBe('new');
    expect(lastAudit(target.id).events[0]).toMatchObject({ type: 'Comment', public: false });
  });

  it('an import has the authors and times that the importer chose, on the channel import', () => {
    const { act, ada, ana, ben, cara, state } = createStage();
    const made = act('import', {
      user_id: ada.id,
      requester_id: cara.id,
      subject: 'Old',
      comments: [
        { author_id: ana.id, text: 'ask', public: false, created_at: '2026-01-01T00:00:00Z' },
        {
          author_id: ben.id,
          text: 'approve',
          public: false,
          created_at: '2026-01-02T00:00:00Z',
          metadata: { leeway: '{}' },
        },
      ],
    }) as Ticket;
    expect(
      auditsOf(state, made.id).map((audit) => [
        audit.author_id,
        audit.created_at,
        audit.via.channel,
      ]),
    ).toEqual([
      [ana.id, '2026-01-01T00:00:00Z', 'import'],
      [ben.id, '2026-01-02T00:00:00Z', 'import'],
    ]);
  });

  it('a redaction takes the text and leaves author and metadata', async () => {
    const { act, ask, ana, lastAudit } = createStage();
    await ask(ana, 'PUT', '/api/v2/tickets/1001', {
      ticket: { comment: { body: 'secret', public: false }, metadata: { leeway: '{}' } },
    });
    const comment = lastAudit().events[0];
    act('redact-comment', { ticket_id: 1001, user_id: ana.id, comment_id: comment?.id });
    expect(JSON.stringify(lastAudit())).not.toContain('secret');
    expect(lastAudit()).toMatchObject({
      author_id: ana.id,
      metadata: { custom: { leeway: '{}' } },
    });
  });

  it('a comment can be made private, which the audits tell', () => {
    const { act, ana, lastAudit, lastComment } = createStage();
    const comment = lastComment();
    act('make-private', { ticket_id: 1001, user_id: ana.id, comment_id: comment?.id });
    expect(comment?.public).toBe(false);
    expect(lastAudit()).toMatchObject({
      author_id: ana.id,
      events: [{ type: 'CommentPrivacyChange', comment_id: comment?.id, public: false }],
    });
  });

  it('the requester can be changed, and the ticket rated and deleted', async () => {
    const { act, ask, ana, ben, lastAudit, ticket } = createStage();
    act('change-requester', { ticket_id: 1001, user_id: ana.id, requester_id: ben.id });
    expect(lastAudit().events).toMatchObject([
      { type: 'Change', field_name: 'requester_id', value: ben.id },
    ]);
    act('rate', { ticket_id: 1001, score: 'bad', comment: 'Slow' });
    expect(ticket.satisfaction_rating).toMatchObject({ score: 'bad', comment: 'Slow' });
    act('delete-ticket', { ticket_id: 1001, user_id: ana.id });
    expect((await ask(ana, 'GET', '/api/v2/tickets/1001')).status).toBe(404);
  });
});

describe('what happens to people, records and the account', () => {
  it('people are suspended, downgraded, restricted, moved and merged', async () => {
    const { act, ask, ana, ben, cara, ticket, state } = createStage();
    const sees = async () => (await ask(ana, 'GET', '/api/v2/tickets/1001')).status;
    act('suspend', { user_id: ana.id });
    expect(await sees()).toBe(401);
    act('suspend', { user_id: ana.id, suspended: false });
    act('role', { user_id: ana.id, role: 'end-user' });
    expect(await sees()).toBe(403);
    act('role', { user_id: ana.id, role: 'agent' });
    act('groups', { user_id: ana.id, group_ids: [] });
    act('restrict', { user_id: ana.id, ticket_restriction: 'groups' });
    expect(await sees()).toBe(403);
    act('light-agent', { user_id: ben.id });
    const write = await ask(ben, 'PUT', '/api/v2/tickets/1001', { ticket: { status: 'open' } });
    expect(write.status).toBe(403);
    act('user-tags', { user_id: ben.id, tags: ['experienced'] });
    expect(ben.tags).toEqual(['experienced']);
    const { ticket: other } = act('new-ticket', {
      requester_id: cara.id,
      subject: 'x',
      text: 'y',
    }) as { ticket: Ticket };
    act('role', { user_id: ben.id, role: 'end-user' });
    act('merge-users', { from_id: cara.id, into_id: ben.id });
    expect([ticket.requester_id, other.requester_id]).toEqual([ben.id, ben.id]);
    expect(state.users[String(cara.id)]?.active).toBe(false);
  });

  it('a restricted agent writes nothing on a ticket that they do not see', () => {
    const { act, ben, state } = createStage();
    const reply = { ticket_id: 1001, user_id: ben.id, text: 'approve', public: false };
    act('restrict', { user_id: ben.id, ticket_restriction: 'assigned' });
    for (const way of ['mobile-reply', 'web-comment']) {
      expect(() => act(way, reply)).toThrow(Refusal);
    }
    expect(auditsOf(state, 1001)).toHaveLength(1);
  });

  it('on Enterprise an agent has a role of the account’s own, until made a light agent', () => {
    const { act, ana, state } = createStage();
    const role = addCustomRole(state, 'Agent').id;
    const give = (id: number) => act('custom-role', { user_id: ana.id, custom_role_id: id });
    expect(() => give(role)).toThrow('Enterprise');
    act('account', { enterprise: true });
    expect(() => give(1)).toThrow('no role 1');
    give(role);
    expect(ana).toMatchObject({ role: 'agent', role_type: 0, custom_role_id: role });
    act('light-agent', { user_id: ana.id });
    expect(ana).toMatchObject({ role_type: 1, custom_role_id: null });
  });

  it('records are edited and deleted by hand, by id or external id', async () => {
    const { act, ask, ana, ben, state } = createStage();
    await ask(ana, 'POST', '/api/v2/custom_objects/credit/records', {
      custom_object_record: { name: 'A', external_id: 'a', custom_object_fields: { amount: 1 } },
    });
    act('edit-record', { object: 'credit', record: 'a', user_id: ben.id, fields: { amount: 9 } });
    const [record] = Object.values(state.records['credit'] ?? {});
    expect(record).toMatchObject({
      custom_object_fields: { amount: 9 },
      updated_by_user_id: String(ben.id),
    });
    act('delete-record', { object: 'credit', record: record?.id, user_id: ben.id });
    expect(state.records['credit']).toEqual({});
  });

  it('refuses what an action does not know', () => {
    const { act, ana } = createStage();
    expect(() => act('suspend', { user_id: ana.id, forever: true })).toThrow('forever');
    expect(() => act('account', { no_such_setting: true })).toThrow('no_such_setting');
    expect(() =>
      act('mobile-reply', { ticket_id: 1, user_id: ana.id, text: 'x', public: true }),
    ).toThrow('no ticket 1');
  });
});
