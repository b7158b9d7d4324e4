import { describe, expect, it } from 'vitest';
import { type Zaf, ZafError } from './zaf-client.ts';
import {
  onColorScheme,
  onTicketNews,
  readColorScheme,
  readOpenTicket,
  readRequirementId,
  readSignedIn,
  readSubdomain,
} from './zaf-host.ts';

function hostWith(values: Readonly<Record<string, unknown>>) {
  const handlers = new Map<string, (data: unknown) => void>();
  const zaf: Zaf = {
    settings: {},
    context: {},
    get: (...paths) => {
      const missing = paths.find((path) => !(path in values));
      return missing === undefined
        ? Promise.resolve(paths.map((path) => values[path]))
        : Promise.reject(new ZafError('host-refused', missing));
    },
    set: () => Promise.resolve(),
    invoke: () => Promise.resolve(),
    on: (event, handler) => {
      handlers.set(event, handler);
      return () => handlers.delete(event);
    },
    request: () => Promise.resolve(),
  };
  return { zaf, handlers };
}

const silent: Zaf = {
  ...hostWith({}).zaf,
  get: () => Promise.reject(new ZafError('host-silent', 'for the test')),
};

describe('what the host knows', () => {
  it('is who is signed in', async () => {
    const { zaf } = hostWith({
      'currentUser.id': 42,
      'currentUser.name': 'Ana',
      'currentUser.locale': 'de',
    });
    expect(await readSignedIn(zaf)).toEqual({ id: '42', name: 'Ana', locale: 'de' });
  });

  it('is the open ticket, though it may lack a requester', async () => {
    const ticket = { 'ticket.id': 7, 'ticket.subject': 'Late' };
    const known = hostWith({ ...ticket, 'ticket.requester': { id: 1, name: 'Cora' } });
    expect(await readOpenTicket(known.zaf)).toEqual({ id: '7', subject: 'Late', requester: '1' });
    const unknown = hostWith({ ...ticket, 'ticket.requester': null });
    expect(await readOpenTicket(unknown.zaf)).toMatchObject({ requester: null });
  });

  it('is the account', async () => {
    expect(await readSubdomain(hostWith({ 'currentAccount.subdomain': 'acme' }).zaf)).toBe('acme');
  });

  it('is refused where it is no id or no name', async () => {
    const nobody = { 'currentUser.id': null, 'currentUser.name': 'x', 'currentUser.locale': 'en' };
    await expect(readSignedIn(hostWith(nobody).zaf)).rejects.toMatchObject({
      code: 'host-refused',
    });
    await expect(
      readSubdomain(hostWith({ 'currentAccount.subdomain': '' }).zaf),
    ).rejects.toMatchObject({ code: 'host-refused' });
  });
});

describe('what an older host does not know', () => {
  it('is no error where there is something to fall back on', async () => {
    const { zaf } = hostWith({});
    expect(await readColorScheme(zaf)).toBe('light');
    expect(await readRequirementId(zaf, 'leeway_status')).toBeNull();
  });

  it('is told from a host that is silent', async () => {
    await expect(readColorScheme(silent)).rejects.toMatchObject({ code: 'host-silent' });
    await expect(readRequirementId(silent, 'x')).rejects.toMatchObject({ code: 'host-silent' });
  });
});

it.each([
  [{ requirement_id: 900, requirement_type: 'ticket_fields' }, '900'],
  [{ requirement_id: '900' }, '900'],
  [null, null],
  [{ requirement_id: 'x' }, null],
])('reads the requirement %j as the id %j', async (requirement, id) => {
  const { zaf } = hostWith({ 'requirement:leeway_status': requirement });
  expect(await readRequirementId(zaf, 'leeway_status')).toBe(id);
});

it.each([
  ['dark', 'dark'],
  ['light', 'light'],
  [{ propertyName: 'colorScheme', newValue: 'dark' }, 'dark'],
  [{ propertyName: 'colorScheme', newValue: 'light' }, 'light'],
])('hears the color scheme %j as %s', (data, expected) => {
  const { zaf, handlers } = hostWith({});
  const heard: string[] = [];
  onColorScheme(zaf, (scheme) => heard.push(scheme));
  handlers.get('colorScheme.changed')?.(data);
  expect(heard).toEqual([expected]);
});

it('hears of what may make the sidebar old, until told to stop', () => {
  const { zaf, handlers } = hostWith({});
  const heard: string[] = [];
  const stop = onTicketNews(zaf, (news) => heard.push(news));
  for (const handler of handlers.values()) handler(undefined);
  expect(heard).toEqual(['activated', 'updated', 'conversation']);
  stop();
  expect(handlers.size).toBe(0);
});
