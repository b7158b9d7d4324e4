import type { Fault } from '#simulator/faults.ts';
import type { Zendesk } from '#simulator/zendesk.ts';
import { refused, unanswered, unreadable } from '#zendesk/answer.ts';
import { type ApiRequest, timeoutOf, type Transport } from '#zendesk/transport.ts';
import type { Chance } from './chance.ts';
import { letRun, type VirtualClock } from './virtual-clock.ts';

/** What may happen to one request on its way. */
export type Mishap =
  | 'lost-before'
  | 'lost-after'
  | 'late'
  | 'conflict'
  | 'rate-limited'
  | 'unavailable'
  /** A 5xx of a proxy: Zendesk did it all the same. */
  | 'gateway'
  | 'malformed'
  | 'slow'
  /** The tab is closed before the request leaves it. */
  | 'closed-before'
  /** The tab is closed while Zendesk answers. */
  | 'closed-after';

/** Where requests come from: one start of the app in one browser. */
export interface Sender {
  readonly user: number;
  readonly name: string;
  closed: boolean;
}

interface Waiting {
  readonly sender: Sender;
  readonly request: ApiRequest;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (cause: unknown) => void;
}

/** One request that was let go, by its place in the simulator's log. */
export interface Carried {
  /** Index in the simulator's log; null when the tab was closed before it was sent. */
  readonly log: number | null;
  readonly sender: string;
  readonly request: ApiRequest;
  readonly mishap: Mishap | null;
}

export interface Network {
  transportOf(sender: Sender): Transport;
  /** Requests that wait to be let go. */
  waiting(): readonly Sender[];
  /** What the first waiting request of the sender is; undefined when it has none. */
  nextOf(sender: Sender): ApiRequest | undefined;
  /** Lets one waiting request go, of these senders when they are named. @returns whether there was one */
  deliver(only?: readonly Sender[]): Promise<boolean>;
  /** The tab is gone: what it waits for never comes. */
  close(sender: Sender): void;
  /** In the order in which they went. */
  readonly carried: readonly Carried[];
}

/** How badly the network behaves: the chance, in percent, that a request meets a mishap. */
export interface Weather {
  write: number;
  read: number;
  /** Milliseconds between two requests, at most. */
  pace: number;
}

const ORIGIN = 'https://acme.zendesk.com';
const MINUTE = 60_000;

const faultOf = (mishap: Mishap, chance: Chance): Fault | null => {
  switch (mishap) {
    case 'lost-before':
    case 'lost-after':
    case 'malformed':
      return { kind: mishap };
    case 'late':
      return {
        kind: 'late',
        ms: chance.weighted([
          [6, chance.whole(200, 8_000)],
          [3, chance.whole(8_000, 3 * MINUTE)],
          [2, chance.whole(3 * MINUTE, 30 * MINUTE)],
        ]),
      };
    case 'conflict':
      return {
        kind: 'status',
        status: 409,
        body: { error: 'UpdateConflict', description: 'Safe Update prevented the update' },
      };
    case 'rate-limited':
      return { kind: 'status', status: 429, body: { error: 'TooManyRequests' } };
    case 'unavailable':
      return { kind: 'status', status: 503, body: { error: 'Unavailable' } };
    default:
      return null;
  }
};

/**
 * Between the app and the pretend Zendesk: every request waits here until the run lets it go, so that
 * chance alone decides whose request comes next and what becomes of it.
 */
