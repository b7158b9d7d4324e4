import { isJsonObject, type JsonObject } from './frames.ts';
import type { RequestAllowance } from './request-allowance.ts';

/** What `client.request` resolves or rejects with is the first of `responseArgs`. */
export interface RequestOutcome {
  outcome: 'done' | 'fail';
  responseArgs: unknown[];
}

export interface RequestContext {
  fetch: typeof globalThis.fetch;
  /** Added to each request: who is signed in, and that an app asks. */
  headers: Record<string, string>;
  /** Addresses that mean this Zendesk account; the path below them is requested here. */
  accountOrigins: readonly string[];
  allowance: RequestAllowance;
  sleep(ms: number): Promise<void>;
  /** Zendesk writes to the browser's console when it holds a request back. */
  notice(text: string): void;
  /** Once for each request that goes out, repeats after a 429 included. */
  onSend?(method: string, url: string): void;
}

interface Prepared {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string | null;
}

const maxRepeats = 5;
const longestPauseMs = 60_000;

/**
 * Answers `client.request(options)` as Zendesk's framework does: relative addresses run with the
 * signed-in agent's session; a 429 is repeated after a pause unless `autoRetry: false`; a network
 * failure is status 0; the options `type`, `contentType`, `data`, `headers`, `timeout`, `dataType`
 * and `httpCompleteResponse` work as in jQuery, on which the framework is built.
 */
export async function sendAppRequest(
  options: JsonObject,
  context: RequestContext,
): Promise<RequestOutcome> {
  const prepared = prepare(options, context);
  if (prepared === null) return failed(0, 'error', '');
  for (let repeat = 0; ; repeat += 1) {
    if (!context.allowance.take()) {
      context.notice(
        `This app has used its 100 requests of this minute; not sent: ${prepared.method} ${prepared.url}`,
      );
      return failed(429, 'Too Many Requests', '');
    }
    context.onSend?.(prepared.method, prepared.url);
    const answer = await send(prepared, options, context);
    if (answer === 'timeout') return failed(0, 'timeout', '', 'timeout');
    if (answer === 'network') return failed(0, 'error', '');
    const mayRepeat = options['autoRetry'] !== false && repeat < maxRepeats;
    if (answer.status === 429 && mayRepeat) {
      await context.sleep(pauseAfter429(answer));
      continue;
    }
    return readAnswer(answer, options);
  }
}

function prepare(options: JsonObject, context: RequestContext): Prepared | null {
  const path = ownPath(String(options['url'] ?? ''), context.accountOrigins);
  if (path === null) return null;
  const method = String(options['type'] ?? options['method'] ?? 'GET').toUpperCase();
  const given = isJsonObject(options['headers']) ? options['headers'] : {};
  const headers: Record<string, string> = {
    Accept: 'application/json, text/javascript, */*; q=0.01',
  };
  for (const [name, value] of Object.entries(given)) headers[name] = String(value);
  const data = options['data'];
  const encoded = isJsonObject(data) ? formEncoded(data) : data === undefined ? null : String(data);
  const hasBody = method !== 'GET' && method !== 'HEAD';
  if (hasBody && encoded !== null) {
    const contentType = options['contentType'];
    headers['Content-Type'] =
      typeof contentType === 'string'
        ? contentType
        : 'application/x-www-form-urlencoded; charset=UTF-8';
  }
  const query = hasBody || encoded === null || encoded === '' ? '' : encoded;
  const url = query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`;
  return {
    url,
    method,
    headers: { ...headers, ...context.headers },
    body: hasBody ? encoded : null,
  };
}

/** The path when the address is of this account; `null` for the rest of the world. */
function ownPath(url: string, accountOrigins: readonly string[]): string | null {
  if (url.startsWith('/') && !url.startsWith('//')) return url;
  const origin = accountOrigins.find((own) => url.startsWith(`${own}/`));
  if (origin !== undefined) return url.slice(origin.length);
  return /^[a-z]+:/i.test(url) || url.startsWith('//') ? null : `/${url}`;
}

/** jQuery's own encoding: also for a JSON content type, where an object was surely a mistake. */
function formEncoded(data: JsonObject): string {
  const pairs = new URLSearchParams();
  const add = (name: string, value: unknown): void => {
    if (Array.isArray(value)) value.forEach((item) => add(`${name}[]`, item));
    else if (isJsonObject(value)) {
      for (const [key, item] of Object.entries(value)) add(`${name}[${key}]`, item);
    } else pairs.append(name, value === null || value === undefined ? '' : String(value));
  };
  for (const [name, value] of Object.entries(data)) add(name, value);
  return pairs.toString();
}

async function send(
  prepared: Prepared,
  options: JsonObject,
  context: RequestContext,
): Promise<
  { status: number; statusText: string; headers: Headers; text: string } | 'network' | 'timeout'
> {
  const timeout = Number(options['timeout'] ?? 0);
  const abort = new AbortController();
  let timedOut = false;
  const timer =
    timeout > 0
      ? setTimeout(() => {
          timedOut = true;
          abort.abort();
        }, timeout)
      : null;
  try {
    const response = await context.fetch(prepared.url, {
      method: prepared.method,
      headers: prepared.headers,
      body: prepared.body,
      signal: abort.signal,
      cache: 'no-store',
    });
    const text = await response.text();
    const { status, statusText, headers } = response;
    return { status, statusText, headers, text };
  } catch {
    return timedOut ? 'timeout' : 'network';
  } finally {
    if (timer !== null) clearTimeout(timer);
  }
}

function pauseAfter429(answer: { headers: Headers }): number {
  const seconds = Number(answer.headers.get('retry-after') ?? NaN);
  const pause = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : 5000;
  return Math.min(pause, longestPauseMs);
}

function readAnswer(
  answer: { status: number; statusText: string; headers: Headers; text: string },
  options: JsonObject,
): RequestOutcome {
  const { status, text } = answer;
  const statusText = answer.statusText === '' ? String(status) : answer.statusText;
  if (status < 200 || status >= 300) return failed(status, statusText, text);
  const wantsJson =
    options['dataType'] === 'json' ||
    (options['dataType'] === undefined &&
      (answer.headers.get('content-type') ?? '').includes('json'));
  const jqXhr: JsonObject = { status, statusText, responseText: text };
  let body: unknown = text === '' ? undefined : text;
  if (wantsJson && text !== '') {
    try {
      body = JSON.parse(text);
    } catch {
      return {
        outcome: 'fail',
        responseArgs: [jqXhr, 'parsererror', 'The answer is not JSON.'],
      };
    }
    jqXhr['responseJSON'] = body;
  }
  const resolved = options['httpCompleteResponse'] === true ? jqXhr : body;
  return { outcome: 'done', responseArgs: [resolved, 'success', jqXhr] };
}

function failed(
  status: number,
  statusText: string,
  responseText: string,
  kind: 'error' | 'timeout' = 'error',
): RequestOutcome {
  const jqXhr: JsonObject = { status, statusText, responseText };
  try {
    if (responseText !== '') jqXhr['responseJSON'] = JSON.parse(responseText);
  } catch {
    // Not every error has a JSON body: jQuery leaves `responseJSON` out then.
  }
  return { outcome: 'fail', responseArgs: [jqXhr, kind, statusText] };
}
