import type { QueryClient } from '@tanstack/react-query';
import { lazy } from 'react';
import { type UserId, userId } from '#domain/ids.ts';
import type { Host } from '#ui/shared/host.ts';
import type { GuardedStorage } from '#ui/shared/guarded-storage.ts';
import { createDictionary } from '#ui/shared/messages.ts';
import { createSharedAnswers } from '#ui/shared/shared-answers.ts';
import { createSharedPause } from '#ui/shared/shared-pause.ts';
import { createTexts, type Texts } from '#ui/shared/texts.ts';
import {
  createQueryClient,
  journalQuery,
  KEEP_ANSWERS,
  termsQuery,
} from '#ui/sidebar/ticket-queries.ts';
import type { World } from '#ui/sidebar/world.ts';
import type { Memory, Notes } from '#use-cases/context.ts';
import { createPeopleDirectory, type PeopleStore } from '#use-cases/people-directory.ts';
import { nullIfHelpdeskFailed } from '#zendesk/errors.ts';
import type { Helpdesk, Person } from '#zendesk/helpdesk.ts';
import { createReads, type HelpdeskLater } from '#zendesk/helpdesk-reads.ts';
import { type RetryTiming, retryReads } from '#zendesk/retry.ts';
import type { Transport } from '#zendesk/transport.ts';
import { createZendeskClock } from '#zendesk/zendesk-clock.ts';
import { version } from '../../package.json' with { type: 'json' };
import { loadCode } from './load-code.ts';
import type { Words } from './load-words.ts';

/** What differs between a browser inside Zendesk and a test. */
export interface Surroundings {
  readonly host: Host;
  /** In the language of the host's agent. */
  readonly words: Words;
  readonly transport: Transport;
  /** Such as `acme`. */
  readonly subdomain: string;
  /** Id of the field `leeway_status`; null when the app was installed without it. */
  readonly statusField: string | null;
  readonly storage: GuardedStorage;
  /** ms since 1970 */
  readonly now: () => number;
  readonly timing: RetryTiming;
  readonly random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array;
}

/** Makes all that one ticket's sidebar stands on. */
export function createWorld(surroundings: Surroundings): {
  readonly world: World;
  readonly client: QueryClient;
  readonly texts: Texts;
} {
  const { host, words, transport, subdomain, statusField, storage, now, timing, random } =
    surroundings;
  const clock = createZendeskClock(now);
  const pause = createSharedPause(storage, { account: subdomain, user: host.me.id }, now);
  const careful = retryReads(transport, timing, pause);
  const helpdesk: Helpdesk = {
    ...createReads(careful, clock),
    ...comesLater(async () => {
      const { createLater } = await loadCode(() => import('#zendesk/helpdesk-later.ts'));
      return createLater(careful, clock, statusField);
    }),
  };
  const owner = { account: subdomain, user: host.me.id, version };
  const shared = createSharedAnswers(storage, owner, { now, keepMs: KEEP_ANSWERS });
  const client = createQueryClient();
  // What the budget and the credits stand on is asked for before React has drawn anything.
  void client.prefetchQuery(termsQuery({ helpdesk }, shared));
  void client.prefetchQuery(journalQuery({ helpdesk, clock }, host.ticket.id));
  const memory = memoryOver(storage, subdomain, host.me.id);
  const dictionary = createDictionary(words.language, words.first);
  const texts = createTexts(dictionary.say, words.language, host.me.locale);
  // The first screen's texts are here; all others come with the code that says them.
  const laterTexts = loadCode(() => words.later).then(dictionary.add);
  const withTexts = async <Code>(code: Promise<Code>): Promise<Code> => {
    await laterTexts;
    return code;
  };
  let notes: (() => Promise<Notes>) | undefined;
  const accountNotes = async () => {
    if (notes) return notes;
    const code = await loadCode(() => import('./notes-language.ts'));
    return (notes ??= code.accountNotes(helpdesk, shared));
  };
  // Asked for at once: it comes while Zendesk's page and Zendesk answer.
  const parts = loadCode(() => import('./open-ticket.ts'));
  const partsWithTexts = withTexts(parts);
  const world: World = {
    context: {
      helpdesk,
      people: createPeopleDirectory(helpdesk, peopleStore(shared), now),
      clock,
      me: host.me.id,
      newId: () => idFrom(random(new Uint8Array(16))),
      notes: async () => (await accountNotes())(),
      memory,
      ticketUrl: (ticket) => `https://${subdomain}.zendesk.com/agent/tickets/${ticket}`,
    },
    host,
    shared,
    pause,
    rules: parts,
    settings: partsWithTexts.then(({ shownSettings }) =>
      shownSettings(host.settings, texts.locale, texts.t('form.reasonOther')),
    ),
    citeReplies: async (...replies) =>
      (await loadCode(() => import('#use-cases/cite-replies.ts'))).citeReplies(...replies),
    takeStep: async (...step) => {
      const code = await loadCode(() => import('#use-cases/take-step.ts')).catch(
        nullIfHelpdeskFailed,
      );
      return code ? code.takeStep(...step) : { kind: 'failed', code: 'app-not-loaded' };
    },
    Failed: lazy(async () => ({ default: (await partsWithTexts).Failed })),
    Outdated: lazy(async () => ({ default: (await partsWithTexts).Outdated })),
    TicketParts: lazy(async () => ({ default: (await partsWithTexts).TicketParts })),
    AskOther: lazy(() => loadCode(() => import('#ui/sidebar/ask-other.tsx'))),
    ReasonForm: lazy(() => loadCode(() => import('#ui/sidebar/reason-form.tsx'))),
    NewCreditForm: lazy(() => loadCode(() => import('#ui/sidebar/new-credit-form.tsx'))),
    LimitsRegion: lazy(() => withTexts(loadCode(() => import('#ui/limits/limits-region.tsx')))),
  };
  return { world, client, texts };
}

