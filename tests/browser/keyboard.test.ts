import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, type Office, openOffice } from '#tests/support/browser-desk.ts';

let office: Office;

beforeAll(async () => {
  office = await openOffice();
});
afterEach(() => {
  office.expectCalm();
});
afterAll(() => office.close());

const focused = (element: Locator): Promise<boolean> =>
  element.evaluate((node) => node === document.activeElement);

/** Goes there as somebody without a mouse does, and fails where Tab never comes by. */
async function tabTo({ page }: Desk, element: Locator): Promise<void> {
  await element.waitFor();
  for (let tries = 0; tries < 60; tries += 1) {
    if (await focused(element)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reaches ${String(element)}`);
}

/** Into the app’s frame, before its first control. */
const enterApp = ({ app }: Desk): Promise<void> =>
  app.locator('body').evaluate((body) => {
    body.tabIndex = -1;
    body.focus();
  });

describe('by keyboard alone', () => {
  it('Ana asks, Ben looks closer and co-signs, and focus is where one expects it', async () => {
    const ana = await office.sit('ana', 1087);
    const button = (desk: Desk, name: string) =>
      desk.app.getByRole('button', { name, exact: true });
    await button(ana, 'New credit').waitFor();
    await enterApp(ana);
    await tabTo(ana, button(ana, 'New credit'));
    await ana.page.keyboard.press('Enter');
    const form = ana.app.getByRole('form', { name: 'New credit' });
    const amount = form.getByRole('textbox', { name: 'Amount' });
    await amount.waitFor();
    expect(await focused(amount)).toBe(true);
    await ana.page.keyboard.type('25');
    await tabTo(ana, form.getByRole('combobox', { name: 'Reason' }));
    await ana.page.keyboard.press('ArrowDown');
    await tabTo(ana, form.getByRole('textbox', { name: 'Note', exact: true }));
    await ana.page.keyboard.type('Nine days late.');
    await tabTo(ana, form.getByRole('combobox', { name: 'Co-signer' }));
    await ana.page.keyboard.type('Ben');
    await ana.app.getByRole('option', { name: /Ben Okafor/ }).waitFor();
    await ana.page.keyboard.press('ArrowDown');
    await ana.page.keyboard.press('Enter');
    await button(ana, 'Remove Ben Okafor').waitFor();
    await tabTo(ana, button(ana, 'Ask for co-sign'));
    await ana.page.keyboard.press('Enter');
    const credit = (desk: Desk, status: string) =>
      desk.app
        .getByRole('region', { name: 'Credits' })
        .getByRole('listitem')
        .filter({ hasText: status });
    await credit(ana, 'Waiting for co-sign').waitFor();
    // Not lost to the page’s top: the next Tab goes on from here.
    expect(await focused(ana.app.locator('body'))).toBe(false);

    const ben = await office.sit('ben', 1087);
    await button(ben, 'Approve').waitFor();
    await enterApp(ben);
    await tabTo(ben, button(ben, 'Decline'));
    await ben.page.keyboard.press('Enter');
    const reason = ben.app.getByRole('textbox', { name: 'Reason' });
    await reason.waitFor();
    expect(await focused(reason)).toBe(true);
    await tabTo(ben, button(ben, 'Cancel'));
    await ben.page.keyboard.press('Enter');
    await reason.waitFor({ state: 'detached' });
    expect(await focused(ben.app.locator('body'))).toBe(false);
    await tabTo(ben, button(ben, 'Approve'));
    await ben.page.keyboard.press('Enter');
    await credit(ben, 'Posted').waitFor();
    expect(await focused(ben.app.locator('body'))).toBe(false);
  });
});

describe('by the accessibility tree alone', () => {
  it('names, roles and states tell the story', async () => {
    const tree = (desk: Desk) => desk.app.locator('body').ariaSnapshot();
    const ana = await office.sit('ana', 1084);
    await ana.app.getByRole('button', { name: 'New credit' }).waitFor();
    const opened = await tree(ana);
    for (const part of [
      'heading "Leeway" [level=1]',
      'region "Budget"',
      'meter "Budget used"',
      'region "Customer"',
      'region "Credits"',
      'button "New credit"',
    ])
      expect(opened).toContain(part);
    await ana.app.getByRole('button', { name: 'New credit' }).press('Enter');
    const form = ana.app.getByRole('form', { name: 'New credit' });
    await form.getByRole('textbox', { name: 'Amount' }).fill('twenty');
    const amount = form.getByRole('textbox', { name: 'Amount' });
    expect(await amount.getAttribute('aria-invalid')).toBe('true');
    expect(await amount.ariaSnapshot()).toMatch(/textbox "Amount".*: twenty/);
    await form.getByRole('textbox', { name: 'Amount' }).fill('25');
    await form.getByRole('combobox', { name: 'Reason' }).selectOption({ index: 1 });
    await form.getByRole('textbox', { name: 'Note', exact: true }).fill('Nine days late.');
    const box = form.getByRole('combobox', { name: 'Co-signer' });
    await box.fill('Ben');
    await ana.app.getByRole('option', { name: /Ben Okafor/ }).waitFor();
    expect(await box.getAttribute('aria-expanded')).toBe('true');
    await box.press('ArrowDown');
    await box.press('Enter');
    await form.getByRole('button', { name: 'Ask for co-sign' }).press('Enter');
    const status = ana.app.getByRole('status').filter({ hasText: /LW-[2-9A-Z]{6}/ });
    await status.first().waitFor();
    expect(await status.first().textContent()).toContain('Ben Okafor is asked for $25.00');
    const waiting = ana.app.getByRole('region', { name: 'Credits' }).getByRole('listitem');
    expect(await waiting.first().ariaSnapshot()).toContain('button "Withdraw"');
    expect(await ana.app.getByRole('alert').count()).toBe(0);
  });
});
