import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { routeFor, routes } from '#simulator/routes.ts';
import { createTestShop, opening } from '#simulator/test-shop.ts';
import { rateTicket } from '#simulator/ticket-actions.ts';
import { readDescription, type ApiDescription } from './simulator-openapi-schemas.ts';

const folder = path.resolve(import.meta.dirname, '../../../shared/zendesk');
const isThere = existsSync(path.join(folder, 'support-api-2024-07.yaml'));

/** Operations that the list of August 2026 lacks, with the page that has them. */
const notInOperationsList: Record<string, string> = {
  'GET /api/v2/help_center/articles/search': 'Help Center operations stand in help-center-api.yaml',
  'GET /api/v2/custom_objects/{custom_object_key}/records/{custom_object_record_id}/events':
    'record events: newer than the list',
  'GET /api/v2/agent_availabilities': 'an API of its own, with pages of its own',
};

/** Operations whose shapes the description of July 2024 does not have: they came later or elsewhere. */
const notDescribed: Record<string, string> = {
  'POST /api/v2/custom_objects/{custom_object_key}/records/search': 'newer than July 2024',
  'GET /api/v2/agent_availabilities': 'an API of its own, with pages of its own',
  'GET /api/v2/custom_objects/{custom_object_key}/permission_policies': 'newer than July 2024',
  'GET /api/v2/custom_objects/{custom_object_key}/records/{custom_object_record_id}/events':
    'newer than July 2024',
  'GET /api/v2/users/{user_id}/tickets/requested': 'described under the path of all tickets',
  'GET /api/v2/users/{user_id}/groups': 'described under the path of all groups',
  'GET /api/v2/users/{user_id}/group_memberships': 'described under the path of all memberships',
  'GET /api/v2/groups/{group_id}/users': 'described under the path of all users',
  'GET /api/v2/groups/{group_id}/memberships': 'described under the path of all memberships',
  'GET /api/v2/groups/{group_id}/memberships/assignable':
    'described under the path of all memberships',
};

/** Where such an operation's answer is described after all: the same list under another path. */
const describedUnder: Record<string, string> = {
  'GET /api/v2/users/{user_id}/tickets/requested': '/api/v2/tickets',
  'GET /api/v2/users/{user_id}/groups': '/api/v2/groups',
  'GET /api/v2/users/{user_id}/group_memberships': '/api/v2/group_memberships',
  'GET /api/v2/groups/{group_id}/users': '/api/v2/users',
  'GET /api/v2/groups/{group_id}/memberships': '/api/v2/group_memberships',
  'GET /api/v2/groups/{group_id}/memberships/assignable': '/api/v2/group_memberships',
  'POST /api/v2/custom_objects/{custom_object_key}/records/search':
    '/api/v2/custom_objects/{custom_object_key}/records/search',
};

const pages = ['count', 'next_page', 'previous_page', 'meta', 'links', 'users', 'organizations'];

/** Properties that real answers and requests have, and the description leaves out. */
const undescribed: Record<string, readonly string[]> = {
  // Lists: paging stands in the prose, not in these schemas; `users` is asked for by `include`.
  TicketsResponse: pages,
  // A created ticket is answered with its first audit, as an updated one is with its newest.
  TicketResponse: ['users', 'audit'],
  CustomRolesResponse: pages,
  TicketCommentsResponse: pages,
  UsersResponse: pages,
  GroupsResponse: pages,
  GroupMembershipsResponse: pages,
  TicketFieldsResponse: pages,
  SatisfactionRatingsResponse: pages,
  ListTicketFollowersResponse: pages,
  TicketAuditsResponseNoneCursor: pages,
  CustomObjectFieldsResponse: ['count'],
  // Every real ticket repeats its custom fields under this older name; exports add the time they go by.
  TicketObject: ['fields', 'generated_timestamp'],
  // The audits of a real ticket have it; accepted on update too, says the operation of 2026.
  TicketUpdateInput: ['metadata'],
  CustomObject: ['include_in_list_view'],
  // The account's own language is marked in real lists, and nowhere in the description.
  LocaleObject: ['default'],
  // `name` is called read-only and required at once; the examples send it.
  CustomObjectRecord: ['photo', 'name'],
  // A ticket's `custom_fields` are pairs of id and value; the schema points at the field's definition.
  CustomFieldObject: ['id', 'value'],
  // The page of ticket events points at the schema of metric events. What its prose describes, and
  // what public clients read, is this.
  TicketMetricEventBaseObject: [
    'timestamp',
    'created_at',
    'updater_id',
    'via',
    'system',
    'event_type',
    'child_events',
    'merged_ticket_ids',
  ],
  // Of the session itself: `/users/me` adds it to a user that the schema closes.
  UserForAdmin: ['authenticity_token'],
};

