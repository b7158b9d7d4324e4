import { describe, expect, it } from 'vitest';
import { createManualClock } from './clock.ts';
import { addGroup, addUser } from './people.ts';
import { createEmptyState } from './state.ts';
import { createTicket } from './ticket-update.ts';
import { createZendesk } from './zendesk.ts';

const start = Date.UTC(2026, 10, 22, 10);

function createShop() {
  const state = createEmptyState();
  const zendesk = createZendesk({ state, clock: createManualClock(start) });
  const ana = addUser(state, { name: 'Ana', role: 'agent' });
  const customer = addUser(state, { name: 'Cara Customer' });
  addGroup(state, { name: 'Support' }, [ana.id]);
  const { ticket } = createTicket(zendesk.world, 1001, customer, {
    requester_id: customer.id,
    subject: 'Late parcel',
    comment: { body: 'Where is it?' },
  });
  const ask = (method: string, path: string, body?: unknown) =>
    zendesk.handle(
      new Request(`https://acme.zendesk.com${path}`, {
        method,
        headers: { 'x-simulator-user': String(ana.id), 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  return { zendesk, state, ana, customer, ticket, ask };
}

describe('a pretend Zendesk', () => {
  it('answers an update with the ticket and the audit that it became', async () => {
    const { ask, ana } = createShop();
    const response = await ask('PUT', '/api/v2/tickets/1001.json', {
      ticket: { comment: { body: 'Looking', public: false }, metadata: { leeway: '{"v":1}' } },
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      ticket: { id: 1001 },
      audit: {
        author_id: ana.id,
        metadata: { custom: { leeway: '{"v":1}' } },
        events: [{ type: 'Comment', body: 'Looking', public: false }],
      },
    });
  });
});
