import { describe, expect, it } from 'vitest';
import { mergeUsers } from '#simulator/people-actions.ts';
import { closeTicket, mergeTickets } from '#simulator/ticket-actions.ts';
import { removeTicket } from '#simulator/ticket-update.ts';
import { fold } from '#domain/fold.ts';
import { readTermsHistory } from '#use-cases/terms-history.ts';
import { creditOf, HOUR, MINUTE, openStory, writesOf } from '#tests/support/story-shop.ts';

type Story = Awaited<ReturnType<typeof openStory>>;

/** What the ticket proves, as somebody who opens it now reads it. */
async function ledgerOf(story: Story, ticket = 1087) {
  const context = story.session('priya');
  const audits = await context.helpdesk.readAudits(story.ticketOf(ticket));
  return fold(audits, await readTermsHistory(context), context.clock.now());
}

async function asked() {
  const story = await openStory();
  const credit = creditOf(await story.ask(story.session('ana')));
  await story.clock.advance(MINUTE);
  return { ...story, story, credit };
}

async function posted() {
  const { story, credit, ...rest } = await asked();
  const signed = creditOf(await story.step(story.session('ben'), credit, { type: 'approve' }));
  await story.clock.advance(MINUTE);
  return { ...rest, story, credit: signed };
}

describe('a ticket that is closed', () => {
  it('ends what waits and keeps what is posted', async () => {
    const { story, zendesk } = await asked();
    closeTicket(zendesk.world, 1087);
    expect((await ledgerOf(story)).credits[0]?.state).toMatchObject({
      kind: 'void',
      why: 'closed',
    });
    const other = await posted();
    closeTicket(other.zendesk.world, 1087);
    expect((await ledgerOf(other.story)).credits[0]?.state.kind).toBe('posted');
  });

  it('refuses a reversal, which is for billing then', async () => {
    const { story, zendesk, session, credit } = await posted();
    closeTicket(zendesk.world, 1087);
    const before = zendesk.log.length;
    expect(
      await story.step(session('ana'), credit, { type: 'reverse', reason: 'Twice.' }),
    ).toMatchObject({ kind: 'refused', why: 'closed' });
    expect(writesOf(zendesk, before)).toEqual([]);
  });
});

describe('a ticket that is merged into another', () => {
  it('ends what waits on it, and its journal is not the other’s', async () => {
    const { story, zendesk, idOf } = await asked();
    mergeTickets(zendesk.world, {
      source_id: 1087,
      target_id: 1084,
      user_id: Number(idOf('tomas')),
    });
    expect((await ledgerOf(story)).credits[0]?.state).toMatchObject({
      kind: 'void',
      why: 'closed',
    });
    expect((await ledgerOf(story, 1084)).credits).toEqual([]);
    expect((await ledgerOf(story, 1084)).problems).toEqual([]);
  });
});

describe('a ticket that is deleted', () => {
  it('leaves its slot counting against the budget: nobody can prove that it is free', async () => {
    const { story, zendesk, session, idOf } = await asked();
    const ticket = zendesk.state.tickets['1087'];
    if (ticket) removeTicket(zendesk.world, ticket, Number(idOf('ada')));
    // 200 − 50 of November's past − 25 leaves 125; the slot itself is as it was.
    const outcome = await story.ask(session('ana'), { cents: 9000, on: 1084 });
    const facts = creditOf(outcome).request.facts;
    expect(facts.budgetUsed).toBe(7500);
  });
});

describe('a ticket whose customer is changed', () => {
  it('keeps what is posted, and lets what waits be withdrawn', async () => {
    const change = async ({ byHand, customerOf }: Story) =>
      byHand('tomas', 'PUT', '/api/v2/tickets/1087.json', {
        ticket: { requester_id: Number(customerOf(1084)) },
      });
    const given = await posted();
    await change(given.story);
    expect((await ledgerOf(given.story)).credits[0]?.state.kind).toBe('posted');
    const waiting = await asked();
    await change(waiting.story);
    await waiting.story.clock.advance(HOUR);
    expect(
      await waiting.story.step(waiting.session('ana'), waiting.credit, { type: 'withdraw' }),
    ).toMatchObject({ kind: 'done', credit: { state: { kind: 'void' } } });
  });
});

describe('a customer whose profile is merged into another', () => {
  const merge = ({ zendesk, customerOf }: Story) => {
    mergeUsers(zendesk.world, Number(customerOf(1087)), Number(customerOf(1084)));
  };

  it('keeps what is posted, and nobody is accused', async () => {
    const { story } = await posted();
    merge(story);
    const ledger = await ledgerOf(story);
    expect(ledger.credits[0]?.state.kind).toBe('posted');
    expect(ledger.problems).toEqual([]);
  });

  it('leaves what waits to its co-signer: the audits still prove for whom it is', async () => {
    const { story, session, credit } = await asked();
    merge(story);
    expect(await story.step(session('ben'), credit, { type: 'approve' })).toMatchObject({
      kind: 'done',
      credit: { state: { kind: 'posted' } },
    });
  });

  it('leaves it to them after a conflict, too, that makes the ticket be read again', async () => {
    const { story, session, credit } = await asked();
    merge(story);
    const ben = session('ben');
    let writes = 0;
    const between = {
      ...ben,
      helpdesk: {
        ...ben.helpdesk,
        async writeStep(...step: Parameters<typeof ben.helpdesk.writeStep>) {
          writes += 1;
          if (writes === 1) {
            const note = { ticket: { comment: { body: 'On it.', public: false } } };
            await story.byHand('tomas', 'PUT', '/api/v2/tickets/1087', note);
          }
          return ben.helpdesk.writeStep(...step);
        },
      },
    };
    expect(await story.step(between, credit, { type: 'approve' })).toMatchObject({
      kind: 'done',
      credit: { state: { kind: 'posted' } },
    });
    expect(writes).toBe(2);
  });

  it('is not taken for merged where it was changed while the ask was being read', async () => {
    const story = await openStory();
    const customer = story.customerOf(1087);
    const ana = story.session('ana');
    const between = {
      ...ana,
      helpdesk: {
        ...ana.helpdesk,
        async readTicket(...ticket: Parameters<typeof ana.helpdesk.readTicket>) {
          const change = { ticket: { requester_id: Number(story.customerOf(1084)) } };
          await story.byHand('tomas', 'PUT', '/api/v2/tickets/1087', change);
          return ana.helpdesk.readTicket(...ticket);
        },
        // As they were a moment before.
        readAudits: (() => {
          const before = ana.helpdesk.readAudits(story.ticketOf(1087));
          return () => before;
        })(),
      },
    };
    expect(await story.ask(between, { customer })).toMatchObject({
      kind: 'refused',
      why: 'customer-changed',
    });
  });

  it('takes no new credit where the audits still name the old one, and says so before any write', async () => {
    const story = await openStory();
    const former = story.customerOf(1087);
    merge(story);
    const before = story.zendesk.log.length;
    for (const [customer, why] of [
      [former, 'customer-changed'],
      [story.customerOf(1084), 'customer-unclear'],
    ] as const) {
      expect(await story.ask(story.session('ana'), { customer })).toMatchObject({
        kind: 'refused',
        why,
      });
    }
    expect(writesOf(story.zendesk, before)).toEqual([]);
  });
});
