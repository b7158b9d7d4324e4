import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { changeGroups } from '#simulator/people-actions.ts';
import { staff } from '#simulator/scenarios/staff.ts';
import { askedOf, openSidebar } from '#tests/support/render-sidebar.tsx';
import { creditOf, MINUTE, openStory } from '#tests/support/story-shop.ts';

type Story = Awaited<ReturnType<typeof openStory>>;

const TIER = '[[tier]]\nkey = "two"\nname = "Tier 2"\ngroup = "Support Tier 2"\nself_limit = 40\n';

async function openLimits(
  story: Story,
  who: Parameters<typeof openSidebar>[1],
  settings: Record<string, unknown> = {},
) {
  const installed = story.zendesk.state.installed_app?.settings;
  const page = openSidebar(story, who, 1087, { settings: { ...installed, ...settings } });
  await screen.findByText(/Customer since/);
  await page.user.click(await screen.findByRole('button', { name: 'Limits' }));
  return { ...page, limits: within(await screen.findByRole('region', { name: 'Limits' })) };
}

describe('what publishing would change', () => {
  it('is counted on demand: agents, and credits that wait', async () => {
    const story = await openStory();
    await story.ask(story.session('ana'), { cents: 9000, on: 1087 });
    // Zendesk's search lags behind.
    await story.clock.advance(MINUTE);
    const { limits, user } = await openLimits(story, 'ada', { tiers: TIER, cosign_limit: 80 });
    await limits.findByText(
      'Agents in Tier 2 may give up to $40.00 alone and up to $80.00 with a co-sign, never above $500.00, out of $200.00 in a period.',
    );
    const before = story.zendesk.log.length;
    await user.click(limits.getByRole('button', { name: 'Count whom this changes' }));
    await limits.findByText(/^The change holds for all \d+ agents\.$/);
    await limits.findByText(/credits? waits? now\.$/);
    await limits.findByText(/then needs? more people or a lead\.$/);
    // The people of the account, the tier's group, and one search.
    expect(askedOf(story, before).sort()).toHaveLength(3);
  });

  it('names only those whom it reaches', async () => {
    const story = await openStory();
    const { limits, user } = await openLimits(story, 'ada', { tiers: TIER });
    await user.click(await limits.findByRole('button', { name: 'Count whom this changes' }));
    await limits.findByText(/^For 3 of \d+ agents what they may do changes\.$/);
  });
});

describe('one agent', () => {
  it('is shown with the limits as they have them, and would have them', async () => {
    const story = await openStory();
    const { limits, user } = await openLimits(story, 'ada', { tiers: TIER });
    await limits.findByText('Publishing would change');
    await user.click(limits.getByRole('button', { name: 'Look at one agent' }));
    await user.selectOptions(
      await limits.findByRole('combobox', { name: 'As one agent has it' }),
      'Samir Haddad',
    );
    await limits.findByText(
      'Samir Haddad may give up to $100.00 with a co-sign, never above $500.00, out of $200.00 in a period.',
    );
    limits.getByText(
      'Samir Haddad may give up to $40.00 alone and up to $100.00 with a co-sign, never above $500.00, out of $200.00 in a period.',
    );
    limits.getByText('Samir Haddad is in the tier “Tier 2”.');
    expect(limits.getAllByText('Samir Haddad is a lead.')).toHaveLength(2);
  });
});

describe('the history of the limits', () => {
  it('names who came and went, also where as many people are in the pilot as before', async () => {
    const story = await openStory();
    const { state, world } = story.zendesk;
    const groups = Object.values(state.groups);
    const leads = groups.find(({ name }) => name === 'Leads')?.id ?? 0;
    const support = groups.find(({ name }) => name === 'Support')?.id ?? 0;
    await story.publish({ pilot_groups: 'Leads' });
    await story.clock.advance(MINUTE);
    changeGroups(world, staff.samir.id, [support]);
    changeGroups(world, staff.tomas.id, [leads]);
    await story.publish({ pilot_groups: 'Leads' });
    await story.clock.advance(MINUTE);
    const { limits, user } = await openLimits(story, 'ada', { pilot_groups: 'Leads' });
    await user.click(await limits.findByRole('button', { name: 'What held before' }));
    const history = within(await limits.findByRole('list', { name: 'Limits so far' }));
    const [newest] = history.getAllByRole('listitem');
    if (!newest) throw new Error('no history');
    expect(newest).toHaveTextContent(`Comes in: ${staff.tomas.name}.`);
    expect(newest).toHaveTextContent(`Goes out: ${staff.samir.name}.`);
  });
});

