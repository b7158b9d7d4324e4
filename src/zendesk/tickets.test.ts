import { describe, expect, it } from 'vitest';
import { ticketId, userId } from '#domain/ids.ts';
import { HelpdeskError } from './errors.ts';
import type { JournalStep } from './helpdesk.ts';
import { scriptedTransport, type ScriptedAnswer } from './scripted-transport.ts';
import { readTicket, tidyTicket, writeStep } from './tickets.ts';
import { createZendeskClock } from './zendesk-clock.ts';

const id = ticketId(7) ?? expect.fail('an id');
const ben = userId(43) ?? expect.fail('an id');
const cleo = userId(44) ?? expect.fail('an id');

const ticket = {
  id: 7,
  subject: 'Late parcel',
  requester_id: 1,
  assignee_id: null,
  group_id: 5,
  status: 'open',
  tags: ['late'],
  follower_ids: [43],
  is_public: true,
  custom_fields: [
    { id: 360, value: null },
    { id: 361, value: 'leeway_waiting' },
  ],
  updated_at: '2026-11-22T10:00:00Z',
  via: { channel: 'web', source: { from: {}, to: {}, rel: null } },
};

const journal = '{"v":1,"events":[{"type":"withdraw"}]}';

const audit = {
  id: 900,
  ticket_id: 7,
  created_at: '2026-11-22T10:00:05Z',
  author_id: 42,
  via: { channel: 'web' },
  metadata: { custom: { leeway: journal } },
  events: [{ type: 'Comment', author_id: 42, public: false, plain_body: 'Withdrawn' }],
};

const written = { ticket: { ...ticket, updated_at: '2026-11-22T10:00:05Z' }, audit };

const step: JournalStep = {
  journal,
  noteHtml: '<p>Withdrawn</p>',
  follow: [ben],
  unfollow: [cleo],
  statusField: null,
  updatedStamp: '2026-11-22T10:00:00Z',
};

function accessWith(statusField: string | null, ...script: ScriptedAnswer[]) {
  const transport = scriptedTransport(...script);
  return { transport, statusField, clock: createZendeskClock(() => 0) };
}

describe('reading a ticket', () => {
  it('gives what the domain asks of it', async () => {
    const access = accessWith('361', { ticket });
    expect(await readTicket(access, id)).toEqual({
      id: '7',
      subject: 'Late parcel',
      requester: '1',
      assignee: null,
      group: '5',
      status: 'open',
      tags: ['late'],
      followers: ['43'],
      isPublic: true,
      statusField: 'leeway_waiting',
      updatedAt: Date.UTC(2026, 10, 22, 10),
      updatedStamp: '2026-11-22T10:00:00Z',
      viaFollowUpOf: null,
    });
    expect(access.clock.now()).toBe(Date.UTC(2026, 10, 22, 10));
  });

  it.each([['360'], ['999'], [null]])('knows no status from the field %j', async (field) => {
    expect((await readTicket(accessWith(field, { ticket }), id)).statusField).toBeNull();
  });

  it('knows which closed ticket it follows up', async () => {
    const via = { channel: 'web', source: { from: { ticket_id: 3 }, rel: 'follow_up' } };
    const access = accessWith(null, { ticket: { ...ticket, via } });
    expect((await readTicket(access, id)).viaFollowUpOf).toBe('3');
  });

  it.each([
    ['another ticket', { ...ticket, id: 8 }],
    ['a stamp that is no time', { ...ticket, updated_at: 'yesterday' }],
    ['no followers', { ...ticket, follower_ids: undefined }],
    ['no tags', { ...ticket, tags: undefined }],
    ['no requester', { ...ticket, requester_id: null }],
  ])('is an error with %s', async (_what, body) => {
    await expect(readTicket(accessWith(null, { ticket: body }), id)).rejects.toMatchObject({
      code: 'malformed-response',
    });
  });
});

describe('writing a step', () => {
  it('is one update with everything in it', async () => {
    const access = accessWith('361', written);
    const answer = await writeStep(access, id, step);
    expect(access.transport.requests).toEqual([
      {
        method: 'PUT',
        path: '/api/v2/tickets/7',
        kind: 'write',
        body: {
          ticket: {
            comment: { html_body: '<p>Withdrawn</p>', public: false },
            metadata: { leeway: journal },
            followers: [
              { user_id: '43', action: 'put' },
              { user_id: '44', action: 'delete' },
            ],
            custom_fields: [{ id: 361, value: null }],
            safe_update: true,
            updated_stamp: '2026-11-22T10:00:00Z',
          },
        },
      },
    ]);
    expect(answer).toMatchObject({
      audit: { id: '900', leeway: journal },
      followers: ['43'],
      ticketUpdatedStamp: '2026-11-22T10:00:05Z',
    });
  });

  it('leaves out followers and field where there is nothing to change or no field is known', async () => {
    const access = accessWith(null, written, written);
    await writeStep(access, id, { ...step, follow: [], unfollow: [] });
    const known = { ...access, statusField: '361' };
    await writeStep(known, id, { ...step, follow: [], unfollow: [], statusField: undefined });
    for (const { body } of access.transport.requests) {
      expect(body).not.toHaveProperty('ticket.followers');
      expect(body).not.toHaveProperty('ticket.custom_fields');
    }
  });

  it('learns the time from the answer, also that the browser runs ahead', async () => {
    const transport = scriptedTransport(written);
    const clock = createZendeskClock(() => Date.UTC(2026, 10, 22, 11));
    await writeStep({ transport, clock, statusField: null }, id, step);
    expect(clock.now()).toBe(Date.UTC(2026, 10, 22, 10, 0, 5, 500));
  });

  it.each([
    ['nothing', { custom: {} }],
    ['an altered text', { custom: { leeway: `${journal} ` } }],
    ['a text made into an object', { custom: { leeway: JSON.parse(journal) as unknown } }],
  ])('is an error when the audit holds %s of the journal', async (_what, metadata) => {
    const access = accessWith(null, { ...written, audit: { ...audit, metadata } });
    await expect(writeStep(access, id, step)).rejects.toMatchObject({
      code: 'malformed-response',
    });
  });

  it.each([
    ['no audit', { ticket }],
    ['an audit that cannot be read', { ticket, audit: { ...audit, events: null } }],
    ['no body', undefined],
  ])('leaves it unknown what was written when the answer has %s', async (_what, answer) => {
    await expect(writeStep(accessWith(null, answer), id, step)).rejects.toMatchObject({
      code: 'outcome-unknown',
    });
  });

  it.each(['conflict', 'closed', 'outcome-unknown'] as const)('passes %s on', async (code) => {
    const failure = new HelpdeskError(code, 'for the test');
    await expect(writeStep(accessWith(null, failure), id, step)).rejects.toBe(failure);
  });
});

it('tidies without a note and without metadata', async () => {
  const access = accessWith('361', { ticket });
  const { follow, unfollow, updatedStamp } = step;
  const tidied = await tidyTicket(access, id, {
    follow,
    unfollow,
    updatedStamp,
    statusField: null,
  });
  expect(tidied).toEqual({ followers: ['43'], ticketUpdatedStamp: '2026-11-22T10:00:00Z' });
  const sent = access.transport.requests[0]?.body;
  expect(sent).not.toHaveProperty('ticket.comment');
  expect(sent).not.toHaveProperty('ticket.metadata');
  expect(sent).toHaveProperty('ticket.custom_fields', [{ id: 361, value: null }]);
  expect(sent).toHaveProperty('ticket.safe_update', true);
});
