import {
  apiUnavailable,
  isJsonObject,
  parseAppFrame,
  type AppFrame,
  type JsonObject,
} from './frames.ts';
import { sendAppRequest, type RequestContext } from './http-request.ts';

/** What Zendesk tells an app about its installation. Values of settings come as they were saved. */
export interface AppMetadata {
  appId: number;
  name: string;
  version: string;
  installationId: number;
  settings: JsonObject;
}

/** The part of the page that one instance of the app sees. Unknown paths are `undefined`. */
export interface Workspace {
  get(path: string): unknown;
  /** False for a path that cannot be set. */
  set(path: string, value: unknown): boolean;
  /** False for an action that does not exist. */
  invoke(action: string, args: readonly unknown[]): boolean;
}

export type Location = 'ticket_sidebar' | 'modal';

export interface AppInstance {
  /** Both the `app_guid` of the iframe's address and the `instanceGuid` of its frames. */
  guid: string;
  location: Location;
  ticketId: number;
  /** The iframe's window: what messages must come from, and go to. */
  window: AppWindow;
  workspace: Workspace;
}

export interface AppWindow {
  postMessage(message: unknown, targetOrigin: string): void;
}

export interface ModalWish {
  /** Address as the app gave it, with its hash. */
  url: string;
  size: { width?: string; height?: string };
  /** The instance that asked. */
  openedBy: AppInstance;
}

export interface ZafHostSetup {
  /** Frames of any other origin are ignored. */
  appOrigin: string;
  subdomain: string;
  metadata(): AppMetadata;
  isActive(guid: string): boolean;
  request: RequestContext;
  sleep(ms: number): Promise<void>;
  /** Opens a modal and answers its new guid; its instance is attached when its iframe is there. */
  openModal(wish: ModalWish): string;
  /** Each request of the app that goes out, 429 repeats included. */
  onRequest?(instance: AppInstance, method: string, url: string): void;
}

export interface ZafHost {
  attach(instance: AppInstance): void;
  detach(guid: string): void;
  /** A `message` event of the page's window. */
  receive(event: { source: unknown; origin: string; data: unknown }): void;
  /** Sends `zaf.<event>` to everyone who subscribed to it for this instance, and to no one else. */
  emit(guid: string, event: string, message?: unknown): void;
  /** The same for all instances. */
  broadcast(event: string, message?: unknown): void;
  /**
   * Asks one instance's save hook. `null` when it agrees, has no such hook, or does not answer
   * within five seconds; its reason when it refuses.
   */
  askHook(guid: string, hook: string): Promise<string | null>;
  instances(): AppInstance[];
}

/** An app that subscribes within this time after its registration still gets its first activation. */
const firstActivationMs = 150;
const hookPatienceMs = 5000;

interface Attached {
  instance: AppInstance;
  registered: boolean;
  /** `<instance guid> <event>` → number of handlers, as the app's client counts them. */
  subscribers: Map<string, number>;
  hooks: Map<string, (refusal: string | null) => void>;
}

/**
 * The host's side of the protocol between Zendesk's agent workspace and its apps: registration,
 * subscriptions, get/set/invoke, requests, save hooks, modals. Knows nothing of the DOM.
 */
