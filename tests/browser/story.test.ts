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

async function askBen({ app }: Desk, amount: string): Promise<void> {
  await app.getByRole('button', { name: 'New credit' }).click();
  const form = app.getByRole('form', { name: 'New credit' });
  await form.getByRole('textbox', { name: 'Amount' }).fill(amount);
  await form.getByRole('combobox', { name: 'Reason' }).selectOption({ index: 1 });
  await form.getByRole('textbox', { name: 'Note' }).fill('Nine days late.');
  await form.getByRole('combobox', { name: 'Co-signer' }).fill('Ben');
  await app.getByRole('option', { name: /Ben Okafor/ }).click();
  await form.getByRole('button', { name: 'Remove Ben Okafor' }).waitFor();
  await form.getByRole('button', { name: 'Ask for co-sign' }).click();
}

async function tellTheStory(blockStorage: boolean, name: string, ticket: number): Promise<void> {
  const ana = await office.sit('ana', ticket, { blockStorage });
  await ana.app.getByRole('meter', { name: 'Budget used' }).waitFor();
  expect(await ana.storage()).toBe(blockStorage ? 'blocked' : 'open');
  await ana.shot(`${name}-1-ana-opens`);
  await askBen(ana, '25');
  const credits = ana.app.getByRole('region', { name: 'Credits' });
  const waiting = credits.getByRole('listitem').filter({ hasText: 'Waiting for co-sign' });
  await waiting.waitFor();
  const text = await waiting.textContent();
  expect(text).toMatch(/LW-[2-9A-Z]{6}/);
  expect(text).toContain('$25.00');
  expect(await waiting.getByRole('button', { name: 'Approve' }).count()).toBe(0);
  await ana.shot(`${name}-2-ana-waits`);

  const ben = await office.sit('ben', ticket, { blockStorage });
  await ben.app.getByRole('button', { name: 'Approve' }).waitFor();
  await ben.shot(`${name}-3-ben-opens`);
  await ben.app.getByRole('button', { name: 'Approve' }).click();
  const posted = (desk: Desk) =>
    desk.app
      .getByRole('region', { name: 'Credits' })
      .getByRole('listitem')
      .filter({ hasText: 'Posted' });
  await posted(ben).waitFor();
  await ben.shot(`${name}-4-ben-approved`);
  // The other window hears of it from Zendesk, without a reload.
  await posted(ana).waitFor();
  await ana.shot(`${name}-5-ana-sees`);
  await ana.page.reload();
  await posted(ana).waitFor();
}

describe('the story in two windows', () => {
  it('Ana asks, Ben co-signs, both see it posted', () => tellTheStory(false, 'story', 1087));

  it('goes the same way where the browser blocks the app’s storage', () =>
    tellTheStory(true, 'blocked', 1084));
});
