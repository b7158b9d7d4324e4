import { describe, expect, it } from 'vitest';
import { createBearerTransport, type WaitReason } from './bearer-transport.ts';
import type { HelpdeskError } from './errors.ts';
import type { ApiRequest } from './transport.ts';

const read: ApiRequest = { method: 'GET', path: '/api/v2/groups', kind: 'read' };
const exported: ApiRequest = {
  method: 'GET',
  path: '/api/v2/incremental/tickets/cursor.json?start_time=1',
  kind: 'read',
};
const write: ApiRequest = { method: 'PUT', path: '/api/v2/tickets/1', body: {}, kind: 'write' };

const fine = (headers: Record<string, string> = {}) => Response.json({ fine: true }, { headers });
const refusal = (status: number, headers: Record<string, string> = {}) =>
  new Response('{"error":"Oops"}', { status, headers });

/** A clock that stands still but for those who sleep. */
function manualClock() {
  let now = 1_000_000;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: (ms: number) => {
      slept.push(ms);
      now += ms;
      return Promise.resolve();
    },
  };
}

function transportOver(...answers: readonly (Response | Error | (() => Response))[]) {
  const clock = manualClock();
  const waits: [number, WaitReason][] = [];
  const sent: string[] = [];
  const transport = createBearerTransport({
    baseUrl: 'https://acme.zendesk.com',
    token: 'not-a-real-token',
    clock,
    random: () => 0,
    onWait: (ms, why) => waits.push([ms, why]),
    fetch: (input) => {
      const answer = answers[sent.length] ?? answers.at(-1);
      sent.push(String(input));
      if (answer instanceof Error) return Promise.reject(answer);
      return Promise.resolve(typeof answer === 'function' ? answer() : (answer ?? fine()));
    },
  });
  return { transport, clock, waits, sent };
}

describe('an address and a token', () => {
  it.each(['http://acme.zendesk.com', 'ftp://localhost', 'acme', '', 'http://localhost.evil.org'])(
    'is not sent to %j, where others could read it',
    (baseUrl) => {
      const clock = manualClock();
      expect(() => createBearerTransport({ baseUrl, token: 'x', clock })).toThrow(/https/);
    },
  );

  it.each(['http://localhost:4567', 'http://127.0.0.1:4567/', 'https://acme.zendesk.com/agent'])(
    'is sent to %j',
    (baseUrl) => {
      const clock = manualClock();
      expect(() => createBearerTransport({ baseUrl, token: 'x', clock })).not.toThrow();
    },
  );

  it.each(['', 'secret with a blank', 'secret\n'])(
    '%j is refused without repeating it',
    (token) => {
      const clock = manualClock();
      const make = () =>
        createBearerTransport({ baseUrl: 'https://acme.zendesk.com', token, clock });
      expect(make).toThrow(TypeError);
      expect(make).not.toThrow(/secret/);
    },
  );

  it('a refused token is not in the error', async () => {
    const { transport } = transportOver(refusal(401));
    const error = await transport.send(read).catch((cause: unknown) => cause as HelpdeskError);
    expect(error).toMatchObject({ code: 'signed-out' });
    expect(JSON.stringify(error) + String(error)).not.toContain('not-a-real-token');
  });
});

