import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, type Office, openOffice } from '#tests/support/browser-desk.ts';
import { axeFindings } from '#tests/support/axe-findings.ts';

let office: Office;

beforeAll(async () => {
  office = await openOffice();
  const app = office.simulator.zendesk.state.installed_app;
  if (!app) throw new Error('the shop has the app');
  app.settings['guidelines'] = `
[[guideline]]
key = "late"
title = "Late parcels"
text = "Most are put right by a small credit."
reasons = ["late_delivery"]
usual_amount = 10
max_amount = 20
strength = "lead"

[[guideline]]
key = "damaged"
title = "Broken things"
reasons = ["damaged"]
`;
});
afterEach(() => {
  office.expectCalm();
});
afterAll(() => office.close());

async function openForm(desk: Desk) {
  await desk.app.getByRole('button', { name: 'New credit' }).click();
  return desk.app.getByRole('form', { name: 'New credit' });
}

describe('beside the form', () => {
  it('a guideline changes the band while one types', async () => {
    const ana = await office.sit('ana', 1087);
    const guidelines = ana.app.getByRole('region', { name: 'Guidelines' });
    await guidelines.getByText('Usual: $10.00').waitFor();
    await guidelines.getByText('Broken things').waitFor();
    await ana.shot('advice-1-before-typing');

    const form = await openForm(ana);
    const amount = form.getByRole('textbox', { name: 'Amount' });
    await amount.fill('20');
    await form.getByRole('combobox', { name: 'Reason' }).selectOption('late_delivery');
    await form.getByRole('button', { name: 'Ask for co-sign' }).waitFor();
    await guidelines.getByText('Broken things').waitFor({ state: 'detached' });
    expect(await form.getByRole('textbox', { name: 'Why is this an exception?' }).count()).toBe(0);

    await amount.press('End');
    await amount.pressSequentially('.50');
    await form.getByRole('button', { name: 'Ask a lead' }).waitFor();
    await form
      .getByRole('textbox', { name: 'Why is this an exception?' })
      .fill('A race was missed.');
    await guidelines.getByText('Your amount is above this.').waitFor();
    await form
      .getByText('It goes against the guideline “Late parcels”, which asks a lead.')
      .waitFor();
    await ana.shot('advice-2-against');

    await form.getByRole('combobox', { name: 'Co-signer' }).fill('Lea');
    await ana.app.getByRole('option', { name: /Lea/ }).click();
    await form.getByRole('button', { name: 'Ask a lead' }).click();
    const credit = ana.app.getByRole('region', { name: 'Credits' }).getByRole('listitem');
    await credit.filter({ hasText: 'Waiting for lead' }).waitFor();
    expect(await credit.textContent()).toContain('A race was missed.');
  });

  it.each([
    ['light', false],
    ['dark', true],
  ] as const)(
    'an outlier asks for its sentence, and for nobody else (%s)',
    async (scheme, dark) => {
      const ana = await office.sit('ana', dark ? 1084 : 1086);
      if (dark) await ana.page.getByRole('button', { name: 'Dark' }).click();
      const form = await openForm(ana);
      const amount = form.getByRole('textbox', { name: 'Amount' });
      await amount.fill('25');
      await form.getByRole('combobox', { name: 'Reason' }).selectOption('our_mistake');
      await form
        .getByRole('img', { name: /usual is \$15\.00 to \$25\.00; yours is \$25\.00/ })
        .waitFor();
      const why = form.getByRole('textbox', { name: 'Why so much, or so little?' });
      expect(await why.count()).toBe(0);

      await amount.fill('60');
      await why.waitFor();
      const button = form.getByRole('button', { name: 'Ask for co-sign' });
      await form.getByText('Similar credits').click();
      await form.getByText('The customer was satisfied.').first().waitFor();
      await form.getByRole('combobox', { name: 'Co-signer' }).fill('Ben');
      await ana.app.getByRole('option', { name: /Ben Okafor/ }).click();
      await button.click();
      await form.getByText('Write a sentence, or choose a usual amount.').waitFor();
      await ana.shot(`advice-3-outlier-${scheme}`);
      expect(await axeFindings(ana)).toEqual([]);

      await why.fill('The bank charged a fee, too.');
      await button.click();
      const credit = ana.app.getByRole('region', { name: 'Credits' }).getByRole('listitem');
      await credit.filter({ hasText: 'Waiting for co-sign' }).waitFor();
      expect(await credit.textContent()).toContain(
        'Why so much, or so little: The bank charged a fee, too.',
      );
    },
  );
});
