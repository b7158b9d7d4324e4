import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { loadState } from './persistence.ts';
import { filesIn, startServer, type RunningServer } from './server.ts';
import { createEmptyState } from './state.ts';
import { createTestShop } from './test-shop.ts';

const running: RunningServer[] = [];

afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

async function createServed() {
  const shop = createTestShop();
  const stateFile = path.join(mkdtempSync(path.join(tmpdir(), 'simulator-')), 'kept/state.json');
  const page = (text: string) => (pathname: string) =>
    Promise.resolve(
      pathname === '/index.html' || pathname === '/iframe.html'
        ? { body: text, type: 'text/html; charset=utf-8' }
        : undefined,
    );
  const initial = structuredClone(shop.state);
  const server = await startServer({
    zendesk: shop.zendesk,
    clock: shop.clock,
    hostFiles: page('host'),
    appFiles: page('app'),
    initial: () => structuredClone(initial),
    stateFile,
  });
  running.push(server);
  const as = (user: { id: number }) => ({ 'x-simulator-user': String(user.id) });
  const control = (method: string, target: string, body?: unknown) =>
    fetch(`${server.hostUrl}/simulator${target}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return { ...shop, server, stateFile, as, control };
}

describe('the server', () => {
  it('has the host page and the app on different sites', async () => {
    const { server } = await createServed();
    expect(await (await fetch(`${server.hostUrl}/`)).text()).toBe('host');
    expect(await (await fetch(`${server.appUrl}/app/iframe.html`)).text()).toBe('app');
    expect((await fetch(`${server.appUrl}/`)).status).toBe(404);
    expect((await fetch(`${server.hostUrl}/missing.js`)).status).toBe(404);
  });

  it('answers REST to sessions on the host’s site only, and to tokens on both', async () => {
    const { server, as, ana } = await createServed();
    const me = (base: string, headers: Record<string, string>) =>
      fetch(`${base}/api/v2/users/me.json`, { headers });
    expect(await (await me(server.hostUrl, as(ana))).json()).toMatchObject({
      user: { id: ana.id },
    });
    expect((await me(server.appUrl, as(ana))).status).toBe(404);
    expect((await me(server.appUrl, { authorization: 'Bearer read-only' })).status).toBe(200);
  });

  it('destroys the connection when an answer is lost', async () => {
    const { server, as, ana, control, zendesk } = await createServed();
    await control('POST', '/faults', {
      match: { path: '/users/me', times: 1 },
      fault: { kind: 'lost-after' },
    });
    await expect(fetch(`${server.hostUrl}/api/v2/users/me`, { headers: as(ana) })).rejects.toThrow(
      TypeError,
    );
    expect(zendesk.log.at(-1)).toMatchObject({ answered: 'lost', status: 200 });
  });

  it('keeps no connection alive, so that no browser repeats a lost write by itself', async () => {
    const { server, as, ana } = await createServed();
    const answer = await fetch(`${server.hostUrl}/api/v2/users/me`, { headers: as(ana) });
    expect(answer.headers.get('connection')).toBe('close');
  });

  it('keeps the state over a restart', async () => {
    const { server, as, ana, stateFile } = await createServed();
    await fetch(`${server.hostUrl}/api/v2/tickets/1001`, {
      method: 'PUT',
      headers: { ...as(ana), 'content-type': 'application/json' },
      body: JSON.stringify({ ticket: { subject: 'Kept' } }),
    });
    await running.pop()?.close();
    expect(loadState(stateFile, createEmptyState())?.tickets['1001']?.subject).toBe('Kept');
    expect(JSON.parse(readFileSync(stateFile, 'utf8'))).toHaveProperty('audits');
    expect(loadState(`${stateFile}.none`, createEmptyState())).toBeUndefined();
  });

  it('never serves a file from outside its folder', async () => {
    const files = filesIn(import.meta.dirname);
    expect((await files('/server.ts'))?.type).toBeDefined();
    expect(await files('/../../package.json')).toBeUndefined();
    expect(await files('/%2e%2e/%2e%2e/package.json')).toBeUndefined();
  });
});

describe('the control surface', () => {
  it('shows state and log, from a number on', async () => {
    const { server, as, ana, control } = await createServed();
    for (let n = 0; n < 2; n += 1) {
      await fetch(`${server.hostUrl}/api/v2/users/me`, { headers: as(ana) });
    }
    expect(await (await control('GET', '/state')).json()).toHaveProperty('tickets.1001');
    expect(await (await control('GET', '/log?since=1')).json()).toMatchObject({
      next: 2,
      entries: [{ n: 1, user: ana.id }],
    });
  });

  it('saves the app’s settings, moves the clock and resets', async () => {
    const { control, zendesk } = await createServed();
    await control('PUT', '/settings', { settings: { limit: '75' } });
    expect(zendesk.state.installed_app?.settings).toEqual({ title: 'Credits', limit: '75' });
    const before = zendesk.clock.now();
    await control('POST', '/clock', { advance_ms: 60_000 });
    expect(zendesk.clock.now()).toBe(before + 60_000);
    await control('POST', '/reset');
    expect(zendesk.state.installed_app?.settings['limit']).toBe(50);
  });

  it('acts, tells mistakes in a sentence, and knows no other operation', async () => {
    const { control, ana, zendesk } = await createServed();
    expect((await control('POST', '/actions/suspend', { user_id: ana.id })).status).toBe(200);
    expect(zendesk.state.users[String(ana.id)]?.suspended).toBe(true);
    const wrong = await control('POST', '/actions/suspend', { user: ana.id });
    expect(wrong.status).toBe(400);
    expect((await control('POST', '/actions/explode', {})).status).toBe(404);
    const refused = await control('POST', '/actions/mobile-reply', {
      ticket_id: 1001,
      user_id: ana.id,
      text: '',
      public: false,
    });
    expect(refused.status).toBe(422);
  });

  it('streams what changes to every window', async () => {
    const { control, server, as, ana } = await createServed();
    const reader = (await control('GET', '/events')).body?.getReader();
    await reader?.read();
    await fetch(`${server.hostUrl}/api/v2/tickets/1001`, {
      method: 'PUT',
      headers: { ...as(ana), 'content-type': 'application/json' },
      body: JSON.stringify({ ticket: { subject: 'Seen' } }),
    });
    const chunk = await reader?.read();
    const [, event = ''] = /^data: (.*)\n\n$/.exec(new TextDecoder().decode(chunk?.value)) ?? [];
    expect(JSON.parse(event)).toMatchObject({
      type: 'ticket.updated',
      ticket_id: 1001,
      by: ana.id,
    });
    await reader?.cancel();
  });
});
