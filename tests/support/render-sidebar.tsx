import '@testing-library/jest-dom/vitest';
import { cleanup, configure, render, screen, within } from '@testing-library/react';
import { type UserEvent, userEvent } from '@testing-library/user-event';
import { afterEach, vi } from 'vitest';
import { type GroupId, groupId, type TicketId, ticketId, userId } from '#domain/ids.ts';
import { createWorld } from '#app/create-world.ts';
import { loadWords, type Words } from '#app/load-words.ts';
import { staff, type StaffKey } from '#simulator/scenarios/staff.ts';
import type { Host, HostNews } from '#ui/shared/host.ts';
import { type GuardedStorage, guardStorage } from '#ui/shared/guarded-storage.ts';
import { SidebarApp } from '#ui/sidebar/sidebar-app.tsx';
import { createFetchTransport } from '#zendesk/fetch-transport.ts';
import type { Composed } from '#zendesk/zaf-composer.ts';
import { openStory } from './story-shop.ts';

// The first rendering of a run also compiles the code that is loaded later.
configure({ asyncUtilTimeout: 10_000 });
vi.setConfig({ testTimeout: 30_000 });
afterEach(cleanup);

const english = await loadWords('en-US');

type Story = Awaited<ReturnType<typeof openStory>>;

/** One browser: what its ticket tabs share. Each tab hears of the others' changes, as browsers do it. */
export function createBrowser() {
  const kept = new Map<string, string>();
  const tabs = new Set<(key: string, text: string | null) => void>();
  return {
    kept,
    /** The storage as one tab sees it. */
    openTab(): GuardedStorage {
      let own: ((key: string, text: string | null) => void) | null = null;
      const tell = (key: string, text: string | null): void => {
        for (const tab of tabs) if (tab !== own) tab(key, text);
      };
      return {
        get: (key) => kept.get(key) ?? null,
        set(key, text) {
          kept.set(key, text);
          tell(key, text);
        },
        remove(key) {
          kept.delete(key);
          tell(key, null);
        },
        keys: () => [...kept.keys()],
        onChange(handler) {
          own = handler;
          tabs.add(handler);
          return () => {
            tabs.delete(handler);
          };
        },
      };
    },
  };
}

/** A browser whose storage is blocked: looking at it throws. */
export const blockedStorage = (): GuardedStorage =>
  guardStorage({
    get localStorage(): Storage {
      throw new DOMException('blocked', 'SecurityError');
    },
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  });

/** What the page's composer was given; `result`: what it will say to the next. */
const createComposer = (): {
  result: Composed;
  readonly written: { readonly kind: 'note' | 'reply'; readonly text: string }[];
} => ({ result: 'put', written: [] });

export interface OpenOptions {
  readonly browser?: ReturnType<typeof createBrowser>;
  readonly storage?: GuardedStorage;
  readonly locale?: string;
  /** In another language than English, from {@link loadWords}. */
  readonly words?: Words;
  /** The settings as typed; those of the installed app where left out. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Milliseconds by which the browser's clock is wrong. */
  readonly skew?: number;
  /** How requests reach the story's Zendesk; in this very process where left out. */
  readonly send?: (request: Request) => Promise<Response>;
}

/**
 * Opens a ticket's sidebar as somebody: the real screens, use cases and adapter over the story's
 * Zendesk, beside a hand-made host page.
 */
