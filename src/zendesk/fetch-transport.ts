import { refused, unanswered, unreadable } from './answer.ts';
import { TimeLimitError, withTimeLimit } from './time-limit.ts';
import { type ApiRequest, timeoutOf, type Transport } from './transport.ts';

interface FetchOptions {
  /** Such as `https://acme.zendesk.com`. */
  readonly origin: string;
  readonly token: string;
  readonly fetch: typeof globalThis.fetch;
  /** Sees the headers of every answer, refusals too: they tell how many requests are left. */
  readonly onHeaders?: (request: ApiRequest, headers: Headers) => void;
}

/**
 * Requests with an OAuth token, for the command line. The token is bound to a user and to a scope;
 * an API token is not offered: its holder can act as anybody.
 */
export function createFetchTransport(options: FetchOptions): Transport {
  return {
    async send(request) {
      const { response, text } = await exchange(request, options);
      options.onHeaders?.(request, response.headers);
      if (!response.ok) {
        const retryAfter = response.headers.get('retry-after');
        throw refused(request, { status: response.status, body: text, retryAfter });
      }
      if (text === '') return undefined;
      try {
        return JSON.parse(text) as unknown;
      } catch {
        throw unreadable(request, response.status, text);
      }
    },
  };
}

interface Exchange {
  readonly response: Response;
  readonly text: string;
}

/** The time-out covers the body too: an answer can begin and then stall. */
async function exchange(request: ApiRequest, options: FetchOptions): Promise<Exchange> {
  const abort = new AbortController();
  const begin = async (): Promise<Exchange> => {
    const response = await options.fetch(new URL(request.path, options.origin), {
      method: request.method,
      headers: headersOf(request, options.token),
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      // To another address the token would go along; an API answer is never elsewhere.
      redirect: 'manual',
      signal: abort.signal,
    });
    return { response, text: await response.text() };
  };
  try {
    return await withTimeLimit(begin(), timeoutOf(request), request.path);
  } catch (cause) {
    const late = cause instanceof TimeLimitError;
    if (late) abort.abort();
    throw unanswered(request, late ? 'timed-out' : 'offline', cause);
  }
}

const headersOf = (request: ApiRequest, token: string): Record<string, string> => ({
  Accept: 'application/json',
  Authorization: `Bearer ${token}`,
  ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
});
