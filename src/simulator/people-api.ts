import { askerOf, partOf, type Answer, type Call, type Route } from './call.ts';
import { organizationJson } from './organization-json.ts';
import { pageAsAsked } from './paging.ts';
import { recordNotFound, simulatorStrictness } from './refusal.ts';
import { isLightAgent } from './rights.ts';
import { idsOf } from './tickets-api.ts';
import { userJson } from './user-json.ts';
import type { Group, GroupMembership, User } from './state.ts';

const usersOf = (call: Call): User[] =>
  Object.values(call.world.state.users).sort((a, b) => a.id - b.id);

function listUsers(call: Call, users: User[]): Answer {
  const page = pageAsAsked(call, users);
  return {
    status: 200,
    body: { users: page.items.map((user) => userJson(user, call.url.origin)), ...page.around },
  };
}

/** 200 for anonymous too, with a null id: that somebody is signed in must be checked by `id`. */
function showMe(call: Call): Answer {
  const me = call.visitor;
  if (me === null) {
    return {
      status: 200,
      body: {
        user: {
          id: null,
          url: null,
          name: 'Anonymous user',
          email: 'invalid@example.com',
          role: 'end-user',
          active: false,
          verified: false,
          authenticity_token: 'anonymous',
        },
      },
    };
  }
  return {
    status: 200,
    body: {
      user: { ...userJson(me, call.url.origin), authenticity_token: `token-${String(me.id)}` },
    },
  };
}

function showUser(call: Call): Answer {
  const user = call.world.state.users[partOf(call, 'user_id')];
  if (user === undefined) throw recordNotFound();
  return { status: 200, body: { user: userJson(user, call.url.origin) } };
}

function showManyUsers(call: Call): Answer {
  const users = idsOf(call).flatMap((id) => call.world.state.users[id] ?? []);
  return {
    status: 200,
    body: {
      users: users.map((user) => userJson(user, call.url.origin)),
      count: users.length,
      next_page: null,
      previous_page: null,
    },
  };
}

const roles = ['end-user', 'agent', 'admin'];

function listByRole(call: Call): Answer {
  const query = call.url.searchParams;
  const wanted = [...query.getAll('role[]'), ...query.getAll('role')];
  const unknown = wanted.find((role) => !roles.includes(role));
  if (unknown !== undefined) throw simulatorStrictness(400, `role ${unknown} is not known`);
  return listUsers(
    call,
    usersOf(call).filter(
      (user) => user.active && (wanted.length === 0 || wanted.includes(user.role)),
    ),
  );
}

function searchUsers(call: Call): Answer {
  const query = call.url.searchParams.get('query');
  const externalId = call.url.searchParams.get('external_id');
  if (query === null && externalId === null) {
    throw simulatorStrictness(400, 'query or external_id is missing');
  }
  const wanted = query?.trim().replace(/^"|"$/g, '').toLowerCase();
  return listUsers(
    call,
    usersOf(call).filter(
      (user) =>
        user.active &&
        (externalId === null || user.external_id === externalId) &&
        (wanted === undefined ||
          user.name.toLowerCase().includes(wanted) ||
          (user.email ?? '').toLowerCase().includes(wanted)),
    ),
  );
}

function autocompleteUsers(call: Call): Answer {
  const name = call.url.searchParams.get('name')?.trim().toLowerCase() ?? '';
  if (name.length < 2) throw simulatorStrictness(400, 'name needs two characters');
  return listUsers(
    call,
    usersOf(call).filter(
      (user) =>
        user.active &&
        user.name
          .toLowerCase()
          .split(/\s+/)
          .some((word, at, words) => words.slice(at).join(' ').startsWith(name)),
    ),
  );
}

function groupJson(group: Group, origin: string): Record<string, unknown> {
  return { ...group, url: `${origin}/api/v2/groups/${String(group.id)}.json` };
}

function membershipJson(membership: GroupMembership, origin: string): Record<string, unknown> {
  return { ...membership, url: `${origin}/api/v2/group_memberships/${String(membership.id)}.json` };
}

function listGroups(call: Call, groups: Group[]): Answer {
  const page = pageAsAsked(
    call,
    groups.filter((group) => !group.deleted),
  );
  return {
    status: 200,
    body: { groups: page.items.map((group) => groupJson(group, call.url.origin)), ...page.around },
  };
}

function groupOf(call: Call): Group {
  const group = call.world.state.groups[partOf(call, 'group_id')];
  if (group === undefined || group.deleted) throw recordNotFound();
  return group;
}

function userOf(call: Call): User {
  const user = call.world.state.users[partOf(call, 'user_id')];
  if (user === undefined) throw recordNotFound();
  return user;
}

