import { signedIn, type DeskState, type Tab, type Toast } from './desk-state.ts';
import { createZafHost, type AppInstance, type AppWindow, type ZafHost } from './zaf/host.ts';
import { createRequestAllowance, type RequestAllowance } from './zaf/request-allowance.ts';
import { createTicketWorkspace } from './zaf/ticket-workspace.ts';
import { emptyDraft, zafConversation, zafTicket, zafUser, type Draft } from './zaf-data.ts';

/** What the app may do to the desk. */
export interface DeskHands {
  get(): DeskState;
  set(change: Partial<DeskState>): void;
  changeTab(ticketId: number, change: (tab: Tab) => Partial<Tab>): void;
  edit(ticketId: number, change: Partial<Draft>): void;
  openTicket(id: number): void;
  closeModal(guid: string): void;
  toast(text: string, kind?: Toast['kind'], ms?: number): void;
  newGuid(kind: string): string;
}

/** The framework's protocol, tied to this page. */
export interface AppBridge {
  host: ZafHost;
  allowance: RequestAllowance;
  appOrigin: string;
  /** The address of an instance: the app learns the host's origin and its own guid from it. */
  appUrl(guid: string, page: string): string;
  /** Joins an iframe's window to the protocol; returns what parts them. */
  attach(
    window: AppWindow,
    guid: string,
    ticketId: number,
    location: AppInstance['location'],
  ): () => void;
  /** `<path>.changed` and `*.changed`. */
  emitChange(guid: string, path: string, newValue: unknown): void;
}

/** The app is served from the other name of this machine, so that it is of another site. */
function otherSite(): string {
  const { protocol, hostname, port } = window.location;
  const other = hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  return `${protocol}//${other}${port === '' ? '' : `:${port}`}`;
}