/** Operations that take a body which the description forgot. */
const bodyNotDescribed = new Set([
  'PATCH /api/v2/custom_objects/{custom_object_key}/records/{custom_object_record_id}',
  'POST /api/v2/tickets/{ticket_id}/tags',
  'PUT /api/v2/tickets/{ticket_id}/tags',
  'DELETE /api/v2/tickets/{ticket_id}/tags',
]);

/** The update's answer has only a sketch of an audit; the audits themselves are described in full. */
const instead = { AuditObject: 'TicketAuditObject' };

/** Query parameters that stand in the prose of the pages, not in the description. */
const inProse: Record<string, readonly string[]> = {
  'GET /api/v2/tickets': ['sort', 'include'],
  'GET /api/v2/tickets/show_many': ['include'],
  'GET /api/v2/tickets/{ticket_id}': ['include'],
  'GET /api/v2/tickets/{ticket_id}/audits': ['filter_events[]', 'include'],
  'GET /api/v2/users/{user_id}/tickets/requested': ['sort', 'include'],
  'GET /api/v2/incremental/tickets/cursor': ['per_page', 'exclude_deleted'],
  'GET /api/v2/incremental/ticket_events': ['per_page', 'exclude_deleted'],
};

interface Exchange {
  operation: string;
  method: string;
  path: string;
  query: string[];
  status: number;
  sent: unknown;
  answered: unknown;
}

