import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { currency } from '#domain/currencies.ts';
import { creditId, ticketId, userId } from '#domain/ids.ts';
import { instantFromIso } from '#domain/instant.ts';
import { minor } from '#domain/money.ts';
import type { SlotFields } from '#domain/slot.ts';
import { parseSlotKey } from '#domain/slot-key.ts';
import { createManualClock } from '#simulator/clock.ts';
import { installApp } from '#simulator/install-app.ts';
import { addGroup, addToken, addUser } from '#simulator/people.ts';
import { createEmptyState } from '#simulator/state.ts';
import { createTicket } from '#simulator/ticket-update.ts';
import { createZendesk } from '#simulator/zendesk.ts';
import { createFetchTransport } from '#zendesk/fetch-transport.ts';
import { createHelpdesk, type JournalStep } from '#zendesk/helpdesk.ts';
import { noteHtml } from '#zendesk/note-html.ts';
import { retryReads } from '#zendesk/retry.ts';
import { createZendeskClock } from '#zendesk/zendesk-clock.ts';

export const ORIGIN = 'https://acme.zendesk.com';
const opening = Date.UTC(2026, 10, 22, 10);

const packageFile = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'));

export const must = <T>(value: T | null | undefined): T =>
  value ?? expect.fail('a value for the test');

export const ticket = must(ticketId(1001));

/** A small account with the app installed as its package says. */
export function openAccount() {
  const state = createEmptyState();
  const clock = createManualClock(opening);
  const zendesk = createZendesk({ state, clock });
  const ada = addUser(state, { name: 'Ada Admin', role: 'admin' });
  const ana = addUser(state, { name: 'Ana Agent', role: 'agent', tags: ['senior'] });
  const ben = addUser(state, { name: 'Ben {{Agent}}', role: 'agent' });
  const lin = addUser(state, { name: 'Lin Light', role: 'agent', role_type: 1 });
  const sue = addUser(state, { name: 'Sue Suspended', role: 'agent', suspended: true });
  const cara = addUser(state, { name: 'Cara Customer' });
  const group = addGroup(state, { name: 'Support' }, [ana.id, ben.id]);
  addToken(state, 'read-only', ada.id, ['read']);
  const app = installApp(state, packageFile('manifest.json'), packageFile('requirements.json'));
  const fieldId = String(app.requirements['leeway_status']?.requirement_id);
  createTicket(zendesk.world, 1001, cara, {
    requester_id: cara.id,
    subject: 'Late parcel',
    comment: { body: 'Where is it?', public: true },
    tags: ['vip'],
  });
  clock.advance(60_000);

  /** The helpdesk in this person's session; `aheadMs`: how wrong their browser's clock is. */
  function helpdeskOf(user: { id: number } | { token: string }, aheadMs = 0) {
    const transport = createFetchTransport({
      origin: ORIGIN,
      token: 'token' in user ? user.token : '',
      fetch: (input, init) => {
        const headers = new Headers(init?.headers);
        if ('id' in user) {
          headers.delete('authorization');
          headers.set('x-simulator-user', String(user.id));
        }
        return zendesk.handle(new Request(input as URL, { ...init, headers }));
      },
    });
    const zendeskClock = createZendeskClock(() => clock.now() + aheadMs);
    const timing = { sleep: () => Promise.resolve(), random: () => 0 };
    const helpdesk = createHelpdesk(retryReads(transport, timing), zendeskClock, fieldId);
    return Object.assign(helpdesk, { clock: zendeskClock });
  }

  const asked = () => zendesk.log.map(({ method, path }) => `${method} ${path}`);
  const idOf = (user: { id: number }) => must(userId(user.id));
  return {
    zendesk,
    state,
    clock,
    helpdeskOf,
    asked,
    idOf,
    ada,
    ana,
    ben,
    lin,
    sue,
    cara,
    group,
    fieldId,
  };
}

type Account = ReturnType<typeof openAccount>;

export const key = (account: Account, number: number) =>
  must(parseSlotKey(`month:2026-11:Etc~UTC:USD/${String(account.ana.id)}/${String(number)}`));

export const fieldsOf = (
  { idOf, ana, ben, cara }: Account,
  more: Partial<SlotFields> = {},
): SlotFields => ({
  credit: must(creditId('credit-0001')),
  ticket,
  maker: idOf(ana),
  customer: idOf(cara),
  asked: [idOf(ben)],
  signers: [],
  amount: must(minor(2500)),
  currency: must(currency('USD')),
  reason: 'late_delivery',
  tags: ['senior'],
  status: 'reserved',
  band: 'peer',
  exception: false,
  terms: 1,
  expiresAt: must(instantFromIso('2026-11-23T10:00:00Z')),
  ...more,
});

export const journal =
  '{"v":1,"events":[{"type":"withdraw","id":"event-0001","credit":"credit-0001"}]}';

export const stepOn = (updatedStamp: string, more: Partial<JournalStep> = {}): JournalStep => ({
  journal,
  noteHtml: noteHtml(['Ana asks @Ben {{ticket.requester.name}} <b>for</b> {% assign %}$25.00']),
  follow: [],
  unfollow: [],
  statusField: 'leeway_waiting',
  updatedStamp,
  ...more,
});
