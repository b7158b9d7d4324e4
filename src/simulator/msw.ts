import { http, type HttpHandler } from 'msw';
import type { Zendesk } from './zendesk.ts';

/**
 * MSW handlers that answer every request to `https://{subdomain}.zendesk.com` by this account. A
 * request to any other host stays unhandled, so that `onUnhandledRequest: 'error'` finds it.
 *
 * `asUser`: who asks when the request does not say so, for code that runs in an agent's session.
 */
export function createMswHandlers(
  zendesk: Zendesk,
  asUser: () => { id: number; app?: boolean } | null = () => null,
): HttpHandler[] {
  const { subdomain } = zendesk.state.account;
  return [
    http.all(`https://${subdomain}.zendesk.com/*`, async ({ request }) => {
      const headers = new Headers(request.headers);
      const session = asUser();
      const named = headers.has('x-simulator-user') || headers.has('authorization');
      if (session !== null && !named) {
        headers.set('x-simulator-user', String(session.id));
        if (session.app === true) headers.set('x-simulator-app', '1');
      }
      try {
        // Made anew instead of copied: the original's abort signal may be jsdom's, which Node refuses.
        const { method, url } = request;
        const body = await request.text();
        return await zendesk.handle(
          new Request(url, { method, headers, ...(body === '' ? {} : { body }) }),
        );
      } catch (error) {
        if (error instanceof TypeError) return Response.error();
        throw error;
      }
    }),
  ];
}
