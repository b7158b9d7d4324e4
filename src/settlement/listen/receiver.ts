import http from 'node:http';
import * as v from 'valibot';
import type { TicketId } from '#domain/ids.ts';
import { type Instant, SECOND } from '#domain/instant.ts';
import { HelpdeskError } from '#zendesk/errors.ts';
import { wireTicketId } from '#zendesk/wire.ts';
import { createSeenDeliveries } from './seen-deliveries.ts';
import { verify } from './signature.ts';
import { createTicketQueue } from './ticket-queue.ts';

/** Why a request was turned away. */
export type Refusal =
  | 'wrong-path'
  | 'wrong-method'
  | 'wrong-type'
  | 'too-large'
  | 'broken-off'
  | 'unsigned'
  | 'bad-signature'
  | 'too-old'
  | 'too-early'
  | 'replayed'
  | 'malformed'
  | 'busy';

/** What happened. Never the content of a request, nor anything of the secret. */
export type ListenEvent =
  | { readonly kind: 'rung'; readonly ticket: TicketId }
  | { readonly kind: 'settled'; readonly ticket: TicketId }
  | { readonly kind: 'failed'; readonly ticket: TicketId; readonly code: string }
  /** `times`: how many since this reason was last told; a flood does not fill the log. */
  | { readonly kind: 'refused'; readonly why: Refusal; readonly times: number }
  /** Rung, and not settled before the stop: the scheduled run finds them. */
  | { readonly kind: 'left'; readonly tickets: readonly TicketId[] };

export interface ListenOptions {
  /** The webhook's signing secret. */
  readonly secret: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly path: string;
  readonly clock: { now(): number; sleep(ms: number): Promise<unknown> };
  /** Settles one ticket. Called for one at a time. */
  settle(ticket: TicketId): Promise<void>;
  tell(event: ListenEvent): void;
  /** How many tickets may wait. */
  readonly mostWaiting?: number;
  /** How many deliveries are remembered, so that none counts twice. */
  readonly mostSeen?: number;
}

export interface Listening {
  readonly url: string;
  /** Resolves when nothing that was rung waits any more. */
  idle(): Promise<void>;
  /** Takes no more, lets the ticket under way end, tells which are left. */
  close(): Promise<void>;
}

/** The body that the trigger sends has one ticket id. */
const LARGEST_BODY = 4096;

const wireBell = v.object({ ticket: wireTicketId });

const statuses: Readonly<Record<Refusal, number>> = {
  'wrong-path': 404,
  'wrong-method': 405,
  'wrong-type': 415,
  'too-large': 413,
  'broken-off': 400,
  unsigned: 401,
  'bad-signature': 401,
  'too-old': 401,
  'too-early': 401,
  // Not 409: Zendesk would send it again.
  replayed: 403,
  malformed: 400,
  busy: 503,
};

/** Zendesk tries again after 429 and 503 when it is to wait for less than a minute. */
const RETRY_AFTER_S = 30;

/**
 * Receives the bell: a webhook by which Zendesk says that a ticket has news. It is believed in nothing
 * but that: the ticket is read again, and what it proves is settled. Each request is answered at once.
 */
export async function startListening(options: ListenOptions): Promise<Listening> {
  const { clock, tell } = options;
  const seen = createSeenDeliveries(options.mostSeen ?? 10_000);
  const queue = createTicketQueue({
    most: options.mostWaiting ?? 1_000,
    clock,
    async settle(ticket) {
      await options.settle(ticket);
      tell({ kind: 'settled', ticket });
    },
    failed(ticket, error) {
      tell({ kind: 'failed', ticket, code: codeOf(error) });
    },
  });
  const tellRefused = sparingly(options);

  async function receive(request: http.IncomingMessage): Promise<Refusal | null> {
    const refused = refusalByHead(request, options.path);
    if (refused !== null) return refused;
    const body = await readBody(request);
    if (!Buffer.isBuffer(body)) return body;
    const delivery = {
      signature: header(request, 'x-zendesk-webhook-signature'),
      timestamp: header(request, 'x-zendesk-webhook-signature-timestamp'),
      body,
    };
    const now = clock.now() as Instant;
    const verified = verify(delivery, options.secret, now);
    if (!verified.ok) return verified.why;
    const ticket = ticketIn(body);
    if (ticket === null) return 'malformed';
    const noted = seen.note(verified.fingerprint, verified.sentAt, now);
    if (noted !== 'new') return noted === 'seen' ? 'replayed' : 'busy';
    // Two changes of one second have the same signature, and the second is taken for a replay: so
    // settling begins a second later, and sees both.
    if (!queue.add(ticket, now + SECOND)) return 'busy';
    tell({ kind: 'rung', ticket });
    return null;
  }

  const server = http.createServer((request, response) => {
    void receive(request).then((refused) => {
      if (refused !== null) tellRefused(refused);
      answer(response, refused);
    });
  });
  server.headersTimeout = 5 * SECOND;
  server.requestTimeout = 10 * SECOND;
  server.maxConnections = 256;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    url: `http://${options.host}:${String(port)}${options.path}`,
    idle: () => queue.idle(),
    async close() {
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      server.closeIdleConnections();
      const tickets = await queue.stop();
      server.closeAllConnections();
      await closed;
      if (tickets.length > 0) tell({ kind: 'left', tickets });
    },
  };
}

function refusalByHead(request: http.IncomingMessage, path: string): Refusal | null {
  if (request.url?.split('?')[0] !== path) return 'wrong-path';
  if (request.method !== 'POST') return 'wrong-method';
  if (!/^application\/json\s*(?:;|$)/i.test(header(request, 'content-type') ?? '')) {
    return 'wrong-type';
  }
  return Number(header(request, 'content-length') ?? 0) > LARGEST_BODY ? 'too-large' : null;
}

function header(request: http.IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** The length that a request names may be missing, or a lie. */
async function readBody(request: http.IncomingMessage): Promise<Buffer | Refusal> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    // Leaving the loop would else end the connection before the answer.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(chunk)) return 'broken-off';
      length += chunk.length;
      if (length > LARGEST_BODY) return 'too-large';
      chunks.push(chunk);
    }
  } catch {
    return 'broken-off';
  }
  return Buffer.concat(chunks);
}

function ticketIn(body: Buffer): TicketId | null {
  try {
    return v.parse(wireBell, JSON.parse(body.toString('utf8'))).ticket;
  } catch {
    return null;
  }
}

function answer(response: http.ServerResponse, refused: Refusal | null): void {
  if (response.destroyed) return;
  if (refused === null) {
    response.writeHead(202).end();
    return;
  }
  response.writeHead(statuses[refused], {
    // What is still coming is not read.
    connection: 'close',
    ...(refused === 'wrong-method' ? { allow: 'POST' } : {}),
    ...(refused === 'busy' ? { 'retry-after': String(RETRY_AFTER_S) } : {}),
  });
  response.end();
}

/** At most one line a second for each reason. */
function sparingly({ clock, tell }: ListenOptions): (why: Refusal) => void {
  const since = new Map<Refusal, { at: number; untold: number }>();
  return (why) => {
    const last = since.get(why);
    const now = clock.now();
    if (last !== undefined && now - last.at < SECOND) {
      last.untold += 1;
      return;
    }
    tell({ kind: 'refused', why, times: 1 + (last?.untold ?? 0) });
    since.set(why, { at: now, untold: 0 });
  };
}

/** An error's message may hold what Zendesk answered. */
const codeOf = (error: unknown): string =>
  error instanceof HelpdeskError ? error.code : error instanceof Error ? error.name : 'unknown';
