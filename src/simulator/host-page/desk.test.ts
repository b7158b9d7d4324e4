// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SimulatorEvent } from '../events.ts';
import { createManualClock } from '../clock.ts';
import { actions } from '../actions.ts';
import { addGroup, addUser } from '../people.ts';
import { createEmptyState } from '../state.ts';
import { createTicket } from '../ticket-update.ts';
import { createZendesk } from '../zendesk.ts';
import { createDesk, type Desk } from './desk.ts';
import type { SimulatorClient } from './simulator-client.ts';

const start = Date.UTC(2026, 10, 22, 10);

/** A desk over a real account, and an app that is nothing but the frames it sends and gets. */
function createScene() {
  const clock = createManualClock(start);
  const zendesk = createZendesk({ state: createEmptyState(), clock });
  const { state, world } = zendesk;
  const ana = addUser(state, { name: 'Ana', role: 'agent' });
  const ben = addUser(state, { name: 'Ben', role: 'agent' });
  const cara = addUser(state, { name: 'Cara' });
  addGroup(state, { name: 'Support' }, [ana.id, ben.id]);
  for (const id of [11, 12]) {
    const input = { requester_id: cara.id, subject: 'Late', comment: { body: 'Where is it?' } };
    createTicket(world, id, cara, input);
  }
  let hear: (event: SimulatorEvent) => void = () => undefined;
  zendesk.subscribe((event) => {
    hear(event);
  });
  const client: SimulatorClient = {
    state: () => Promise.resolve(structuredClone(zendesk.state)),
    log: () => Promise.resolve({ entries: [], next: 0 }),
    faults: () => Promise.resolve([]),
    addFault: () => Promise.resolve(),
    clearFaults: () => Promise.resolve(),
    saveSettings: () => Promise.resolve(),
    now: () => Promise.resolve(clock.now()),
    advanceClock: (ms) => clock.advance(ms),
    reset: () => Promise.resolve(),
    act: async (name, input) => {
      await Promise.resolve();
      actions[name]?.(world, input);
    },
    saveTicket: vi.fn(async (userId: number, ticketId: number, ticket: unknown) => {
      const url = `http://localhost/api/v2/tickets/${String(ticketId)}.json`;
      const headers = { 'x-simulator-user': String(userId), 'content-type': 'application/json' };
      const body = JSON.stringify({ ticket });
      await zendesk.handle(new Request(url, { method: 'PUT', headers, body }));
    }),
    listen: (listener) => {
      hear = listener;
      return () => undefined;
    },
    file: () => Promise.resolve({}),
  };
  const desk = createDesk(client, {
    account: structuredClone(state),
    faults: [],
    now: start,
    userId: ana.id,
    locale: 'en-US',
    tabs: [],
    front: null,
    scheme: 'light',
    appWidth: 320,
    panel: null,
    modals: [],
    toasts: [],
    busy: false,
  });
  return { desk, zendesk, ana, ben };
}

/** Attaches an app to a tab, registered and subscribed to these events. */
function attachApp(desk: Desk, ticketId: number, events: readonly string[]) {
  const tab = desk.get().tabs.find((one) => one.ticketId === ticketId);
  if (tab === undefined) throw new Error('The tab is not open.');
  const got: Record<string, unknown>[] = [];
  const appWindow = {
    postMessage: (data: unknown) => got.push(JSON.parse(String(data)) as Record<string, unknown>),
  };
  desk.bridge.attach(appWindow, tab.guid, ticketId, 'ticket_sidebar');
  const send = (frame: Record<string, unknown>) => {
    const data = JSON.stringify({ ...frame, appGuid: tab.guid, instanceGuid: tab.guid });
    desk.bridge.host.receive({ source: appWindow, origin: desk.bridge.appOrigin, data });
  };
  send({ key: 'iframe.handshake', message: { version: 'test' } });
  for (const event of events) send({ key: `iframe.on:${event}`, message: { subscriberCount: 1 } });
  got.length = 0;
  return { got, send, keys: () => got.map((frame) => frame['key']) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  sessionStorage.clear();
});

test('bringing another tab to the front deactivates the one before and keeps its instance', async () => {
  const { desk } = createScene();
  desk.openTicket(11);
  const first = attachApp(desk, 11, ['app.activated', 'app.deactivated']);
  await vi.advanceTimersByTimeAsync(200);
  expect(first.keys()).toEqual(['zaf.app.activated']);
  const { guid } = desk.get().tabs[0] ?? {};
  desk.openTicket(12);
  expect(first.keys()).toEqual(['zaf.app.activated', 'zaf.app.deactivated']);
  desk.openTicket(11);
  expect(first.keys().at(-1)).toBe('zaf.app.activated');
  expect(desk.get().tabs.map((tab) => tab.guid)).toContain(guid);
});

