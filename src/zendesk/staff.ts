import * as v from 'valibot';
import type { GroupId, UserId } from '#domain/ids.ts';
import type { Group, Person, Staff } from './helpdesk.ts';
import { PAGE_SIZE, readAllPages } from './paging.ts';
import { wirePerson } from './people.ts';
import type { Transport } from './transport.ts';
import { parseAnswer, wireGroupId, wireUserId } from './wire.ts';

/** 5,000 people or groups. */
const MOST_PAGES = 50;

const ALL_STAFF = '/api/v2/users?role[]=agent&role[]=admin';

const wireGroup = v.object({
  id: wireGroupId,
  name: v.string(),
  deleted: v.nullish(v.boolean(), false),
});

const listPeople = (transport: Transport, path: string): Promise<readonly Person[]> =>
  readAllPages(transport, { path, member: 'users', item: wirePerson, mostPages: MOST_PAGES });

export async function readCheckers(transport: Transport): Promise<readonly Person[]> {
  const people = await listPeople(transport, ALL_STAFF);
  return people.filter(
    ({ role, active, suspended }) => active && !suspended && (role === 'agent' || role === 'admin'),
  );
}

const firstPage = v.object({
  users: v.array(wirePerson),
  meta: v.object({ has_more: v.boolean() }),
});

export async function readStaff(transport: Transport): Promise<Staff> {
  const path = `${ALL_STAFF}&page[size]=${String(PAGE_SIZE)}`;
  const answer = await transport.send({ method: 'GET', path, kind: 'read' });
  const { users, meta } = parseAnswer(firstPage, answer, path);
  return { people: users, more: meta.has_more };
}

const found = v.object({ users: v.array(wirePerson) });

/** Zendesk looks at the beginnings of the words in a name, and wants two characters. */
export async function findStaff(transport: Transport, name: string): Promise<readonly Person[]> {
  const path = `/api/v2/users/autocomplete?name=${encodeURIComponent(name)}`;
  const answer = await transport.send({ method: 'GET', path, kind: 'read' });
  return parseAnswer(found, answer, path).users.filter(({ role }) => role !== 'end-user');
}

const availabilities = v.object({
  data: v.array(
    v.object({
      attributes: v.object({
        agent_id: wireUserId,
        // Only where the account routes work over all channels, and not of everybody.
        agent_status: v.nullish(v.object({ name: v.string() }), null),
      }),
    }),
  ),
});

/** Zendesk's Agent Availability API (JSON:API); whom it lets ask, it does not say. */
export async function readAvailability(
  transport: Transport,
): Promise<Readonly<Record<UserId, string>>> {
  const path = `/api/v2/agent_availabilities?page[size]=${String(PAGE_SIZE)}`;
  const answer = await transport.send({ method: 'GET', path, kind: 'read' });
  const { data } = parseAnswer(availabilities, answer, path);
  return Object.fromEntries(
    data.flatMap(({ attributes: { agent_id: agent, agent_status: status } }) =>
      status ? [[agent, status.name]] : [],
    ),
  ) as Readonly<Record<UserId, string>>;
}

export const readGroupMembers = (
  transport: Transport,
  group: GroupId,
): Promise<readonly Person[]> => listPeople(transport, `/api/v2/groups/${group}/users`);

async function listGroups(transport: Transport, path: string): Promise<readonly Group[]> {
  const groups = await readAllPages(transport, {
    path,
    member: 'groups',
    item: wireGroup,
    mostPages: MOST_PAGES,
  });
  return groups.filter(({ deleted }) => !deleted).map(({ id, name }) => ({ id, name }));
}

export const readGroups = (transport: Transport): Promise<readonly Group[]> =>
  listGroups(transport, '/api/v2/groups');

export const readGroupsOf = (transport: Transport, user: UserId): Promise<readonly Group[]> =>
  listGroups(transport, `/api/v2/users/${user}/groups`);