const memberOf = (call: Call, membership: GroupMembership): User | undefined =>
  call.world.state.users[String(membership.user_id)];

/** Whom tickets can be given to: active agents that are no light agents. */
function isAssignable(user: User | undefined): boolean {
  return user !== undefined && user.active && !user.suspended && !isLightAgent(user);
}

function listMemberships(call: Call, test: (membership: GroupMembership) => boolean): Answer {
  const page = pageAsAsked(call, call.world.state.group_memberships.filter(test));
  return {
    status: 200,
    body: {
      group_memberships: page.items.map((item) => membershipJson(item, call.url.origin)),
      ...page.around,
    },
  };
}

function listGroupUsers(call: Call): Answer {
  const group = groupOf(call);
  const members = call.world.state.group_memberships
    .filter((membership) => membership.group_id === group.id)
    .flatMap((membership) => memberOf(call, membership) ?? [])
    .filter((user) => user.active);
  return listUsers(call, members);
}

function listUserGroups(call: Call): Answer {
  const user = userOf(call);
  const { state } = call.world;
  return listGroups(
    call,
    state.group_memberships
      .filter((membership) => membership.user_id === user.id)
      .flatMap((membership) => state.groups[String(membership.group_id)] ?? []),
  );
}

function listCustomRoles(call: Call): Answer {
  const custom_roles = Object.values(call.world.state.custom_roles);
  return {
    status: 200,
    body: { custom_roles, count: custom_roles.length, next_page: null, previous_page: null },
  };
}

function showOrganization(call: Call): Answer {
  const found = call.world.state.organizations[partOf(call, 'organization_id')];
  if (found === undefined) throw recordNotFound();
  return { status: 200, body: { organization: organizationJson(found, call.url.origin) } };
}

const list = { method: 'GET', who: 'agents', paging: 'both' } as const;
const show = { method: 'GET', who: 'agents' } as const;

/** Users, groups, memberships, organizations, custom roles. */
export const peopleRoutes: Route[] = [
  { method: 'GET', path: '/users/me', who: 'anyone', answer: showMe },
  { ...show, path: '/users/show_many', query: ['ids'], answer: showManyUsers },
  { ...list, path: '/users/search', query: ['query', 'external_id'], answer: searchUsers },
  { ...list, path: '/users/autocomplete', query: ['name'], answer: autocompleteUsers },
  { ...list, path: '/users', query: ['role', 'role[]'], answer: listByRole },
  { ...show, path: '/users/{user_id}', answer: showUser },
  { ...list, path: '/users/{user_id}/groups', answer: listUserGroups },
  {
    ...list,
    path: '/users/{user_id}/group_memberships',
    answer: (call) => {
      const user = userOf(call);
      return listMemberships(call, (membership) => membership.user_id === user.id);
    },
  },
  {
    ...list,
    path: '/groups',
    answer: (call) => listGroups(call, Object.values(call.world.state.groups)),
  },
  {
    ...list,
    path: '/groups/assignable',
    answer: (call) => {
      const me = askerOf(call);
      const { state } = call.world;
      const mine = new Set(
        state.group_memberships
          .filter((membership) => membership.user_id === me.id)
          .map((membership) => membership.group_id),
      );
      return listGroups(
        call,
        Object.values(state.groups).filter(
          (group) => group.is_public || me.role === 'admin' || mine.has(group.id),
        ),
      );
    },
  },
  {
    ...show,
    path: '/groups/{group_id}',
    answer: (call) => ({ status: 200, body: { group: groupJson(groupOf(call), call.url.origin) } }),
  },
  { ...list, path: '/groups/{group_id}/users', answer: listGroupUsers },
  {
    ...list,
    path: '/groups/{group_id}/memberships',
    answer: (call) => {
      const group = groupOf(call);
      return listMemberships(call, (membership) => membership.group_id === group.id);
    },
  },
  {
    ...list,
    path: '/groups/{group_id}/memberships/assignable',
    answer: (call) => {
      const group = groupOf(call);
      return listMemberships(
        call,
        (membership) =>
          membership.group_id === group.id && isAssignable(memberOf(call, membership)),
      );
    },
  },
  { ...list, path: '/group_memberships', answer: (call) => listMemberships(call, () => true) },
  {
    ...list,
    path: '/group_memberships/assignable',
    answer: (call) =>
      listMemberships(call, (membership) => isAssignable(memberOf(call, membership))),
  },
  { ...show, path: '/custom_roles', answer: listCustomRoles },
  { ...show, path: '/organizations/{organization_id}', answer: showOrganization },
];
