import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { askedOf, openSidebar, untilRead } from '#tests/support/render-sidebar.tsx';
import { openStory } from '#tests/support/story-shop.ts';

describe('the sidebar', () => {
  it('shows budget, credits, customer and guidelines', async () => {
    const story = await openStory();
    openSidebar(story, 'ana', 1087);
    await untilRead();
    const budget = screen.getByRole('region', { name: 'Budget' });
    expect(within(budget).getByRole('meter', { name: 'Budget used' })).toHaveAttribute(
      'aria-valuenow',
    );
    console.log(askedOf(story));
    screen.getByRole('button', { name: 'New credit' });
    await waitFor(() => screen.getByText('Grete Holm'));
  });
});
