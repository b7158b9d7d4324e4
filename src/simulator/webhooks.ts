import { createHmac } from 'node:crypto';
import { auditsOf } from './audit-writer.ts';
import { stampOf } from './clock.ts';
import { createUlid, takeId } from './ids.ts';
import { checkTrigger, ringsOf } from './triggers.ts';
import type { World } from './call.ts';
import type { Trigger, TriggerCondition, Webhook, WebhookInvocation } from './webhook-state.ts';
import type { Zendesk } from './zendesk.ts';

const ACCOUNT = '21825834';

/** After this long without an answer an attempt is over. */
const TIMEOUT = 12_000;
const TRIES_AFTER_TIMEOUT = 5;
const TRIES_AFTER_CONFLICT = 3;
const TRIES_AFTER_BUSY = 3;
const LONGEST_RETRY_AFTER_S = 60;
const PAUSE = 1_000;

/** Most invocations that are kept to be looked at. */
const MOST_KEPT = 1_000;

function checkEndpoint(endpoint: string): void {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  if (url?.protocol !== 'http:' || !['localhost', '127.0.0.1'].includes(url.hostname)) {
    throw new Error('An endpoint here is http://localhost or http://127.0.0.1, nobody else.');
  }
}

function newSecret(world: World): string {
  const bytes = Array.from({ length: 32 }, () => Math.floor(world.random() * 256));
  return btoa(String.fromCharCode(...bytes));
}

/** Makes a webhook, as an admin does. @returns it, with the secret that its owner needs */
export function addWebhook(
  world: World,
  given: { name: string; endpoint: string; signing_secret?: string | undefined },
): Webhook {
  checkEndpoint(given.endpoint);
  const now = world.clock.now();
  const webhook: Webhook = {
    id: createUlid(now, world.random),
    name: given.name,
    endpoint: given.endpoint,
    status: 'active',
    signing_secret: given.signing_secret ?? newSecret(world),
    created_at: stampOf(now),
  };
  world.state.webhooks[webhook.id] = webhook;
  return webhook;
}

/** Makes a ticket trigger that calls a webhook. @throws Error for what triggers here do not know */
export function addTrigger(
  world: World,
  given: {
    title: string;
    conditions: { all: TriggerCondition[]; any?: TriggerCondition[] | undefined };
    webhook_id: string;
    body: string;
  },
): Trigger {
  const stamp = stampOf(world.clock.now());
  const trigger: Trigger = {
    id: takeId(world.state),
    title: given.title,
    active: true,
    conditions: { all: given.conditions.all, any: given.conditions.any ?? [] },
    actions: [{ field: 'notification_webhook', value: [given.webhook_id, given.body] }],
    created_at: stamp,
    updated_at: stamp,
  };
  checkTrigger(world.state, trigger);
  world.state.triggers[String(trigger.id)] = trigger;
  return trigger;
}

/** base64 of HMAC-SHA256 over the stamp and the body as it is sent, byte by byte. */
export function signatureOf(secret: string, stamp: string, body: string): string {
  return createHmac('sha256', secret)
    .update(stamp + body)
    .digest('base64');
}

/**
 * Rings: whenever an update of a ticket meets a trigger, its webhook's endpoint is called, beside
 * the update and after it, as often as Zendesk would. Returns what stops it.
 */
export function startWebhooks(
  zendesk: Zendesk,
  send: typeof globalThis.fetch = globalThis.fetch,
): () => void {
  const stopped = new AbortController();

  async function attempt(webhook: Webhook, invocation: WebhookInvocation): Promise<Outcome> {
    const stamp = stampOf(zendesk.clock.now());
    const tried: WebhookInvocation['attempts'][number] = { at: stamp, status: null };
    invocation.attempts.push(tried);
    try {
      const answer = await send(webhook.endpoint, {
        method: 'POST',
        body: invocation.body,
        redirect: 'manual',
        signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(TIMEOUT)]),
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Zendesk Webhook',
          'x-zendesk-account-id': ACCOUNT,
          'x-zendesk-webhook-id': webhook.id,
          'x-zendesk-webhook-invocation-id': invocation.id,
          'x-zendesk-webhook-signature': signatureOf(
            webhook.signing_secret,
            stamp,
            invocation.body,
          ),
          'x-zendesk-webhook-signature-timestamp': stamp,
        },
      });
      await answer.body?.cancel();
      tried.status = answer.status;
      return outcomeOf(answer.status, answer.headers.get('retry-after'));
    } catch (error) {
      const late = error instanceof DOMException && error.name === 'TimeoutError';
      return late ? { tries: TRIES_AFTER_TIMEOUT, pause: PAUSE } : final;
    }
  }

  async function deliver(webhook: Webhook, invocation: WebhookInvocation): Promise<void> {
    for (let retried = 0; ; retried += 1) {
      const { tries, pause } = await attempt(webhook, invocation);
      if (retried >= tries || stopped.signal.aborted) return;
      await zendesk.clock.sleep(pause);
    }
  }

  const unsubscribe = zendesk.subscribe((event) => {
    if (event.type !== 'ticket.created' && event.type !== 'ticket.updated') return;
    const { state, random } = zendesk.world;
    const ticket = state.tickets[String(event.ticket_id)];
    const audit = auditsOf(state, event.ticket_id).find(({ id }) => id === event.audit_id);
    if (ticket === undefined || audit === undefined) return;
    for (const { webhook_id, body } of ringsOf(state, { ticket, audit })) {
      const webhook = state.webhooks[webhook_id];
      if (webhook?.status !== 'active') continue;
      const id = createUlid(zendesk.clock.now(), random);
      const invocation = { id, webhook_id, ticket_id: ticket.id, body, attempts: [] };
      state.webhook_invocations.push(invocation);
      state.webhook_invocations.splice(0, state.webhook_invocations.length - MOST_KEPT);
      void deliver(webhook, invocation);
    }
  });
  return () => {
    unsubscribe();
    stopped.abort();
  };
}

/** How often the same invocation is tried again for this answer, and after how many ms. */
interface Outcome {
  tries: number;
  pause: number;
}

const final: Outcome = { tries: 0, pause: 0 };

function outcomeOf(status: number, retryAfter: string | null): Outcome {
  if (status === 409) return { tries: TRIES_AFTER_CONFLICT, pause: PAUSE };
  const seconds = retryAfter !== null && /^\d+$/.test(retryAfter) ? Number(retryAfter) : Infinity;
  const busy = status === 429 || status === 503;
  if (!busy || seconds >= LONGEST_RETRY_AFTER_S) return final;
  return { tries: TRIES_AFTER_BUSY, pause: seconds * 1000 };
}
