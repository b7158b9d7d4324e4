import { afterEach, expect, it, vi } from 'vitest';
import { startListening } from '#settlement/listen/receiver.ts';
import { settleTicket } from '#settlement/settle.ts';
import type { SettledLine } from '#settlement/settled-credit.ts';
import { createSource } from '#settlement/source.ts';
import { settlementToken } from '#simulator/scenarios/shop.ts';
import { startWebhooks } from '#simulator/webhooks.ts';
import { createBearerTransport } from '#zendesk/bearer-transport.ts';
import { findStatusField } from '#zendesk/status-field.ts';
import { creditOf, DAY, MINUTE, openStory } from '#tests/support/story-shop.ts';

vi.setConfig({ testTimeout: 30_000 });

const ORIGIN = 'https://pedal-and-pine.zendesk.com';

/** Rings travel over HTTP, beside what is awaited; a busy machine takes its time. */
const eventually = <T>(value: () => T) => expect.poll(value, { timeout: 20_000 });

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** The shop with its bell, and a receiver that settles the ticket which it names. */
async function openBell() {
  const story = await openStory();
  const { zendesk, clock } = story;
  const transport = createBearerTransport({
    baseUrl: ORIGIN,
    token: settlementToken,
    clock: { now: () => clock.now(), sleep: (ms) => clock.advance(ms) },
    fetch: (input, init) => zendesk.handle(new Request(input, init)),
  });
  const source = createSource(transport, await findStatusField(transport), () => clock.now());
  const settled: (readonly SettledLine[])[] = [];
  const told: string[] = [];
  const [webhook] = Object.values(zendesk.state.webhooks);
  if (!webhook) throw new Error('the shop has a bell');
  const receiver = await startListening({
    secret: webhook.signing_secret,
    host: '127.0.0.1',
    port: 0,
    path: '/',
    clock: { now: () => clock.now(), sleep: (ms) => clock.advance(ms) },
    settle: async (ticket) => {
      settled.push(await settleTicket(source, ticket));
    },
    tell: ({ kind }) => told.push(kind),
  });
  closing.push(() => receiver.close());
  webhook.endpoint = receiver.url;
  closing.push(startWebhooks(zendesk));
  const attempts = () => zendesk.state.webhook_invocations.flatMap((ring) => ring.attempts);
  return { ...story, source, settled, told, receiver, attempts };
}

it('rings as soon as a credit is posted: it is settled at once, held, and payable after its hold', async () => {
  const { session, ask, step, clock, source, settled, receiver, attempts } = await openBell();
  const credit = creditOf(await ask(session('ana')));
  await clock.advance(MINUTE);
  expect(attempts()).toEqual([]);
  await step(session('ben'), credit, { type: 'approve' });
  await eventually(() => attempts().map(({ status }) => status)).toEqual([202]);
  await receiver.idle();
  expect(settled).toEqual([[expect.objectContaining({ id: credit.id, verdict: 'held' })]]);
  await clock.advance(DAY + 5 * MINUTE);
  const later = await settleTicket(source, credit.offer.ticket);
  expect(later).toMatchObject([{ id: credit.id, verdict: 'payable' }]);
});

it('proves nothing: rung by hand, it settles a ticket that has no credit', async () => {
  const { byHand, told, settled, receiver } = await openBell();
  await byHand('ben', 'PUT', '/api/v2/tickets/1087/tags', { tags: ['leeway_posted'] });
  await eventually(() => told).toContain('settled');
  await receiver.idle();
  expect(settled).toEqual([[]]);
});

it('is not believed when somebody else rings, who does not have the secret', async () => {
  const { zendesk, session, ask, step, settled, attempts } = await openBell();
  for (const webhook of Object.values(zendesk.state.webhooks)) webhook.signing_secret = 'guessed';
  const credit = creditOf(await ask(session('ana')));
  await step(session('ben'), credit, { type: 'approve' });
  await eventually(() => attempts().map(({ status }) => status)).toEqual([401]);
  expect(settled).toEqual([]);
});
