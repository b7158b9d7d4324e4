import { stampOf } from './clock.ts';
import { takeId } from './ids.ts';
import type {
  Article,
  CustomRole,
  Group,
  GroupMembership,
  Organization,
  SimulatorState,
  Token,
  User,
} from './state.ts';

/** An id that is given is kept free for it; otherwise the account's next one is taken. */
function idFor(state: SimulatorState, given: number | undefined): number {
  if (given === undefined) return takeId(state);
  state.next_id = Math.max(state.next_id, given + 1);
  return given;
}

const stampFor = (given: string | undefined) => given ?? stampOf(Date.UTC(2026, 0, 5, 9));

/** Puts a user into the account: by default a verified end user. */
export function addUser(state: SimulatorState, given: Partial<User> & { name: string }): User {
  const id = idFor(state, given.id);
  const created = stampFor(given.created_at);
  const user: User = {
    email: `${given.name.toLowerCase().replace(/[^a-z0-9]+/g, '.')}@example.com`,
    role: 'end-user',
    role_type: given.role === 'admin' ? 4 : null,
    custom_role_id: null,
    active: true,
    suspended: false,
    verified: true,
    only_private_comments: given.role_type === 1 || given.role_type === 3,
    restricted_agent: (given.ticket_restriction ?? null) !== null,
    ticket_restriction: null,
    organization_id: null,
    default_group_id: null,
    external_id: null,
    locale: 'en-US',
    time_zone: 'UTC',
    iana_time_zone: 'Etc/UTC',
    phone: null,
    notes: '',
    details: '',
    tags: [],
    user_fields: {},
    updated_at: created,
    ...given,
    created_at: created,
    id,
  };
  state.users[String(id)] = user;
  return user;
}

/** Puts a group with these members into the account. */
export function addGroup(
  state: SimulatorState,
  given: Partial<Group> & { name: string },
  memberIds: readonly number[] = [],
): Group {
  const id = idFor(state, given.id);
  const created = stampFor(given.created_at);
  const group: Group = {
    description: '',
    is_public: true,
    default: false,
    deleted: false,
    updated_at: created,
    ...given,
    created_at: created,
    id,
  };
  state.groups[String(id)] = group;
  for (const user of memberIds) addMembership(state, user, id);
  return group;
}

/** Puts a user into a group; the first group becomes the user's default. */
export function addMembership(
  state: SimulatorState,
  userId: number,
  groupId: number,
): GroupMembership {
  const user = state.users[String(userId)];
  const first = user !== undefined && user.default_group_id === null;
  if (first) user.default_group_id = groupId;
  const created = stampFor(undefined);
  const membership: GroupMembership = {
    id: takeId(state),
    user_id: userId,
    group_id: groupId,
    default: first,
    created_at: created,
    updated_at: created,
  };
  state.group_memberships.push(membership);
  return membership;
}

const statusIds: Readonly<Record<string, number>> = {
  online: 1,
  away: 2,
  'transfers only': 3,
  offline: 4,
};

/** Says whether an agent is at work; a name of the account's own gets an id of its own. */
export function addAgentStatus(
  state: SimulatorState,
  userId: number,
  name: string,
  since: string,
): void {
  const id = statusIds[name] ?? 1001;
  state.agent_statuses[String(userId)] = { id, name, reason: 'UNKNOWN', updated_at: since };
}

/** Makes a role of the account's own. What it may with records is in the objects' permission policies. */
export function addCustomRole(state: SimulatorState, name: string): CustomRole {
  const created = stampFor(undefined);
  const role: CustomRole = {
    id: takeId(state),
    name,
    description: '',
    configuration: {},
    created_at: created,
    updated_at: created,
  };
  state.custom_roles[String(role.id)] = role;
  return role;
}

/** Puts an organization into the account. */
export function addOrganization(
  state: SimulatorState,
  given: Partial<Organization> & { name: string },
): Organization {
  const id = idFor(state, given.id);
  const created = stampFor(given.created_at);
  const organization: Organization = {
    tags: [],
    updated_at: created,
    ...given,
    created_at: created,
    id,
  };
  state.organizations[String(id)] = organization;
  return organization;
}

/** Puts a published article into the Help Center. */
export function addArticle(
  state: SimulatorState,
  given: Partial<Article> & { title: string; body: string },
): Article {
  const id = idFor(state, given.id);
  const created = stampFor(given.created_at);
  const article: Article = {
    locale: 'en-us',
    label_names: [],
    draft: false,
    section_id: 1,
    author_id: 1,
    updated_at: created,
    ...given,
    created_at: created,
    id,
  };
  state.articles[String(id)] = article;
  return article;
}

/** Lets this OAuth token in as this user. */
export function addToken(
  state: SimulatorState,
  token: string,
  userId: number,
  scopes: string[],
): Token {
  const added: Token = { token, kind: 'oauth', user_id: userId, scopes };
  state.tokens.push(added);
  return added;
}
