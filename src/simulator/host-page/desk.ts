import type { SimulatorEvent } from '../events.ts';
import { maySeeTicket } from '../rights.ts';
import type { JsonValue, SimulatorState } from '../state.ts';
import { createAppBridge, type AppBridge } from './app-bridge.ts';
import {
  signedIn,
  type ColorScheme,
  type DeskState,
  type Panel,
  type Tab,
  type Toast,
} from './desk-state.ts';
import { remember } from './remembered.ts';
import type { SimulatorClient } from './simulator-client.ts';
import {
  emptyDraft,
  hasFormChanges,
  observedValues,
  zafConversation,
  zafTicket,
} from './zaf-data.ts';
import type { Draft } from './zaf-data.ts';

/** What happens at the desk of one signed-in person: tabs, drafts, saving, and what the app hears. */
export interface Desk {
  get(): DeskState;
  subscribe(listener: () => void): () => void;
  client: SimulatorClient;
  bridge: AppBridge;
  openTicket(id: number): void;
  closeTicket(id: number): void;
  showList(): void;
  edit(ticketId: number, change: Partial<Draft>): void;
  /** Sends the composer and the form, past the apps' save hooks. */
  submit(ticketId: number): Promise<void>;
  setScheme(scheme: ColorScheme): void;
  setAppWidth(px: number): void;
  setLocale(locale: string): void;
  showPanel(panel: Panel | null): void;
  closeModal(guid: string): void;
  toast(text: string, kind?: Toast['kind'], ms?: number): void;
  reloadApps(): void;
  /** Runs something that may fail and shows why it did. */
  attempt(work: () => Promise<void>): Promise<void>;
  refresh(): Promise<void>;
}

const toastMs = 6000;
const clockLookMs = 30_000;

