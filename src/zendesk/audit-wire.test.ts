import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { wireAudit } from './audit-wire.ts';

const raw = {
  id: 900,
  ticket_id: 7,
  created_at: '2026-11-22T10:00:00Z',
  author_id: 42,
  metadata: { system: { client: 'Safari' }, custom: { leeway: '{"v":1,"events":[]}', other: 1 } },
  via: { channel: 'web', source: { from: {}, to: {}, rel: null } },
  events: [
    {
      id: 1,
      type: 'Comment',
      author_id: 43,
      body: 'marked *up*',
      html_body: '<p>marked <em>up</em></p>',
      plain_body: 'marked up',
      public: false,
      audit_id: 900,
    },
    { id: 2, type: 'Change', field_name: 'status', value: 'closed', previous_value: 'open' },
    { id: 3, type: 'Change', field_name: 'tags', value: ['a', 'b'], previous_value: [] },
    { id: 4, type: 'Change', field_name: '360001', value: null, previous_value: 'leeway_waiting' },
    { id: 5, type: 'Change', field_name: 'requester_id', value: 44, previous_value: '45' },
    { id: 6, type: 'Notification', recipients: [42], subject: 'x', body: 'y' },
    { id: 7, type: 'Comment', author_id: 46, plain_body: 'second', public: true },
  ],
};

const read = (changes: object) => v.parse(wireAudit, { ...raw, ...changes });

it('reads what the fold needs, and the first comment only', () => {
  expect(read({})).toEqual({
    id: '900',
    ticket: '7',
    at: Date.UTC(2026, 10, 22, 10),
    author: '42',
    channel: 'web',
    creates: false,
    leeway: '{"v":1,"events":[]}',
    comment: { author: '43', public: false, text: 'marked up' },
    changes: [
      { field: 'status', value: 'closed' },
      { field: 'requester_id', value: '44' },
    ],
  });
});

it('takes an audit with `Create` events for the one that made the ticket', () => {
  const events = [
    { id: 1, type: 'Create', field_name: 'requester_id', value: '44' },
    { id: 2, type: 'Create', field_name: 'subject', value: 'Hello' },
  ];
  const audit = read({ events });
  expect(audit.creates).toBe(true);
  expect(audit.changes).toEqual([{ field: 'requester_id', value: '44' }]);
  expect(audit.comment).toBeNull();
});

it('has no author for what Zendesk did itself', () => {
  expect(read({ author_id: -1 }).author).toBeNull();
});

it('has the comment as marked-up text where there is no plain one', () => {
  const events = [{ id: 1, type: 'Comment', author_id: 42, body: 'only *this*', public: true }];
  expect(read({ events }).comment).toEqual({ author: '42', public: true, text: 'only *this*' });
});

it.each([[{}], [{ custom: {} }], [{ custom: null }], [null], [undefined]])(
  'has no journal in the metadata %j',
  (metadata) => {
    expect(read({ metadata }).leeway).toBeUndefined();
  },
);

it('keeps a journal of any type as it is: judging it is the domain’s', () => {
  expect(read({ metadata: { custom: { leeway: { v: '1' } } } }).leeway).toEqual({ v: '1' });
});

it('reads a channel that comes as a number', () => {
  expect(read({ via: { channel: 29 } }).channel).toBe('29');
});

describe('is refused as a whole', () => {
  const comment = raw.events[0];
  it.each([
    ['without an id', { id: undefined }],
    ['with an id that is too large to be exact', { id: 2 ** 60 }],
    ['with a time of another form', { created_at: '22.11.2026' }],
    ['without an author', { author_id: undefined }],
    ['without a channel', { via: {} }],
    ['without events', { events: undefined }],
    ['with an event that has no type', { events: [{ id: 1 }] }],
    ['with a comment of unknown visibility', { events: [{ ...comment, public: undefined }] }],
    ['with a comment of nobody', { events: [{ ...comment, author_id: 'me' }] }],
    [
      'with a new status that is none',
      { events: [{ type: 'Change', field_name: 'status', value: null }] },
    ],
    [
      'with a new requester that cannot be read',
      { events: [{ type: 'Change', field_name: 'requester_id', value: {} }] },
    ],
  ])('%s', (_what, changes) => {
    expect(v.is(wireAudit, { ...raw, ...changes })).toBe(false);
  });
});
