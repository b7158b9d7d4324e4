import { describe, expect, it } from 'vitest';
import { groupId, userId } from '#domain/ids.ts';
import { scriptedTransport } from './scripted-transport.ts';
import {
  findStaff,
  readAvailability,
  readCheckers,
  readGroupMembers,
  readGroups,
  readGroupsOf,
  readStaff,
} from './staff.ts';

const must = <T>(value: T | null): T => value ?? expect.fail('a value for the test');

const user = (id: number, more: object = {}) => ({
  id,
  name: `Person ${String(id)}`,
  role: 'agent',
  active: true,
  suspended: false,
  created_at: '2026-01-05T09:00:00Z',
  ...more,
});

const page = (member: string, items: object[], more = false) => ({
  [member]: items,
  meta: { has_more: more, after_cursor: more ? 'next' : null },
});

describe('colleagues', () => {
  it('are read a hundred at most, those who cannot check too, and it is said whether there are more', async () => {
    const transport = scriptedTransport(page('users', [user(1), user(2, { role_type: 1 })], true));
    const { people, more } = await readStaff(transport);
    expect(people.map(({ id, role }) => [id, role])).toEqual([
      ['1', 'agent'],
      ['2', 'light'],
    ]);
    expect(more).toBe(true);
    expect(transport.requests.map(({ path }) => path)).toEqual([
      '/api/v2/users?role[]=agent&role[]=admin&page[size]=100',
    ]);
  });

  it('are found by name, customers of that name left out', async () => {
    const transport = scriptedTransport({ users: [user(1), user(2, { role: 'end-user' })] });
    expect((await findStaff(transport, 'Zoë & co')).map(({ id }) => id)).toEqual(['1']);
    expect(transport.requests[0]?.path).toBe('/api/v2/users/autocomplete?name=Zo%C3%AB%20%26%20co');
  });

  it('are restricted as the account says, or in an unknown way', async () => {
    const users = [
      user(1, { restricted_agent: false, ticket_restriction: null }),
      user(2, { restricted_agent: true, ticket_restriction: 'groups' }),
      user(3, { restricted_agent: true }),
    ];
    const { people } = await readStaff(scriptedTransport(page('users', users)));
    expect(people.map(({ restriction }) => restriction)).toEqual([null, 'groups', 'unknown']);
  });
});

describe('availability', () => {
  const agent = (id: number, status?: object) => ({
    id: `agent_availabilities|${String(id)}`,
    type: 'agent_availabilities',
    attributes: {
      agent_id: id,
      group_ids: [],
      version: 1,
      ...(status && { agent_status: status }),
    },
  });

  it('is the name of the status, of those who have one', async () => {
    const transport = scriptedTransport({
      data: [agent(1, { id: 1, name: 'online' }), agent(2), agent(3, { id: 1001, name: 'Lunch' })],
    });
    expect(await readAvailability(transport)).toEqual({ 1: 'online', 3: 'Lunch' });
    expect(transport.requests[0]?.path).toBe('/api/v2/agent_availabilities?page[size]=100');
  });

  it('is an error where the answer is of another shape', async () => {
    const transport = scriptedTransport({ data: [{ attributes: { agent_id: 'Ben' } }] });
    await expect(readAvailability(transport)).rejects.toMatchObject({ code: 'malformed-response' });
  });
});

it('leaves out who cannot check', async () => {
  const transport = scriptedTransport(
    page('users', [
      user(1),
      user(2, { suspended: true }),
      user(3, { active: false }),
      user(4, { role_type: 1 }),
      user(5, { role_type: 3 }),
      user(6, { role: 'admin', role_type: 4 }),
      user(7, { role_type: 0 }),
    ]),
  );
  expect((await readCheckers(transport)).map(({ id }) => id)).toEqual(['1', '6', '7']);
  expect(transport.requests[0]?.path).toBe(
    '/api/v2/users?role[]=agent&role[]=admin&page[size]=100',
  );
});

it('reads groups, without those deleted', async () => {
  const groups = page('groups', [
    { id: 5, name: 'Tier 2', deleted: false },
    { id: 6, name: 'Old', deleted: true },
  ]);
  const transport = scriptedTransport(groups, groups);
  expect(await readGroups(transport)).toEqual([{ id: '5', name: 'Tier 2' }]);
  expect(await readGroupsOf(transport, must(userId(42)))).toEqual([{ id: '5', name: 'Tier 2' }]);
  expect(transport.requests.map(({ path }) => path)).toEqual([
    '/api/v2/groups?page[size]=100',
    '/api/v2/users/42/groups?page[size]=100',
  ]);
});

it('reads the members of a group', async () => {
  const transport = scriptedTransport(page('users', [user(1)]));
  expect(await readGroupMembers(transport, must(groupId(5)))).toHaveLength(1);
  expect(transport.requests[0]?.path).toBe('/api/v2/groups/5/users?page[size]=100');
});
