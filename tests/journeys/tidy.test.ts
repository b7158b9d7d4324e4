import { describe, expect, it } from 'vitest';
import { fold } from '#domain/fold.ts';
import { followUp } from '#simulator/reply-actions.ts';
import { closeTicket } from '#simulator/ticket-actions.ts';
import { readTermsHistory } from '#use-cases/terms-history.ts';
import { tidyTicket } from '#use-cases/tidy-ticket.ts';
import { creditOf, DAY, MINUTE, openStory, writesOf } from '#tests/support/story-shop.ts';

type Story = Awaited<ReturnType<typeof openStory>>;

async function tidied(story: Story, on = 1087, shown: string | null = 'leeway_waiting') {
  const context = story.session('lea');
  const ticket = story.ticketOf(on);
  const audits = await context.helpdesk.readAudits(ticket);
  const ledger = fold(audits, await readTermsHistory(context), context.clock.now());
  return tidyTicket(context, ticket, ledger, shown);
}

const tagsOf = ({ zendesk }: Story, on = 1087) =>
  zendesk.state.tickets[String(on)]?.tags.filter((tag) => tag.startsWith('leeway'));

describe('the status field', () => {
  it('is emptied, and the asked unfollowed, once the credit has expired', async () => {
    const story = await openStory();
    await story.ask(story.session('ana'));
    await story.clock.advance(2 * DAY);
    expect(await tidied(story)).toBe(true);
    expect(tagsOf(story)).toEqual([]);
    expect(story.zendesk.state.tickets['1087']?.follower_ids).toEqual([]);
  });

  it('set by hand is corrected to what the journal says', async () => {
    const story = await openStory();
    const credit = creditOf(await story.ask(story.session('ana')));
    await story.step(story.session('ana'), credit, { type: 'withdraw' });
    const field = story.zendesk.state.installed_app?.requirements['leeway_status'];
    await story.byHand('ana', 'PUT', '/api/v2/tickets/1087.json', {
      ticket: {
        custom_fields: [{ id: Number(field?.requirement_id), value: 'leeway_posted' }],
      },
    });
    expect(tagsOf(story)).toEqual(['leeway_posted']);
    expect(await tidied(story, 1087, 'leeway_posted')).toBe(true);
    expect(tagsOf(story)).toEqual([]);
  });

  it('that a follow-up ticket inherited is cleared, and nobody accused', async () => {
    const story = await openStory();
    const credit = creditOf(await story.ask(story.session('ana')));
    await story.step(story.session('ben'), credit, { type: 'approve' });
    const { world, state } = story.zendesk;
    closeTicket(world, 1087);
    const source = state.tickets['1087'];
    const customer = state.users[String(source?.requester_id)];
    if (!source || !customer) throw new Error('the shop changed');
    const { ticket } = followUp(world, source, customer, 'Again.', 'email');
    expect(tagsOf(story, ticket.id)).toEqual(['leeway_posted']);
    await story.clock.advance(MINUTE);
    expect(await tidied(story, ticket.id, 'leeway_posted')).toBe(true);
    expect(tagsOf(story, ticket.id)).toEqual([]);
  });

  it('costs nothing where it is right, and writes nothing where only the page is behind', async () => {
    const story = await openStory();
    await story.ask(story.session('ana'));
    const before = story.zendesk.log.length;
    expect(await tidied(story, 1087, 'leeway_waiting')).toBe(false);
    expect(await tidied(story, 1087, null)).toBe(false);
    expect(writesOf(story.zendesk, before)).toEqual([]);
  });
});