export function createZafHost(setup: ZafHostSetup): ZafHost {
  const attached = new Map<string, Attached>();

  const post = (to: Attached, frame: JsonObject): void => {
    // Frames cross as JSON, so that `undefined` and functions vanish as they do in Zendesk.
    to.instance.window.postMessage(JSON.stringify(frame), setup.appOrigin);
  };

  const contextOf = (instance: AppInstance): JsonObject => ({
    instanceGuid: instance.guid,
    product: 'support',
    account: { subdomain: setup.subdomain },
    location: instance.location,
    ...(instance.location === 'ticket_sidebar' ? { ticketId: instance.ticketId } : {}),
  });

  function emit(guid: string, event: string, message?: unknown): void {
    for (const listener of attached.values()) {
      if ((listener.subscribers.get(`${guid} ${event}`) ?? 0) > 0) {
        post(listener, { key: `zaf.${event}`, message, instanceGuid: guid });
      }
    }
  }

  async function register(to: Attached): Promise<void> {
    // A reloaded iframe shakes hands again: nothing of the page before it is subscribed any more.
    to.subscribers.clear();
    to.registered = true;
    const { instance } = to;
    post(to, {
      key: 'zaf.app.registered',
      message: { metadata: setup.metadata(), context: contextOf(instance) },
    });
    await setup.sleep(firstActivationMs);
    if (attached.get(instance.guid) === to && setup.isActive(instance.guid)) {
      emit(instance.guid, 'app.activated');
    }
  }

  function answerCall(from: Attached, frame: AppFrame & { kind: 'call' }): void {
    const target = instanceFor(from, frame.instanceGuid);
    const errors: JsonObject = {};
    const result: JsonObject = { errors };
    const answer = (path: string, value: unknown) => {
      if (value === undefined) errors[path] = apiUnavailable(path);
      else result[path] = value;
    };
    if (frame.request === 'get') {
      for (const path of pathsOf(frame.params)) answer(path, read(target, path));
    } else if (isJsonObject(frame.params)) {
      for (const [name, value] of Object.entries(frame.params)) {
        if (frame.request === 'set') {
          answer(name, target.workspace.set(name, value) ? value : undefined);
        } else {
          answer(name, invoke(target, name, Array.isArray(value) ? value : [value]));
        }
      }
    }
    post(from, { id: frame.id, result });
  }

  function read(target: AppInstance, path: string): unknown {
    if (path === 'instances') {
      return Object.fromEntries(
        [...attached.values()].map(({ instance }) => [instance.guid, contextOf(instance)]),
      );
    }
    if (path.startsWith('instances.')) {
      const other = attached.get(path.slice('instances.'.length));
      return other === undefined ? undefined : contextOf(other.instance);
    }
    return target.workspace.get(path);
  }

  function invoke(target: AppInstance, name: string, args: readonly unknown[]): unknown {
    // Zendesk's script reports clicks and hovers with `track`, whether the app wants it or not.
    if (name === 'track') return null;
    if (name === 'instances.create') return openModal(target, args[0]);
    return target.workspace.invoke(name, args) ? null : undefined;
  }

  function openModal(openedBy: AppInstance, wish: unknown): unknown {
    if (!isJsonObject(wish) || wish['location'] !== 'modal') return undefined;
    const size = isJsonObject(wish['size']) ? wish['size'] : {};
    const instanceGuid = setup.openModal({
      url: String(wish['url'] ?? ''),
      size: {
        ...(typeof size['width'] === 'string' ? { width: size['width'] } : {}),
        ...(typeof size['height'] === 'string' ? { height: size['height'] } : {}),
      },
      openedBy,
    });
    return [{ instanceGuid, product: 'support', location: 'modal' }];
  }

  async function answerRequest(
    from: Attached,
    frame: AppFrame & { kind: 'request' },
  ): Promise<void> {
    const { instance } = from;
    const { outcome, responseArgs } = await sendAppRequest(frame.options, {
      ...setup.request,
      onSend: (method, url) => setup.onRequest?.(instance, method, url),
    });
    if (attached.get(instance.guid) !== from) return;
    emit(instance.guid, `${frame.key}.${outcome}`, { responseArgs });
  }

  const instanceFor = (from: Attached, guid: string | null): AppInstance =>
    (guid === null ? undefined : attached.get(guid)?.instance) ?? from.instance;

  function handle(from: Attached, frame: AppFrame): void {
    if (frame.kind === 'handshake') {
      void register(from);
      return;
    }
    // Until it is registered, an app sends its handshake only; the rest is a stranger's.
    if (!from.registered) return;
    switch (frame.kind) {
      case 'subscribers': {
        const key = `${frame.instanceGuid ?? from.instance.guid} ${frame.event}`;
        if (frame.count > 0) from.subscribers.set(key, frame.count);
        else from.subscribers.delete(key);
        return;
      }
      case 'trigger':
        emit(frame.instanceGuid ?? from.instance.guid, frame.event, frame.data);
        return;
      case 'call':
        answerCall(from, frame);
        return;
      case 'request':
        void answerRequest(from, frame);
        return;
      case 'hook-reply':
        from.hooks.get(frame.hook)?.(frame.refusal);
        return;
      case 'other':
        return;
    }
  }

  return {
    attach(instance) {
      attached.set(instance.guid, {
        instance,
        registered: false,
        subscribers: new Map(),
        hooks: new Map(),
      });
    },
    detach(guid) {
      attached.delete(guid);
    },
    receive({ source, origin, data }) {
      if (origin !== setup.appOrigin) return;
      for (const candidate of attached.values()) {
        if (candidate.instance.window !== source) continue;
        const frame = parseAppFrame(data);
        if (frame !== null) handle(candidate, frame);
        return;
      }
    },
    emit,
    broadcast(event, message) {
      for (const guid of [...attached.keys()]) emit(guid, event, message);
    },
    async askHook(guid, hook) {
      const asked = attached.get(guid);
      if (asked === undefined || (asked.subscribers.get(`${guid} ${hook}`) ?? 0) === 0) return null;
      const reply = new Promise<string | null>((resolve) => asked.hooks.set(hook, resolve));
      post(asked, { key: `zaf.${hook}`, needsReply: true, instanceGuid: guid });
      const refusal = await Promise.race([reply, setup.sleep(hookPatienceMs).then(() => null)]);
      asked.hooks.delete(hook);
      return refusal;
    },
    instances: () => [...attached.values()].map(({ instance }) => instance),
  };
}

function pathsOf(params: unknown): string[] {
  return (Array.isArray(params) ? params : [params]).filter((path) => typeof path === 'string');
}
