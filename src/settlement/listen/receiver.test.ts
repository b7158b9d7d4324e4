import { createHmac } from 'node:crypto';
import http from 'node:http';
import net from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HelpdeskError } from '#zendesk/errors.ts';
import {
  type Listening,
  type ListenEvent,
  type ListenOptions,
  startListening,
} from './receiver.ts';

const SECRET = 'a secret of the webhook';
const START = Date.UTC(2026, 10, 22, 10);
const BODY = '{"ticket":"1087"}';

let now: number;
let events: ListenEvent[];
let settled: string[];
let listening: Listening | null;
beforeEach(() => {
  now = START;
  events = [];
  settled = [];
  listening = null;
});
afterEach(() => listening?.close());

/** Time passes by sleeping alone. */
const clock = {
  now: () => now,
  sleep: (ms: number) => {
    now += ms;
    return Promise.resolve();
  },
};

async function listen(changes: Partial<ListenOptions> = {}): Promise<Listening> {
  listening = await startListening({
    secret: SECRET,
    host: '127.0.0.1',
    port: 0,
    path: '/bell',
    clock,
    settle: (ticket) => Promise.resolve(void settled.push(ticket)),
    tell: (event) => events.push(event),
    ...changes,
  });
  return listening;
}

const stamp = (ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z');
const sign = (body: string, timestamp: string, secret = SECRET) =>
  createHmac('sha256', secret)
    .update(timestamp + body)
    .digest('base64');

interface Delivery {
  readonly body?: string;
  readonly at?: number;
  readonly secret?: string;
  readonly headers?: Record<string, string>;
  readonly method?: string;
  readonly path?: string;
}

async function ring(delivery: Delivery = {}): Promise<{ status: number; headers: Headers }> {
  const { body = BODY, at = now, secret, method = 'POST', path = '', headers } = delivery;
  const timestamp = stamp(at);
  const answer = await fetch(`${listening?.url ?? ''}${path}`, {
    method,
    ...(method === 'GET' ? {} : { body }),
    headers: {
      'content-type': 'application/json',
      'x-zendesk-webhook-signature': sign(body, timestamp, secret),
      'x-zendesk-webhook-signature-timestamp': timestamp,
      ...headers,
    },
  });
  expect(await answer.text()).toBe('');
  return { status: answer.status, headers: answer.headers };
}

function createGate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => (open = resolve));
  return {
    passed,
    open: () => {
      open();
    },
  };
}

const refusals = () => events.flatMap((event) => (event.kind === 'refused' ? [event.why] : []));

describe('the receiver of the bell', () => {
  it('settles the ticket that Zendesk names', async () => {
    await listen();
    expect((await ring()).status).toBe(202);
    await listening?.idle();
    expect(settled).toEqual(['1087']);
    expect(events).toEqual([
      { kind: 'rung', ticket: '1087' },
      { kind: 'settled', ticket: '1087' },
    ]);
  });

  it('answers at once, before anything is settled', async () => {
    const gate = createGate();
    await listen({ settle: () => gate.passed });
    expect((await ring()).status).toBe(202);
    now += 1000;
    expect((await ring({ body: '{"ticket":"1088"}' })).status).toBe(202);
    expect(events.filter(({ kind }) => kind === 'settled')).toEqual([]);
    gate.open();
  });

  it.each<[string, Delivery, number, string]>([
    ['a signature by another secret', { secret: 'guessed' }, 401, 'bad-signature'],
    [
      'another body than was signed',
      { headers: { 'x-zendesk-webhook-signature': sign('{}', stamp(START)) } },
      401,
      'bad-signature',
    ],
    [
      'another time than was signed',
      { headers: { 'x-zendesk-webhook-signature-timestamp': stamp(START + 1000) } },
      401,
      'bad-signature',
    ],
    [
      'an empty signature',
      { headers: { 'x-zendesk-webhook-signature': '' } },
      401,
      'bad-signature',
    ],
    ['one from long ago', { at: START - 301_000 }, 401, 'too-old'],
    ['one from far ahead', { at: START + 301_000 }, 401, 'too-early'],
    ['no JSON', { body: 'ticket 1087' }, 400, 'malformed'],
    ['no ticket', { body: '{"ticket":"../1087"}' }, 400, 'malformed'],
    ['a list', { body: '[1087]' }, 400, 'malformed'],
    ['too much', { body: `{"ticket":"1087","x":"${'x'.repeat(5000)}"}` }, 413, 'too-large'],
    [
      'a form',
      { headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'wrong-type',
    ],
    [
      'a type that only begins alike',
      { headers: { 'content-type': 'application/jsonp' } },
      415,
      'wrong-type',
    ],
    ['another path', { path: '/other' }, 404, 'wrong-path'],
    ['another method', { method: 'PUT' }, 405, 'wrong-method'],
    ['a look', { method: 'GET' }, 405, 'wrong-method'],
  ])('refuses %s and settles nothing', async (_, delivery, status, why) => {
    await listen();
    expect((await ring(delivery)).status).toBe(status);
    await listening?.idle();
    expect([settled, refusals()]).toEqual([[], [why]]);
  });

  it('takes no unsigned request', async () => {
    await listen();
    const { status } = await fetch(listening?.url ?? '', {
      method: 'POST',
      body: BODY,
      headers: { 'content-type': 'application/json; charset=utf-8' },
    });
    expect([status, refusals()]).toEqual([401, ['unsigned']]);
  });

  it('stops reading a body that goes on without having named its length', async () => {
    const { url } = await listen();
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = http.request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
      });
      request.on('response', (response) => {
        resolve(response.statusCode);
        response.resume();
        request.destroy();
      });
      request.on('error', reject);
      request.write('x'.repeat(3000));
      request.write('x'.repeat(3000));
    });
    expect([status, refusals()]).toEqual([413, ['too-large']]);
  });

  it('outlives a request that breaks off', async () => {
    const { url } = await listen();
    const { port, pathname } = new URL(url);
    await new Promise<void>((resolve) => {
      const socket = net.connect(Number(port), '127.0.0.1', () => {
        socket.write(
          `POST ${pathname} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{`,
        );
        socket.end();
      });
      socket.resume();
      socket.on('close', () => {
        resolve();
      });
    });
    expect((await ring()).status).toBe(202);
  });

  it('refuses a delivery that comes again, also with other headers or another form of its signature', async () => {
    await listen();
    await ring();
    await listening?.idle();
    const loose = sign(BODY, stamp(START)).replace(/=$/, '');
    expect((await ring({ at: START })).status).toBe(403);
    expect(
      (await ring({ at: START, headers: { 'x-zendesk-webhook-signature': loose } })).status,
    ).toBe(403);
    expect(
      (await ring({ at: START, headers: { 'x-zendesk-webhook-invocation-id': 'other' } })).status,
    ).toBe(403);
    await listening?.idle();
    expect(settled).toEqual(['1087']);
  });

  it('remembers deliveries as long as they would pass for new, and no more of them than it may', async () => {
    await listen({ mostSeen: 2 });
    await ring();
    await ring({ at: START + 300_000 });
    const third = await ring({ at: START + 1000 });
    expect([third.status, third.headers.get('retry-after')]).toEqual([503, '30']);
    now = START + 302_000;
    expect((await ring({ at: START + 300_000 })).status).toBe(403);
    expect((await ring()).status).toBe(202);
  });

  it('tells of a flood in few lines, and never what was in it', async () => {
    await listen();
    for (let time = 0; time < 20; time += 1) await ring({ body: '{"ticket":"666"}', secret: 'x' });
    now += 1000;
    await ring({ secret: 'x' });
    expect(events).toEqual([
      { kind: 'refused', why: 'bad-signature', times: 1 },
      { kind: 'refused', why: 'bad-signature', times: 20 },
    ]);
    expect(JSON.stringify(events)).not.toContain('666');
  });
});

