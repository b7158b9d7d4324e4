import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import translations from '../../../translations/en.json';
import { openSidebar } from '#tests/support/render-sidebar.tsx';
import { openStory } from '#tests/support/story-shop.ts';

type Story = Awaited<ReturnType<typeof openStory>>;

async function openLimits(
  story: Story,
  who: Parameters<typeof openSidebar>[1],
  settings: Record<string, unknown> = {},
) {
  const installed = story.zendesk.state.installed_app?.settings;
  const page = openSidebar(story, who, 1087, { settings: { ...installed, ...settings } });
  // Whoever it is for is known only then.
  await screen.findByText(/Customer since/);
  await page.user.click(await screen.findByRole('button', { name: 'Limits' }));
  return { ...page, limits: within(await screen.findByRole('region', { name: 'Limits' })) };
}

const publishButton = () => screen.queryByRole('button', { name: 'Publish limits' });

describe('the limits in force', () => {
  it('are sentences that everyone may read', async () => {
    const story = await openStory();
    const { limits, user } = await openLimits(story, 'ana');
    limits.getByText(/^In force: limits 2, since .*, published by Ada Novak$/);
    limits.getByText('An agent has $200.00 in a period.');
    limits.getByText('Every credit has a co-signer.');
    limits.getByText('Up to $100.00 a co-sign is enough; above it a lead decides.');
    limits.getByText('Leads: Lea Brandt and Samir Haddad.');
    expect(publishButton()).toBeNull();
    await user.click(limits.getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('region', { name: 'Limits' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Limits' })).toHaveFocus();
  });

  it('name their history on demand: who published what, when, and what it changed', async () => {
    const story = await openStory();
    await story.publish({ agent_budget: 300, hold_hours: 48 });
    const { limits, user } = await openLimits(story, 'ana');
    await user.click(limits.getByRole('button', { name: 'What held before' }));
    const list = within(await limits.findByRole('list', { name: 'Limits so far' }));
    const [newest] = list.getAllByRole('listitem');
    expect(newest).toHaveTextContent(/^Limits 3, since .*, published by Ada Novak/);
    expect(newest).toHaveTextContent('An agent has $300.00 in a period.');
    expect(newest).toHaveTextContent('before: An agent has $200.00 in a period.');
    expect(newest).toHaveTextContent('For 48 hours the maker can reverse a posted credit.');
    expect(list.getAllByRole('listitem').at(-1)).toHaveTextContent('The first limits');
  });

  it('can be compared with the settings by everyone, and published by admins alone', async () => {
    const story = await openStory();
    const { limits, user } = await openLimits(story, 'ana', { agent_budget: 300 });
    await user.click(limits.getByRole('button', { name: 'What would change' }));
    await limits.findByText('An agent has $300.00 in a period.');
    expect(publishButton()).toBeNull();
  });

  it('leave nothing to publish while the settings say the same', async () => {
    const story = await openStory();
    const { limits } = await openLimits(story, 'ada');
    await limits.findByText('The settings say the same. Nothing to publish.');
    expect(publishButton()).toBeNull();
  });
});

describe('publishing', () => {
  it('shows what would change, publishes it, and the new limits hold at once', async () => {
    const story = await openStory();
    const { limits, user } = await openLimits(story, 'ada', { agent_budget: 300 });
    await limits.findByText('Publishing would change');
    limits.getByText('An agent has $300.00 in a period.');
    limits.getByText('now: An agent has $200.00 in a period.');
    await user.dblClick(limits.getByRole('button', { name: 'Publish limits' }));
    await limits.findByText('Limits 3 are published and in force.');
    await limits.findByText(/^In force: limits 3,/);
    await waitFor(() => {
      expect(publishButton()).toBeNull();
    });
    await screen.findByText('$300.00 left of $300.00');
    const numbers = Object.values(story.zendesk.state.records['leeway_terms'] ?? {});
    expect(numbers).toHaveLength(3);
  });

  it('says that a new currency starts new budgets', async () => {
    const story = await openStory();
    const { limits } = await openLimits(story, 'ada', { currency: 'EUR' });
    await limits.findByText(
      'A new period, time zone or currency starts new budgets for everybody.',
    );
  });

  it('opens the shop before the first terms', async () => {
    const story = await openStory();
    for (const id of Object.keys(story.zendesk.state.records['leeway_terms'] ?? {})) {
      delete story.zendesk.state.records['leeway_terms']?.[id];
    }
    const { limits, user } = await openLimits(story, 'ada');
    await user.click(await limits.findByRole('button', { name: 'Publish limits' }));
    await limits.findByText('Limits 1 are published and in force.');
    await screen.findByRole('button', { name: 'New credit' });
  });

  it('is not possible while the settings hold mistakes, each named with its place', async () => {
    const story = await openStory();
    const { limits } = await openLimits(story, 'ada', {
      agent_budget: 'plenty',
      budget_period: 'fortnight',
      reasons: '[[reason]]\nkey = "late"\nlabel = \n',
      lead_groups: 'Leeds',
    });
    const alert = await limits.findByRole('alert');
    expect(alert).toHaveTextContent('Budget per agent: “plenty” is no number.');
    expect(alert).toHaveTextContent('Budget period: “fortnight” is no period.');
    expect(alert).toHaveTextContent('Reasons, line 3: A value is missing after “label =”.');
    expect(publishButton()).toBeNull();
  });

  it('says that nothing was published when Zendesk refuses', async () => {
    const story = await openStory();
    const { limits, user } = await openLimits(story, 'ada', { agent_budget: 300 });
    await limits.findByRole('button', { name: 'Publish limits' });
    story.zendesk.faults.add({
      match: { method: 'POST', path: 'leeway_terms' },
      fault: { kind: 'status', status: 403, body: { error: 'Forbidden' } },
    });
    await user.click(limits.getByRole('button', { name: 'Publish limits' }));
    expect(await limits.findByRole('alert')).toHaveTextContent('Nothing was published.');
  });
});

it('calls settings as the settings form does', () => {
  const labels = Object.entries(translations.app.parameters).map(([name, { label }]) => [
    name,
    label,
  ]);
  expect(translations.later.limits.setting).toEqual(Object.fromEntries(labels));
});
