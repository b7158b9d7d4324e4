import { cleanup, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import {
  askedOf,
  blockedStorage,
  createBrowser,
  openSidebar,
  untilRead,
} from '#tests/support/render-sidebar.tsx';
import { creditOf, HOUR, openStory } from '#tests/support/story-shop.ts';

/** Ana asks Ben on 1087, leaves for 1084, Ben approves meanwhile, and Ana comes back in an hour. */
async function comeBack(browser = createBrowser(), storage?: ReturnType<typeof blockedStorage>) {
  const story = await openStory();
  const credit = creditOf(await story.ask(story.session('ana')));
  await story.clock.advance(10_000);
  const options = { browser, ...(storage && { storage }) };
  openSidebar(story, 'ana', 1084, options);
  await untilRead();
  // What is searched for is there as well.
  await screen.findByText(/left under the cap of/);
  expect(screen.queryByText('Decided meanwhile:')).toBeNull();
  cleanup();
  creditOf(await story.step(story.session('ben'), credit, { type: 'approve' }));
  await story.clock.advance(HOUR);
  return { story, options };
}

describe('a maker who comes back', () => {
  it('is told once what was decided meanwhile, at no more requests, and gets there by a click', async () => {
    const { story, options } = await comeBack();
    const since = story.zendesk.log.length;
    const page = openSidebar(story, 'ana', 1084, options);
    await untilRead();
    await screen.findByText(/Your credit of \$25\.00: posted\./);
    expect(askedOf(story, since)).toEqual([
      'GET /api/v2/tickets/1084/audits',
      expect.stringMatching(/tickets\/requested$/),
      'POST /api/v2/custom_objects/leeway_credit/records/search',
      // Roles are known for ten minutes.
      'GET /api/v2/users/show_many',
    ]);
    await page.user.click(screen.getByRole('link', { name: 'Ticket 1087' }));
    expect(page.opened).toEqual(['1087']);
    await page.user.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByText('Decided meanwhile:')).toBeNull();
    cleanup();
    openSidebar(story, 'ana', 1084, options);
    await untilRead();
    expect(screen.queryByText('Decided meanwhile:')).toBeNull();
  });

  it('is alone in being told: nobody else who uses this browser is', async () => {
    const { story, options } = await comeBack();
    openSidebar(story, 'priya', 1084, options);
    await untilRead();
    expect(screen.queryByText('Decided meanwhile:')).toBeNull();
  });

  it('is told nothing where the browser blocks storage, and misses nothing else', async () => {
    const { story, options } = await comeBack(createBrowser(), blockedStorage());
    openSidebar(story, 'ana', 1084, { ...options, storage: blockedStorage() });
    await untilRead();
    expect(screen.queryByText('Decided meanwhile:')).toBeNull();
  });
});
