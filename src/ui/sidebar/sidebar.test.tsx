import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import {
  askedOf,
  blockedStorage,
  createBrowser,
  fillForm,
  openSidebar,
  untilRead,
} from '#tests/support/render-sidebar.tsx';
import { openStory } from '#tests/support/story-shop.ts';

const region = (name: string) => screen.getByRole('region', { name });
const SLOTS = '/custom_objects/leeway_credit/records\\?filter';

describe('a ticket that is opened', () => {
  it('shows the budget, who the customer is, the guidelines and what may be done', async () => {
    const story = await openStory();
    openSidebar(story, 'ana', 1087);
    await untilRead();
    const budget = region('Budget');
    within(budget).getByText('$150.00 left of $200.00');
    const meter = within(budget).getByRole('meter', { name: 'Budget used' });
    expect(meter).toHaveAttribute('aria-valuenow', '50');
    expect(meter).toHaveAttribute('aria-valuemax', '200');
    expect(meter).toHaveAttribute('aria-valuetext', '$50.00 posted and $0.00 reserved of $200.00');
    within(region('Credits')).getByText('No credits on this ticket.');
    const customer = region('Customer');
    within(customer).getByText('Grete Holm');
    within(customer).getByText('2 credits in the last 90 days: $25.00');
    within(customer).getByText('$125.00 left under the cap of $150.00');
    within(customer).getByRole('link', { name: 'Bottle cage cracked in the box' });
    expect(customer).toHaveTextContent('Solved · 16 days ago · Satisfied');
    const article = await within(region('Guidelines')).findByRole('link', {
      name: /^Goodwill for late deliveries/,
    });
    expect(article).toHaveAttribute('target', '_blank');
    screen.getByRole('button', { name: 'New credit' });
    await screen.findByRole('button', { name: 'Limits' });
  });

  it('asks six times and the Help Center once, three times on the next ticket, once when it is seen again', async () => {
    const story = await openStory();
    const browser = createBrowser();
    const first = openSidebar(story, 'ana', 1087, { browser });
    await untilRead();
    await screen.findByRole('link', { name: /^Goodwill for late deliveries/ });
    const asked = askedOf(story);
    expect(asked.filter((path) => path.includes('help_center'))).toHaveLength(1);
    expect(asked).toHaveLength(7);
    first.unmount();

    let since = story.zendesk.log.length;
    const second = openSidebar(story, 'ana', 1084, { browser });
    await untilRead();
    await screen.findByRole('button', { name: 'New credit' });
    expect(askedOf(story, since)).toEqual([
      'GET /api/v2/tickets/1084/audits',
      expect.stringMatching(/^GET \/api\/v2\/users\/\d+\/tickets\/requested$/),
      'POST /api/v2/custom_objects/leeway_credit/records/search',
    ]);
    second.unmount();

    since = story.zendesk.log.length;
    openSidebar(story, 'ana', 1087, { browser });
    await untilRead();
    await screen.findByRole('button', { name: 'New credit' });
    expect(askedOf(story, since)).toEqual(['GET /api/v2/tickets/1087/audits']);
  });

  it('asks nothing when the agent comes back at once, and reads the journal again later or on news', async () => {
    const story = await openStory();
    const { tell } = openSidebar(story, 'ana', 1087);
    await untilRead();
    await screen.findByRole('link', { name: /^Goodwill for late deliveries/ });
    const since = story.zendesk.log.length;
    const again = () => askedOf(story, since);
    act(() => {
      tell('hidden');
      tell('activated');
    });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(again()).toEqual([]);

    act(() => {
      tell('hidden');
      tell('updated');
    });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(again(), 'a hidden tab only remembers').toEqual([]);
    act(() => {
      tell('activated');
    });
    await waitFor(() => {
      expect(again()).toEqual(['GET /api/v2/tickets/1087/audits']);
    });
    act(() => {
      tell('updated');
      tell('conversation');
    });
    await waitFor(() => {
      expect(again()).toHaveLength(2);
    });
  });

  it('works the same where the browser blocks storage', async () => {
    const story = await openStory();
    openSidebar(story, 'ana', 1087, { storage: blockedStorage() });
    await untilRead();
    within(region('Budget')).getByText('$150.00 left of $200.00');
    screen.getByRole('button', { name: 'New credit' });
  });

  it('never shows one person what another has left in the browser', async () => {
    const story = await openStory();
    const browser = createBrowser();
    openSidebar(story, 'ana', 1087, { browser }).unmount();
    const since = story.zendesk.log.length;
    openSidebar(story, 'ben', 1087, { browser });
    await untilRead();
    await screen.findByText('$167.00 left of $200.00');
    expect(askedOf(story, since).length).toBeGreaterThanOrEqual(6);
  });

  it('names another ticket on which somebody waits for the viewer, and opens it', async () => {
    const story = await openStory();
    const { user, opened } = openSidebar(story, 'ben', 1087);
    await untilRead();
    screen.getByText('1 other ask waits for you:');
    await user.click(screen.getByRole('link', { name: 'Ticket 1080' }));
    expect(opened).toEqual(['1080']);
  });
});