describe('the box in which offers are tried', () => {
  it('says whom an offer needs, and why, without asking Zendesk', async () => {
    const story = await openStory();
    const { limits, user } = await openLimits(story, 'ana');
    await user.click(limits.getByRole('button', { name: 'Try an offer' }));
    const box = within(limits.getByRole('group', { name: 'Try an offer' }));
    const before = story.zendesk.log.length;
    const amount = box.getByRole('textbox', { name: 'Amount to try' });
    await user.type(amount, '100');
    await box.findByText('1 colleague has to co-sign.');
    await user.type(amount, '.01');
    await box.findByText('A lead decides.');
    box.getByText('Above $100.00, up to which a co-sign is enough.');
    await user.clear(amount);
    await user.type(amount, '501');
    await box.findByText('It cannot be given.');
    await user.clear(amount);
    await user.type(amount, '20');
    await user.type(box.getByRole('textbox', { name: 'Used of the budget' }), '190');
    await box.findByText('$10.00 over the budget you have left.');
    await user.type(box.getByRole('textbox', { name: 'Given to the customer before' }), 'much');
    await box.findByText('The customer’s past credits could not be read.');
    expect(story.zendesk.log.slice(before)).toEqual([]);
  });

  it('names the guidelines that may ask for more on a ticket, which it knows nothing of', async () => {
    const story = await openStory();
    const guidelines = `[[guideline]]
key = "vip"
title = "Very important people"
customer_tags = ["vip"]
max_amount = 15
strength = "lead"
`;
    const { limits, user } = await openLimits(story, 'ana', { guidelines });
    await user.click(limits.getByRole('button', { name: 'Try an offer' }));
    const box = within(limits.getByRole('group', { name: 'Try an offer' }));
    await user.type(box.getByRole('textbox', { name: 'Amount to try' }), '15');
    await box.findByText('1 colleague has to co-sign.');
    expect(box.queryByText(/may ask for more/)).toBeNull();
    await user.type(box.getByRole('textbox', { name: 'Amount to try' }), '.50');
    await box.findByText('On a ticket these guidelines may ask for more: Very important people.');
    box.getByText('1 colleague has to co-sign.');
  });
});

describe('growth', () => {
  it('shows an agent the own limits, what the next tier gives, and what brings them there', async () => {
    const story = await openStory();
    const tiers = `${TIER}earned_by = { posted = 20, none_reversed = true }\n`;
    await story.publish({ tiers, self_limit: 30 });
    creditOf(await story.ask(story.session('ana'), { seenBand: 'self', asked: [] }));
    const { limits } = await openLimits(story, 'ana', { tiers });
    await limits.findByText(
      'Ana Souza may give up to $30.00 alone and up to $100.00 with a co-sign, never above $500.00, out of $200.00 in a period.',
    );
    limits.getByText(
      'The next tier, “Tier 2”, gives $200.00 in a period, $40.00 alone and $100.00 with a co-sign.',
    );
    limits.getByText(
      /^It takes 20 credits posted in one budget period; you have [1-9] in this one\.$/,
    );
    limits.getByText('None of them may have been reversed.');
  });
});

describe('a pilot', () => {
  it('shows others that the app is there, and why they cannot use it yet', async () => {
    const story = await openStory();
    await story.publish({ pilot_groups: 'Leads' });
    const { limits } = await openLimits(story, 'ana', { pilot_groups: 'Leads' });
    screen.getByText(
      'Leeway is being tried by a pilot group. You are not in it yet, so you cannot give credits.',
    );
    expect(screen.queryByRole('button', { name: 'New credit' })).toBeNull();
    limits.getByText('Only 2 people in the pilot can give credits.');
  });
});
