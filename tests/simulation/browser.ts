import { englishNotes } from '#app/notes-language.ts';
import { createMemory } from '#app/simulated-session.ts';
import type { UserId } from '#domain/ids.ts';
import type { SimulatorState } from '#simulator/state.ts';
import type { Context, Memory } from '#use-cases/context.ts';
import { createPeopleDirectory } from '#use-cases/people-directory.ts';
import { createHelpdesk } from '#zendesk/helpdesk.ts';
import { retryReads } from '#zendesk/retry.ts';
import { createZendeskClock } from '#zendesk/zendesk-clock.ts';
import type { Chance } from './chance.ts';
import type { Network, Sender } from './network.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** One browser of one person: what it remembers survives its tabs. */
export interface Browser {
  readonly user: number;
  readonly name: string;
  readonly memory: Memory;
  /** Milliseconds by which its clock is wrong. */
  readonly skew: number;
  tabs: Tab[];
  opened: number;
}

/** One start of the app. It does one thing at a time, as a person in it does. */
export interface Tab {
  readonly browser: Browser;
  readonly sender: Sender;
  readonly context: Context;
  /** Ids made since somebody last looked. */
  readonly made: string[];
  busy: boolean;
}

const MINUTE = 60_000;

/** @param calm whether its clock is right: it is the one that judges at the end */
export const createBrowser = (
  user: number,
  name: string,
  chance: Chance,
  calm: boolean,
): Browser => ({
  user,
  name,
  memory: createMemory(),
  skew: calm
    ? 0
    : chance.weighted([
        [5, 0],
        [4, chance.whole(-2_000, 2_000)],
        [2, chance.whole(-90_000, 90_000)],
        [2, chance.whole(-30 * MINUTE, 30 * MINUTE)],
        [1, chance.whole(-300 * MINUTE, 300 * MINUTE)],
      ]),
  tabs: [],
  opened: 0,
});

/** A tab that nobody is using, opened if there is none. */
export function freeTab(
  browser: Browser,
  world: {
    readonly state: SimulatorState;
    readonly network: Network;
    readonly clock: VirtualClock;
    readonly chance: Chance;
  },
): Tab {
  browser.tabs = browser.tabs.filter(({ sender }) => !sender.closed);
  const free = browser.tabs.find(({ busy }) => !busy);
  if (free) return free;
  const { clock, chance, network, state } = world;
  browser.opened += 1;
  const name = `${browser.name}-${String(browser.opened)}`;
  const sender: Sender = { user: browser.user, name, closed: false };
  const zendeskClock = createZendeskClock(() => clock.now() + browser.skew);
  const field = state.installed_app?.requirements['leeway_status']?.requirement_id;
  const helpdesk = createHelpdesk(
    retryReads(network.transportOf(sender), {
      sleep: (ms) => clock.sleep(ms),
      random: () => chance.next(),
    }),
    zendeskClock,
    field === undefined ? null : String(field),
  );
  const made: string[] = [];
  let count = 0;
  const tab: Tab = {
    browser,
    sender,
    made,
    busy: false,
    context: {
      helpdesk,
      people: createPeopleDirectory(
        helpdesk,
        { read: () => new Map(), write: () => undefined },
        () => clock.now() + browser.skew,
      ),
      clock: zendeskClock,
      me: String(browser.user) as UserId,
      newId: () => {
        count += 1;
        const id = `${name}-${String(count).padStart(6, '0')}`;
        made.push(id);
        return id;
      },
      notes: () => Promise.resolve(englishNotes),
      memory: browser.memory,
      ticketUrl: (ticket) => `https://acme.zendesk.com/agent/tickets/${ticket}`,
    },
  };
  browser.tabs.push(tab);
  return tab;
}
