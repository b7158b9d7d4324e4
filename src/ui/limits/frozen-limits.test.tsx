import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { canonicalTerms, parseTerms, type Terms, termsDigest } from '#domain/terms.ts';
import { isoFromInstant } from '#domain/instant.ts';
import type { Minor } from '#domain/money.ts';
import { staff, type StaffKey } from '#simulator/scenarios/staff.ts';
import { createBrowser, openSidebar } from '#tests/support/render-sidebar.tsx';
import { openStory } from '#tests/support/story-shop.ts';

type Story = Awaited<ReturnType<typeof openStory>>;

async function openLimits(story: Story, browser = createBrowser()) {
  const page = openSidebar(story, 'ada', 1087, { browser });
  await screen.findByText(/Customer since/);
  await page.user.click(await screen.findByRole('button', { name: 'Limits' }));
  return { ...page, limits: within(await screen.findByRole('region', { name: 'Limits' })) };
}

const recordsOf = ({ zendesk }: Story) =>
  Object.values(zendesk.state.records['leeway_terms'] ?? {});

const recordOf = (story: Story, number: number) =>
  recordsOf(story).find(({ external_id }) => external_id === String(number));

/** Writes limits past the app: those in force, but with a budget of 9,000.00. */
async function forge(story: Story, who: StaffKey): Promise<Terms> {
  const last = parseTerms(String(recordOf(story, 2)?.custom_object_fields['canonical']));
  if (!last) throw new Error('the shop has published twice');
  const terms = { ...last, number: 3, limits: { ...last.limits, budget: 900_000 as Minor } };
  await story.byHand(who, 'POST', '/api/v2/custom_objects/leeway_terms/records', {
    custom_object_record: {
      name: 'Limits 3',
      external_id: '3',
      custom_object_fields: {
        canonical: canonicalTerms(terms),
        digest: termsDigest(terms),
        starts_at: isoFromInstant(terms.startsAt),
      },
    },
  });
  return terms;
}

const affirmButton = () => screen.queryByRole('button', { name: 'Affirm limits 3' });

describe('limits that nobody published', () => {
  it('cannot be affirmed before an admin has read what they say, who made them, and says to know them', async () => {
    const story = await openStory();
    const forged = await forge(story, 'ana');
    const { limits, user } = await openLimits(story);
    const group = within(await limits.findByRole('group', { name: 'Limits 3 are frozen' }));

    group.getByText('An agent has $9,000.00 in a period.');
    await group.findByText(/^Created .* by Ana Souza$/);
    group.getByText(/^Last written .* by Ana Souza$/);
    const alert = await group.findByRole('alert');
    expect(alert).toHaveTextContent('Ana Souza, who created these limits, is no admin.');
    expect(alert).toHaveTextContent('Ana Souza, who wrote them last, is no admin.');
    expect(alert).toHaveTextContent('This browser has never seen them in force.');
    expect(alert).toHaveTextContent(
      'Unless you know that an admin published them, publish your own limits',
    );
    expect(affirmButton()).toBeNull();

    await user.click(
      group.getByRole('checkbox', {
        name: 'I have read them, and I know that an admin published them.',
      }),
    );
    await user.click(await group.findByRole('button', { name: 'Affirm limits 3' }));
    await limits.findByText('Limits 3 are affirmed.');
    expect(recordOf(story, 3)?.custom_object_fields['canonical']).toBe(canonicalTerms(forged));
  });

  it('do not hide the way back: the settings can be published over them', async () => {
    const story = await openStory();
    await forge(story, 'ana');
    const { limits, user } = await openLimits(story);
    await limits.findByText(
      'The settings say what limits 2 said. Publishing puts them in force again.',
    );
    await user.click(limits.getByRole('button', { name: 'Publish limits' }));
    await limits.findByText('Limits 4 are published and in force.');
    await screen.findByText('$200.00 left of $200.00');
  });

  it('are told apart when nobody can say who made them', async () => {
    const story = await openStory();
    await forge(story, 'ana');
    const { users } = story.zendesk.state;
    story.zendesk.state.users = Object.fromEntries(
      Object.entries(users).filter(([id]) => id !== String(staff.ana.id)),
    );
    const { limits } = await openLimits(story);
    const group = within(await limits.findByRole('group', { name: 'Limits 3 are frozen' }));
    expect(await group.findByRole('alert')).toHaveTextContent(
      'Who created these limits is not known.',
    );
    expect(affirmButton()).toBeNull();
  });
});

describe('limits whose publisher left', () => {
  it('are affirmed at once in a browser that has seen exactly these in force', async () => {
    const story = await openStory();
    const browser = createBrowser();
    await story.publish({ agent_budget: 300 });
    const before = await openLimits(story, browser);
    await before.limits.findByText(/^In force: limits 3,/);
    before.unmount();
    // Somebody without rights writes the same words again.
    const record = recordOf(story, 3);
    await story.byHand(
      'ana',
      'PATCH',
      `/api/v2/custom_objects/leeway_terms/records/${String(record?.id)}`,
      {
        custom_object_record: { name: 'Touched' },
      },
    );
    // Answers are kept for a session; another day reads anew.
    for (const key of browser.kept.keys())
      if (!key.startsWith('leeway:memory')) browser.kept.delete(key);
    const { limits, user } = await openLimits(story, browser);
    const group = within(await limits.findByRole('group', { name: 'Limits 3 are frozen' }));
    await group.findByText('This browser has seen exactly these limits in force.');
    group.getByText(/^Created .* by Ada Novak$/);
    await user.click(await group.findByRole('button', { name: 'Affirm limits 3' }));
    await limits.findByText('Limits 3 are affirmed.');
    await waitFor(() => {
      expect(affirmButton()).toBeNull();
    });
  });
});
