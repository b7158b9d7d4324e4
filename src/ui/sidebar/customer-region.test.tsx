import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { askedOf, openSidebar, untilRead } from '#tests/support/render-sidebar.tsx';
import { creditOf, openStory } from '#tests/support/story-shop.ts';

const region = () => within(screen.getByRole('region', { name: 'Customer' }));

describe('the customer at a glance', () => {
  it('is told with organization, tags, how often they write, and what the last credit became', async () => {
    const story = await openStory();
    const { state } = story.zendesk;
    const user = state.users[String(state.tickets['1087']?.requester_id)];
    const [organization] = Object.values(state.organizations);
    const ticket = state.tickets['1087'];
    if (!user || !organization || !ticket) throw new Error('the shop changed');
    user.organization_id = organization.id;
    user.tags = ['vip', 'bulk', 'north', 'press', 'wholesale'];
    ticket.organization_id = organization.id;
    const credit = creditOf(await story.ask(story.session('ana')));
    await story.clock.advance(1000);
    creditOf(await story.step(story.session('ana'), credit, { type: 'withdraw' }));
    await story.clock.advance(60_000);
    openSidebar(story, 'ana', 1087);
    await untilRead();
    region().getByText(`Organization: ${organization.name}`);
    region().getByText('Tags: vip, bulk, north, and press and others');
    region().getByText(/\d+ tickets? in the last 30 days$/);
    await screen.findByText('Last: $25.00 1 minute ago, Arrived late (not given)');
  });

  it('shows all on demand, at no request', async () => {
    const story = await openStory();
    const page = openSidebar(story, 'ana', 1087);
    await untilRead();
    await screen.findByText(/left under the cap|is used up/);
    const since = story.zendesk.log.length;
    const button = region().getByRole('button', { name: 'More about this customer' });
    expect(button).toHaveAttribute('aria-expanded', 'false');
    await page.user.click(button);
    const less = region().getByRole('button', { name: 'Less about this customer' });
    expect(less).toHaveAttribute('aria-expanded', 'true');
    expect(less).toHaveFocus();
    expect(askedOf(story, since)).toEqual([]);
  });
});
