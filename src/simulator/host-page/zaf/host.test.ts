// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRig, type Rig } from './test-rig.ts';

let rig: Rig;
beforeEach(() => {
  rig = createRig();
});
afterEach(() => {
  rig.close();
});

const soon = () => new Promise((resolve) => setTimeout(resolve, 40));

test('an app that shakes hands is registered with its metadata and its context', async () => {
  const { client } = rig.openApp('a-1');
  expect(await client.metadata()).toEqual({
    appId: 1,
    name: 'Stand-in',
    version: '1.0.0',
    installationId: 2,
    settings: { title: 'Stand-in', limit: 50 },
  });
  expect(await client.context()).toEqual({
    instanceGuid: 'a-1',
    product: 'support',
    account: { subdomain: 'acme' },
    location: 'ticket_sidebar',
    ticketId: 12,
  });
});

test('an active app gets its first app.activated after it registered, a hidden one does not', async () => {
  rig.active.add('a-1');
  const shown = vi.fn();
  const hidden = vi.fn();
  rig.openApp('a-1').client.on('app.activated', shown);
  rig.openApp('a-2').client.on('app.activated', hidden);
  await soon();
  expect(shown).toHaveBeenCalledTimes(1);
  expect(hidden).not.toHaveBeenCalled();
});

test('events reach only those who subscribed, and stop when the last handler is taken off', async () => {
  const { client, window: appWindow } = rig.openApp('a-1');
  await client.metadata();
  const posted = vi.spyOn(appWindow, 'postMessage');
  rig.host.emit('a-1', 'ticket.updated', { by: 9 });
  await soon();
  expect(posted).not.toHaveBeenCalled();

  const updated = vi.fn();
  client.on('ticket.updated', updated);
  await soon();
  rig.host.emit('a-1', 'ticket.updated', { by: 9 });
  await soon();
  expect(updated).toHaveBeenCalledWith({ by: 9 });

  client.off('ticket.updated', updated);
  await soon();
  posted.mockClear();
  rig.host.broadcast('ticket.updated');
  await soon();
  expect(posted).not.toHaveBeenCalled();
});

test('get answers each path by name and keeps unknown ones as errors', async () => {
  const { client } = rig.openApp('a-1', {
    get: (path) => (path === 'ticket.id' ? 12 : path === 'organization' ? null : undefined),
  });
  expect(await client.get('ticket.id')).toEqual({ errors: {}, 'ticket.id': 12 });
  expect(await client.get(['ticket.id', 'organization', 'ticket.nope'])).toEqual({
    'ticket.id': 12,
    organization: null,
    errors: {
      'ticket.nope': { name: 'APIUnavailableError', message: 'No such Api', path: 'ticket.nope' },
    },
  });
  await expect(client.get('ticket.nope')).rejects.toMatchObject({ name: 'APIUnavailableError' });
});

test('set and invoke reach the workspace, with all arguments, and refuse what it does not know', async () => {
  const set = vi.fn((path: string) => path === 'comment.text');
  const invoke = vi.fn((action: string) => action === 'notify');
  const { client } = rig.openApp('a-1', { set, invoke });
  await client.set('comment.text', 'Hello');
  expect(set).toHaveBeenCalledWith('comment.text', 'Hello');
  await client.invoke('notify', 'Saved', 'notice', 5000);
  expect(invoke).toHaveBeenCalledWith('notify', ['Saved', 'notice', 5000]);
  await expect(client.set('ticket.id', 3)).rejects.toThrow('No such Api');
  await expect(client.invoke('ticket.explode')).rejects.toThrow('No such Api');
});

test('the clicks that Zendesk’s script reports are answered and never reach the workspace', async () => {
  const invoke = vi.fn(() => false);
  const { client } = rig.openApp('a-1', { invoke });
  expect(await client.invoke('track', { type: 'click' })).toMatchObject({ errors: {} });
  client.postMessage('session.live', {});
  expect(await client.get('instances')).toMatchObject({ instances: { 'a-1': { ticketId: 12 } } });
  expect(invoke).not.toHaveBeenCalled();
});

test('a save hook that agrees lets the update pass, one that refuses gives its reason', async () => {
  const { client } = rig.openApp('a-1');
  await client.metadata();
  expect(await rig.host.askHook('a-1', 'ticket.save')).toBeNull();

  let answer: () => unknown = () => true;
  client.on('ticket.save', () => answer());
  await soon();
  expect(await rig.host.askHook('a-1', 'ticket.save')).toBeNull();
  answer = () => Promise.reject(new Error('Finish the credit first.'));
  expect(await rig.host.askHook('a-1', 'ticket.save')).toBe('Finish the credit first.');
  answer = () => false;
  expect(await rig.host.askHook('a-1', 'ticket.save')).toBe('The app stopped this update.');
});

test('an app that does not answer its save hook does not hold the update up for ever', async () => {
  const { client } = rig.openApp('a-1');
  client.on('ticket.save', () => new Promise(() => undefined));
  await soon();
  expect(await rig.host.askHook('a-1', 'ticket.save')).toBeNull();
});

test('a modal is opened by its sidebar, and the two talk through the host in both directions', async () => {
  const sidebar = rig.openApp('a-1').client;
  const created = await sidebar.invoke('instances.create', {
    location: 'modal',
    url: 'assets/iframe.html#limits',
    size: { width: '650px', height: '400px' },
  });
  expect(created['instances.create']).toEqual([
    { instanceGuid: 'modal-1', product: 'support', location: 'modal' },
  ]);
  expect(rig.modals[0]).toMatchObject({
    url: 'assets/iframe.html#limits',
    size: { width: '650px', height: '400px' },
  });

  const modal = rig.openApp('modal-1').client;
  await modal.context();
  const heardInModal = vi.fn();
  modal.on('choose', heardInModal);
  const heardInSidebar = vi.fn();
  sidebar.on('chosen', heardInSidebar);
  await soon();
  sidebar.instance('modal-1').trigger('choose', { from: 'sidebar' });
  await soon();
  expect(heardInModal).toHaveBeenCalledWith({ from: 'sidebar' });
  modal.instance('a-1').trigger('chosen', 3);
  await soon();
  expect(heardInSidebar).toHaveBeenCalledWith(3);
});

test('frames of another window or origin are ignored', async () => {
  const set = vi.fn(() => true);
  const { window: appWindow, client } = rig.openApp('a-1', { set });
  await client.metadata();
  const data = JSON.stringify({ id: 99, request: 'set', params: { 'comment.text': 'x' } });
  rig.host.receive({ source: {}, origin: 'http://127.0.0.1:4000', data });
  rig.host.receive({ source: appWindow, origin: 'http://evil.example', data });
  expect(set).not.toHaveBeenCalled();
  rig.host.receive({ source: appWindow, origin: 'http://127.0.0.1:4000', data });
  expect(set).toHaveBeenCalledTimes(1);
});

test('an iframe that reloads shakes hands again and its old subscriptions are gone', async () => {
  const { client, window: appWindow } = rig.openApp('a-1');
  await client.metadata();
  client.on('ticket.updated', () => undefined);
  await soon();
  const posted = vi.spyOn(appWindow, 'postMessage');
  rig.host.emit('a-1', 'ticket.updated');
  expect(posted).toHaveBeenCalledTimes(1);
  client.postMessage('iframe.handshake', { version: '2' });
  await soon();
  posted.mockClear();
  rig.host.emit('a-1', 'ticket.updated');
  expect(posted).not.toHaveBeenCalled();
});