test('a colleague’s update is told to the app of that ticket only, with what changed', async () => {
  const { desk, zendesk, ben } = createScene();
  desk.openTicket(11);
  desk.openTicket(12);
  const events = ['ticket.updated', 'ticket.conversation.changed', 'ticket.status.changed'];
  const touched = attachApp(desk, 11, events);
  const other = attachApp(desk, 12, events);
  actions['web-comment']?.(zendesk.world, {
    ticket_id: 11,
    user_id: ben.id,
    text: 'Looking',
    public: false,
    status: 'open',
  });
  await vi.advanceTimersByTimeAsync(300);
  expect(touched.keys()).toEqual([
    'zaf.ticket.status.changed',
    'zaf.ticket.conversation.changed',
    'zaf.ticket.updated',
  ]);
  expect(touched.got[0]?.['message']).toEqual({ propertyName: 'ticket.status', newValue: 'open' });
  expect(other.keys()).toEqual([]);
});

test('one’s own update is no ticket.updated', async () => {
  const { desk, ana, zendesk } = createScene();
  desk.openTicket(11);
  const app = attachApp(desk, 11, ['ticket.updated', 'ticket.conversation.changed']);
  actions['web-comment']?.(zendesk.world, {
    ticket_id: 11,
    user_id: ana.id,
    text: 'Mine',
    public: false,
  });
  await vi.advanceTimersByTimeAsync(300);
  expect(app.keys()).toEqual(['zaf.ticket.conversation.changed']);
});

test('a mention in an internal note makes a follower, and the composer is empty afterwards', async () => {
  const { desk, zendesk, ben } = createScene();
  desk.openTicket(11);
  desk.edit(11, { commentText: '@Ben please look', commentType: 'internalNote' });
  await desk.submit(11);
  expect(zendesk.state.tickets['11']?.follower_ids).toEqual([ben.id]);
  expect(desk.get().tabs[0]?.draft.commentText).toBe('');
});

test('changes of the form go out with the comment as one update', async () => {
  const { desk, zendesk } = createScene();
  desk.openTicket(11);
  desk.edit(11, { commentText: 'Done', subject: 'Very late', tagsAdded: ['vip'] });
  await desk.submit(11);
  const audits = zendesk.state.audits['11'] ?? [];
  expect(audits).toHaveLength(2);
  expect(zendesk.state.tickets['11']).toMatchObject({ subject: 'Very late', tags: ['vip'] });
});

test('a save hook that refuses keeps the draft and writes nothing', async () => {
  const { desk, zendesk } = createScene();
  desk.openTicket(11);
  const app = attachApp(desk, 11, ['ticket.save', 'ticket.submit.fail']);
  desk.edit(11, { commentText: 'Hello' });
  const sent = desk.submit(11);
  expect(app.got[0]).toMatchObject({ key: 'zaf.ticket.save', needsReply: true });
  app.send({ key: 'iframe.reply:ticket.save', error: { msg: 'Finish the credit first.' } });
  await sent;
  expect(app.keys()).toEqual(['zaf.ticket.save', 'zaf.ticket.submit.fail']);
  expect(desk.get().toasts.map((toast) => toast.text)).toEqual(['Finish the credit first.']);
  expect(desk.get().tabs[0]?.draft.commentText).toBe('Hello');
  expect(zendesk.state.audits['11']).toHaveLength(1);
});

test('changed settings load every instance of the app again', async () => {
  const { desk, zendesk } = createScene();
  desk.openTicket(11);
  const { guid } = desk.get().tabs[0] ?? {};
  zendesk.world.emit({ type: 'settings.updated' });
  await vi.advanceTimersByTimeAsync(300);
  expect(desk.get().tabs[0]?.guid).not.toBe(guid);
});

test('the app writes into the composer and reads back what it wrote', () => {
  const { desk } = createScene();
  desk.openTicket(11);
  const app = attachApp(desk, 11, ['comment.text.changed']);
  app.send({ id: 1, request: 'invoke', params: { 'ticket.comment.appendText': ['@Ben'] } });
  app.send({ id: 2, request: 'get', params: ['comment.text', 'ticket.requester.name'] });
  expect(desk.get().tabs[0]?.draft.commentText).toBe('@Ben');
  expect(app.got.at(-1)).toMatchObject({
    id: 2,
    result: { 'comment.text': '@Ben', 'ticket.requester.name': 'Cara' },
  });
});

test('the colour scheme is told to every instance by its name', () => {
  const { desk } = createScene();
  desk.openTicket(11);
  const app = attachApp(desk, 11, ['colorScheme.changed']);
  desk.setScheme('dark');
  expect(app.got).toMatchObject([{ key: 'zaf.colorScheme.changed', message: 'dark' }]);
});
