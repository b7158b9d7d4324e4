import { stampOf } from './clock.ts';
import { addAgentStatus, addMembership } from './people.ts';
import { anyUser } from './reply-actions.ts';
import type { World } from './call.ts';
import type { AccountSettings, TicketRestriction, User } from './state.ts';

const CUSTOM_ROLE = 0;
const LIGHT_AGENT = 1;

function changeUser(world: World, id: number, changes: Partial<User>): void {
  const user = anyUser(world.state, id);
  Object.assign(user, changes, { updated_at: stampOf(world.clock.now()) });
  world.emit({ type: 'user.updated', user_id: id });
}

/** Suspended users are let in nowhere; their past audits keep their author. */
export function suspendUser(world: World, id: number, suspended = true): void {
  changeUser(world, id, { suspended });
}

/** Zendesk's advice for leavers: downgrade, which makes an end user, then suspend. */
export function changeRole(world: World, id: number, role: User['role']): void {
  changeUser(world, id, {
    role,
    role_type: role === 'admin' ? 4 : null,
    custom_role_id: null,
    only_private_comments: false,
  });
}

/** A light agent sees tickets and comments privately, and changes nothing. */
export function makeLightAgent(world: World, id: number): void {
  changeUser(world, id, {
    role: 'agent',
    role_type: LIGHT_AGENT,
    custom_role_id: null,
    only_private_comments: true,
  });
}

/** Which tickets an agent may see; null is all. */
export function restrictAgent(
  world: World,
  id: number,
  restriction: TicketRestriction | null,
): void {
  changeUser(world, id, {
    ticket_restriction: restriction,
    restricted_agent: restriction !== null,
  });
}

/** Gives an agent a role of the account's own; it has one on Enterprise alone. */
export function giveCustomRole(world: World, id: number, role: number): void {
  if (!world.state.account.enterprise) throw new Error('Custom roles are of Enterprise.');
  if (world.state.custom_roles[String(role)] === undefined) {
    throw new Error(`There is no role ${String(role)}.`);
  }
  changeUser(world, id, {
    role: 'agent',
    role_type: CUSTOM_ROLE,
    custom_role_id: role,
    only_private_comments: false,
  });
}

/** Puts the agent into exactly these groups. */
export function changeGroups(world: World, id: number, groupIds: readonly number[]): void {
  const user = anyUser(world.state, id);
  world.state.group_memberships = world.state.group_memberships.filter(
    (membership) => membership.user_id !== id,
  );
  user.default_group_id = null;
  for (const group of groupIds) addMembership(world.state, id, group);
  world.emit({ type: 'user.updated', user_id: id });
}

/** Replaces a user's tags. */
export function changeUserTags(world: World, id: number, tags: string[]): void {
  changeUser(world, id, { tags });
}

/** Merges one end user into another: the tickets move, the first profile is gone. */
export function mergeUsers(world: World, fromId: number, intoId: number): void {
  const { state } = world;
  if (anyUser(state, fromId).role !== 'end-user' || anyUser(state, intoId).role !== 'end-user') {
    throw new Error('Only end users can be merged.');
  }
  for (const ticket of Object.values(state.tickets)) {
    if (ticket.requester_id === fromId) ticket.requester_id = intoId;
    if (ticket.submitter_id === fromId) ticket.submitter_id = intoId;
  }
  changeUser(world, fromId, { active: false });
}

/** Sets an agent's status, as the agent or an admin does. */
export function setAgentStatus(world: World, id: number, name: string): void {
  anyUser(world.state, id);
  addAgentStatus(world.state, id, name, stampOf(world.clock.now()));
  world.emit({ type: 'user.updated', user_id: id });
}

/** Changes the account: switches followers off, turns Enterprise on, changes lags and limits. */
export function changeAccount(world: World, changes: Partial<AccountSettings>): void {
  Object.assign(world.state.account, changes);
  world.emit({ type: 'account.updated' });
}
