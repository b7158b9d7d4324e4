import type { UserId } from '#domain/ids.ts';
import type { Clock } from '#simulator/clock.ts';
import type { Zendesk } from '#simulator/zendesk.ts';
import type { Context, Memory } from '#use-cases/context.ts';
import { createPeopleDirectory } from '#use-cases/people-directory.ts';
import { createFetchTransport } from '#zendesk/fetch-transport.ts';
import { createHelpdesk } from '#zendesk/helpdesk.ts';
import { retryReads } from '#zendesk/retry.ts';
import { createZendeskClock } from '#zendesk/zendesk-clock.ts';
import { englishNotes } from './notes-language.ts';

const ORIGIN = 'https://pedal-and-pine.zendesk.com';

/** Keeps what a browser would keep, for one session. */
export function createMemory(): Memory {
  const kept = new Map<string, string>();
  return {
    read: (key) => JSON.parse(kept.get(key) ?? 'null') as unknown,
    write: (key, value) => void kept.set(key, JSON.stringify(value)),
    remove: (key) => void kept.delete(key),
  };
}

/**
 * The real use cases, for one person, straight on the pretend Zendesk: how the shop's past is played,
 * and how tests act without a browser.
 * @param ids prefix of the ids that this session makes; one prefix, one sequence
 */
export function createSimulatedSession(
  zendesk: Zendesk,
  clock: Clock,
  user: number,
  ids: string,
  memory: Memory = createMemory(),
): Context {
  const transport = createFetchTransport({
    origin: ORIGIN,
    token: '',
    fetch: (input, init) => {
      const headers = new Headers(init?.headers);
      headers.delete('authorization');
      headers.set('x-simulator-user', String(user));
      headers.set('x-simulator-app', '1');
      return zendesk.handle(new Request(input as URL, { ...init, headers }));
    },
  });
  const zendeskClock = createZendeskClock(() => clock.now());
  const statusField = zendesk.state.installed_app?.requirements['leeway_status']?.requirement_id;
  const helpdesk = createHelpdesk(
    retryReads(transport, { sleep: (ms) => clock.sleep(ms), random: Math.random }),
    zendeskClock,
    statusField === undefined ? null : String(statusField),
  );
  let made = 0;
  return {
    helpdesk,
    people: createPeopleDirectory(helpdesk, { read: () => new Map(), write: () => undefined }, () =>
      clock.now(),
    ),
    clock: zendeskClock,
    me: String(user) as UserId,
    newId: () => {
      made += 1;
      return `${ids}-${String(made).padStart(6, '0')}`;
    },
    notes: () => Promise.resolve(englishNotes),
    memory,
    ticketUrl: (ticket) => `${ORIGIN}/agent/tickets/${ticket}`,
  };
}