describe('limits that the headers tell', () => {
  const account = (remaining: number) => ({
    'ratelimit-limit': '400',
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': '17',
  });

  it('a tenth of the account’s requests is left to people', async () => {
    const { transport, waits } = transportOver(fine(account(41)), fine(account(40)), fine());
    await transport.send(read);
    await transport.send(read);
    expect(waits).toEqual([]);
    await transport.send(read);
    expect(waits).toEqual([[17_000, 'rate-limited']]);
  });

  it('an older name of the header counts too, without its end it is a minute', async () => {
    const older = { 'x-rate-limit': '400', 'x-rate-limit-remaining': '0' };
    const { transport, waits } = transportOver(fine(older), fine());
    await transport.send(read);
    await transport.send(read);
    expect(waits).toEqual([[60_000, 'rate-limited']]);
  });

  it.each([
    'zendesk-ratelimit-incremental-exports',
    'Zendesk-RateLimit-incremental-exports-cursor',
  ])('exports wait where %s has nothing left, other reads do not', async (name) => {
    const spent = { [name]: 'total=10; remaining=0; resets=42' };
    const { transport, waits } = transportOver(fine(spent), fine(), fine());
    await transport.send(exported);
    await transport.send(read);
    expect(waits).toEqual([]);
    await transport.send(exported);
    expect(waits).toEqual([[42_000, 'rate-limited']]);
  });

  it('what cannot be read limits nothing', async () => {
    const strange = { 'ratelimit-limit': 'many', 'ratelimit-remaining': '0' };
    const { transport, waits } = transportOver(fine(strange), fine());
    await transport.send(read);
    await transport.send(read);
    expect(waits).toEqual([]);
  });

  it('several requests at once wait for the same pause, told once', async () => {
    const { transport, waits, sent } = transportOver(fine(account(0)), () => fine());
    await transport.send(read);
    await Promise.all([transport.send(read), transport.send(read), transport.send(read)]);
    expect(sent).toHaveLength(4);
    expect(waits).toEqual([[17_000, 'rate-limited']]);
  });
});

describe('refusals and failures', () => {
  it('429 is waited out as long as it asks, however often', async () => {
    const asked = () => refusal(429, { 'retry-after': '30' });
    const answers = Array.from({ length: 20 }, () => asked);
    const { transport, clock } = transportOver(...answers, fine());
    expect(await transport.send(read)).toEqual({ fine: true });
    expect(clock.slept).toEqual(Array.from({ length: 20 }, () => 30_000));
  });

  it('a 429 of an export holds up exports alone', async () => {
    const { transport, waits } = transportOver(refusal(429), fine(), fine());
    await Promise.all([transport.send(exported), transport.send(read)]);
    expect(waits).toEqual([[60_000, 'rate-limited']]);
  });

  it('429 without end, or for hours, is an error at last', async () => {
    const without = transportOver(() => refusal(429, { 'retry-after': '1' }));
    await expect(without.transport.send(read)).rejects.toMatchObject({ code: 'rate-limited' });
    expect(without.sent).toHaveLength(30);
    const forHours = transportOver(refusal(429, { 'retry-after': '7200' }));
    await expect(forHours.transport.send(read)).rejects.toMatchObject({ code: 'rate-limited' });
    expect(forHours.sent).toHaveLength(1);
  });

  it('what passes is tried eight times, with pauses that grow', async () => {
    const { transport, waits, sent } = transportOver(() => refusal(503));
    await expect(transport.send(read)).rejects.toMatchObject({ code: 'unavailable' });
    expect(sent).toHaveLength(8);
    expect(waits.map(([ms]) => ms)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    expect(new Set(waits.map(([, why]) => why))).toEqual(new Set(['unavailable']));
  });

  it('a broken connection is tried again, and a maintenance waited for as it asks', async () => {
    const { transport, waits } = transportOver(
      new TypeError('fetch failed'),
      refusal(503, { 'retry-after': '120' }),
      fine(),
    );
    expect(await transport.send(read)).toEqual({ fine: true });
    expect(waits).toEqual([
      [1000, 'offline'],
      [120_000, 'unavailable'],
    ]);
  });

  it('what does not pass is not tried again', async () => {
    const { transport, sent } = transportOver(refusal(403));
    await expect(transport.send(read)).rejects.toMatchObject({ code: 'forbidden' });
    expect(sent).toHaveLength(1);
  });

  it('writes are sent once', async () => {
    for (const status of [429, 503]) {
      const { transport, sent } = transportOver(refusal(status));
      await expect(transport.send(write)).rejects.toThrow();
      expect(sent).toHaveLength(1);
    }
  });
});