export function createNetwork(
  zendesk: Zendesk,
  clock: VirtualClock,
  chance: Chance,
  weather: Weather,
): Network {
  let queue: Waiting[] = [];
  const carried: Carried[] = [];

  function mishapFor({ kind }: ApiRequest): Mishap | null {
    if (!chance.percent(kind === 'write' ? weather.write : weather.read)) return null;
    return chance.weighted(
      kind === 'write'
        ? [
            [10, 'lost-before'],
            [14, 'lost-after'],
            [14, 'late'],
            [10, 'conflict'],
            [10, 'rate-limited'],
            [8, 'unavailable'],
            [10, 'gateway'],
            [10, 'malformed'],
            [6, 'slow'],
            [6, 'closed-before'],
            [10, 'closed-after'],
          ]
        : [
            [10, 'lost-before'],
            [10, 'rate-limited'],
            [10, 'unavailable'],
            [6, 'malformed'],
            [6, 'slow'],
            [4, 'closed-before'],
          ],
    );
  }

  /** What the simulator reads of a Fetch `Request`, and no more: a real one costs more than its answer. */
  const wireOf = ({ sender, request }: Waiting): Request => {
    const headers: Readonly<Record<string, string>> = {
      'x-simulator-user': String(sender.user),
      'x-simulator-app': '1',
      'content-type': 'application/json',
    };
    const body = request.body === undefined ? '' : JSON.stringify(request.body);
    const wire: Pick<Request, 'method' | 'url' | 'text'> & { headers: Pick<Headers, 'get'> } = {
      method: request.method,
      url: `${ORIGIN}${request.path}`,
      headers: { get: (name) => headers[name] ?? null },
      text: () => Promise.resolve(body),
    };
    return wire as Request;
  };

  /** Hands the outcome to the app, unless its tab is gone by then. */
  function settle({ sender, resolve, reject }: Waiting, outcome: Outcome): void {
    if (sender.closed) return;
    if ('answer' in outcome) resolve(outcome.answer);
    else reject(outcome.failure);
  }

  async function carry(item: Waiting, mishap: Mishap | null): Promise<void> {
    const { sender, request } = item;
    if (mishap === 'closed-before') {
      carried.push({ log: null, sender: sender.name, request, mishap });
      close(sender);
      return;
    }
    carried.push({ log: zendesk.log.length, sender: sender.name, request, mishap });
    const fault = mishap && faultOf(mishap, chance);
    if (fault) zendesk.faults.add({ match: { times: 1 }, fault });
    if (mishap === 'closed-after') close(sender);
    const outcome = await exchange(zendesk, item.request, wireOf(item), mishap === 'gateway');
    if (mishap !== 'slow') {
      settle(item, outcome);
      return;
    }
    const ms = chance.whole(1_000, 50_000);
    const limit = timeoutOf(request);
    void clock.sleep(Math.min(ms, limit)).then(() => {
      settle(item, ms < limit ? outcome : { failure: unanswered(request, 'timed-out') });
    });
  }

  function close(sender: Sender): void {
    sender.closed = true;
    queue = queue.filter((item) => item.sender !== sender);
  }

  return {
    transportOf: (sender) => ({
      send: (request) =>
        new Promise((resolve, reject) => {
          if (!sender.closed) queue.push({ sender, request, resolve, reject });
        }),
    }),
    waiting: () => queue.map(({ sender }) => sender),
    nextOf: (sender) => queue.find((item) => item.sender === sender)?.request,
    async deliver(only) {
      const able = only ? queue.filter(({ sender }) => only.includes(sender)) : queue;
      if (able.length === 0) return false;
      const item = chance.pick(able);
      queue.splice(queue.indexOf(item), 1);
      await clock.passUntil(clock.now() + chance.whole(0, weather.pace));
      if (item.sender.closed) return true;
      await carry(item, mishapFor(item.request));
      await letRun();
      return true;
    },
    close,
    carried,
  };
}

type Outcome = { readonly answer: unknown } | { readonly failure: unknown };

/** What the app's transport makes of Zendesk's answer. */
async function exchange(
  zendesk: Zendesk,
  request: ApiRequest,
  wire: Request,
  throughGateway: boolean,
): Promise<Outcome> {
  let response: Response;
  try {
    response = await zendesk.handle(wire);
  } catch (cause) {
    return { failure: unanswered(request, 'offline', cause) };
  }
  const text = await response.text();
  if (throughGateway) {
    return { failure: refused(request, { status: 502, body: 'Bad gateway', retryAfter: null }) };
  }
  if (!response.ok) {
    return { failure: refused(request, { status: response.status, body: text, retryAfter: null }) };
  }
  if (text === '') return { answer: undefined };
  try {
    return { answer: JSON.parse(text) as unknown };
  } catch {
    return { failure: unreadable(request, response.status, text) };
  }
}
