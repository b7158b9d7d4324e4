import { installApp } from '#simulator/install-app.ts';
import { addGroup, addUser } from '#simulator/people.ts';
import { createEmptyState, type JsonValue, type SimulatorState } from '#simulator/state.ts';
import manifest from '../../manifest.json' with { type: 'json' };
import requirements from '../../requirements.json' with { type: 'json' };
import type { Chance } from './chance.ts';

/** Who works and buys here, by Zendesk's ids. */
export interface Cast {
  readonly makers: readonly number[];
  readonly leads: readonly number[];
  readonly admins: readonly number[];
  readonly light: number;
  readonly customers: readonly number[];
  readonly leadsGroup: number;
}

const LIMITLESS = 1_000_000_000;

/** A small account with the app installed: few people, so that they meet often. */
export function smallShop(): { state: SimulatorState; cast: Cast } {
  const state = createEmptyState();
  Object.assign(state.account, {
    requests_per_minute: LIMITLESS,
    app_requests_per_5_minutes: LIMITLESS,
    app_requests_per_minute: LIMITLESS,
    ticket_updates_per_10_minutes: LIMITLESS,
    ticket_updates_per_minute: LIMITLESS,
  });
  const agent = (name: string, tags: string[] = []): number =>
    addUser(state, { name, role: 'agent', tags }).id;
  const makers = [agent('Ana'), agent('Ben', ['senior']), agent('Cem'), agent('Dia')];
  const leads = [agent('Lea'), agent('Max')];
  const admins = [
    addUser(state, { name: 'Ada', role: 'admin' }).id,
    addUser(state, { name: 'Ari', role: 'admin' }).id,
  ];
  const light = addUser(state, { name: 'Liv', role: 'agent', role_type: 1 }).id;
  const customers = ['Kim', 'Lou', 'Moe', 'Noa'].map((name) => addUser(state, { name }).id);
  const leadsGroup = addGroup(state, { name: 'Leads' }, leads).id;
  addGroup(state, { name: 'Pilot' }, [...makers.slice(0, 3), ...leads]);
  installApp(state, manifest, requirements, { lead_groups: 'Leads' });
  return { state, cast: { makers, leads, admins, light, customers, leadsGroup } };
}

/** Moments around which calendars are hard: ends of months, quarters, years and weeks, both changes of clocks. */
const STARTS = [
  '2026-11-22T10:00:00Z',
  '2026-11-30T22:40:00Z',
  '2026-12-31T13:30:00Z',
  '2026-10-25T00:30:00Z',
  '2027-03-28T00:40:00Z',
  '2026-11-01T05:20:00Z',
  '2027-03-14T06:30:00Z',
  '2027-01-03T22:30:00Z',
  '2026-09-30T20:00:00Z',
  '2027-04-03T14:20:00Z',
];

export const startOf = (chance: Chance): number =>
  Date.parse(chance.pick(STARTS)) + chance.whole(0, 5_400) * 1000 + chance.whole(0, 999);

/** What an admin types: limits small enough that money runs out, and everything that terms can differ in. */
export function someSettings(chance: Chance): Record<string, JsonValue> {
  const cosign = chance.pick([40, 100]);
  const self = chance.weighted([
    [4, 0],
    [3, 10],
    [2, 25],
  ]);
  const tier = chance.percent(40)
    ? `[[tier]]\nkey = "senior"\nname = "Senior"\ntag = "senior"\nbudget = 300\nself_limit = ${String(Math.min(30, cosign))}\n`
    : '';
  return {
    currency: chance.weighted([
      [8, 'USD'],
      [1, 'JPY'],
      [1, 'KWD'],
    ]),
    time_zone: chance.pick([
      'Etc/UTC',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Tokyo',
      'Australia/Lord_Howe',
    ]),
    budget_period: chance.pick(['week', 'month', 'quarter']),
    agent_budget: chance.pick([60, 100, 200, 400]),
    self_limit: self,
    cosign_limit: cosign,
    hard_limit: chance.pick([cosign, 150, 500]),
    cosigners_required: chance.weighted([
      [5, 1],
      [4, 2],
      [2, 3],
    ]),
    customer_cap: chance.pick([90, 300, 2000]),
    customer_cap_days: chance.pick([2, 30, 90]),
    request_expiry_hours: chance.pick([1, 2, 24]),
    hold_hours: chance.pick([0, 1, 24]),
    pair_limit: chance.pick([0, 1, 2, 5]),
    lead_groups: chance.percent(85) ? 'Leads' : '',
    pilot_groups: chance.percent(12) ? 'Pilot' : '',
    tiers: tier,
  };
}
