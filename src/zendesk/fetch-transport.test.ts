import { expect, it } from 'vitest';
import { createFetchTransport } from './fetch-transport.ts';
import type { ApiRequest } from './transport.ts';

const read: ApiRequest = { method: 'GET', path: '/api/v2/groups?page[size]=100', kind: 'read' };
const write: ApiRequest = {
  method: 'PUT',
  path: '/api/v2/tickets/1',
  body: { ticket: {} },
  kind: 'write',
};

function transportOver(answer: (request: Request) => Response | Promise<Response>) {
  const requests: Request[] = [];
  const transport = createFetchTransport({
    origin: 'https://acme.zendesk.com',
    token: 'not-a-real-token',
    fetch: async (input, init) => {
      const request = new Request(input, init);
      requests.push(request.clone());
      return answer(request);
    },
  });
  return { transport, requests };
}

it('sends the token, and a body as JSON', async () => {
  const { transport, requests } = transportOver(() => Response.json({ fine: true }));
  expect(await transport.send(write)).toEqual({ fine: true });
  const [request] = requests;
  expect(request?.url).toBe('https://acme.zendesk.com/api/v2/tickets/1');
  expect(request?.headers.get('authorization')).toBe('Bearer not-a-real-token');
  expect(request?.headers.get('content-type')).toBe('application/json');
  expect(await request?.json()).toEqual({ ticket: {} });
});

it('takes an empty answer for no answer body', async () => {
  const { transport } = transportOver(() => new Response(null, { status: 204 }));
  expect(await transport.send(write)).toBeUndefined();
});

it.each([
  [400, 'invalid', 'invalid'],
  [401, 'signed-out', 'signed-out'],
  [403, 'forbidden', 'forbidden'],
  [404, 'not-found', 'not-found'],
  [408, 'timed-out', 'outcome-unknown'],
  [409, 'conflict', 'conflict'],
  [415, 'invalid', 'invalid'],
  [422, 'invalid', 'invalid'],
  [429, 'rate-limited', 'rate-limited'],
  [500, 'unavailable', 'outcome-unknown'],
  [502, 'unavailable', 'outcome-unknown'],
  [503, 'unavailable', 'outcome-unknown'],
  [302, 'malformed-response', 'outcome-unknown'],
])('%i is %s of a read and %s of a write', async (status, ofRead, ofWrite) => {
  const { transport } = transportOver(() => new Response('{"error":"Oops"}', { status }));
  await expect(transport.send(read)).rejects.toMatchObject({ code: ofRead, status });
  await expect(transport.send(write)).rejects.toMatchObject({ code: ofWrite, status });
});

it('tells a closed ticket from other refusals', async () => {
  const body = {
    error: 'RecordInvalid',
    description: 'Record validation errors',
    details: { status: [{ description: 'Status: closed prevents ticket update' }] },
  };
  const { transport } = transportOver(() => Response.json(body, { status: 422 }));
  await expect(transport.send(write)).rejects.toMatchObject({ code: 'closed' });
});

it.each([
  ['30', 30_000],
  ['', null],
  ['Sun, 22 Nov 2026 10:00:00 GMT', null],
])('reads Retry-After %j as %j ms', async (header, retryAfterMs) => {
  const headers = { 'Retry-After': header };
  const { transport } = transportOver(() => new Response('', { status: 429, headers }));
  await expect(transport.send(read)).rejects.toMatchObject({ retryAfterMs });
});

it('what is no JSON is malformed to a read, and leaves a write unknown', async () => {
  const { transport } = transportOver(() => new Response('<html>Bad gateway'));
  await expect(transport.send(read)).rejects.toMatchObject({ code: 'malformed-response' });
  await expect(transport.send(write)).rejects.toMatchObject({ code: 'outcome-unknown' });
});

it('a lost connection is offline to a read, and leaves a write unknown', async () => {
  const { transport } = transportOver(() => {
    throw new TypeError('network error');
  });
  await expect(transport.send(read)).rejects.toMatchObject({ code: 'offline', status: null });
  await expect(transport.send(write)).rejects.toMatchObject({ code: 'outcome-unknown' });
});

it('gives up after the time-out, also when an answer has begun, and ends the connection', async () => {
  const signals: (AbortSignal | null | undefined)[] = [];
  const transport = createFetchTransport({
    origin: 'https://acme.zendesk.com',
    token: 'not-a-real-token',
    fetch: (_input, init) => {
      signals.push(init?.signal);
      return Promise.resolve(new Response(new ReadableStream()));
    },
  });
  const soon = { timeoutMs: 20 };
  await expect(transport.send({ ...read, ...soon })).rejects.toMatchObject({ code: 'timed-out' });
  await expect(transport.send({ ...write, ...soon })).rejects.toMatchObject({
    code: 'outcome-unknown',
  });
  expect(signals.map((signal) => signal?.aborted)).toEqual([true, true]);
});
