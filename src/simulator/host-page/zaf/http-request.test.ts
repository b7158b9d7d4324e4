// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRig, type Rig } from './test-rig.ts';

let rig: Rig;
beforeEach(() => {
  rig = createRig();
});
afterEach(() => {
  rig.close();
});

const status =
  (code: number, body: unknown, headers: Record<string, string> = {}) =>
  () =>
    Response.json(body, { status: code, headers });

test('a request runs with the signed-in user’s session and resolves with the body', async () => {
  rig.answers.splice(0, 1, status(200, { user: { id: 7 } }));
  const { client } = rig.openApp('a-1');
  expect(await client.request('/api/v2/users/me.json')).toEqual({ user: { id: 7 } });
  expect(rig.sent).toHaveLength(1);
  expect(rig.sent[0]).toMatchObject({
    url: '/api/v2/users/me.json',
    method: 'GET',
    headers: { 'x-simulator-user': '7', 'x-simulator-app': '1' },
    body: null,
  });
});

test('a JSON body, its content type and further headers go out as they were given', async () => {
  const { client } = rig.openApp('a-1');
  await client.request({
    url: '/api/v2/tickets/1.json',
    type: 'PUT',
    contentType: 'application/json',
    data: JSON.stringify({ ticket: {} }),
    headers: { 'Idempotency-Key': 'k' },
  });
  expect(rig.sent[0]).toMatchObject({
    method: 'PUT',
    body: '{"ticket":{}}',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'k' },
  });
});

test('data of a GET goes into the query, an object in a body is form-encoded as jQuery does', async () => {
  const { client } = rig.openApp('a-1');
  await client.request({ url: '/api/v2/search.json?a=1', data: { query: 'x y', ids: [1, 2] } });
  expect(rig.sent[0]?.url).toBe('/api/v2/search.json?a=1&query=x+y&ids%5B%5D=1&ids%5B%5D=2');
  await client.request({ url: '/api/v2/x', type: 'POST', data: { a: { b: 1 } } });
  expect(rig.sent[1]).toMatchObject({
    body: 'a%5Bb%5D=1',
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
  });
});

test('an error rejects with status, text and parsed body', async () => {
  rig.answers.splice(0, 1, status(422, { error: 'RecordInvalid' }));
  const { client } = rig.openApp('a-1');
  await expect(client.request('/api/v2/tickets/1.json')).rejects.toMatchObject({
    status: 422,
    responseText: '{"error":"RecordInvalid"}',
    responseJSON: { error: 'RecordInvalid' },
  });
});

test('a network failure and a time-out are status 0', async () => {
  rig.answers.splice(0, 1, () => Promise.reject(new TypeError('Failed to fetch')));
  const { client } = rig.openApp('a-1');
  await expect(client.request('/api/v2/a')).rejects.toMatchObject({
    status: 0,
    statusText: 'error',
  });
  rig.answers.splice(0, 1, () => new Promise(() => undefined));
  await expect(client.request({ url: '/api/v2/a', timeout: 5 })).rejects.toMatchObject({
    status: 0,
    statusText: 'timeout',
  });
});

test('an answer that is not the JSON it claims to be rejects although its status is 200', async () => {
  rig.answers.splice(
    0,
    1,
    () => new Response('<html>', { headers: { 'content-type': 'application/json' } }),
  );
  const { client } = rig.openApp('a-1');
  await expect(client.request('/api/v2/a')).rejects.toMatchObject({
    status: 200,
    responseText: '<html>',
  });
});

test('httpCompleteResponse resolves with status, text and body', async () => {
  rig.answers.splice(0, 1, status(201, { made: true }));
  const { client } = rig.openApp('a-1');
  expect(await client.request({ url: '/api/v2/a', httpCompleteResponse: true })).toMatchObject({
    status: 201,
    responseJSON: { made: true },
    responseText: '{"made":true}',
  });
});

test('a 429 is repeated after the pause it asks for', async () => {
  rig.answers.splice(
    0,
    1,
    status(429, { error: 'TooManyRequests' }, { 'Retry-After': '3' }),
    status(200, { ok: 1 }),
  );
  const { client } = rig.openApp('a-1');
  expect(await client.request('/api/v2/a')).toEqual({ ok: 1 });
  expect(rig.slept).toEqual([3000]);
  expect(rig.sent).toHaveLength(2);
});

test('with autoRetry: false a 429 rejects at once', async () => {
  rig.answers.splice(0, 1, status(429, { error: 'TooManyRequests' }));
  const { client } = rig.openApp('a-1');
  await expect(client.request({ url: '/api/v2/a', autoRetry: false })).rejects.toMatchObject({
    status: 429,
  });
  expect(rig.sent).toHaveLength(1);
});

test('the 101st request of a minute, over all instances, is answered 429 and not sent', async () => {
  const first = rig.openApp('a-1').client;
  const second = rig.openApp('a-2').client;
  for (let i = 0; i < 50; i += 1) {
    await first.request('/api/v2/a');
    await second.request('/api/v2/a');
  }
  await expect(first.request('/api/v2/b')).rejects.toMatchObject({ status: 429 });
  expect(rig.sent).toHaveLength(100);
  expect(rig.notices).toEqual([expect.stringContaining('not sent: GET /api/v2/b')]);
  rig.clock.now += 60_001;
  await first.request('/api/v2/c');
  expect(rig.sent).toHaveLength(101);
});

test('an address of this account is requested here, any other host is out of reach', async () => {
  const { client } = rig.openApp('a-1');
  await client.request('https://acme.zendesk.com/api/v2/users/me.json');
  expect(rig.sent[0]?.url).toBe('/api/v2/users/me.json');
  await expect(client.request('https://billing.example/credits')).rejects.toMatchObject({
    status: 0,
  });
  await expect(client.request('//billing.example/credits')).rejects.toMatchObject({ status: 0 });
  expect(rig.sent).toHaveLength(1);
});
