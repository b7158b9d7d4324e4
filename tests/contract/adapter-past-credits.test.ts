import { expect, it } from 'vitest';
import { currency } from '#domain/currencies.ts';
import { creditId, ticketId } from '#domain/ids.ts';
import { minor } from '#domain/money.ts';
import { createTicket } from '#simulator/ticket-update.ts';
import { fieldsOf, key, must, openAccount, ticket } from './adapter-account.ts';

const usd = must(currency('USD'));
const past = { reason: 'late-delivery', currency: usd };

/** Slots with these amounts, the numbers from 1, found by search when the index has caught up. */
async function withSlots(
  count: number,
  more: (number: number) => Parameters<typeof fieldsOf>[1] = () => ({}),
) {
  const account = openAccount();
  const { ana, helpdeskOf, clock } = account;
  const helpdesk = helpdeskOf(ana);
  for (let number = 1; number <= count; number += 1) {
    await helpdesk.claimSlot(
      key(account, number),
      'Credit',
      fieldsOf(account, {
        credit: must(creditId(`credit-${String(number).padStart(4, '0')}`)),
        amount: must(minor(number * 100)),
        reason: past.reason,
        status: 'posted',
        ...more(number),
      }),
    );
    clock.advance(1000);
  }
  return { ...account, helpdesk };
}

it('past credits are those posted for the reason, newest first, in one request', async () => {
  const { helpdesk, clock, asked } = await withSlots(5, (number) =>
    number === 2 ? { status: 'reserved' } : number === 4 ? { reason: 'damaged' } : {},
  );
  clock.advance(60_000);
  const before = asked().length;
  const { credits, more } = await helpdesk.readPastCredits(past);
  expect(credits.map(({ amount }) => amount)).toEqual([500, 300, 100]);
  expect(more).toBe(false);
  expect(asked().slice(before)).toHaveLength(1);
  expect(Object.keys(must(credits[0])).sort()).toEqual([
    'amount',
    'at',
    'exception',
    'signers',
    'tags',
    'ticket',
  ]);
});

it('past credits are a hundred at most, and it is said that there are older ones', async () => {
  const { helpdesk, clock, asked } = await withSlots(101);
  clock.advance(60_000);
  const before = asked().length;
  const { credits, more } = await helpdesk.readPastCredits(past);
  expect([credits.length, credits[0]?.amount, more]).toEqual([100, 10_100, true]);
  expect(asked().slice(before)).toHaveLength(1);
});

it('past credits that the index does not have yet are not among them', async () => {
  const { helpdesk, clock, state } = await withSlots(1);
  state.account.record_search_lag_ms = 30_000;
  expect((await helpdesk.readPastCredits(past)).credits).toEqual([]);
  clock.advance(60_000);
  expect((await helpdesk.readPastCredits(past)).credits).toHaveLength(1);
});

it('what customers said is read for all tickets at once, and no more than that', async () => {
  const { helpdesk, zendesk, cara, state, asked } = await withSlots(0);
  createTicket(zendesk.world, 1002, cara, {
    requester_id: cara.id,
    subject: 'Another',
    comment: { body: 'Hello', public: true },
  });
  const second = must(ticketId(1002));
  const missing = must(ticketId(1999));
  must(state.tickets['1001']).satisfaction_rating = {
    score: 'bad_with_comment',
    id: 7,
    comment: 'Never again',
  };
  const before = asked().length;
  const said = await helpdesk.readSatisfaction([ticket, second, missing]);
  expect([...said]).toEqual([
    [ticket, 'bad'],
    [second, null],
  ]);
  expect(asked().slice(before)).toHaveLength(1);
  expect(await helpdesk.readSatisfaction([])).toEqual(new Map());
});