describe('what could not be read', () => {
  it('is said to be unknown for the budget, which is not shown as full, and heals on trying again', async () => {
    const story = await openStory();
    story.zendesk.faults.add({ match: { path: SLOTS }, fault: { kind: 'status', status: 500 } });
    const { user } = openSidebar(story, 'ana', 1087);
    await untilRead();
    const alert = await within(region('Budget')).findByRole('alert');
    expect(alert).toHaveTextContent('Your budget could not be read.');
    expect(screen.queryByRole('meter')).toBeNull();
    expect(screen.queryByRole('button', { name: 'New credit' })).toBeNull();
    screen.getByText('You cannot give a credit while your budget is not known.');
    story.zendesk.faults.clear();
    await user.click(within(alert).getByRole('button', { name: 'Try again' }));
    await within(region('Budget')).findByText('$150.00 left of $200.00');
    screen.getByRole('button', { name: 'New credit' });
  });

  it('is said for the credits, and no new one can be made', async () => {
    const story = await openStory();
    story.zendesk.faults.add({
      match: { path: '/audits' },
      fault: { kind: 'status', status: 403, body: {} },
    });
    openSidebar(story, 'ana', 1087);
    await untilRead();
    const alert = await within(region('Credits')).findByRole('alert');
    expect(alert).toHaveTextContent('This ticket’s credits could not be read.');
    expect(within(region('Credits')).queryByText('No credits on this ticket.')).toBeNull();
    expect(screen.queryByRole('button', { name: 'New credit' })).toBeNull();
    screen.getByText('You cannot give a credit while this ticket’s credits are not known.');
    within(region('Budget')).getByText('$150.00 left of $200.00');
  });

  it('is said for the customer’s past credits, which are not shown as none', async () => {
    const story = await openStory();
    story.zendesk.faults.add({
      match: { path: '/records/search' },
      fault: { kind: 'status', status: 500 },
    });
    openSidebar(story, 'ana', 1087);
    await untilRead();
    await within(region('Customer')).findByText('Past credits could not be read.');
    expect(region('Customer')).not.toHaveTextContent('No credits');
    screen.getByText('You cannot give a credit while the customer’s past credits are not known.');
  });

  it('is said for the limits', async () => {
    const story = await openStory();
    story.zendesk.faults.add({
      match: { path: '/leeway_terms/' },
      fault: { kind: 'status', status: 500 },
    });
    openSidebar(story, 'ana', 1087);
    await screen.findByText('The limits could not be read.');
    expect(screen.queryByRole('button', { name: 'New credit' })).toBeNull();
  });

  it('stays as it was read before, with a word that it may be old', async () => {
    const story = await openStory();
    const { tell, user } = openSidebar(story, 'ana', 1087);
    await untilRead();
    story.zendesk.faults.add({
      match: { path: '/audits' },
      fault: { kind: 'status', status: 503 },
    });
    act(() => {
      tell('updated');
    });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('What you see may be out of date.');
    within(region('Budget')).getByText('$150.00 left of $200.00');
    story.zendesk.faults.clear();
    await user.click(within(alert).getByRole('button', { name: 'Try again' }));
    await waitFor(() => {
      expect(screen.queryByRole('alert')).toBeNull();
    });
  });

  it('is passed over for agents when there is no Help Center, and told to admins', async () => {
    const story = await openStory();
    const gone = {
      match: { path: '/help_center/' },
      fault: { kind: 'status', status: 404 },
    } as const;
    story.zendesk.faults.add(gone);
    const ana = openSidebar(story, 'ana', 1087);
    await untilRead();
    await within(region('Guidelines')).findByText('No guidelines here.');
    expect(screen.queryByRole('alert')).toBeNull();
    ana.unmount();
    openSidebar(story, 'ada', 1087);
    await untilRead();
    await within(region('Guidelines')).findByText(/Publish articles with the label “leeway”/);
  });
});

describe('who may not give credits', () => {
  it('is told so: a light agent', async () => {
    const story = await openStory();
    openSidebar(story, 'liv', 1087);
    await untilRead();
    await screen.findByText('Light agents can see credits, but not give or approve them.');
    expect(screen.queryByRole('button', { name: 'New credit' })).toBeNull();
    expect(screen.queryByRole('meter')).toBeNull();
  });

  it('is told so: somebody outside the pilot', async () => {
    const story = await openStory();
    await story.publish({ pilot_groups: 'Billing' });
    await story.clock.advance(1000);
    openSidebar(story, 'ana', 1087);
    await untilRead();
    await screen.findByText(/You are not in it yet/);
    expect(screen.queryByRole('button', { name: 'New credit' })).toBeNull();
  });

  it('is told so: everybody, before an admin has published limits', async () => {
    const story = await openStory();
    for (const id of Object.keys(story.zendesk.state.records['leeway_terms'] ?? {})) {
      delete story.zendesk.state.records['leeway_terms']?.[id];
    }
    openSidebar(story, 'ana', 1088);
    await untilRead();
    await screen.findByText(/No limits are published yet.*under Limits\./);
    expect(screen.queryByRole('button', { name: 'New credit' })).toBeNull();
  });

  it('is told so: everybody, on a closed ticket', async () => {
    const story = await openStory();
    const ticket = Object.values(story.zendesk.state.tickets).find(
      ({ status, archived }) => status === 'closed' && !archived,
    );
    openSidebar(story, 'ana', ticket?.id ?? 0);
    await untilRead();
    await screen.findByText('This ticket is closed. Give a credit on a follow-up ticket.');
  });
});

describe('several tabs of one browser', () => {
  it('show what one of them has written, without asking', async () => {
    const story = await openStory();
    const browser = createBrowser();
    const one = openSidebar(story, 'ana', 1087, { browser });
    await within(one.container).findByText('$150.00 left of $200.00');
    const other = openSidebar(story, 'ana', 1084, { browser });
    await within(other.container).findByText('$150.00 left of $200.00');
    await within(other.container).findByRole('button', { name: 'New credit' });

    const inOne = within(one.container);
    await fillForm(one);
    const since = story.zendesk.log.length;
    await one.user.click(inOne.getByRole('button', { name: 'Ask for co-sign' }));
    await inOne.findByText('$125.00 left of $200.00');
    await within(other.container).findByText('$125.00 left of $200.00');
    expect(askedOf(story, since).filter((path) => path.includes('1084'))).toEqual([]);
  });
});
