import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { fillForm, openSidebar } from '#tests/support/render-sidebar.tsx';
import { creditOf, DAY, HOUR, openStory, writesOf } from '#tests/support/story-shop.ts';

type Story = Awaited<ReturnType<typeof openStory>>;

const credits = () => within(screen.getByRole('region', { name: 'Credits' }));
/** The first credit, once the ticket is read. */
async function firstCredit(): Promise<HTMLElement> {
  const region = await screen.findByRole('region', { name: 'Credits' });
  return within(region).findByRole('listitem');
}
const button = (item: HTMLElement, name: string) => within(item).queryByRole('button', { name });
const RECORDS = '/api/v2/custom_objects/leeway_credit/records';
const journal = 'PUT /api/v2/tickets/1087';

/** Ana's ask, and the ticket as somebody opens it afterwards. */
async function asked(story: Story, who: Parameters<typeof openSidebar>[1], more = {}) {
  const credit = creditOf(await story.ask(story.session('ana'), more));
  await story.clock.advance(HOUR);
  const page = openSidebar(story, who, 1087);
  const item = await firstCredit();
  const since = story.zendesk.log.length;
  return { ...page, credit, item, writes: () => writesOf(story.zendesk, since) };
}

describe('a credit that waits for a colleague', () => {
  it('is posted by the one who was asked, with one journal write and one slot move', async () => {
    const story = await openStory();
    const { user, item, credit, writes } = await asked(story, 'ben');
    expect(item).toHaveTextContent('Waiting for co-sign');
    expect(item).toHaveTextContent('Ana Souza asked Ben Okafor to co-sign 1 hour ago');
    expect(item).toHaveTextContent('Lapses in 23 hours');
    await user.dblClick(within(item).getByRole('button', { name: 'Approve' }));
    await waitFor(() => {
      expect(credits().getByRole('listitem')).toHaveTextContent('Posted');
    });
    expect(screen.getByRole('status')).toHaveTextContent(
      `You approved ${credit.code}: $25.00 is posted.`,
    );
    expect(within(credits().getByRole('listitem')).getByRole('heading')).toHaveFocus();
    expect(button(item, 'Approve')).toBeNull();
    expect(writes()).toEqual([journal, `PATCH ${RECORDS}/{record}`]);
  });

  it('tells who is to agree that the customer got the like shortly before', async () => {
    const story = await openStory();
    await story.ask(story.session('ana'), { cents: 1000, seenBand: 'peer' });
    await story.clock.advance(2 * HOUR);
    await story.ask(story.session('ana'), { cents: 1500 });
    await story.clock.advance(HOUR);
    openSidebar(story, 'ben', 1087);
    const told = await screen.findByText(
      'This customer also got $10.00 3 hours ago for the same reason.',
    );
    // The first looked like none when it was asked for.
    expect(told.closest('li')).toHaveTextContent('$15.00');
    expect(credits().getAllByText(/^This customer also got/)).toHaveLength(1);
  });

  it('is declined with a reason, which must not be missing', async () => {
    const story = await openStory();
    const { user, item, writes } = await asked(story, 'ben');
    await user.click(within(item).getByRole('button', { name: 'Decline' }));
    const reason = await within(item).findByRole('textbox', { name: 'Reason' });
    await waitFor(() => {
      expect(reason).toHaveFocus();
    });
    await user.click(within(item).getByRole('button', { name: /^Decline/ }));
    within(item).getByText('Write the reason.');
    expect(writes()).toEqual([]);
    await user.type(reason, 'A word is enough here.');
    await user.click(within(item).getByRole('button', { name: /^Decline/ }));
    await waitFor(() => {
      expect(credits().getByRole('listitem')).toHaveTextContent('Declined');
    });
    expect(credits().getByRole('listitem')).toHaveTextContent(
      'Ben Okafor declined: A word is enough here.',
    );
    expect(writes()).toEqual([journal]);
  });

  it('is withdrawn by its maker, whose budget is free again', async () => {
    const story = await openStory();
    const { user, item } = await asked(story, 'ana');
    await screen.findByText('$125.00 left of $200.00');
    expect(button(item, 'Approve')).toBeNull();
    expect(button(item, 'Decline')).toBeNull();
    within(item).getByText('You asked for this credit, so a colleague decides.');
    await user.click(within(item).getByRole('button', { name: 'Withdraw' }));
    await waitFor(() => {
      expect(credits().getByRole('listitem')).toHaveTextContent('Withdrawn');
    });
    await screen.findByText('$150.00 left of $200.00');
  });

  it('is put to the leads with one press, and one of them posts it', async () => {
    const story = await openStory();
    const { user, item, unmount } = await asked(story, 'ana');
    within(item).getByText('“Ask a lead” asks Lea Brandt and Samir Haddad.');
    await user.click(within(item).getByRole('button', { name: 'Ask a lead' }));
    await waitFor(() => {
      expect(screen.getByRole('status')).toHaveTextContent('Lea Brandt and Samir Haddad');
    });
    unmount();
    const lea = openSidebar(story, 'lea', 1087);
    const seen = await firstCredit();
    await lea.user.click(within(seen).getByRole('button', { name: 'Approve' }));
    await waitFor(() => {
      expect(credits().getByRole('listitem')).toHaveTextContent('Posted');
    });
    expect(credits().getByRole('listitem')).toHaveTextContent('Lea Brandt approved as lead');
  });

  it('has no button of the form’s name while the form is open', async () => {
    const story = await openStory();
    const page = await asked(story, 'ana');
    expect(button(page.item, 'Ask a lead')).not.toBeNull();
    await fillForm(page, { amount: '120', cosigners: [] });
    expect(screen.getAllByRole('button', { name: 'Ask a lead' })).toHaveLength(1);
    expect(button(page.item, 'Ask a lead')).toBeNull();
  });

  it('counts who has signed, and is posted by the second', async () => {
    const story = await openStory();
    await story.publish({ cosigners_required: 2 });
    await story.clock.advance(1000);
    const both = [story.idOf('ben'), story.idOf('priya')];
    const page = await asked(story, 'ben', { asked: both });
    await page.user.click(within(page.item).getByRole('button', { name: 'Approve' }));
    await waitFor(() => {
      expect(credits().getByRole('listitem')).toHaveTextContent('Waiting for co-sign (1 of 2)');
    });
    credits().getByText('You have approved it. Another colleague’s approval is needed, too.');
    expect(credits().queryByRole('button', { name: 'Approve' })).toBeNull();
    page.unmount();
    const priya = openSidebar(story, 'priya', 1087);
    const seen = await firstCredit();
    await priya.user.click(within(seen).getByRole('button', { name: 'Approve' }));
    await waitFor(() => {
      expect(credits().getByRole('listitem')).toHaveTextContent('Posted');
    });
  });

  it('shows a light agent what it is, and no buttons', async () => {
    const story = await openStory();
    const { item } = await asked(story, 'liv');
    expect(within(item).queryAllByRole('button')).toEqual([]);
    within(item).getByText('Light agents cannot decide on credits.');
  });

  it('lapses, and gives the budget back when somebody opens the ticket', async () => {
    const story = await openStory();
    await story.ask(story.session('ana'));
    await story.clock.advance(DAY + HOUR);
    openSidebar(story, 'ana', 1087);
    const item = await firstCredit();
    expect(item).toHaveTextContent('Expired');
    expect(item).toHaveTextContent('It lapsed undecided');
    await screen.findByText('$150.00 left of $200.00');
    await waitFor(() => {
      expect(writesOf(story.zendesk).at(-1)).toBe(`PATCH ${RECORDS}/{record}`);
    });
  });

  it('tells somebody who was too late what happened instead', async () => {
    const story = await openStory();
    const { user, item, credit } = await asked(story, 'ben');
    await story.step(story.session('ana'), credit, { type: 'withdraw' });
    await user.click(within(item).getByRole('button', { name: 'Approve' }));
    const alert = await within(item).findByRole('alert');
    expect(alert).toHaveTextContent('Nothing was changed. It no longer waits for anybody.');
    await waitFor(() => {
      expect(credits().getByRole('listitem')).toHaveTextContent('Withdrawn');
    });
  });

  it('says that nothing was changed when Zendesk refuses, and leaves the buttons', async () => {
    const story = await openStory();
    const { user, item } = await asked(story, 'ben');
    story.zendesk.faults.add({
      match: { method: 'PUT' },
      fault: { kind: 'status', status: 403, body: { error: 'Forbidden' } },
    });
    await user.click(within(item).getByRole('button', { name: 'Approve' }));
    expect(await within(item).findByRole('alert')).toHaveTextContent('Nothing was changed.');
    expect(within(item).getByRole('button', { name: 'Approve' })).toBeEnabled();
  });

  it('hears of it when a colleague decides while the ticket is open', async () => {
    const story = await openStory();
    const { credit, tell } = await asked(story, 'ana');
    await story.step(story.session('ben'), credit, { type: 'approve' });
    act(() => {
      tell('updated');
    });
    await waitFor(() => {
      expect(credits().getByRole('listitem')).toHaveTextContent('Posted');
    });
    await screen.findByText('$75.00 posted');
  });
});

