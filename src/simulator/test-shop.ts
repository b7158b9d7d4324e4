import { createManualClock } from './clock.ts';
import { installApp } from './install-app.ts';
import { addArticle, addGroup, addOrganization, addToken, addUser } from './people.ts';
import { createEmptyState } from './state.ts';
import { createTicket } from './ticket-update.ts';
import { createZendesk } from './zendesk.ts';

/** When the shop of these tests opens: 2026-11-22, 10:00 UTC. */
export const opening = Date.UTC(2026, 10, 22, 10);

const manifest = {
  name: 'Credits',
  version: '1.0.0',
  parameters: [
    { name: 'currency', type: 'text', default: 'USD' },
    { name: 'limit', type: 'number' },
  ],
};

const requirements = {
  ticket_fields: {
    credit_status: {
      type: 'tagger',
      title: 'Credit status',
      custom_field_options: [
        { name: 'Waiting', value: 'credit_waiting' },
        { name: 'Posted', value: 'credit_posted' },
      ],
    },
  },
  custom_objects_v2: {
    objects: [
      { key: 'credit', title: 'Credit', title_pluralized: 'Credits', include_in_list_view: true },
    ],
    object_fields: [
      { key: 'amount', type: 'integer', title: 'Amount', object_key: 'credit' },
      { key: 'customer', type: 'text', title: 'Customer', object_key: 'credit' },
      {
        key: 'person',
        type: 'lookup',
        title: 'Person',
        object_key: 'credit',
        relationship_target_type: 'zen:user',
      },
      {
        key: 'status',
        type: 'dropdown',
        title: 'Status',
        object_key: 'credit',
        custom_field_options: [
          { name: 'Reserved', value: 'credit_reserved' },
          { name: 'Posted', value: 'credit_posted' },
        ],
      },
    ],
  },
};

/** A small account for tests of the simulator itself: a few people, one ticket, one custom object. */
export function createTestShop() {
  const state = createEmptyState();
  const clock = createManualClock(opening);
  const zendesk = createZendesk({ state, clock });
  const ada = addUser(state, { name: 'Ada Admin', role: 'admin' });
  const ana = addUser(state, { name: 'Ana Agent', role: 'agent' });
  const ben = addUser(state, { name: 'Ben Agent', role: 'agent' });
  const lin = addUser(state, { name: 'Lin Light', role: 'agent', role_type: 1 });
  const organization = addOrganization(state, { name: 'Acme Ltd' });
  const cara = addUser(state, { name: 'Cara Customer', organization_id: organization.id });
  const group = addGroup(state, { name: 'Support' }, [ada.id, ana.id, ben.id, lin.id]);
  addArticle(state, {
    title: 'Late parcels',
    body: '<p>A small credit is fine.</p>',
    label_names: ['leeway'],
  });
  addToken(state, 'read-only', ada.id, ['read']);
  addToken(state, 'read-write', ada.id, ['read', 'write']);
  const app = installApp(state, manifest, requirements, { limit: 50 });
  const fieldId = Number(app.requirements['credit_status']?.requirement_id);
  const { ticket } = createTicket(zendesk.world, 1001, cara, {
    requester_id: cara.id,
    subject: 'Late parcel',
    comment: { body: 'Where is it?', public: true },
    group_id: group.id,
    tags: ['vip'],
  });

  /** Asks as this user, in a session; null asks as nobody. */
  async function ask(
    user: { id: number } | null,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) {
    const response = await zendesk.handle(
      new Request(`https://acme.zendesk.com${path}`, {
        method,
        headers: {
          ...(user === null ? {} : { 'x-simulator-user': String(user.id) }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? undefined : JSON.parse(text)) as Record<string, never>,
    };
  }

  return {
    state,
    clock,
    zendesk,
    ask,
    ada,
    ana,
    ben,
    lin,
    cara,
    group,
    organization,
    ticket,
    fieldId,
  };
}
