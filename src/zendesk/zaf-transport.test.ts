import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SdkRequest } from './zaf-sdk.ts';
import { createZafTransport } from './zaf-transport.ts';
import type { ApiRequest } from './transport.ts';

const read: ApiRequest = { method: 'GET', path: '/api/v2/groups', kind: 'read' };
const write: ApiRequest = {
  method: 'PATCH',
  path: '/api/v2/custom_objects/leeway_credit/records/01ABC',
  body: { custom_object_record: { name: 'x' } },
  kind: 'write',
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const rejecting = (reason: unknown) =>
  createZafTransport({ request: () => Promise.reject(reason as Error) });

it('asks the host for JSON, never to repeat, and to give up in time', async () => {
  const sent: SdkRequest[] = [];
  const transport = createZafTransport({
    request: (options) => {
      sent.push(options);
      return Promise.resolve({ fine: true });
    },
  });
  expect(await transport.send(read)).toEqual({ fine: true });
  await transport.send(write);
  expect(sent).toEqual([
    { url: '/api/v2/groups', type: 'GET', dataType: 'json', timeout: 10_000, autoRetry: false },
    {
      url: '/api/v2/custom_objects/leeway_credit/records/01ABC',
      type: 'PATCH',
      dataType: 'json',
      contentType: 'application/json',
      data: '{"custom_object_record":{"name":"x"}}',
      timeout: 30_000,
      autoRetry: false,
    },
  ]);
});

it.each([
  [{ status: 0, statusText: 'error', responseText: '' }, 'offline'],
  [{ status: 0, statusText: 'timeout', responseText: '' }, 'timed-out'],
  [new Error('the frame is gone'), 'offline'],
  [undefined, 'offline'],
  [{ status: 503, responseText: '<html>' }, 'unavailable'],
  [{ status: 200, statusText: 'parsererror', responseText: '<html>' }, 'malformed-response'],
])('what may have happened is unknown to a write: %j', async (reason, ofRead) => {
  await expect(rejecting(reason).send(read)).rejects.toMatchObject({ code: ofRead });
  await expect(rejecting(reason).send(write)).rejects.toMatchObject({ code: 'outcome-unknown' });
});

it.each([
  [{ status: 429, statusText: 'Too Many Requests', responseText: '' }, 'rate-limited'],
  [{ status: 409, responseJSON: { error: 'UpdateConflict' } }, 'conflict'],
  [{ status: 422, responseJSON: { error: 'RecordInvalid' } }, 'invalid'],
  [
    {
      status: 422,
      responseJSON: { details: { status: [{ description: 'closed prevents ticket update' }] } },
    },
    'closed',
  ],
])('a refusal is definite: %j', async (reason, code) => {
  await expect(rejecting(reason).send(write)).rejects.toMatchObject({ code });
});

it('a host that never answers is given up: neither SDK would', async () => {
  const transport = createZafTransport({ request: () => new Promise(() => undefined) });
  const reading = expect(transport.send(read)).rejects.toMatchObject({ code: 'timed-out' });
  const writing = expect(transport.send(write)).rejects.toMatchObject({ code: 'outcome-unknown' });
  await vi.advanceTimersByTimeAsync(10_499);
  expect(vi.getTimerCount()).toBe(2);
  await vi.advanceTimersByTimeAsync(1);
  await reading;
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(20_000);
  await writing;
});

it('leaves no timer behind', async () => {
  await createZafTransport({ request: () => Promise.resolve({}) }).send(read);
  expect(vi.getTimerCount()).toBe(0);
});

it('a text in place of JSON is malformed, an empty one is no body', async () => {
  const page = createZafTransport({ request: () => Promise.resolve('<html>') });
  await expect(page.send(read)).rejects.toMatchObject({ code: 'malformed-response' });
  for (const nothing of ['', null, undefined]) {
    const empty = createZafTransport({ request: () => Promise.resolve(nothing) });
    expect(await empty.send(write)).toBeUndefined();
  }
});
