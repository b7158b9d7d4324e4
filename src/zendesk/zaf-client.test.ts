import { describe, expect, it } from 'vitest';
import type { SdkClient } from './zaf-sdk.ts';
import { connectZaf } from './zaf-client.ts';

const never = new Promise<never>(() => undefined);
const soon = { timeoutMs: 20 };

function sdk(changes: Partial<SdkClient> = {}): SdkClient {
  return {
    metadata: () => Promise.resolve({ appId: 0, settings: { currency: 'USD', agent_budget: 200 } }),
    context: () => Promise.resolve({ location: 'ticket_sidebar', ticketId: 7 }),
    get: () => Promise.resolve({ errors: {} }),
    set: () => Promise.resolve({ errors: {} }),
    invoke: () => Promise.resolve({ errors: {} }),
    on: () => undefined,
    off: () => undefined,
    request: () => never,
    ...changes,
  };
}

const connect = (changes?: Partial<SdkClient>) =>
  connectZaf({ ZAFClient: { init: () => sdk(changes) } }, soon);

/** What the npm package resolves with when its own 5 s are over. */
const packageTimeout = {
  name: 'TimeoutError',
  message: 'Timeout when invoking "get"',
  invocationName: 'get',
  paramsArray: ['ticket.id'],
};

describe('connecting', () => {
  it('gives settings and context as the host sent them', async () => {
    const zaf = await connect();
    expect(zaf.settings).toEqual({ currency: 'USD', agent_budget: 200 });
    expect(zaf.context).toEqual({ location: 'ticket_sidebar', ticketId: 7 });
  });

  it('says when the script was not loaded', async () => {
    await expect(connectZaf({}, soon)).rejects.toMatchObject({ code: 'sdk-missing' });
  });

  it('says when the page was opened outside Zendesk', async () => {
    await expect(connectZaf({ ZAFClient: { init: () => false } }, soon)).rejects.toMatchObject({
      code: 'not-in-zendesk',
    });
  });

  it('says when the host does not answer', async () => {
    await expect(connect({ metadata: () => never })).rejects.toMatchObject({ code: 'host-silent' });
  });

  it('has no settings where the host sent none', async () => {
    const zaf = await connect({ metadata: () => Promise.resolve({ appId: 0 }) });
    expect(zaf.settings).toEqual({});
  });
});

describe('getting values', () => {
  it('gives them in the order of the paths', async () => {
    const zaf = await connect({
      get: () => Promise.resolve({ errors: {}, 'ticket.subject': 'Late', 'ticket.id': 7 }),
    });
    expect(await zaf.get('ticket.id', 'ticket.subject')).toEqual([7, 'Late']);
  });

  it('rejects when one path fails, which the SDK does not', async () => {
    const errors = { 'ticket.nope': { name: 'APIUnavailableError', message: 'No such Api' } };
    const zaf = await connect({ get: () => Promise.resolve({ errors, 'ticket.id': 7 }) });
    await expect(zaf.get('ticket.id', 'ticket.nope')).rejects.toMatchObject({
      code: 'host-refused',
      cause: errors['ticket.nope'],
    });
  });

  it('rejects when a path is missing from the answer', async () => {
    const zaf = await connect({ get: () => Promise.resolve({ errors: {} }) });
    await expect(zaf.get('ticket.id')).rejects.toMatchObject({ code: 'host-refused' });
  });

  it('has its own time-out', async () => {
    const zaf = await connect({ get: () => never });
    await expect(zaf.get('ticket.id')).rejects.toMatchObject({ code: 'host-silent' });
  });

  it('knows both SDKs’ own time-outs, one of which resolves', async () => {
    const ofPackage = await connect({ get: () => Promise.resolve(packageTimeout) });
    await expect(ofPackage.get('ticket.id')).rejects.toMatchObject({ code: 'host-silent' });
    const timeout = new Error('Invocation request timeout');
    const ofZendesk = await connect({ get: () => Promise.reject(timeout) });
    await expect(ofZendesk.get('ticket.id')).rejects.toMatchObject({ code: 'host-silent' });
  });

  it('passes a refusal of the host on as one', async () => {
    const zaf = await connect({ get: () => Promise.reject(new Error('bad')) });
    await expect(zaf.get('ticket.id')).rejects.toMatchObject({ code: 'host-refused' });
  });
});

describe('setting and invoking', () => {
  it('passes on what is asked', async () => {
    const calls: unknown[] = [];
    const zaf = await connect({
      set: (...args) => Promise.resolve(calls.push(['set', ...args]) && { errors: {} }),
      invoke: (...args) => Promise.resolve(calls.push(['invoke', ...args]) && { errors: {} }),
    });
    await zaf.set('comment.type', 'internalNote');
    await zaf.invoke('notify', 'Saved', 'notice', 5000);
    expect(calls).toEqual([
      ['set', 'comment.type', 'internalNote'],
      ['invoke', 'notify', 'Saved', 'notice', 5000],
    ]);
  });

  it('rejects what failed, and what was not answered', async () => {
    const refusing = { errors: { resize: { name: 'Boom' }, 'comment.text': { name: 'Boom' } } };
    const zaf = await connect({
      set: () => Promise.resolve(refusing),
      invoke: () => Promise.resolve(refusing),
    });
    await expect(zaf.set('comment.text', 'x')).rejects.toMatchObject({ code: 'host-refused' });
    await expect(zaf.invoke('resize', {})).rejects.toMatchObject({ code: 'host-refused' });
    const silent = await connect({ set: () => never, invoke: () => never });
    await expect(silent.set('comment.text', 'x')).rejects.toMatchObject({ code: 'host-silent' });
    await expect(silent.invoke('resize')).rejects.toMatchObject({ code: 'host-silent' });
  });
});

it('ends a subscription with the handler that began it', async () => {
  const calls: unknown[] = [];
  const zaf = await connect({
    on: (...args) => calls.push(['on', ...args]),
    off: (...args) => calls.push(['off', ...args]),
  });
  const handler = () => undefined;
  zaf.on('app.activated', handler)();
  expect(calls).toEqual([
    ['on', 'app.activated', handler],
    ['off', 'app.activated', handler],
  ]);
});
