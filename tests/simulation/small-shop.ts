import { installApp } from '#simulator/install-app.ts';
import { addCustomRole, addGroup, addUser } from '#simulator/people.ts';
import {
  createEmptyState,
  type JsonValue,
  type Permission,
  type PermissionPolicy,
  type SimulatorState,
} from '#simulator/state.ts';
import manifest from '../../manifest.json' with { type: 'json' };
import requirements from '../../requirements.json' with { type: 'json' };
import type { Chance } from './chance.ts';

/** Who works and buys here, by Zendesk's ids. */
export interface Cast {
  readonly makers: readonly number[];
  readonly leads: readonly number[];
  readonly admins: readonly number[];
  readonly light: number;
  /** Those whose profile is still their own. */
  customers: readonly number[];
  readonly leadsGroup: number;
  /** Groups that tickets and makers are moved between; none in a plain shop. */
  readonly groups: readonly number[];
  /** Enterprise: the role of all agents. */
  readonly role: number | null;
}

const LIMITLESS = 1_000_000_000;

/** What the docs advise, and two accounts that allow their agents less. */
const RIGHTS = ['as advised', 'own records', 'no updates'] as const;

/** Enterprise's rights: nobody but admins deletes records or touches published limits. */
function giveRights(state: SimulatorState, fate: Chance, agents: readonly number[]): number {
  state.account.enterprise = true;
  const role = addCustomRole(state, 'Agent').id;
  const rights = fate.pick(RIGHTS);
  const yes: Permission = { allowed: true, rule_id: null };
  const no: Permission = { allowed: false, rule_id: null };
  const update = { 'as advised': yes, 'own records': { ...yes, rule_id: 'own' }, 'no updates': no };
  const policy = (records: PermissionPolicy['records']): Record<string, PermissionPolicy> => ({
    [`custom-role-${String(role)}`]: { records },
  });
  state.permission_policies['leeway_credit'] = policy({
    create: yes,
    read: yes,
    update: update[rights],
    delete: no,
  });
  state.permission_policies['leeway_terms'] = policy({
    create: no,
    read: yes,
    update: no,
    delete: no,
  });
  state.access_rules['leeway_credit'] = {
    own: { field: 'created_by_user', operator: 'matches_current_user' },
  };
  for (const id of agents) {
    Object.assign(state.users[String(id)] ?? {}, { role_type: 0, custom_role_id: role });
  }
  return role;
}

/**
 * A small account with the app installed: few people, so that they meet often.
 * @param fate chance that decides what kind of account it is; null: a plain one
 */
export function smallShop(fate: Chance | null): { state: SimulatorState; cast: Cast } {
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
  const pilot = addGroup(state, { name: 'Pilot' }, [...makers.slice(0, 3), ...leads]).id;
  installApp(state, manifest, requirements, { lead_groups: 'Leads' });
  const cast = { makers, leads, admins, light, customers, leadsGroup };
  if (!fate) return { state, cast: { ...cast, groups: [], role: null } };
  const care = addGroup(state, { name: 'Care' }, fate.some(makers, 2)).id;
  state.account.ccs_and_followers = !fate.percent(20);
  const role = fate.percent(25) ? giveRights(state, fate, [...makers, ...leads]) : null;
  return { state, cast: { ...cast, groups: [pilot, care], role } };
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

/** The tier by tag, or one by group, or both in either order. */
function someTiers(fate: Chance, byTag: string, cosign: number): string {
  const self = Math.min(fate.pick([5, 20, 30]), cosign);
  const budget = fate.pick([50, 150, 300]);
  const byGroup = `[[tier]]\nkey = "care"\nname = "Care"\ngroup = "Care"\nbudget = ${String(budget)}\nself_limit = ${String(self)}\n`;
  return fate.pick([byTag, byGroup, byTag + byGroup, byGroup + byTag]);
}

/**
 * What an admin types: limits small enough that money runs out, and everything that terms can differ in.
 * @param fate null: tiers by tag alone
 */
export function someSettings(chance: Chance, fate: Chance | null): Record<string, JsonValue> {
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
    tiers: fate ? someTiers(fate, tier, cosign) : tier,
  };
}
