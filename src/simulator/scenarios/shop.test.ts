import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { settlementToken, shop, type AppPackage } from './shop.ts';
import { staff } from './staff.ts';

const file = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8'));

const install: AppPackage = {
  manifest: file('manifest.json'),
  requirements: file('requirements.json'),
  settings: { agent_budget: 250 },
};
const now = Date.UTC(2026, 10, 22, 10);
const state = shop(now, install);
const tickets = Object.values(state.tickets);

test('the shop is the same each time it is made, and can be written as JSON', () => {
  expect(shop(now, install)).toEqual(state);
  expect(JSON.parse(JSON.stringify(state))).toEqual(state);
});

test('it has enough people, customers and tickets in all states to be believed', () => {
  const users = Object.values(state.users);
  expect(users.filter((user) => user.role !== 'end-user').length).toBeGreaterThanOrEqual(12);
  expect(users.filter((user) => user.role === 'end-user').length).toBeGreaterThanOrEqual(14);
  expect(tickets.length).toBeGreaterThanOrEqual(45);
  expect(new Set(tickets.map((ticket) => ticket.status))).toEqual(
    new Set(['new', 'open', 'pending', 'hold', 'solved', 'closed']),
  );
  expect(new Set(users.map((user) => user.locale))).toEqual(
    new Set(['en-US', 'de', 'es', 'fr', 'pt-BR', 'ja', 'ar']),
  );
});

test('every ticket has a first audit by which it was made, then its audits in the order of time', () => {
  for (const ticket of tickets) {
    const audits = state.audits[String(ticket.id)] ?? [];
    expect(audits[0]?.events.some((event) => event.type === 'Create')).toBe(true);
    expect(audits[0]?.created_at).toBe(ticket.created_at);
    expect(audits.at(-1)?.created_at).toBe(ticket.updated_at);
    const stamps = audits.map((audit) => audit.created_at);
    expect(stamps).toEqual(stamps.toSorted());
    const ids = audits.map((audit) => audit.id);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  }
});

test('nothing in the shop points to what is not there, and nothing is later than now', () => {
  for (const ticket of tickets) {
    expect(state.users).toHaveProperty(String(ticket.requester_id));
    expect(state.groups).toHaveProperty(String(ticket.group_id));
    if (ticket.assignee_id !== null) expect(state.users).toHaveProperty(String(ticket.assignee_id));
    expect(Date.parse(ticket.updated_at)).toBeLessThanOrEqual(now);
  }
  const ids = [...Object.values(state.audits).flat(), ...Object.values(state.users)].map(
    ({ id }) => id,
  );
  expect(new Set(ids).size).toBe(ids.length);
  expect(Math.max(...ids)).toBeLessThan(state.next_id);
});

test('ids of users are as long as Zendesk’s, ids of tickets are small', () => {
  for (const user of Object.values(state.users)) expect(String(user.id)).toMatch(/^\d{13,14}$/);
  for (const ticket of tickets) expect(ticket.id).toBeLessThan(10_000);
});

test('the app is installed with its settings and defaults, and has written nothing yet', () => {
  expect(state.installed_app?.settings).toMatchObject({ agent_budget: 250, currency: 'USD' });
  const field = state.installed_app?.requirements['leeway_status'];
  expect(state.ticket_fields[String(field?.requirement_id)]).toMatchObject({
    title: 'Leeway status',
    type: 'tagger',
  });
  expect(Object.keys(state.custom_objects)).toEqual(['leeway_credit', 'leeway_terms']);
  expect(Object.values(state.records).flatMap((records) => Object.keys(records))).toEqual([]);
  const custom = Object.values(state.audits).flatMap((audits) =>
    audits.map((audit) => audit.metadata.custom),
  );
  expect(new Set(custom.map((value) => JSON.stringify(value)))).toEqual(new Set(['{}']));
});

test('the suspended colleague keeps old tickets and is suspended now', () => {
  expect(state.users[String(staff.carl.id)]?.suspended).toBe(true);
  expect(tickets.some((ticket) => ticket.assignee_id === staff.carl.id)).toBe(true);
});

test('some articles are labelled as guidelines, one of them only as a draft', () => {
  const labelled = Object.values(state.articles).filter((one) =>
    one.label_names.includes('leeway'),
  );
  expect(labelled.filter((one) => !one.draft).length).toBeGreaterThanOrEqual(5);
  expect(labelled.filter((one) => one.draft)).toHaveLength(1);
});

test('the token for settlement is an admin’s and may only read', () => {
  const token = state.tokens.find((one) => one.token === settlementToken);
  expect(token).toMatchObject({ kind: 'oauth', scopes: ['read'] });
  expect(state.users[String(token?.user_id)]?.role).toBe('admin');
});
