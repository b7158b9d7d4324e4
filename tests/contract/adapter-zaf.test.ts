// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRig, type Rig } from '#simulator/host-page/zaf/test-rig.ts';
import { connectZaf, type Zaf } from '#zendesk/zaf-client.ts';
import { onTicketNews, readOpenTicket, readRequirementId } from '#zendesk/zaf-host.ts';
import type { SdkClient } from '#zendesk/zaf-sdk.ts';
import { createZafTransport } from '#zendesk/zaf-transport.ts';
import type { ApiRequest } from '#zendesk/transport.ts';

/** The npm package itself on one side, the simulator's host page on the other. */
let rig: Rig;
beforeEach(() => {
  rig = createRig();
});
afterEach(() => {
  rig.close();
});

const values: Readonly<Record<string, unknown>> = {
  'ticket.id': 12,
  'ticket.subject': 'Late parcel',
  'ticket.requester': { id: 34, name: 'Cara' },
  'requirement:leeway_status': { requirement_id: 900, requirement_type: 'ticket_fields' },
};

function connect(): Promise<Zaf> {
  const { client } = rig.openApp('a-1', {
    get: (path) => values[path],
    set: (path) => path === 'comment.text',
    invoke: (action) => action === 'notify',
  });
  return connectZaf({ ZAFClient: { init: () => client as unknown as SdkClient } });
}

const answers = (...responses: (() => Response)[]) => {
  rig.answers.splice(0, rig.answers.length, ...responses);
};

const read: ApiRequest = { method: 'GET', path: '/api/v2/groups', kind: 'read' };
const write: ApiRequest = {
  method: 'PATCH',
  path: '/api/v2/custom_objects/leeway_credit/records/01ABC',
  body: { custom_object_record: { name: 'ä' } },
  kind: 'write',
};

it('connects, and asks the host what it knows', async () => {
  const zaf = await connect();
  expect(zaf.settings).toEqual({ title: 'Stand-in', limit: 50 });
  expect(zaf.context).toMatchObject({ location: 'ticket_sidebar', ticketId: 12 });
  expect(await readOpenTicket(zaf)).toEqual({ id: '12', subject: 'Late parcel', requester: '34' });
  expect(await readRequirementId(zaf, 'leeway_status')).toBe('900');
});

it('rejects a path, a value and an action that the host does not know', async () => {
  const zaf = await connect();
  await expect(zaf.get('ticket.id', 'ticket.nope')).rejects.toMatchObject({ code: 'host-refused' });
  expect(await readRequirementId(zaf, 'other')).toBeNull();
  await zaf.set('comment.text', 'Hello');
  await expect(zaf.set('comment.nope', 'x')).rejects.toMatchObject({ code: 'host-refused' });
  await zaf.invoke('notify', 'Saved', 'notice');
  await expect(zaf.invoke('nope')).rejects.toMatchObject({ code: 'host-refused' });
});

it('hears that the ticket was updated, until it stops listening', async () => {
  const zaf = await connect();
  const heard = vi.fn();
  const stop = onTicketNews(zaf, heard);
  await zaf.get('ticket.id');
  rig.host.emit('a-1', 'ticket.updated', { by: 9 });
  await vi.waitFor(() => {
    expect(heard).toHaveBeenCalledWith('updated');
  });
  stop();
  await zaf.get('ticket.id');
  heard.mockClear();
  rig.host.emit('a-1', 'ticket.updated', { by: 9 });
  await zaf.get('ticket.id');
  expect(heard).not.toHaveBeenCalled();
});

it('sends requests as JSON in the agent’s session', async () => {
  const transport = createZafTransport(await connect());
  answers(() => Response.json({ custom_object_record: { id: '01ABC' } }));
  expect(await transport.send(write)).toEqual({ custom_object_record: { id: '01ABC' } });
  expect(rig.sent).toMatchObject([
    {
      url: write.path,
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: '{"custom_object_record":{"name":"ä"}}',
    },
  ]);
});

it('takes an empty answer for no answer body', async () => {
  const transport = createZafTransport(await connect());
  answers(() => new Response(null, { status: 204 }));
  expect(await transport.send(write)).toBeUndefined();
});

it.each([
  [() => Response.json({ error: 'RecordNotFound' }, { status: 404 }), 'not-found', 'not-found'],
  [() => new Response('', { status: 429 }), 'rate-limited', 'rate-limited'],
  [() => new Response('<html>', { status: 502 }), 'unavailable', 'outcome-unknown'],
  [() => new Response('<html>'), 'malformed-response', 'outcome-unknown'],
  [() => Response.error(), 'offline', 'outcome-unknown'],
])('reads the failure %#, and the host repeats nothing', async (answer, ofRead, ofWrite) => {
  const transport = createZafTransport(await connect());
  answers(() => (answer().type === 'error' ? fail() : answer()));
  await expect(transport.send(read)).rejects.toMatchObject({ code: ofRead });
  await expect(transport.send(write)).rejects.toMatchObject({ code: ofWrite });
  expect(rig.sent).toHaveLength(2);
});

function fail(): never {
  throw new TypeError('network error');
}

it('gives up when Zendesk does not answer', async () => {
  const transport = createZafTransport(await connect());
  rig.answers.splice(0, rig.answers.length, () => new Promise<Response>(() => undefined));
  const soon = { timeoutMs: 20 };
  await expect(transport.send({ ...read, ...soon })).rejects.toMatchObject({ code: 'timed-out' });
  await expect(transport.send({ ...write, ...soon })).rejects.toMatchObject({
    code: 'outcome-unknown',
  });
});
