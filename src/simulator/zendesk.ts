import { hasScope, identify } from './sessions.ts';
import { createRunningClock, type Clock } from './clock.ts';
import { createFaultBox, type Fault, type FaultBox } from './faults.ts';
import { createRandom } from './ids.ts';
import { createRateLimits } from './rate-limits.ts';
import {
  Refusal,
  forbidden,
  invalidEndpoint,
  invalidToken,
  missingScope,
  simulatorStrictness,
  unauthenticated,
} from './refusal.ts';
import { pagingParameters } from './paging.ts';
import { isAdmin, isStaff } from './rights.ts';
import { methodsAt, routeFor } from './routes.ts';
import { createEmptyState, type SimulatorState } from './state.ts';
import type { Answer, World } from './call.ts';
import type { EventListener, SimulatorEvent } from './events.ts';
import type { LogEntry } from './request-log.ts';

export interface Zendesk {
  /** Answers one REST request; rejects with `TypeError('network error')`, as fetch does, when lost. */
  handle(request: Request): Promise<Response>;
  /** The live state; a scenario or an action may change it in place. */
  readonly state: SimulatorState;
  readonly log: LogEntry[];
  readonly faults: FaultBox;
  readonly clock: Clock;
  /** What actions and scenarios hand to the functions that write. */
  readonly world: World;
  /** Back to this state (to an empty one if none is given), with no log, faults or counted requests. */
  reset(state?: SimulatorState): void;
  /** Calls back on every change; returns what stops it. */
  subscribe(listener: EventListener): () => void;
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** As one-way as the network: fetch gives this same error when a connection dies. */
const lost = () => new TypeError('network error');

function refuseUnknownParameters(url: URL, known: readonly string[]): void {
  for (const name of url.searchParams.keys()) {
    if (!known.includes(name)) {
      throw simulatorStrictness(400, `query parameter ${name} is not known here`);
    }
  }
}

function readJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Refusal(400, { error: 'Unprocessable JSON', description: 'The body is no JSON' });
  }
}

function respond(answer: Answer, headers: Record<string, string>): Response {
  const { status, body } = answer;
  return new Response(body === undefined ? null : JSON.stringify(body), {
    status,
    headers: {
      ...(body === undefined ? {} : { 'content-type': JSON_TYPE }),
      ...headers,
      ...answer.headers,
    },
  });
}

/**
 * A pretend Zendesk account behind one function. Who acts is told by `X-Simulator-User` (an agent's
 * session) or by `Authorization`; `X-Simulator-App: 1` marks requests of the app.
 */
export function createZendesk(
  options: { state?: SimulatorState; clock?: Clock; seed?: number } = {},
): Zendesk {
  const clock = options.clock ?? createRunningClock();
  const listeners = new Set<EventListener>();
  const emit = (event: SimulatorEvent) => {
    for (const listener of listeners) listener(event);
  };
  const world: World = {
    state: options.state ?? createEmptyState(),
    clock,
    random: createRandom(options.seed ?? 1),
    emit,
  };
  const log: LogEntry[] = [];
  const faults = createFaultBox();
  let limits = createRateLimits(clock);

  /** Everything from here to the answer happens in one step: nothing comes in between. */
  function answer(request: Request, text: string, headers: Record<string, string>): Answer {
    const url = new URL(request.url);
    const route = routeFor(request.method, url.pathname);
    if (route === undefined) {
      const methods = methodsAt(url.pathname);
      if (methods.length === 0) throw invalidEndpoint();
      throw new Refusal(405, {
        error: 'MethodNotAllowed',
        description: `Allowed: ${methods.join(', ')}`,
      });
    }
    const session = identify(world.state, request);
    if (session.badToken === true) throw invalidToken();
    const scope = request.method === 'GET' || route.route.reads === true ? 'read' : 'write';
    if (!hasScope(session, scope)) throw missingScope(scope);
    if (route.route.who !== 'anyone') {
      if (session.user === null || session.user.suspended || !session.user.active)
        throw unauthenticated();
      if (!isStaff(session.user)) throw forbidden();
      if (route.route.who === 'admins' && !isAdmin(session.user)) throw forbidden();
    }
    limits.count(world.state.account, {
      user: session.user?.id ?? null,
      app: request.headers.get('x-simulator-app') === '1',
      path: url.pathname,
      method: request.method,
      headers,
    });
    refuseUnknownParameters(url, [
      ...(route.route.query ?? []),
      ...(route.route.paging === undefined ? [] : pagingParameters[route.route.paging]),
    ]);
    const hasBody = text !== '';
    if (hasBody && !(request.headers.get('content-type') ?? '').includes('application/json')) {
      throw new Refusal(415, {
        error: 'UnsupportedMediaType',
        description: 'A body must be application/json',
      });
    }
    return route.route.answer({
      world,
      visitor: session.user,
      channel: session.channel,
      method: request.method,
      url,
      params: route.params,
      body: readJson(text),
    });
  }

  function process(request: Request, text: string): Response {
    const headers: Record<string, string> = {
      'x-request-id': String(log.length),
      // Whoever wants to know Zendesk's time reads it here: the account's clock may be set forward.
      date: new Date(clock.now()).toUTCString(),
    };
    try {
      return respond(answer(request, text, headers), headers);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return respond({ status: error.status, body: error.body, headers: error.headers }, headers);
    }
  }

  function struck(
    fault: Fault,
    request: Request,
    text: string,
    entry: LogEntry,
  ): Promise<Response> {
    const happen = () => {
      const response = process(request, text);
      entry.status = response.status;
      return response;
    };
    switch (fault.kind) {
      case 'status':
        entry.status = fault.status;
        return Promise.resolve(
          respond(
            { status: fault.status, body: fault.body ?? { error: 'SimulatedFault' } },
            fault.headers ?? {},
          ),
        );
      case 'lost-before':
        entry.answered = 'lost';
        return Promise.reject(lost());
      case 'lost-after':
        happen();
        entry.answered = 'lost';
        return Promise.reject(lost());
      case 'late':
        entry.answered = 'lost';
        void clock.sleep(fault.ms).then(happen);
        return Promise.reject(lost());
      case 'slow': {
        const response = happen();
        return clock.sleep(fault.ms).then(() => response);
      }
      case 'malformed': {
        const { status } = happen();
        return Promise.resolve(
          new Response('<html><body>Bad gateway', {
            status: status === 204 ? 200 : status,
            headers: { 'content-type': JSON_TYPE },
          }),
        );
      }
    }
  }

  return {
    async handle(request) {
      const text = await request.text();
      const url = new URL(request.url);
      const path = `${url.pathname}${url.search}`;
      const user = identify(world.state, request).user?.id ?? null;
      const entry: LogEntry = {
        n: log.length,
        at: clock.now(),
        user,
        method: request.method,
        path,
        status: 0,
        answered: 'yes',
        app: request.headers.get('x-simulator-app') === '1',
      };
      if (text !== '') entry.body = parsedOrText(text);
      log.push(entry);
      const fault = faults.strike({ method: request.method, path, user });
      if (fault !== undefined) return struck(fault, request, text, entry);
      const response = process(request, text);
      entry.status = response.status;
      return response;
    },
    get state() {
      return world.state;
    },
    log,
    faults,
    clock,
    world,
    reset(state) {
      world.state = state ?? createEmptyState();
      log.length = 0;
      faults.clear();
      limits = createRateLimits(clock);
      emit({ type: 'reset' });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
