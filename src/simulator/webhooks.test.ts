import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { actions } from './actions.ts';
import { createTestShop } from './test-shop.ts';
import { addTrigger, addWebhook, signatureOf, startWebhooks } from './webhooks.ts';

vi.setConfig({ testTimeout: 30_000 });

interface Received {
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** Rings travel over HTTP, beside what is awaited; a busy machine takes its time. */
const eventually = <T>(value: () => T) => expect.poll(value, { timeout: 20_000 });

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A receiver on this machine; `next` resolves with each call, in order. */
async function receive(...statuses: (number | [number, Record<string, string>])[]) {
  const received: Received[] = [];
  let wake = () => {
    /* Replaced by whoever waits. */
  };
  const server = http.createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const answer = statuses[received.length] ?? 200;
      received.push({ headers: incoming.headers, body: Buffer.concat(chunks).toString() });
      const [status, headers] = typeof answer === 'number' ? [answer, {}] : answer;
      outgoing.writeHead(status, headers).end();
      wake();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${String(port)}/bell`,
    received,
    async until(count: number): Promise<void> {
      while (received.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

/** The test shop with a bell for the status `credit_posted`. */
function shopWithBell(endpoint: string) {
  const shop = createTestShop();
  const { world } = shop.zendesk;
  const webhook = addWebhook(world, { name: 'Bell', endpoint });
  const field = `custom_fields_${String(shop.fieldId)}`;
  addTrigger(world, {
    title: 'A credit is posted',
    conditions: { all: [{ field, operator: 'value', value: 'credit_posted' }] },
    webhook_id: webhook.id,
    body: '{"ticket":"{{ticket.id}}"}',
  });
  closing.push(startWebhooks(shop.zendesk));
  const setStatus = (value: string | null) =>
    shop.ask(shop.ana, 'PUT', '/api/v2/tickets/1001', {
      ticket: { custom_fields: [{ id: shop.fieldId, value }] },
    });
  return { ...shop, webhook, setStatus };
}

describe('a bell', () => {
  it('rings when the field becomes the value, and not when it is or leaves it', async () => {
    const { endpoint, received, until } = await receive();
    const { setStatus, ask, ana, state } = shopWithBell(endpoint);
    await setStatus('credit_waiting');
    await setStatus('credit_posted');
    await until(1);
    await ask(ana, 'PUT', '/api/v2/tickets/1001', { ticket: { priority: 'high' } });
    await setStatus(null);
    expect(state.webhook_invocations).toHaveLength(1);
    await setStatus('credit_posted');
    await until(2);
    expect(received.map(({ body }) => body)).toEqual(['{"ticket":"1001"}', '{"ticket":"1001"}']);
    const [one, other] = state.webhook_invocations;
    expect(one?.id).not.toBe(other?.id);
  });

  it('rings for whoever sets the tag by hand, too: it proves nothing', async () => {
    const { endpoint, received, until } = await receive();
    const { ask, ana } = shopWithBell(endpoint);
    await ask(ana, 'PUT', '/api/v2/tickets/1001/tags', { tags: ['credit_posted'] });
    await until(1);
    expect(received).toHaveLength(1);
  });

  it('is signed over the stamp and the bytes of the body', async () => {
    const { endpoint, received, until } = await receive();
    const { setStatus, webhook, state } = shopWithBell(endpoint);
    await setStatus('credit_posted');
    await until(1);
    const { headers = {}, body = '' } = received[0] ?? {};
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-zendesk-webhook-id': webhook.id,
      'x-zendesk-webhook-invocation-id': state.webhook_invocations[0]?.id,
      'x-zendesk-webhook-signature-timestamp': '2026-11-22T10:00:00Z',
      'x-zendesk-webhook-signature': signatureOf(
        webhook.signing_secret,
        '2026-11-22T10:00:00Z',
        body,
      ),
    });
    // Worked out with `openssl dgst -sha256 -hmac … -binary | base64`.
    expect(signatureOf('secret', '2026-11-22T10:00:00Z', '{"ticket":"1001"}')).toBe(
      'ngkPcS/RDZFgg8N3JGgYSvdZIHj2VF/8D3c7dMgtaJI=',
    );
  });

  it.each([
    ['a conflict', [409, 409, 409, 409], 4],
    ['a receiver that is busy for less than a minute', [[429, { 'retry-after': '2' }], 200], 2],
    ['an outage that ends soon', [[503, { 'retry-after': '59' }], 200], 2],
  ] as const)('is tried again after %s, as the same ring', async (_, answers, tries) => {
    const { endpoint, received, until } = await receive(...answers.map((one) => one as never));
    const { setStatus, state, clock } = shopWithBell(endpoint);
    await setStatus('credit_posted');
    for (let n = 1; n <= tries; n += 1) {
      await until(n);
      await eventually(() => state.webhook_invocations[0]?.attempts[n - 1]?.status).toBeTruthy();
      await clock.advance(60_000);
    }
    expect(received).toHaveLength(tries);
    expect(state.webhook_invocations).toHaveLength(1);
    expect(
      new Set(received.map(({ headers }) => headers['x-zendesk-webhook-invocation-id'])),
    ).toEqual(new Set([state.webhook_invocations[0]?.id]));
    const stamps = received.map(({ headers }) => headers['x-zendesk-webhook-signature-timestamp']);
    expect(new Set(stamps).size).toBe(tries);
  });

  it.each([500, 404, 302])('is lost after %i', async (status) => {
    const { endpoint, received, until } = await receive(status);
    const { setStatus, state, clock } = shopWithBell(endpoint);
    await setStatus('credit_posted');
    await until(1);
    await eventually(() => state.webhook_invocations[0]?.attempts[0]?.status).toBe(status);
    await clock.advance(60_000);
    expect(received).toHaveLength(1);
  });

  it('is lost where nobody listens', async () => {
    const { setStatus, state } = shopWithBell('http://127.0.0.1:9/');
    await setStatus('credit_posted');
    expect(state.webhook_invocations[0]?.attempts).toMatchObject([{ status: null }]);
  });
});

describe('what an admin sets up', () => {
  const named = (name: string, input: unknown) => {
    const shop = createTestShop();
    const act = () => actions[name]?.(shop.zendesk.world, input);
    return { shop, act };
  };

  it.each(['https://example.org/', 'http://example.org/', 'http://localhost.example.org/', 'x'])(
    'is no webhook to %s',
    (endpoint) => {
      expect(named('add-webhook', { name: 'Bell', endpoint }).act).toThrow(/localhost/);
    },
  );

  it('gets a secret of its own for each webhook', () => {
    const { world } = createTestShop().zendesk;
    const make = () => addWebhook(world, { name: 'Bell', endpoint: 'http://localhost:1/' });
    const [one, other] = [make(), make()];
    expect(atob(one.signing_secret)).toHaveLength(32);
    expect(one.signing_secret).not.toBe(other.signing_secret);
  });

  it.each([
    ['a field that is not there', { field: 'custom_fields_1', operator: 'changed' }, '{}'],
    ['a condition that is not known', { field: 'subject', operator: 'changed' }, '{}'],
    ['an operator of another field', { field: 'status', operator: 'includes' }, '{}'],
    ['a body that is no JSON', { field: 'status', operator: 'changed' }, '{'],
    ['a placeholder that is not known', { field: 'status', operator: 'changed' }, '"{{x}}"'],
  ])('is no trigger with %s', (_, condition, body) => {
    const { shop, act } = named('add-trigger', {
      title: 'Bell',
      conditions: { all: [condition] },
      webhook_id: 'bell',
      body,
    });
    shop.state.webhooks['bell'] = {
      id: 'bell',
      name: 'Bell',
      endpoint: 'http://localhost:1/',
      status: 'active',
      signing_secret: 'x',
      created_at: '2026-11-22T10:00:00Z',
    };
    expect(act).toThrow();
    expect(shop.state.triggers).toEqual({});
  });
});