describe('a posted credit', () => {
  it('is reversed by its maker within the hold, with a reason', async () => {
    const story = await openStory();
    const credit = creditOf(await story.ask(story.session('ana')));
    await story.step(story.session('ben'), credit, { type: 'approve' });
    const { user } = openSidebar(story, 'ana', 1087);
    const item = await firstCredit();
    await screen.findByText('$125.00 left of $200.00');
    await user.click(within(item).getByRole('button', { name: 'Reverse' }));
    await user.type(await within(item).findByRole('textbox', { name: 'Reason' }), 'Wrong order.');
    await user.click(within(item).getByRole('button', { name: /^Reverse/ }));
    await waitFor(() => {
      expect(credits().getByRole('listitem')).toHaveTextContent('Reversed');
    });
    await screen.findByText('$150.00 left of $200.00');
  });

  it('says to its maker after the hold that only a lead can', async () => {
    const story = await openStory();
    const credit = creditOf(await story.ask(story.session('ana')));
    await story.step(story.session('ben'), credit, { type: 'approve' });
    await story.clock.advance(DAY + HOUR);
    openSidebar(story, 'ana', 1087);
    const item = await firstCredit();
    expect(button(item, 'Reverse')).toBeNull();
    within(item).getByText(/time in which you could reverse it is over\. A lead still can\./);
  });
});

