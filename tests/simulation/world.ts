import { HelpdeskError } from '#zendesk/errors.ts';
import { createZendesk, type Zendesk } from '#simulator/zendesk.ts';
import { createTicket } from '#simulator/ticket-update.ts';
import { takeId } from '#simulator/ids.ts';
import { viaOf } from '#simulator/audit-writer.ts';
import { type Browser, createBrowser, freeTab, type Tab } from './browser.ts';
import { type Chance, createChance } from './chance.ts';
import { createLedgers, type Ledgers } from './checker/ledgers.ts';
import { createEvidence, type Evidence } from './checker/evidence.ts';
import type { Finding } from './checker/finding.ts';
import type { RoleChange } from './checker/judge.ts';
import { groupsOf } from './checker/terms-record.ts';
import type { DeedKind, Outcome, Told } from './checker/told.ts';
import { createNetwork, type Network, type Sender, type Weather } from './network.ts';
import { type Books, newBooks } from './settling.ts';
import { type Cast, smallShop, startOf } from './small-shop.ts';
import { createVirtualClock, letRun, type VirtualClock } from './virtual-clock.ts';

/** One run: the account, its people and their browsers, and everything that was told to them. */
export interface World {
  readonly seed: number;
  readonly zendesk: Zendesk;
  readonly clock: VirtualClock;
  readonly chance: Chance;
  /**
   * Chance of its own for what kind of account it is and what befalls it, so that the deeds of a seed
   * stay what they were. null: nothing does.
   */
  readonly fate: Chance | null;
  readonly weather: Weather;
  readonly network: Network;
  readonly cast: Cast;
  readonly browsers: readonly Browser[];
  /** Open tickets that the shop works on. */
  tickets: number[];
  readonly told: Told[];
  readonly findings: Finding[];
  readonly ledgers: Ledgers;
  readonly roles: RoleChange[];
  /** External ids of slots that were changed or deleted by hand: a deleted one leaves no trace in the log. */
  readonly touched: Set<string>;
  readonly evidence: () => Evidence;
  /** What is going on in tabs that are open. */
  readonly active: Map<Told, Sender>;
  /** Finance's own. */
  readonly books: Books;
}

/** So that no seed's fate is another seed's chance. */
const FATE = 0x5eedfa7e;

export function createWorld(seed: number, plain: boolean): World {
  const chance = createChance(seed);
  const fate = plain ? null : createChance(seed ^ FATE);
  const clock = createVirtualClock(startOf(chance));
  const { state, cast } = smallShop(fate);
  const zendesk = createZendesk({ state, clock, seed });
  const weather: Weather = {
    write: chance.pick([0, 4, 10, 25]),
    read: chance.pick([0, 1, 3]),
    pace: chance.pick([40, 300, 1_500]),
  };
  const staff = [...cast.makers, ...cast.leads, ...cast.admins, cast.light];
  const touched = new Set<string>();
  const world: World = {
    seed,
    zendesk,
    clock,
    chance,
    fate,
    weather,
    network: createNetwork(zendesk, clock, chance, weather),
    cast,
    browsers: staff.flatMap((user) => {
      const name = (state.users[String(user)]?.name ?? '').toLowerCase();
      return [1, 2].map((number) =>
        createBrowser(user, `${name}-${String(number)}`, chance, user === cast.admins[0]),
      );
    }),
    tickets: [],
    told: [],
    findings: [],
    ledgers: createLedgers(zendesk),
    roles: [],
    touched,
    evidence: createEvidence(zendesk.log, () => zendesk.state, touched),
    active: new Map(),
    books: newBooks(clock.now()),
  };
  for (const user of staff) noteRole(world, user);
  for (let count = 0; count < 4; count += 1) openNewTicket(world);
  return world;
}

/** Keeps who had which role, tags, groups and restriction from when. */
export function noteRole({ zendesk, roles, clock }: World, id: number): void {
  const user = zendesk.state.users[String(id)];
  if (!user) return;
  const light = user.role === 'agent' && user.role_type === 1;
  roles.push({
    at: clock.now(),
    user: String(id),
    role: light ? 'light' : user.role,
    tags: user.tags,
    groups: groupsOf(zendesk.state, String(id)),
    restricted: user.restricted_agent,
  });
}

