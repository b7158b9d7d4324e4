import { isLightAgent, isStaff } from '../rights.ts';
import type { SimulatorState, User } from '../state.ts';

/** Who can sign in: active staff, in the order in which the shop lists them. */
export function signInChoices(state: SimulatorState): User[] {
  return Object.values(state.users).filter(isStaff);
}

/** What somebody is, in one or two words. */
export function roleOf(state: SimulatorState, user: User): string {
  if (user.role === 'end-user') return 'Customer';
  if (user.role === 'admin') return 'Admin';
  const custom =
    user.custom_role_id === null ? undefined : state.custom_roles[String(user.custom_role_id)];
  if (custom !== undefined) return custom.name;
  if (isLightAgent(user)) return user.role_type === 1 ? 'Light agent' : 'Contributor';
  return user.restricted_agent ? 'Restricted agent' : 'Agent';
}

export function groupNamesOf(state: SimulatorState, user: User): string[] {
  return state.group_memberships
    .filter((membership) => membership.user_id === user.id)
    .map((membership) => state.groups[String(membership.group_id)]?.name ?? '')
    .filter((name) => name !== '');
}

/** The name, or what stands for it. */
export function nameOf(state: SimulatorState, id: number | null): string {
  if (id === null) return 'Nobody';
  if (id === -1) return 'Business rule';
  return state.users[String(id)]?.name ?? `User ${String(id)}`;
}