describe('tickets that were rung', () => {
  it('are settled one at a time, and one that waits already only once', async () => {
    const ends: (() => void)[] = [];
    let most = 0;
    let running = 0;
    await listen({
      async settle(ticket) {
        running += 1;
        most = Math.max(most, running);
        await new Promise<void>((resolve) => ends.push(resolve));
        running -= 1;
        settled.push(ticket);
      },
    });
    const bells = ['1', '2', '2', '3', '2', '1'];
    for (const [at, ticket] of bells.entries()) {
      await ring({ body: `{"ticket":${ticket}}`, at: START + at * 1000 });
    }
    const idle = listening?.idle();
    for (let turn = 0; turn < 4; turn += 1) {
      while (ends.length === 0) await new Promise(setImmediate);
      ends.shift()?.();
    }
    await idle;
    // The first was at work when its second bell rang: what that one tells of may have come too late.
    expect(settled).toEqual(['1', '2', '3', '1']);
    expect(most).toBe(1);
  });

  it('are not taken beyond what may wait; Zendesk is told when to come again', async () => {
    const gate = createGate();
    await listen({ mostWaiting: 1, settle: () => gate.passed });
    const statuses = [];
    for (const ticket of [1, 2, 3]) {
      statuses.push((await ring({ body: `{"ticket":${String(ticket)}}` })).status);
      await new Promise(setImmediate);
    }
    expect(statuses).toEqual([202, 202, 503]);
    expect(refusals()).toEqual(['busy']);
    gate.open();
  });

  it('do not stop the others when one cannot be settled, and the log has the code alone', async () => {
    await listen({
      settle: (ticket) =>
        ticket === '1'
          ? Promise.reject(new HelpdeskError('forbidden', 'GET /secret answered 403 secret'))
          : Promise.resolve(void settled.push(ticket)),
    });
    await ring({ body: '{"ticket":1}' });
    await ring({ body: '{"ticket":2}' });
    await listening?.idle();
    expect(settled).toEqual(['2']);
    expect(events).toContainEqual({ kind: 'failed', ticket: '1', code: 'forbidden' });
    expect(JSON.stringify(events)).not.toContain('secret');
  });

  it('are finished when the receiver stops, or named as left', async () => {
    const gate = createGate();
    const begun = createGate();
    await listen({
      async settle(ticket) {
        begun.open();
        await gate.passed;
        settled.push(ticket);
      },
    });
    await ring({ body: '{"ticket":1}' });
    await begun.passed;
    await ring({ body: '{"ticket":2}' });
    const url = listening?.url ?? '';
    const closed = listening?.close();
    await expect(fetch(url)).rejects.toThrow();
    gate.open();
    await closed;
    expect(settled).toEqual(['1']);
    expect(events.at(-1)).toEqual({ kind: 'left', tickets: ['2'] });
    listening = null;
  });
});