/** A customer writes in. @returns the ticket's id */
export function openNewTicket({ zendesk, cast, chance, fate, tickets }: World): number {
  const customer = chance.pick(cast.customers);
  const user = zendesk.state.users[String(customer)];
  if (!user) throw new Error('the shop has no such customer');
  const id = takeId(zendesk.state);
  createTicket(
    zendesk.world,
    id,
    user,
    {
      requester_id: customer,
      subject: 'Where is it?',
      comment: { body: 'Where is it?', public: true },
      ...(fate && { group_id: fate.pick([null, ...cast.groups]) }),
    },
    { via: viaOf('web') },
  );
  tickets.push(id);
  return id;
}

export const browsersOf = (world: World, user: number): readonly Browser[] =>
  world.browsers.filter((browser) => browser.user === user);

export const tabOf = (world: World, browser: Browser): Tab =>
  freeTab(browser, { ...world, state: world.zendesk.state });

/** A tab of somebody, in one of their browsers. */
export const anyTabOf = (world: World, user: number): Tab =>
  tabOf(world, world.chance.pick(browsersOf(world, user)));

/**
 * Somebody does something in a tab. What they are told is kept beside it; a tab that is closed
 * meanwhile tells nothing.
 */
export function begin<T>(
  world: World,
  tab: Tab,
  deed: DeedKind,
  about: Pick<Told, 'ticket' | 'credit'> & Partial<Told>,
  act: () => Promise<T>,
  outcomeOf: (result: T) => Outcome,
): Told {
  const told: Told = {
    number: world.told.length,
    deed,
    user: String(tab.browser.user),
    browser: tab.browser.name,
    sender: tab.sender.name,
    began: world.clock.now(),
    beganAtLog: world.zendesk.log.length,
    ended: null,
    ids: [],
    outcome: null,
    ...about,
  };
  world.told.push(told);
  world.active.set(told, tab.sender);
  tab.busy = true;
  tab.made.length = 0;
  const end = (outcome: Outcome): void => {
    told.ids = [...tab.made];
    told.outcome = outcome;
    told.ended = world.clock.now();
    tab.busy = false;
    world.active.delete(told);
  };
  act().then(
    (result) => {
      end(outcomeOf(result));
    },
    (cause: unknown) => {
      if (cause instanceof HelpdeskError) {
        end({ kind: 'failed', why: cause.code });
        return;
      }
      end({ kind: 'threw', why: cause instanceof Error ? (cause.stack ?? '') : String(cause) });
    },
  );
  return told;
}

/** Forgets what was going on in tabs that were closed; their ids are known by their ticket. */
function dropClosed(world: World): void {
  for (const [told, sender] of world.active) {
    if (!sender.closed) continue;
    world.active.delete(told);
    told.ended = world.clock.now();
    for (const browser of world.browsers) {
      const tab = browser.tabs.find((one) => one.sender === sender);
      if (tab) told.ids = [...tab.made];
    }
  }
}

/** One move of the network or, where nothing waits, of time. @returns false when nothing goes on */
export async function move(world: World): Promise<boolean> {
  await letRun();
  dropClosed(world);
  if (world.active.size === 0) return false;
  if (await world.network.deliver()) return true;
  const due = world.clock.nextDue();
  if (due === null) {
    for (const told of world.active.keys()) {
      world.findings.push({
        rule: 'stuck',
        what: `${told.deed} ${String(told.number)} waits for nothing`,
      });
    }
    world.active.clear();
    return false;
  }
  await world.clock.passUntil(due);
  await letRun();
  return true;
}

export async function settleAll(world: World): Promise<void> {
  while (await move(world));
}

/** Lets these go on until each waits with a write in its hands, or has ended. */
export async function gather(world: World, group: readonly Told[]): Promise<void> {
  for (let moves = 0; moves < 400; moves += 1) {
    await letRun();
    dropClosed(world);
    const senders = group
      .map((told) => world.active.get(told))
      .filter((sender) => sender !== undefined)
      .filter((sender) => world.network.nextOf(sender)?.method !== 'PUT');
    if (senders.length === 0) return;
    if (await world.network.deliver(senders)) continue;
    const due = world.clock.nextDue();
    if (due === null) return;
    await world.clock.passUntil(due);
  }
}

/** Lets one go on alone until it has ended. */
export async function finish(world: World, told: Told): Promise<void> {
  for (;;) {
    await letRun();
    dropClosed(world);
    const sender = world.active.get(told);
    if (!sender) return;
    if (await world.network.deliver([sender])) continue;
    const due = world.clock.nextDue();
    if (due === null) return;
    await world.clock.passUntil(due);
  }
}
