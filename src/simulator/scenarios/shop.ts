import type { World } from '../call.ts';
import { stampOf } from '../clock.ts';
import { createRandom } from '../ids.ts';
import { installApp } from '../install-app.ts';
import {
  addAgentStatus,
  addArticle,
  addGroup,
  addMembership,
  addOrganization,
  addToken,
  addUser,
} from '../people.ts';
import {
  createEmptyState,
  type SimulatorState,
  type JsonValue,
  type TicketField,
} from '../state.ts';
import { articles } from './articles.ts';
import { billingStories } from './billing-stories.ts';
import { customers, organizations, type Customer } from './customers.ts';
import { deliveryStories } from './delivery-stories.ts';
import { otherStories } from './other-stories.ts';
import { happeningsOf } from './play-story.ts';
import { productStories } from './product-stories.ts';
import { groups, staff, type Colleague } from './staff.ts';

const day = 86_400_000;
const firstTicketId = 1041;
const firstGivenId = 19_274_568_000_000;
const daysUntilArchived = 120;
const orderField = 19274566700218;

/** The token of the shop's own settlement run: an admin's, and only for reading. */
export const settlementToken = 'pedal-and-pine-settlement';

/** The parsed files of the app's package, and what the admin typed above the manifest's defaults. */
export interface AppPackage {
  manifest: unknown;
  requirements: unknown;
  settings: Record<string, JsonValue>;
}

/**
 * Pedal & Pine, a small bike and outdoor shop: its people, customers, tickets and Help Center, with
 * the app just installed. It holds nothing that the app itself would write.
 *
 * @param now milliseconds since the epoch. Everything in the shop happened before it.
 */
export function shop(now: number, install: AppPackage): SimulatorState {
  const state = createEmptyState();
  state.account.subdomain = 'pedal-and-pine';
  const ago = (days: number) => stampOf(now - days * day);

  for (const one of Object.values(organizations)) {
    addOrganization(state, { ...one, tags: [...one.tags], created_at: ago(1200) });
  }
  const colleagues: readonly Colleague[] = Object.values(staff);
  for (const one of colleagues) addColleague(state, one, ago(one.days));
  for (const one of Object.values(customers)) addCustomer(state, one, ago(one.days));
  state.next_id = firstGivenId;
  for (const group of groups) {
    addGroup(state, { ...group, default: group.name === 'Support', created_at: ago(1800) });
  }
  for (const one of colleagues) {
    for (const name of one.groups) {
      const group = groups.find((candidate) => candidate.name === name);
      if (group !== undefined) addMembership(state, one.id, group.id);
    }
  }
  for (const { id, status } of colleagues) {
    if (status !== null) addAgentStatus(state, id, status, ago(0.1));
  }
  for (const { labels, days, draft, ...article } of articles) {
    addArticle(state, {
      ...article,
      label_names: [...labels],
      draft: draft ?? false,
      section_id: 19274567400112,
      author_id: staff.lea.id,
      created_at: ago(days),
    });
  }
  addTicketFields(state, ago(1700));
  state.next_id = firstGivenId + 1000;
  const { manifest, requirements, settings } = install;
  installApp(state, manifest, requirements, settings, now - 75 * day);
  playStories(state, now);

  for (const ticket of Object.values(state.tickets)) {
    ticket.archived =
      ticket.status === 'closed' && Date.parse(ticket.updated_at) < now - daysUntilArchived * day;
  }
  // Only now: Zendesk assigns nothing to the suspended, but keeps what was assigned before.
  for (const one of colleagues) {
    const user = state.users[String(one.id)];
    if (user !== undefined && one.suspended) user.suspended = true;
  }
  addToken(state, settlementToken, staff.otto.id, ['read']);
  // All of this is long past: search has caught up with it.
  state.search_index = { tickets: {}, records: {} };
  return state;
}

function addColleague(state: SimulatorState, one: Colleague, created: string): void {
  addUser(state, {
    id: one.id,
    name: one.name,
    email: one.email,
    role: one.role,
    role_type: one.roleType,
    ticket_restriction: one.restriction,
    locale: one.locale,
    time_zone: one.timeZone.replace(/^.*\//, ''),
    iana_time_zone: one.timeZone,
    tags: [...one.tags],
    created_at: created,
  });
}

function addCustomer(state: SimulatorState, one: Customer, created: string): void {
  addUser(state, {
    id: one.id,
    name: one.name,
    email: one.email,
    organization_id: one.organization === null ? null : organizations[one.organization].id,
    locale: one.locale,
    time_zone: one.timeZone.replace(/^.*\//, ''),
    iana_time_zone: one.timeZone,
    tags: [...one.tags],
    notes: one.notes,
    phone: one.email === null ? one.name.replace(/^Caller /, '') : null,
    verified: one.email !== null,
    created_at: created,
  });
}

const systemTicketFields = [
  ['subject', 'Subject'],
  ['description', 'Description'],
  ['status', 'Status'],
  ['tickettype', 'Type'],
  ['priority', 'Priority'],
  ['group', 'Group'],
  ['assignee', 'Assignee'],
] as const;

function addTicketFields(state: SimulatorState, created: string): void {
  const field = (id: number, type: string, title: string, removable: boolean): TicketField => ({
    id,
    type,
    title,
    description: '',
    agent_description: null,
    active: true,
    required: false,
    visible_in_portal: true,
    editable_in_portal: !removable,
    removable,
    tag: null,
    position: Object.keys(state.ticket_fields).length,
    custom_field_options: [],
    created_at: created,
    updated_at: created,
  });
  systemTicketFields.forEach(([type, title], index) => {
    const id = 19274566600100 + index;
    state.ticket_fields[String(id)] = field(id, type, title, false);
  });
  state.ticket_fields[String(orderField)] = field(orderField, 'text', 'Order number', true);
}

/** Ticket ids count up in the order in which the stories began, and audits in that of time. */
function playStories(state: SimulatorState, now: number): void {
  let time = now;
  const world: World = {
    state,
    clock: { now: () => time, sleep: () => Promise.resolve() },
    random: createRandom(7),
    emit: () => undefined,
  };
  const stories = [...deliveryStories, ...productStories, ...billingStories, ...otherStories];
  const happenings = stories
    .toSorted((one, other) => other.hoursAgo - one.hoursAgo)
    .flatMap((story, index) => happeningsOf(story, firstTicketId + index, now, orderField))
    .toSorted((one, other) => one.at - other.at);
  for (const { at, happen } of happenings) {
    if (at > now) throw new Error('A story of the shop reaches into the future.');
    time = at;
    happen(world);
  }
}
