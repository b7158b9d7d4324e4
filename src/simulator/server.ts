import { readFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createRunningClock, type MovableClock } from './clock.ts';
import { handleControl } from './control.ts';
import { keepState } from './persistence.ts';
import { createEmptyState, type SimulatorState } from './state.ts';
import { startWebhooks } from './webhooks.ts';
import type { Zendesk } from './zendesk.ts';

/** A file by its path below its root (`/index.html`), or nothing. */
export type FileSource = (
  pathname: string,
) => Promise<{ body: string | Uint8Array; type: string } | undefined>;

export interface ServerOptions {
  zendesk: Zendesk;
  /** The host page, served under `http://localhost:P/`. */
  hostFiles: FileSource;
  /** The app's assets, served under `http://127.0.0.1:P/app/`: another site than the host page's. */
  appFiles: FileSource;
  /** 0 takes any free port. */
  port?: number;
  /** The clock that the control surface may set forward: the same that the account uses. */
  clock?: MovableClock;
  /** What a reset goes back to. */
  initial?: () => SimulatorState;
  /** Where the state is kept over a restart; nowhere if absent. */
  stateFile?: string;
}

export interface RunningServer {
  /** `http://localhost:P` */
  hostUrl: string;
  /** `http://127.0.0.1:P` */
  appUrl: string;
  close(): Promise<void>;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Files of a directory; a path that leads out of it finds nothing. */
export function filesIn(directory: string): FileSource {
  const root = path.resolve(directory);
  return async (pathname) => {
    const file = path.resolve(root, `.${decodeURIComponent(pathname)}`);
    if (!file.startsWith(`${root}${path.sep}`)) return undefined;
    try {
      const body = await readFile(file);
      return { body, type: types[path.extname(file)] ?? 'application/octet-stream' };
    } catch {
      return undefined;
    }
  };
}

async function bodyOf(incoming: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function requestOf(incoming: http.IncomingMessage, url: URL): Promise<Request> {
  const method = incoming.method ?? 'GET';
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const body = await bodyOf(incoming);
  return new Request(url, {
    method,
    headers,
    ...(method === 'GET' || body.length === 0 ? {} : { body: new Uint8Array(body) }),
  });
}

async function send(response: Response, outgoing: http.ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body === null) {
    outgoing.end();
    return;
  }
  // fetch's stream type and Node's differ in name only.
  await pipeline(Readable.fromWeb(response.body as never), outgoing).catch(() => {
    outgoing.destroy();
  });
}

async function sendFile(
  source: FileSource,
  pathname: string,
  outgoing: http.ServerResponse,
): Promise<void> {
  const file = await source(pathname.endsWith('/') ? `${pathname}index.html` : pathname);
  if (file === undefined) {
    outgoing.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
    return;
  }
  outgoing
    .writeHead(200, { 'content-type': file.type, 'cache-control': 'no-store' })
    .end(file.body);
}

/**
 * Serves the account over HTTP on this machine only. `localhost` has the host page, the REST API and
 * the control surface; `127.0.0.1` has the app's files, and the API only for who brings a token: the
 * app in its iframe has no session of its own, as in Zendesk. A lost answer destroys the connection.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { zendesk, hostFiles, appFiles } = options;
  const clock = options.clock ?? createRunningClock();
  const initial = options.initial ?? createEmptyState;

  async function serve(
    incoming: http.IncomingMessage,
    outgoing: http.ServerResponse,
  ): Promise<void> {
    const host = incoming.headers.host ?? '';
    const isApp = host === `127.0.0.1:${String(port)}`;
    if (!isApp && host !== `localhost:${String(port)}`) {
      // A page of another site whose name was made to point here finds nothing.
      outgoing.writeHead(421, { 'content-type': 'text/plain' }).end('Unknown host');
      return;
    }
    const url = new URL(incoming.url ?? '/', `http://${host}`);
    if (
      url.pathname.startsWith('/api/') &&
      (!isApp || incoming.headers.authorization !== undefined)
    ) {
      const request = await requestOf(incoming, url);
      try {
        await send(await zendesk.handle(request), outgoing);
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        incoming.socket.destroy();
      }
      return;
    }
    if (url.pathname.startsWith('/simulator/') && !isApp) {
      const request = await requestOf(incoming, url);
      await send(await handleControl({ zendesk, clock, initial }, request), outgoing);
      return;
    }
    if (!isApp) await sendFile(hostFiles, url.pathname, outgoing);
    else if (url.pathname.startsWith('/app/')) {
      await sendFile(appFiles, url.pathname.slice('/app'.length), outgoing);
    } else outgoing.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
  }

  const server = http.createServer((incoming, outgoing) => {
    // A browser sends a request again by itself when a connection that it kept alive dies without an
    // answer, writes included: a lost answer would then be no lost answer. So none is kept alive.
    outgoing.shouldKeepAlive = false;
    serve(incoming, outgoing).catch((error: unknown) => {
      console.error(error);
      incoming.socket.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const stopRinging = startWebhooks(zendesk);
  const stopKeeping =
    options.stateFile === undefined ? undefined : keepState(zendesk, options.stateFile);
  return {
    hostUrl: `http://localhost:${String(port)}`,
    appUrl: `http://127.0.0.1:${String(port)}`,
    close: () =>
      new Promise((resolve, reject) => {
        stopRinging();
        stopKeeping?.();
        server.close((error) => {
          if (error === undefined) resolve();
          else reject(error);
        });
        server.closeAllConnections();
      }),
  };
}