/** Goes through every operation once, as an admin would. */
async function driveAll(): Promise<Exchange[]> {
  const shop = createTestShop();
  const { ada, ana, cara, group, organization, fieldId } = shop;
  shop.state.account.requests_per_minute = 1_000;
  const exchanges: Exchange[] = [];
  async function go(method: string, target: string, body?: unknown) {
    const answer = await shop.ask(ada, method, `/api/v2${target}`, body);
    const url = new URL(`https://acme.zendesk.com/api/v2${target}`);
    const route = routeFor(method, url.pathname)?.route;
    const template = `/api/v2${route?.path ?? '(none)'}`;
    exchanges.push({
      operation: `${method} ${template}`,
      method,
      path: template,
      query: [...url.searchParams.keys()],
      status: answer.status,
      sent: body,
      answered: answer.body,
    });
    return answer.body;
  }
  rateTicket(shop.zendesk.world, { ticket_id: 1001, score: 'good', comment: 'Thanks' });
  await go('GET', '/tickets/1001.json?include=users');
  await go('PUT', '/tickets/1001', {
    ticket: {
      status: 'open',
      assignee_id: ana.id,
      priority: 'high',
      comment: { html_body: '<p>Looking</p>', public: false },
      custom_fields: [{ id: fieldId, value: 'credit_waiting' }],
      followers: [{ user_id: String(ana.id), action: 'put' }],
      metadata: { leeway: '{"v":1}' },
      safe_update: true,
      updated_stamp: shop.ticket.updated_at,
    },
  });
  await go('POST', '/tickets', {
    ticket: {
      subject: 'Another',
      requester_id: cara.id,
      comment: { body: 'Hello', public: true },
      tags: ['vip'],
    },
  });
  await go('GET', '/tickets');
  await go('GET', '/tickets/show_many?ids=1001');
  const audits = (await go('GET', '/tickets/1001/audits')) as unknown as {
    audits: { id: number }[];
  };
  await go('GET', `/tickets/1001/audits/${String(audits.audits[0]?.id)}`);
  await go('GET', '/tickets/1001/comments?include=users');
  await go('GET', '/tickets/1001/followers');
  await go('GET', '/tickets/1001/tags');
  await go('POST', '/tickets/1001/tags', { tags: ['one'] });
  await go('PUT', '/tickets/1001/tags', { tags: ['two'] });
  await go('DELETE', '/tickets/1001/tags', { tags: ['two'] });
  await go(
    'GET',
    `/users/${String(cara.id)}/tickets/requested?sort=-updated_at&page[size]=1&include=users,organizations`,
  );
  await go('GET', `/users/${String(cara.id)}/related`);
  await go('GET', '/users/me');
  await go('GET', `/users/show_many?ids=${String(ana.id)},${String(ada.id)}`);
  await go('GET', '/users/search?query=ana');
  await go('GET', '/users/autocomplete?name=ana');
  await go('GET', '/users?role[]=agent&role[]=admin');
  await go('GET', `/users/${String(ana.id)}`);
  await go('GET', `/users/${String(ana.id)}/groups`);
  await go('GET', `/users/${String(ana.id)}/group_memberships`);
  await go('GET', '/groups');
  await go('GET', '/groups/assignable');
  await go('GET', `/groups/${String(group.id)}`);
  await go('GET', `/groups/${String(group.id)}/users`);
  await go('GET', `/groups/${String(group.id)}/memberships`);
  await go('GET', `/groups/${String(group.id)}/memberships/assignable`);
  await go('GET', '/group_memberships');
  await go('GET', '/group_memberships/assignable');
  await go('GET', '/agent_availabilities?page[size]=100');
  await go('GET', '/custom_roles');
  await go('GET', '/locales');
  await go('GET', `/organizations/${String(organization.id)}`);
  await go('GET', '/ticket_fields');
  await go('GET', `/ticket_fields/${String(fieldId)}`);
  await go('GET', '/search?query=type:ticket parcel');
  await go('GET', '/help_center/articles/search?label_names=leeway&locale=en-us');
  await go('GET', '/satisfaction_ratings');
  await go('GET', '/custom_objects');
  await go('GET', '/custom_objects/limits/object_limit');
  await go('GET', '/custom_objects/limits/record_limit');
  await go('GET', '/custom_objects/credit');
  await go('GET', '/custom_objects/credit/fields');
  await go('GET', '/custom_objects/credit/limits/field_limit');
  await go('GET', '/custom_objects/credit/permission_policies');
  const made = (await go('POST', '/custom_objects/credit/records', {
    custom_object_record: {
      name: 'Credit 1',
      external_id: 'one',
      custom_object_fields: { amount: 2500, status: 'credit_reserved', person: String(cara.id) },
    },
  })) as unknown as { custom_object_record: { id: string } };
  const record = `/custom_objects/credit/records/${made.custom_object_record.id}`;
  await go('GET', record);
  await go('PATCH', record, {
    custom_object_record: { custom_object_fields: { status: 'credit_posted' } },
  });
  await go('PATCH', '/custom_objects/credit/records?external_id=one', {
    custom_object_record: { name: 'Credit 1b' },
  });
  await go('GET', `${record}/events`);
  await go('GET', '/custom_objects/credit/records?filter[external_ids]=one,two');
  await go('GET', '/custom_objects/credit/records/count');
  await shop.clock.advance(60_000);
  await go('GET', '/custom_objects/credit/records/search?query=credit');
  await go('POST', '/custom_objects/credit/records/search', {
    filter: { 'custom_object_fields.status': { $eq: 'credit_posted' } },
  });
  await go('DELETE', record);
  const start = String(opening / 1000 - 60);
  await go('GET', `/incremental/tickets/cursor.json?start_time=${start}`);
  await go('GET', `/incremental/ticket_events.json?start_time=${start}`);
  await go('DELETE', '/tickets/1001');
  return exchanges;
}

if (!isThere) {
  console.log('contract checks skipped: ../shared/zendesk with the API descriptions is not here');
}

