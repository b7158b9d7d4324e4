import * as v from 'valibot';
import type { UserId } from '#domain/ids.ts';
import type { Role } from '#domain/policy.ts';
import type { Person } from './helpdesk.ts';
import { PAGE_SIZE } from './paging.ts';
import type { Transport } from './transport.ts';
import { parseAnswer, wireId, wireInstant, wireUserId } from './wire.ts';

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
    ticket_restriction: absent(v.string()),
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
    restriction: user.restricted_agent ? (user.ticket_restriction ?? 'unknown') : null,
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
