import { expect, test } from 'vitest';
import { createTicketWorkspace, type WorkspaceSource, type ZafUser } from './ticket-workspace.ts';

const user = (id: number, name: string): ZafUser => ({
  id,
  name,
  email: `${String(id)}@mail.example`,
  role: 'agent',
  locale: 'en-US',
  timeZone: 'Etc/UTC',
  externalId: null,
  tags: [],
  groups: [{ id: 5, name: 'Support' }],
});

function createSource() {
  const done: unknown[][] = [];
  const note =
    (name: string) =>
    (...args: unknown[]): void => {
      done.push([name, ...args]);
    };
  const source: WorkspaceSource = {
    ticket: () => ({
      id: 12,
      subject: 'Late',
      description: 'It is late',
      status: 'open',
      priority: null,
      type: null,
      tags: ['vip', 'late'],
      requester: user(3, 'Grete'),
      assignee: { user: null, group: { id: 5, name: 'Support' } },
      organization: null,
      followers: [],
      customFields: [{ id: 900, title: 'Leeway status', type: 'tagger', value: null }],
      createdAt: '2026-11-01T10:00:00Z',
      updatedAt: '2026-11-02T10:00:00Z',
    }),
    conversation: () => [],
    comment: () => ({ text: 'draft', type: 'publicReply' }),
    currentUser: () => user(7, 'Ana'),
    subdomain: 'acme',
    colorScheme: () => 'dark',
    requirement: (key) =>
      key === 'leeway_status'
        ? { requirement_id: 900, requirement_type: 'ticket_fields' }
        : undefined,
    assetUrl: (name) => `/app/${name}`,
    setCommentText: note('setCommentText'),
    appendCommentText: note('appendCommentText'),
    setCommentType: note('setCommentType'),
    setSubject: note('setSubject'),
    setStatus: note('setStatus'),
    setCustomField: note('setCustomField'),
    changeTags: note('changeTags'),
    showField: note('showField'),
    resize: note('resize'),
    notify: note('notify'),
    openTicket: note('openTicket'),
    close: note('close'),
  };
  return { workspace: createTicketWorkspace(source), done };
}

test.each([
  ['ticket.id', 12],
  ['ticket.requester.name', 'Grete'],
  ['ticket.brand.name', 'Pedal & Pine'],
  ['ticket.customField:custom_field_900', null],
  ['currentUser.groups', [{ id: 5, name: 'Support' }]],
  ['currentAccount.subdomain', 'acme'],
  ['colorScheme', 'dark'],
  ['comment.text', 'draft'],
  ['requirement:leeway_status', { requirement_id: 900, requirement_type: 'ticket_fields' }],
  ['assetURL:logo\\.png', '/app/logo.png'],
  ['ticket.organization', null],
])('get %s is answered from the page', (path, value) => {
  expect(createSource().workspace.get(path)).toEqual(value);
});

test.each([
  'ticket.nope',
  'ticket.constructor',
  'ticket.subject.length',
  'ticket.customField:custom_field_1',
  'requirement:other',
  'window',
])('get %s is no such path', (path) => {
  expect(createSource().workspace.get(path)).toBeUndefined();
});

test('the composer and the form are set through their paths, ids are not', () => {
  const { workspace, done } = createSource();
  expect(workspace.set('comment.text', 'Hi')).toBe(true);
  expect(workspace.set('comment.type', 'internalNote')).toBe(true);
  expect(workspace.set('comment.type', 'shout')).toBe(false);
  expect(workspace.set('ticket.customField:custom_field_900', 'x')).toBe(true);
  expect(workspace.set('ticket.customField:custom_field_1', 'x')).toBe(false);
  expect(workspace.set('ticket.tags', ['vip', 'new'])).toBe(true);
  expect(workspace.set('ticket.id', 1)).toBe(false);
  expect(done).toEqual([
    ['setCommentText', 'Hi'],
    ['setCommentType', 'internalNote'],
    ['setCustomField', 900, 'x'],
    ['changeTags', ['new'], ['late']],
  ]);
});

test('actions reach the page; a size is taken only in a form that CSS knows', () => {
  const { workspace, done } = createSource();
  expect(workspace.invoke('resize', [{ width: '100%', height: 400 }])).toBe(true);
  expect(workspace.invoke('resize', [{ height: 'calc(100vh)' }])).toBe(true);
  expect(workspace.invoke('ticket.comment.appendText', ['@Ben'])).toBe(true);
  expect(workspace.invoke('ticketFields:900.hide', [])).toBe(true);
  expect(workspace.invoke('routeTo', ['ticket', '15'])).toBe(true);
  expect(workspace.invoke('popover', [])).toBe(true);
  expect(workspace.invoke('ticket.delete', [])).toBe(false);
  expect(done).toEqual([
    ['resize', { width: '100%', height: '400px' }],
    ['resize', {}],
    ['appendCommentText', '@Ben'],
    ['showField', 900, false],
    ['openTicket', 15],
  ]);
});