/** What only writing needs is loaded before the first write. */
const comesLater = (load: () => Promise<HelpdeskLater>): HelpdeskLater => ({
  readCheckers: async () => (await load()).readCheckers(),
  readStaff: async () => (await load()).readStaff(),
  findStaff: async (...given) => (await load()).findStaff(...given),
  readAvailability: async () => (await load()).readAvailability(),
  readGroups: async () => (await load()).readGroups(),
  readGroupMembers: async (...given) => (await load()).readGroupMembers(...given),
  readGroupsOf: async (...given) => (await load()).readGroupsOf(...given),
  readWaitingSlots: async () => (await load()).readWaitingSlots(),
  readGuidelineArticles: async (...given) => (await load()).readGuidelineArticles(...given),
  readPastCredits: async (...given) => (await load()).readPastCredits(...given),
  readSatisfaction: async (...given) => (await load()).readSatisfaction(...given),
  readTicket: async (...given) => (await load()).readTicket(...given),
  writeStep: async (...given) => (await load()).writeStep(...given),
  tidyTicket: async (...given) => (await load()).tidyTicket(...given),
  claimSlot: async (...given) => (await load()).claimSlot(...given),
  moveSlot: async (...given) => (await load()).moveSlot(...given),
  probe: async (...given) => (await load()).probe(...given),
  publishTerms: async (...given) => (await load()).publishTerms(...given),
  affirmTerms: async (...given) => (await load()).affirmTerms(...given),
  readAccountLocale: async () => (await load()).readAccountLocale(),
});

/** Without `crypto.randomUUID`, which only secure pages have. */
const idFrom = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** What is remembered for one user of one account; other versions of the app read it, too. */
function memoryOver(storage: GuardedStorage, account: string, user: UserId): Memory {
  const name = (key: string): string => `leeway:memory:${JSON.stringify([account, user, key])}`;
  return {
    read(key) {
      try {
        return JSON.parse(storage.get(name(key)) ?? 'null') as unknown;
      } catch {
        return null;
      }
    },
    write(key, value) {
      storage.set(name(key), JSON.stringify(value));
    },
    remove(key) {
      storage.remove(name(key));
    },
  };
}

const PEOPLE = ['people'];

/** People are shared by all ticket tabs; how long they stay known, the directory decides. */
function peopleStore(shared: World['shared']): PeopleStore {
  return {
    read() {
      const kept = shared.find(PEOPLE)?.data;
      if (!Array.isArray(kept)) return new Map();
      return new Map(
        (kept as [string, { person: Person | null; at: number }][]).flatMap(([key, known]) => {
          const id = userId(key);
          return id ? [[id, known] as const] : [];
        }),
      );
    },
    write(known) {
      shared.keep(PEOPLE, [...known]);
    },
  };
}
