import type { World } from './world.ts';

/** One request past the app, in somebody's session: what an agent with a browser's console can do. */
export async function byHand(
  { zendesk }: World,
  user: number,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ readonly ok: boolean; readonly answer: unknown }> {
  const response = await zendesk.handle(
    new Request(`https://acme.zendesk.com${path}`, {
      method,
      headers: {
        'x-simulator-user': String(user),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
  const text = await response.text();
  return { ok: response.ok, answer: text === '' ? null : (JSON.parse(text) as unknown) };
}

/** An update of a ticket that carries this journal. */
export const writeJournalByHand = (
  world: World,
  user: number,
  ticket: string,
  journal: unknown,
  more: { readonly author_id?: number } = {},
): Promise<unknown> =>
  byHand(world, user, 'PUT', `/api/v2/tickets/${ticket}`, {
    ticket: {
      comment: { body: 'Written by hand.', public: false, ...more },
      metadata: { leeway: typeof journal === 'string' ? journal : JSON.stringify(journal) },
    },
  });