/** @param initial the account as first read, and who is signed in */
export function createDesk(client: SimulatorClient, initial: DeskState): Desk {
  let current = initial;
  const listeners = new Set<() => void>();
  let nextToast = 1;
  let nextGuid = 1;

  const set = (change: Partial<DeskState>): void => {
    current = { ...current, ...change };
    for (const listener of listeners) listener();
  };
  const changeTab = (ticketId: number, change: (tab: Tab) => Partial<Tab>): void => {
    set({
      tabs: current.tabs.map((tab) =>
        tab.ticketId === ticketId ? { ...tab, ...change(tab) } : tab,
      ),
    });
  };
  const newGuid = (kind: string) =>
    `${kind}-${String(Date.now().toString(36))}-${String(nextGuid++)}`;
  const bridge = createAppBridge({
    get: () => current,
    set,
    changeTab,
    edit: (ticketId, change) => edit(ticketId, change),
    openTicket: (id) => openTicket(id),
    closeModal: (guid) => closeModal(guid),
    toast: (text, kind, ms) => toast(text, kind, ms),
    newGuid,
  });
  const freshTab = (): Pick<Tab, 'guid' | 'appUrl' | 'height' | 'counts'> => {
    const guid = newGuid('sidebar');
    return {
      guid,
      appUrl: bridge.appUrl(guid, 'iframe.html'),
      height: null,
      counts: { api: 0, helpCenter: 0, sinceActivation: 0 },
    };
  };

  function toast(text: string, kind: Toast['kind'] = 'notice', ms = toastMs): void {
    const id = nextToast++;
    set({ toasts: [...current.toasts, { id, text, kind }] });
    setTimeout(() => {
      set({ toasts: current.toasts.filter((one) => one.id !== id) });
    }, ms);
  }

  function bringToFront(front: number | null): void {
    const before = current.tabs.find((tab) => tab.ticketId === current.front);
    if (current.front === front) return;
    set({ front });
    remember('front', front === null ? '' : String(front));
    if (before !== undefined) bridge.host.emit(before.guid, 'app.deactivated');
    const after = current.tabs.find((tab) => tab.ticketId === front);
    if (after === undefined) return;
    changeTab(after.ticketId, ({ counts }) => ({ counts: { ...counts, sinceActivation: 0 } }));
    bridge.host.emit(after.guid, 'app.activated');
  }

  function openTicket(id: number): void {
    const ticket = current.account.tickets[String(id)];
    if (ticket === undefined || ticket.deleted) {
      toast(`There is no ticket #${String(id)}.`, 'error');
      return;
    }
    if (!maySeeTicket(current.account, signedIn(current), ticket)) {
      toast(`You may not see ticket #${String(id)}.`, 'error');
      return;
    }
    if (!current.tabs.some((tab) => tab.ticketId === id)) {
      const tab: Tab = { ticketId: id, draft: emptyDraft, ...freshTab() };
      set({ tabs: [...current.tabs, tab] });
    }
    bringToFront(id);
    rememberTabs();
  }

  function rememberTabs(): void {
    remember('tabs', current.tabs.map(({ ticketId }) => ticketId).join(','));
  }

  function edit(ticketId: number, change: Partial<Draft>): void {
    tellChanges([ticketId], () => {
      changeTab(ticketId, ({ draft }) => ({ draft: { ...draft, ...change } }));
    });
    const tab = current.tabs.find((one) => one.ticketId === ticketId);
    if (tab === undefined) return;
    if (change.commentText !== undefined) {
      bridge.emitChange(tab.guid, 'comment.text', change.commentText);
    }
    if (change.commentType !== undefined) {
      bridge.emitChange(tab.guid, 'comment.type', change.commentType);
    }
  }

  /** Does something, then tells the apps of these tickets which of their values are different. */
  function tellChanges(ticketIds: readonly number[], work: () => void): void {
    const before = new Map(ticketIds.map((id) => [id, seenOf(id)]));
    work();
    for (const id of ticketIds) {
      const tab = current.tabs.find((one) => one.ticketId === id);
      if (tab === undefined) continue;
      for (const [path, value] of Object.entries(seenOf(id))) {
        if (JSON.stringify(value) !== JSON.stringify(before.get(id)?.[path])) {
          bridge.emitChange(tab.guid, path, value);
        }
      }
    }
  }

  function seenOf(ticketId: number): Record<string, unknown> {
    const tab = current.tabs.find((one) => one.ticketId === ticketId);
    const ticket = current.account.tickets[String(ticketId)];
    if (tab === undefined || ticket === undefined) return {};
    return observedValues(zafTicket(current.account, ticket, tab.draft));
  }

  function takeAccount(account: SimulatorState): void {
    const comments = new Map(
      current.tabs.map(({ ticketId }) => [
        ticketId,
        zafConversation(current.account, ticketId).length,
      ]),
    );
    const open = current.tabs.map(({ ticketId }) => ticketId);
    tellChanges(open, () => {
      set({ account });
    });
    for (const { ticketId, guid } of current.tabs) {
      const now = zafConversation(account, ticketId);
      if (now.length !== comments.get(ticketId)) {
        bridge.host.emit(guid, 'ticket.conversation.changed', now);
      }
    }
  }

  async function refresh(): Promise<void> {
    const [account, faults, now] = await Promise.all([
      client.state(),
      client.faults(),
      client.now(),
    ]);
    set({ faults, now });
    takeAccount(account);
  }

  async function attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error), 'error');
    }
  }

  async function submit(ticketId: number): Promise<void> {
    const tab = current.tabs.find((one) => one.ticketId === ticketId);
    const ticket = current.account.tickets[String(ticketId)];
    if (tab === undefined || ticket === undefined || current.busy) return;
    const { draft, guid } = tab;
    if (draft.commentText.trim() === '' && !hasFormChanges(draft)) return;
    set({ busy: true });
    try {
      const refusal = await bridge.host.askHook(guid, 'ticket.save');
      if (refusal !== null) {
        toast(refusal, 'error');
        bridge.host.emit(guid, 'ticket.submit.fail');
        return;
      }
      bridge.host.emit(guid, 'ticket.submit.start');
      await send(ticketId, draft);
      changeTab(ticketId, () => ({ draft: { ...emptyDraft, hiddenFields: draft.hiddenFields } }));
      await refresh();
      bridge.host.emit(guid, 'ticket.submit.done');
    } catch (error) {
      bridge.host.emit(guid, 'ticket.submit.fail');
      toast(error instanceof Error ? error.message : String(error), 'error');
    } finally {
      bridge.host.emit(guid, 'ticket.submit.always');
      set({ busy: false });
    }
  }

  async function send(ticketId: number, draft: Draft): Promise<void> {
    const ticket = current.account.tickets[String(ticketId)];
    if (ticket === undefined) return;
    const text = draft.commentText.trim();
    const isPublic = draft.commentType === 'publicReply';
    const onlyComment = { ...draft, status: null };
    if (text !== '' && !hasFormChanges(onlyComment)) {
      // The composer's own way: it turns an @Name of an internal note into a follower.
      await client.act('web-comment', {
        ticket_id: ticketId,
        user_id: current.userId,
        text,
        public: isPublic,
        ...(draft.status === null ? {} : { status: draft.status }),
      });
      return;
    }
    const changes: Record<string, JsonValue> = {
      ...(text === '' ? {} : { comment: { body: text, public: isPublic } }),
      ...(draft.subject === null ? {} : { subject: draft.subject }),
      ...(draft.status === null ? {} : { status: draft.status }),
      ...(draft.tagsAdded.length + draft.tagsRemoved.length === 0
        ? {}
        : { tags: zafTicket(current.account, ticket, draft).tags }),
      ...(Object.keys(draft.customFields).length === 0
        ? {}
        : {
            custom_fields: Object.entries(draft.customFields).map(([id, value]) => ({
              id: Number(id),
              value,
            })),
          }),
    };
    await client.saveTicket(current.userId, ticketId, changes);
  }

  function closeModal(guid: string): void {
    bridge.host.emit(guid, 'modal.close');
    set({ modals: current.modals.filter((modal) => modal.guid !== guid) });
  }

  function reloadApps(): void {
    set({
      modals: [],
      tabs: current.tabs.map((tab) => ({ ...tab, ...freshTab() })),
    });
  }

  let refreshing: Promise<void> | null = null;
  let waiting: SimulatorEvent[] = [];
  /** Changes often come in bunches: one reading of the state serves all that came until then. */
  function hear(event: SimulatorEvent): void {
    waiting.push(event);
    refreshing ??= new Promise((resolve) => setTimeout(resolve, 60)).then(async () => {
      const events = waiting;
      waiting = [];
      refreshing = null;
      await attempt(refresh);
      events.forEach(tellApps);
    });
  }

  function tellApps(event: SimulatorEvent): void {
    if (event.type === 'ticket.updated' && event.by !== current.userId) {
      const tab = current.tabs.find((one) => one.ticketId === event.ticket_id);
      if (tab !== undefined) {
        const by = current.account.users[String(event.by)];
        bridge.host.emit(tab.guid, 'ticket.updated', { id: event.by, name: by?.name ?? 'Rule' });
      }
    }
    if (event.type === 'settings.updated') {
      reloadApps();
      toast('The app’s settings changed. Its instances were loaded again.');
    }
    if (event.type === 'reset') {
      const known = (tab: Tab) => current.account.tickets[String(tab.ticketId)] !== undefined;
      set({
        tabs: current.tabs.filter(known).map((tab) => ({ ...tab, draft: emptyDraft })),
      });
      reloadApps();
      toast('The shop is as it was at the beginning.');
    }
  }

  client.listen(hear);
  // So that times shown do not stand still in a window where nothing happens.
  setInterval(() => {
    if (!document.hidden) void client.now().then((now) => set({ now }));
  }, clockLookMs);

  return {
    get: () => current,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    client,
    bridge,
    openTicket,
    closeTicket(id) {
      const index = current.tabs.findIndex((tab) => tab.ticketId === id);
      const left = current.tabs.filter((tab) => tab.ticketId !== id);
      if (current.front === id) {
        bringToFront(left[Math.min(index, left.length - 1)]?.ticketId ?? null);
      }
      set({
        tabs: current.tabs.filter((tab) => tab.ticketId !== id),
        modals: current.modals.filter((modal) => modal.ticketId !== id),
      });
      rememberTabs();
    },
    showList: () => {
      bringToFront(null);
    },
    edit,
    submit,
    setScheme(scheme) {
      set({ scheme });
      remember('scheme', scheme);
      bridge.host.broadcast('colorScheme.changed', scheme);
    },
    setAppWidth(appWidth) {
      set({ appWidth });
      remember('appWidth', String(appWidth));
    },
    setLocale(locale) {
      set({ locale });
      remember(`locale-${String(current.userId)}`, locale);
      // Zendesk loads the whole workspace again in the other language.
      reloadApps();
    },
    showPanel(panel) {
      set({ panel });
    },
    closeModal,
    toast,
    reloadApps,
    attempt,
    refresh,
  };
}
