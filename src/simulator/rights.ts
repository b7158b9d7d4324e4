import { forbidden, recordNotFound } from './refusal.ts';
import type { CustomObjectRecord, SimulatorState, Ticket, User } from './state.ts';

const LIGHT_AGENT = 1;
const CONTRIBUTOR = 3;

/** Whether Zendesk lets this user in among the agents at all (light agents included). */
export function isStaff(user: User): boolean {
  return user.role !== 'end-user' && user.active && !user.suspended;
}

export function isAdmin(user: User): boolean {
  return user.role === 'admin';
}

/** Light agents and contributors see, and comment privately; they change nothing. */
export function isLightAgent(user: User): boolean {
  return user.role_type === LIGHT_AGENT || user.role_type === CONTRIBUTOR;
}

function groupIdsOf(state: SimulatorState, user: User): number[] {
  return state.group_memberships
    .filter((membership) => membership.user_id === user.id)
    .map((membership) => membership.group_id);
}

/** Whether a restricted agent may see this ticket; admins and unrestricted agents see all. */
export function maySeeTicket(state: SimulatorState, user: User, ticket: Ticket): boolean {
  if (user.role === 'admin') return true;
  switch (user.ticket_restriction) {
    case null:
      return true;
    case 'assigned':
      return ticket.assignee_id === user.id;
    case 'groups':
      return ticket.group_id !== null && groupIdsOf(state, user).includes(ticket.group_id);
    case 'organization':
      return ticket.organization_id !== null && ticket.organization_id === user.organization_id;
    case 'requested':
      return ticket.requester_id === user.id;
  }
}

/** The ticket, if it exists and this user may see it; 404 or 403 otherwise. */
export function ticketFor(state: SimulatorState, user: User, id: string): Ticket {
  const ticket = state.tickets[id];
  if (ticket === undefined || ticket.deleted) throw recordNotFound();
  if (!maySeeTicket(state, user, ticket)) throw forbidden();
  return ticket;
}

type RecordAction = 'create' | 'read' | 'update' | 'delete';

/**
 * Whether this user may do this to records of the object. Below Enterprise the rights are fixed:
 * admins and agents everything, light agents and contributors read. On Enterprise a custom role's
 * policy decides; an access rule that it names holds for the record that is changed or deleted.
 */
export function mayWithRecords(
  state: SimulatorState,
  user: User,
  objectKey: string,
  action: RecordAction,
  record?: CustomObjectRecord,
): boolean {
  if (user.role === 'admin') return true;
  if (state.account.enterprise && user.custom_role_id !== null) {
    const policy =
      state.permission_policies[objectKey]?.[`custom-role-${String(user.custom_role_id)}`];
    if (policy !== undefined) {
      const { allowed, rule_id: rule } = policy.records[action];
      return allowed && (rule === null || fitsRule(state, user, objectKey, rule, record));
    }
  }
  return action === 'read' || !isLightAgent(user);
}

function fitsRule(
  state: SimulatorState,
  user: User,
  objectKey: string,
  id: string,
  record: CustomObjectRecord | undefined,
): boolean {
  const rule = state.access_rules[objectKey]?.[id];
  if (rule === undefined || record === undefined) {
    throw new Error(`The simulator knows no access rule ${id} for this.`);
  }
  return record[`${rule.field}_id`] === String(user.id);
}
