import * as v from 'valibot';
import type { GroupId, UserId } from '#domain/ids.ts';
import type { Role } from '#domain/policy.ts';
import type { Group, Person } from './helpdesk.ts';
import { PAGE_SIZE, readAllPages } from './paging.ts';
import type { Transport } from './transport.ts';
import { parseAnswer, wireGroupId, wireId, wireInstant, wireUserId } from './wire.ts';

/** 5,000 people or groups. */
const MOST_PAGES = 50;

const LIGHT_AGENT = 1;
const CONTRIBUTOR = 3;

const absent = <Schema extends v.GenericSchema>(schema: Schema) => v.nullish(schema, null);

/** A user as agents see them. Settings that a plan may lack are absent, not false. */
export const wirePerson = v.pipe(
  v.object({
    id: wireUserId,
    name: v.string(),
    email: absent(v.string()),
    role: v.picklist(['end-user', 'agent', 'admin']),
    role_type: absent(v.number()),
    active: v.boolean(),
    suspended: v.boolean(),
    tags: v.nullish(v.array(v.string()), []),
    restricted_agent: v.nullish(v.boolean(), false),
    photo: absent(v.object({ content_url: absent(v.string()) })),
    locale: absent(v.string()),
    iana_time_zone: absent(v.string()),
    created_at: wireInstant,
    organization_id: absent(wireId),
  }),
  v.transform((user): Person => ({
    id: user.id,
    name: user.name,
    email: user.email,
    role: roleOf(user.role, user.role_type),
    active: user.active,
    suspended: user.suspended,
    tags: user.tags,
    restricted: user.restricted_agent,
    photoUrl: user.photo?.content_url ?? null,
    locale: user.locale,
    timeZone: user.iana_time_zone,
    createdAt: user.created_at,
    organization: user.organization_id,
  })),
);

/** Zendesk's `role` says `agent` of light agents and contributors too; `role_type` tells them apart. */
function roleOf(role: 'end-user' | 'agent' | 'admin', type: number | null): Role {
  return role === 'agent' && (type === LIGHT_AGENT || type === CONTRIBUTOR) ? 'light' : role;
}

const wireGroup = v.object({
  id: wireGroupId,
  name: v.string(),
  deleted: v.nullish(v.boolean(), false),
});

const users = v.object({ users: v.array(wirePerson) });

export async function readPeople(
  transport: Transport,
  ids: Iterable<UserId>,
): Promise<ReadonlyMap<UserId, Person>> {
  const wanted = [...new Set(ids)];
  const people = new Map<UserId, Person>();
  for (let from = 0; from < wanted.length; from += PAGE_SIZE) {
    const path = `/api/v2/users/show_many?ids=${wanted.slice(from, from + PAGE_SIZE).join(',')}`;
    const answer = await transport.send({ method: 'GET', path, kind: 'read' });
    for (const person of parseAnswer(users, answer, path).users) people.set(person.id, person);
  }
  return people;
}

const listPeople = (transport: Transport, path: string): Promise<readonly Person[]> =>
  readAllPages(transport, { path, member: 'users', item: wirePerson, mostPages: MOST_PAGES });

export async function readCheckers(transport: Transport): Promise<readonly Person[]> {
  const people = await listPeople(transport, '/api/v2/users?role[]=agent&role[]=admin');
  return people.filter(
    ({ role, active, suspended }) => active && !suspended && (role === 'agent' || role === 'admin'),
  );
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
