import { setupServer } from 'msw/node';
import { afterEach, describe, expect, it } from 'vitest';
import { createMswHandlers } from './msw.ts';
import { createTestShop } from './test-shop.ts';

const server = setupServer();

afterEach(() => {
  server.close();
});

function listen() {
  const shop = createTestShop();
  server.resetHandlers(...createMswHandlers(shop.zendesk, () => ({ id: shop.ana.id, app: true })));
  server.listen({ onUnhandledRequest: 'error' });
  return shop;
}

describe('the account behind MSW', () => {
  it('answers fetch, as the session’s user and app when the request does not say who asks', async () => {
    const { ana, ben, zendesk } = listen();
    const mine = await fetch('https://acme.zendesk.com/api/v2/users/me.json');
    expect(await mine.json()).toMatchObject({ user: { id: ana.id } });
    expect(zendesk.log[0]?.app).toBe(true);
    const his = await fetch('https://acme.zendesk.com/api/v2/users/me.json', {
      headers: { 'x-simulator-user': String(ben.id) },
    });
    expect(await his.json()).toMatchObject({ user: { id: ben.id } });
  });

  it('passes a body on, and loses an answer as the network does', async () => {
    const { zendesk, ticket } = listen();
    zendesk.faults.add({ match: { method: 'PUT' }, fault: { kind: 'lost-after' } });
    const put = fetch('https://acme.zendesk.com/api/v2/tickets/1001.json', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ticket: { subject: 'Through' } }),
    });
    await expect(put).rejects.toThrow(TypeError);
    expect(ticket.subject).toBe('Through');
  });
});