describe('what does not count', () => {
  it('is an alert that names it, never a credit: an approval that somebody forged', async () => {
    const story = await openStory();
    const credit = creditOf(await story.ask(story.session('ana')));
    const forged = {
      v: 1,
      events: [
        {
          type: 'approve',
          id: 'forged-approval-1',
          credit: credit.id,
          digest: credit.digest,
          as: 'peer',
          terms: credit.terms,
          facts: { role: 'agent', pair_count: 0 },
          overrun_minor: 0,
          cites: null,
        },
      ],
    };
    await story.byHand('ana', 'PUT', '/api/v2/tickets/1087', {
      ticket: {
        comment: { body: 'Fine.', public: false },
        metadata: { leeway: JSON.stringify(forged) },
      },
    });
    openSidebar(story, 'lea', 1087);
    const item = await firstCredit();
    expect(item).toHaveTextContent('Waiting for co-sign');
    expect(credits().getAllByRole('listitem')).toHaveLength(1);
    expect(await credits().findByRole('alert')).toHaveTextContent(/Does not count.*Ana Souza/);
  });

  it('explains an answer in public, and writes down one that counts', async () => {
    const story = await openStory();
    const credit = creditOf(await story.ask(story.session('ana')));
    const answer = (isPublic: boolean) =>
      story.byHand('ben', 'PUT', '/api/v2/tickets/1087', {
        ticket: { comment: { body: `approve ${credit.code} 25.00`, public: isPublic } },
      });
    await story.clock.advance(2000);
    await answer(true);
    const page = openSidebar(story, 'ana', 1087);
    await firstCredit();
    expect(await credits().findByRole('alert')).toHaveTextContent(
      'The answer is public. Ask Ben Okafor to approve or decline in a private note.',
    );
    await story.clock.advance(2000);
    await answer(false);
    act(() => {
      page.tell('conversation');
    });
    await waitFor(() => {
      expect(credits().getByRole('listitem')).toHaveTextContent('Posted');
    });
  });
});
