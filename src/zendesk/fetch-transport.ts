import { refused, unanswered, unreadable } from './answer.ts';
import { type ApiRequest, timeoutOf, type Transport } from './transport.ts';

/**
 * Requests with an OAuth token, for the command line. The token is bound to a user and to a scope;
 * an API token is not offered: its holder can act as anybody.
 * @param origin such as `https://acme.zendesk.com`
 */
export function createFetchTransport(options: {
  readonly origin: string;
  readonly token: string;
  readonly fetch: typeof globalThis.fetch;
}): Transport {
  return {
    async send(request) {
      // Aborts the body's reading too: an answer can begin and then stall.
      const signal = AbortSignal.timeout(timeoutOf(request));
      let response: Response;
      let text: string;
      try {
        response = await options.fetch(new URL(request.path, options.origin), {
          method: request.method,
          headers: headersOf(request, options.token),
          ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
          // To another address the token would go along; an API answer is never elsewhere.
          redirect: 'manual',
          signal,
        });
        text = await response.text();
      } catch (cause) {
        throw unanswered(request, signal.aborted ? 'timed-out' : 'offline', cause);
      }
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

const headersOf = (request: ApiRequest, token: string): Record<string, string> => ({
  Accept: 'application/json',
  Authorization: `Bearer ${token}`,
  ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
});
