import { describe, expect, it } from 'vitest';
import { HelpdeskError, type HelpdeskErrorCode } from './errors.ts';
import { retryReads } from './retry.ts';
import { scriptedTransport, type ScriptedAnswer } from './scripted-transport.ts';
import type { ApiRequest } from './transport.ts';

const read: ApiRequest = { method: 'GET', path: '/api/v2/groups', kind: 'read' };
const error = (code: HelpdeskErrorCode, retryAfterMs?: number) =>
  new HelpdeskError(code, 'for the test', retryAfterMs === undefined ? {} : { retryAfterMs });

function retrying(...script: ScriptedAnswer[]) {
  const slept: number[] = [];
  const inner = scriptedTransport(...script);
  const transport = retryReads(inner, {
    sleep: (ms) => {
      slept.push(ms);
      return Promise.resolve();
    },
    random: () => 0.5,
  });
  return { transport, slept, inner };
}

describe('reads that fail for a passing reason', () => {
  it.each(['rate-limited', 'unavailable', 'offline', 'timed-out'] as const)(
    'are repeated after %s',
    async (code) => {
      const { transport, inner } = retrying(error(code), { fine: true });
      expect(await transport.send(read)).toEqual({ fine: true });
      expect(inner.requests).toHaveLength(2);
    },
  );

  it('are sent four times at most, with longest pauses that double', async () => {
    const failures = [1, 2, 3, 4].map(() => error('unavailable'));
    const { transport, slept, inner } = retrying(...failures);
    await expect(transport.send(read)).rejects.toBe(failures[3]);
    expect(inner.requests).toHaveLength(4);
    expect(slept).toEqual([250, 500, 1000]);
  });

  it('wait at least as long as Zendesk asks', async () => {
    const { transport, slept } = retrying(error('rate-limited', 7000), {});
    await transport.send(read);
    expect(slept).toEqual([7250]);
  });

  it('are given up when Zendesk asks to wait longer than a minute', async () => {
    const { transport, slept } = retrying(error('rate-limited', 61_000));
    await expect(transport.send(read)).rejects.toMatchObject({ code: 'rate-limited' });
    expect(slept).toEqual([]);
  });
});

it.each(['forbidden', 'signed-out', 'not-found', 'invalid', 'malformed-response'] as const)(
  'a read that fails as %s is not repeated',
  async (code) => {
    const { transport, inner } = retrying(error(code));
    await expect(transport.send(read)).rejects.toMatchObject({ code });
    expect(inner.requests).toHaveLength(1);
  },
);

it.each(['rate-limited', 'outcome-unknown', 'conflict'] as const)(
  'a write that fails as %s is never repeated',
  async (code) => {
    const { transport, inner } = retrying(error(code));
    const write: ApiRequest = { method: 'PUT', path: '/api/v2/tickets/1', kind: 'write' };
    await expect(transport.send(write)).rejects.toMatchObject({ code });
    expect(inner.requests).toHaveLength(1);
  },
);

it('a search, which is a POST, is repeated as the read that it is', async () => {
  const { transport, inner } = retrying(error('offline'), {});
  await transport.send({ method: 'POST', path: '/search', body: {}, kind: 'read' });
  expect(inner.requests).toHaveLength(2);
});

it('a bug is not taken for a failure of the network', async () => {
  const bug = new TypeError('undefined is not a function');
  const { transport } = retrying(() => {
    throw bug;
  });
  await expect(transport.send(read)).rejects.toBe(bug);
});

describe('a request too many', () => {
  it('begins a pause that every read waits for and no write does, and that doubles', async () => {
    const asked: number[] = [];
    const slept: number[] = [];
    let left = 0;
    const pause = {
      left: () => left,
      begin(ms: number) {
        asked.push(ms);
        left = ms;
      },
    };
    const timing = {
      sleep(ms: number) {
        slept.push(ms);
        left = 0;
        return Promise.resolve();
      },
      random: () => 0,
    };
    const limited = error('rate-limited');
    const inner = scriptedTransport(limited, limited, { fine: true }, limited, {});
    const transport = retryReads(inner, timing, pause);
    expect(await transport.send(read)).toEqual({ fine: true });
    expect(asked).toEqual([5000, 10_000]);
    expect(slept).toEqual([5000, 10_000]);

    const write: ApiRequest = { method: 'PUT', path: '/api/v2/tickets/1', kind: 'write', body: {} };
    await expect(transport.send(write)).rejects.toBe(limited);
    left = 3000;
    await transport.send(write);
    expect(slept).toHaveLength(2);
  });
});