describe.runIf(isThere)('the simulator, held against the API descriptions', () => {
  let exchanges: Exchange[] = [];
  let support: ApiDescription;
  let helpCenter: ApiDescription;
  let listed = new Set<string>();

  beforeAll(async () => {
    support = readDescription(path.join(folder, 'support-api-2024-07.yaml'), undescribed, instead);
    helpCenter = readDescription(path.join(folder, 'help-center-api.yaml'), {
      ArticleSearchResponse: [...pages, 'page', 'per_page', 'page_count'],
      // Stands beside the results in the schema, in each result in the prose and in reality.
      ArticleObject: ['name', 'result_type', 'snippet'],
    });
    listed = new Set(
      readFileSync(path.join(folder, 'operations-2026-08.tsv'), 'utf8')
        .split('\n')
        .map((line) => line.trim().split('\t').slice(0, 2).join(' ')),
    );
    exchanges = await driveAll();
  });

  const describes = ({ path: at }: Exchange) =>
    at.includes('/help_center/') ? helpCenter : support;
  const describedPath = (exchange: Exchange) => describedUnder[exchange.operation] ?? exchange.path;

  it('is driven through every operation that it answers, each with success', () => {
    const driven = new Set(exchanges.map(({ operation }) => operation));
    expect(routes.map((route) => `${route.method} /api/v2${route.path}`).sort()).toEqual(
      [...driven].sort(),
    );
    expect(exchanges.filter(({ status }) => status >= 300)).toEqual([]);
  });

  it('answers no operation that Zendesk does not have', () => {
    const unknown = [...new Set(exchanges.map(({ operation }) => operation))].filter(
      (operation) => !listed.has(operation) && !(operation in notInOperationsList),
    );
    expect(unknown).toEqual([]);
    expect(
      Object.keys(notInOperationsList).filter((operation) => listed.has(operation)),
      'exceptions that are needed no more',
    ).toEqual([]);
  });

  it('answers in the described shapes, for at least 25 operations', () => {
    const faults: Record<string, string[]> = {};
    const checked = new Set<string>();
    for (const exchange of exchanges) {
      const at = describedPath(exchange);
      const method = describedUnder[exchange.operation] === undefined ? exchange.method : 'GET';
      if (!describes(exchange).has(method, at)) {
        if (!(exchange.operation in notDescribed)) faults[exchange.operation] = ['not described'];
        continue;
      }
      checked.add(exchange.operation);
      const found = describes(exchange).answerFaults(
        method,
        at,
        exchange.status,
        exchange.answered,
      );
      if (found.length > 0) faults[exchange.operation] = found;
    }
    expect(faults).toEqual({});
    expect(checked.size).toBeGreaterThanOrEqual(25);
    console.log(
      `contract checks: ${String(checked.size)} operations held against the descriptions`,
    );
  }, 30_000);

  it('is sent only bodies that the description knows', () => {
    const faults: Record<string, string[]> = {};
    for (const exchange of exchanges) {
      if (exchange.sent === undefined || exchange.operation in notDescribed) continue;
      if (bodyNotDescribed.has(exchange.operation)) continue;
      const found = describes(exchange).requestFaults(
        exchange.method,
        exchange.path,
        exchange.sent,
      );
      if (found.length > 0) faults[exchange.operation] = found;
    }
    expect(faults).toEqual({});
  });

  it('knows only query parameters that the description or its prose knows', () => {
    const faults: Record<string, string[]> = {};
    for (const route of routes) {
      const operation = `${route.method} /api/v2${route.path}`;
      const api = route.path.startsWith('/help_center/') ? helpCenter : support;
      const method = describedUnder[operation] === undefined ? route.method : 'GET';
      const at = describedUnder[operation] ?? `/api/v2${route.path}`;
      const known = [...api.parameters(method, at), ...(inProse[operation] ?? [])];
      const unknown = (route.query ?? []).filter((name) => !known.includes(name));
      if (unknown.length > 0) faults[operation] = unknown;
    }
    expect(faults).toEqual({});
  });
});
