import Client from 'zendesk_app_framework_sdk/lib/client.js';
import {
  createZafHost,
  type AppWindow,
  type ModalWish,
  type Workspace,
  type ZafHost,
} from './host.ts';
import type { RequestContext } from './http-request.ts';
import { createRequestAllowance } from './request-allowance.ts';

const hostOrigin = 'http://localhost:4000';
const appOrigin = 'http://127.0.0.1:4000';

/** Everything that was fetched, in order. */
export interface Sent {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: unknown;
}

export interface Rig {
  host: ZafHost;
  sent: Sent[];
  notices: string[];
  modals: ModalWish[];
  slept: number[];
  active: Set<string>;
  clock: { now: number };
  /** What the next requests are answered; the last answer stays. */
  answers: (() => Response | Promise<Response>)[];
  /** A client of the real SDK in an iframe of its own, attached to the host. */
  openApp(guid: string, workspace?: Partial<Workspace>): { client: Client; window: AppWindow };
  close(): void;
}

/**
 * The host page's protocol and the real SDK, joined in one jsdom window: the SDK's parent window is
 * played by a detached iframe, whose `postMessage` hands to the host.
 */
export function createRig(): Rig {
  const listeners: [string, EventListenerOrEventListenerObject][] = [];
  const addEventListener = window.addEventListener.bind(window);
  window.addEventListener = (type: string, listener: EventListenerOrEventListenerObject) => {
    listeners.push([type, listener]);
    addEventListener(type, listener);
  };
  const rig: Omit<Rig, 'host' | 'openApp' | 'close'> = {
    sent: [],
    notices: [],
    modals: [],
    slept: [],
    active: new Set(),
    clock: { now: 0 },
    answers: [() => Response.json({ ok: true })],
  };
  const request: RequestContext = {
    fetch: (input, init) => {
      rig.sent.push({
        url: String(input),
        method: init?.method ?? 'GET',
        headers: Object.fromEntries(new Headers(init?.headers).entries()),
        body: init?.body ?? null,
      });
      const next = rig.answers.length > 1 ? rig.answers.shift() : rig.answers[0];
      if (next === undefined) throw new Error('No answer is prepared.');
      const abort = new Promise<never>((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
      });
      return Promise.race([Promise.resolve().then(next), abort]);
    },
    headers: { 'X-Simulator-User': '7', 'X-Simulator-App': '1' },
    accountOrigins: ['https://acme.zendesk.com'],
    allowance: createRequestAllowance(() => rig.clock.now),
    sleep: (ms) => {
      rig.slept.push(ms);
      return Promise.resolve();
    },
    notice: (text) => rig.notices.push(text),
  };
  const host = createZafHost({
    appOrigin,
    subdomain: 'acme',
    metadata: () => ({
      appId: 1,
      name: 'Stand-in',
      version: '1.0.0',
      installationId: 2,
      settings: { title: 'Stand-in', limit: 50 },
    }),
    isActive: (guid) => rig.active.has(guid),
    request,
    sleep: () => new Promise((resolve) => setTimeout(resolve, 20)),
    openModal: (wish) => {
      rig.modals.push(wish);
      return `modal-${String(rig.modals.length)}`;
    },
  });
  return {
    ...rig,
    host,
    openApp(guid, workspace = {}) {
      const frame = document.body.appendChild(document.createElement('iframe'));
      const parent = frame.contentWindow;
      if (parent === null) throw new Error('jsdom gave the iframe no window.');
      // To the host this object is the app's window; to the SDK `parent` is the host's.
      const appWindow: AppWindow = {
        postMessage: (data) => {
          const event = new MessageEvent('message', { data, origin: hostOrigin, source: parent });
          queueMicrotask(() => window.dispatchEvent(event));
        },
      };
      parent.postMessage = (data: unknown) => {
        queueMicrotask(() => host.receive({ source: appWindow, origin: appOrigin, data }));
      };
      host.attach({
        guid,
        location: guid.startsWith('modal') ? 'modal' : 'ticket_sidebar',
        ticketId: 12,
        window: appWindow,
        workspace: { get: () => undefined, set: () => false, invoke: () => false, ...workspace },
      });
      const client = new Client({ origin: hostOrigin, appGuid: guid, source: parent });
      return { client, window: appWindow };
    },
    close() {
      window.addEventListener = addEventListener;
      for (const [type, listener] of listeners) window.removeEventListener(type, listener);
      document.body.replaceChildren();
    },
  };
}