export function openSidebar(
  { zendesk, clock }: Story,
  who: StaffKey,
  ticket: number,
  {
    browser = createBrowser(),
    storage,
    locale = 'en-US',
    words = english,
    settings,
    skew = 0,
    send = (request) => zendesk.handle(request),
  }: OpenOptions = {},
) {
  const person = staff[who];
  const me = userId(person.id);
  const id = ticketId(ticket);
  const requester = userId(zendesk.state.tickets[String(ticket)]?.requester_id);
  if (!me || !id) throw new Error(`no sidebar for ${who} on ${String(ticket)}`);
  const listeners = new Set<(news: HostNews) => void>();
  const schemes = new Set<(scheme: 'light' | 'dark') => void>();
  const heights: number[] = [];
  const opened: TicketId[] = [];
  const composer = createComposer();
  const host: Host = {
    me: { id: me, name: person.name, locale },
    groups: zendesk.state.group_memberships
      .filter(({ user_id }) => user_id === person.id)
      .map(({ group_id }) => String(group_id) as GroupId),
    ticket: { id, subject: '', requester },
    settings: settings ?? zendesk.state.installed_app?.settings ?? {},
    colorScheme: 'light',
    onColorScheme(handler) {
      schemes.add(handler);
      return () => schemes.delete(handler);
    },
    onNews(handler) {
      listeners.add(handler);
      return () => listeners.delete(handler);
    },
    statusField: () =>
      Promise.resolve(
        zendesk.state.tickets[String(ticket)]?.tags.find((tag) => tag.startsWith('leeway_')) ??
          null,
      ),
    ticketFacts: (fields) => Promise.resolve(ticketFactsOf(zendesk.state, ticket, fields)),
    assignment: () => {
      const found = zendesk.state.tickets[String(ticket)];
      return Promise.resolve(
        found ? { assignee: userId(found.assignee_id), group: groupId(found.group_id) } : null,
      );
    },
    compose: (kind, text) => {
      if (composer.result === 'put') composer.written.push({ kind, text });
      return Promise.resolve(composer.result);
    },
    resize: (height) => void heights.push(height),
    openTicket: (other) => void opened.push(other),
  };
  const transport = createFetchTransport({
    origin: 'https://pedal-and-pine.zendesk.com',
    token: '',
    fetch: (input, init) => {
      const headers = new Headers(init?.headers);
      headers.delete('authorization');
      headers.set('x-simulator-user', String(person.id));
      headers.set('x-simulator-app', '1');
      return send(new Request(input as URL, { ...init, headers }));
    },
  });
  const field = zendesk.state.installed_app?.requirements['leeway_status']?.requirement_id;
  const made = createWorld({
    host,
    words,
    transport,
    subdomain: 'pedal-and-pine',
    statusField: field === undefined ? null : String(field),
    storage: storage ?? browser.openTab(),
    now: () => clock.now() + skew,
    // Nobody waits between tries here.
    timing: { sleep: () => Promise.resolve(), random: Math.random },
    random: (bytes) => crypto.getRandomValues(bytes),
  });
  const page = render(<SidebarApp {...made} />);
  return {
    ...page,
    user: userEvent.setup(),
    host,
    heights,
    opened,
    composer,
    world: made.world,
    tell: (news: HostNews) => {
      for (const listener of listeners) listener(news);
    },
  };
}

/** What a page knows of its ticket, as Zendesk's tells it. */
function ticketFactsOf(
  { tickets, organizations }: Story['zendesk']['state'],
  ticket: number,
  fields: readonly string[],
) {
  const shown = tickets[String(ticket)];
  const organization = organizations[String(shown?.organization_id)];
  return {
    tags: shown?.tags ?? [],
    form: [],
    organization: organization ? [String(organization.id), organization.name] : [],
    fields: Object.fromEntries(
      fields.map((field) => {
        const value = shown?.custom_fields[field] ?? null;
        return [field, value === null ? [] : [JSON.stringify(value).replaceAll('"', '')]];
      }),
    ),
  };
}

/** What is typed into the form for a new credit; left out: as a story would have it. */
export interface Typed {
  readonly amount?: string;
  readonly reason?: string;
  readonly note?: string;
  readonly cosigners?: readonly string[];
}

/** Opens the form and fills it in, by the names that people are told. */
export async function fillForm(
  { container, user }: Pick<ReturnType<typeof openSidebar>, 'container' | 'user'>,
  { amount = '25', reason = 'Arrived late', note = '', cosigners = ['Ben Okafor'] }: Typed = {},
) {
  const page = within(container);
  await user.click(await page.findByRole('button', { name: 'New credit' }));
  const form = within(await page.findByRole('form', { name: 'New credit' }));
  await user.type(form.getByRole('textbox', { name: 'Amount' }), amount);
  await user.selectOptions(form.getByRole('combobox', { name: 'Reason' }), reason);
  if (note !== '') await user.type(form.getByRole('textbox', { name: 'Note' }), note);
  for (const name of cosigners) await chooseCosigner({ user }, form, name);
  return form;
}

/** While it has no focus, jsdom takes Garden's box for hidden: it does not know `display: revert`. */
export const cosignerBox = (form: ReturnType<typeof within>) =>
  form.getByLabelText('Co-signer', { selector: '[role=combobox]' });

export async function chooseCosigner(
  { user }: { readonly user: UserEvent },
  form: ReturnType<typeof within>,
  name: string,
): Promise<void> {
  await user.type(cosignerBox(form), name.slice(0, 4));
  await user.click(await form.findByRole('option', { name }));
  await form.findByRole('button', { name: `Remove ${name}` });
}

/** What the app asked of Zendesk since, as `GET path` without query. */
export const askedOf = ({ zendesk }: Story, since = 0): string[] =>
  zendesk.log
    .slice(since)
    .filter(({ app }) => app)
    .map(({ method, path }) => `${method} ${path.replace(/\?.*$/, '')}`);

/** Waits until the sidebar has read all that it reads by itself. */
export async function untilRead(): Promise<void> {
  await screen.findByRole('region', { name: 'Guidelines' });
  await screen.findByText(/Customer since/);
}