export function createAppBridge(hands: DeskHands): AppBridge {
  const { get, set, changeTab, edit } = hands;
  const appOrigin = otherSite();
  const allowance = createRequestAllowance(() => Date.now());
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  const { subdomain } = get().account.account;

  function appUrl(guid: string, page: string): string {
    const [path = '', hash = ''] = page.split('#');
    const query = new URLSearchParams({
      origin: window.location.origin,
      app_guid: guid,
      colorScheme: get().scheme,
    });
    const file = path.replace(/^(\.\/)?(assets\/)?/, '');
    return `${appOrigin}/app/${file}?${query.toString()}${hash === '' ? '' : `#${hash}`}`;
  }

  const host = createZafHost({
    appOrigin,
    subdomain,
    metadata() {
      const app = get().account.installed_app;
      return {
        appId: app?.app_id ?? 0,
        name: app?.name ?? '',
        version: app?.version ?? '',
        installationId: app?.installation_id ?? 0,
        settings: { ...app?.settings },
      };
    },
    isActive(guid) {
      const { tabs, front, modals } = get();
      return (
        modals.some((modal) => modal.guid === guid) ||
        tabs.some((tab) => tab.guid === guid && tab.ticketId === front)
      );
    },
    request: {
      fetch: (input, init) => fetch(input, init),
      headers: { 'X-Simulator-User': String(get().userId), 'X-Simulator-App': '1' },
      accountOrigins: [`https://${subdomain}.zendesk.com`],
      allowance,
      sleep,
      notice(text) {
        window.console.info(text);
        hands.toast(text, 'alert');
      },
    },
    sleep,
    openModal({ url, size, openedBy }) {
      const guid = hands.newGuid('modal');
      const modal = { guid, ticketId: openedBy.ticketId, appUrl: appUrl(guid, url), size };
      set({ modals: [...get().modals, modal] });
      return guid;
    },
    onRequest(instance, _method, url) {
      changeTab(instance.ticketId, ({ counts }) => {
        const helpCenter = url.startsWith('/api/v2/help_center/');
        return {
          counts: {
            api: counts.api + (helpCenter ? 0 : 1),
            helpCenter: counts.helpCenter + (helpCenter ? 1 : 0),
            sinceActivation: counts.sinceActivation + 1,
          },
        };
      });
    },
  });

  const draftOf = (ticketId: number): Draft =>
    get().tabs.find((tab) => tab.ticketId === ticketId)?.draft ?? emptyDraft;

  function workspaceOf(guid: string, ticketId: number) {
    const ticket = () => {
      const found = get().account.tickets[String(ticketId)];
      if (found === undefined) throw new Error(`There is no ticket ${String(ticketId)}.`);
      return found;
    };
    return createTicketWorkspace({
      subdomain,
      ticket: () => zafTicket(get().account, ticket(), draftOf(ticketId)),
      conversation: () => zafConversation(get().account, ticketId),
      comment: () => {
        const { commentText, commentType } = draftOf(ticketId);
        return { text: commentText, type: commentType };
      },
      currentUser: () => zafUser(get().account, signedIn(get())),
      colorScheme: () => get().scheme,
      requirement: (key) => get().account.installed_app?.requirements[key],
      assetUrl: (name) => `${appOrigin}/app/${name}`,
      setCommentText: (commentText) => {
        edit(ticketId, { commentText });
      },
      appendCommentText: (text) => {
        const { commentText } = draftOf(ticketId);
        edit(ticketId, { commentText: commentText === '' ? text : `${commentText} ${text}` });
      },
      setCommentType: (commentType) => {
        edit(ticketId, { commentType });
      },
      setSubject: (subject) => {
        edit(ticketId, { subject });
      },
      setStatus: (status) => {
        edit(ticketId, { status });
      },
      setCustomField: (id, value) => {
        const known = typeof value === 'string' || typeof value === 'boolean' ? value : null;
        const { customFields } = draftOf(ticketId);
        edit(ticketId, { customFields: { ...customFields, [String(id)]: known } });
      },
      changeTags: (add, remove) => {
        const { tagsAdded, tagsRemoved } = draftOf(ticketId);
        edit(ticketId, {
          tagsAdded: [...new Set([...tagsAdded, ...add])].filter((tag) => !remove.includes(tag)),
          tagsRemoved: [...new Set([...tagsRemoved, ...remove])].filter(
            (tag) => !add.includes(tag),
          ),
        });
      },
      showField: (id, shown) => {
        const others = draftOf(ticketId).hiddenFields.filter((hidden) => hidden !== id);
        edit(ticketId, { hiddenFields: shown ? others : [...others, id] });
      },
      resize: (size) => {
        const { modals } = get();
        if (modals.some((modal) => modal.guid === guid)) {
          const resized = modals.map((modal) =>
            modal.guid === guid ? { ...modal, size: { ...modal.size, ...size } } : modal,
          );
          set({ modals: resized });
        } else if (size.height !== undefined) {
          const { height } = size;
          changeTab(ticketId, () => ({ height }));
        }
      },
      notify: (text, kind, duration) => {
        const known = kind === 'alert' || kind === 'error' ? kind : 'notice';
        hands.toast(text, known, typeof duration === 'number' ? duration : undefined);
      },
      openTicket: (id) => {
        hands.openTicket(id);
      },
      close: () => {
        hands.closeModal(guid);
      },
    });
  }

  window.addEventListener('message', (event: MessageEvent) => {
    host.receive({ source: event.source, origin: event.origin, data: event.data });
  });

  return {
    host,
    allowance,
    appOrigin,
    appUrl,
    attach(appWindow, guid, ticketId, location) {
      const workspace = workspaceOf(guid, ticketId);
      host.attach({ guid, location, ticketId, window: appWindow, workspace });
      return () => {
        host.detach(guid);
      };
    },
    emitChange(guid, path, newValue) {
      const message = { propertyName: path, newValue };
      host.emit(guid, `${path}.changed`, message);
      host.emit(guid, '*.changed', message);
    },
  };
}
