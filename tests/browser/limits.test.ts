import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { axeFindings } from '#tests/support/axe-findings.ts';
import { type Desk, type Office, openOffice } from '#tests/support/browser-desk.ts';

type Settings = NonNullable<Office['simulator']['zendesk']['state']['installed_app']>['settings'];

let office: Office;
let installed: Settings;

beforeAll(async () => {
  office = await openOffice();
  const app = office.simulator.zendesk.state.installed_app;
  if (!app) throw new Error('the shop has the app');
  installed = { ...app.settings };
});
beforeEach(() => {
  type({});
});
afterEach(() => {
  office.expectCalm();
});
afterAll(() => office.close());

/** What an admin has typed into the app's settings, beside what the shop has there. */
function type(settings: Settings): void {
  const app = office.simulator.zendesk.state.installed_app;
  if (app) app.settings = { ...installed, ...settings };
}

async function openLimits({ app }: Desk) {
  await app.getByRole('button', { name: 'Limits', exact: true }).click();
  const limits = app.getByRole('region', { name: 'Limits' });
  await limits.waitFor();
  return limits;
}

describe('the limits', () => {
  it('cannot be published while the settings hold three mistakes, each told with its place', async () => {
    type({
      time_zone: 'Europe/Berln',
      lead_groups: 'Leads\nGardeners',
      reasons: '[[reason]]\nkey = "late"\nlabel = Late\n',
    });
    const ada = await office.sit('ada', 1087, { width: 320 });
    const limits = await openLimits(ada);
    const alert = limits.getByRole('alert');
    await alert.waitFor();
    expect(await alert.getByRole('listitem').allTextContents()).toEqual([
      'Time zone: “Europe/Berln” is no time zone. Did you mean Europe/Berlin?',
      'Reasons, line 3: What stands after “label =” is a text, and needs quotes: label = "…".',
      'Groups of leads, line 2: There is no group named “Gardeners”. Check its spelling.',
    ]);
    await alert.scrollIntoViewIfNeeded();
    await ada.shot('limits-1-mistakes');
    expect(await limits.getByRole('button', { name: 'Publish limits' }).count()).toBe(0);
    expect(await axeFindings(ada)).toEqual([]);
  });

  it.each([
    ['light', false],
    ['dark', true],
  ] as const)('are told in sentences, and tried out (%s)', async (scheme, dark) => {
    type({
      self_limit: 20,
      tiers: '[[tier]]\nkey = "two"\nname = "Tier 2"\ngroup = "Support Tier 2"\nself_limit = 40\n',
    });
    const ada = await office.sit('ada', 1087, { width: 320, dark });
    const limits = await openLimits(ada);
    await limits
      .getByText(/^Agents in Tier 2 may give up to \$40\.00 alone/)
      .first()
      .waitFor();
    await limits.getByRole('button', { name: 'Count whom this changes' }).click();
    await limits.getByText(/^The change holds for all \d+ agents\.$/).waitFor();
    await limits.getByRole('button', { name: 'Look at one agent' }).click();
    await limits
      .getByRole('combobox', { name: 'As one agent has it' })
      .selectOption({ label: 'Samir Haddad' });
    await limits.getByText('Samir Haddad is in the tier “Tier 2”.').first().waitFor();
    await limits.getByRole('button', { name: 'Try an offer' }).click();
    await limits.getByRole('textbox', { name: 'Amount to try' }).fill('15');
    await limits.getByText('Posted at once: nobody else is needed.').waitFor();
    await ada.shot(`limits-2-${scheme}-try`);
    await limits.getByRole('button', { name: 'Publish limits' }).scrollIntoViewIfNeeded();
    await ada.shot(`limits-3-${scheme}-draft`);
    await limits.getByRole('button', { name: 'What held before' }).click();
    const history = limits.getByRole('list', { name: 'Limits so far' });
    await history.scrollIntoViewIfNeeded();
    await ada.shot(`limits-4-${scheme}-history`);
    expect(await axeFindings(ada)).toEqual([]);
  });

  it('take effect in a colleague’s open sidebar when it asks for a credit, without a reload', async () => {
    const ana = await office.sit('ana', 1087);
    await ana.app.getByText(/ left of \$200\.00$/).waitFor();
    type({ agent_budget: 300, self_limit: 30 });
    const ada = await office.sit('ada', 1084);
    const limits = await openLimits(ada);
    await limits.getByRole('button', { name: 'Publish limits' }).click();
    await limits.getByText(/^Limits \d+ are published and in force\.$/).waitFor();

    await ana.app.getByRole('button', { name: 'New credit' }).click();
    const form = ana.app.getByRole('form', { name: 'New credit' });
    await form.getByRole('textbox', { name: 'Amount' }).fill('25');
    await form.getByRole('button', { name: 'Give credit' }).waitFor();
    await ana.app.getByText(/ left of \$300\.00$/).waitFor();
    await ana.shot('limits-5-in-force-for-ana');
  });
});
