import { describe, expect, it } from 'vitest';
import { userId } from '#domain/ids.ts';
import { readPeople } from './people.ts';
import { scriptedTransport } from './scripted-transport.ts';

const must = <T>(value: T | null): T => value ?? expect.fail('a value for the test');

const user = (id: number, more: object = {}) => ({
  id,
  name: `Person ${String(id)}`,
  email: 'person@example.com',
  role: 'agent',
  role_type: null,
  active: true,
  suspended: false,
  tags: ['senior'],
  restricted_agent: false,
  photo: { content_url: 'https://acme.zendesk.com/photo.png', thumbnails: [] },
  locale: 'en-US',
  time_zone: 'Copenhagen',
  iana_time_zone: 'Europe/Copenhagen',
  created_at: '2026-01-05T09:00:00Z',
  organization_id: 77,
  ...more,
});

describe('reading people by id', () => {
  it('gives what Zendesk knows of them', async () => {
    const transport = scriptedTransport({ users: [user(42)] });
    const people = await readPeople(transport, [
      must(userId(42)),
      must(userId(43)),
      must(userId(42)),
    ]);
    expect(transport.requests[0]?.path).toBe('/api/v2/users/show_many?ids=42,43');
    expect([...people.values()]).toEqual([
      {
        id: '42',
        name: 'Person 42',
        email: 'person@example.com',
        role: 'agent',
        active: true,
        suspended: false,
        tags: ['senior'],
        restriction: null,
        photoUrl: 'https://acme.zendesk.com/photo.png',
        locale: 'en-US',
        timeZone: 'Europe/Copenhagen',
        createdAt: Date.UTC(2026, 0, 5, 9),
        organization: '77',
      },
    ]);
  });

  it('asks for a hundred at a time', async () => {
    const ids = Array.from({ length: 101 }, (_, index) => must(userId(index + 1)));
    const transport = scriptedTransport({ users: [user(1)] }, { users: [user(101)] });
    expect((await readPeople(transport, ids)).size).toBe(2);
    expect(transport.requests.map(({ path }) => path.split(',').length)).toEqual([100, 1]);
  });

  it('asks nothing for nobody', async () => {
    expect((await readPeople(scriptedTransport(), [])).size).toBe(0);
  });

  it.each([
    ['agent', 0, 'agent'],
    ['agent', 1, 'light'],
    ['agent', 2, 'agent'],
    ['agent', 3, 'light'],
    ['agent', null, 'agent'],
    ['admin', 4, 'admin'],
    ['end-user', null, 'end-user'],
  ])('takes role %s of type %j for %s', async (role, type, expected) => {
    const transport = scriptedTransport({ users: [user(42, { role, role_type: type })] });
    const people = await readPeople(transport, [must(userId(42))]);
    expect(people.get(must(userId(42)))?.role).toBe(expected);
  });

  it.each([{ role: 'owner' }, { active: null }, { suspended: undefined }])(
    'is an error for one with %j: unknown must not pass for allowed',
    async (more) => {
      const transport = scriptedTransport({ users: [user(42, more)] });
      await expect(readPeople(transport, [must(userId(42))])).rejects.toMatchObject({
        code: 'malformed-response',
      });
    },
  );

  it('does without what a plan or a person may lack', async () => {
    const bare = { email: null, tags: undefined, photo: null, organization_id: null };
    const transport = scriptedTransport({
      users: [user(42, { ...bare, locale: undefined, iana_time_zone: undefined })],
    });
    expect((await readPeople(transport, [must(userId(42))])).get(must(userId(42)))).toMatchObject({
      email: null,
      tags: [],
      photoUrl: null,
      organization: null,
      locale: null,
      timeZone: null,
    });
  });
});
