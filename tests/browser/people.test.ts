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

const credits = ({ app }: Desk) =>
  app.getByRole('region', { name: 'Credits' }).getByRole('listitem');

async function choose({ app }: Desk, within: ReturnType<Desk['app']['getByRole']>, name: string) {
  await within.getByRole('combobox', { name: 'Co-signer' }).fill(name.slice(0, 4));
  await app.getByRole('option', { name }).click();
  await within.getByRole('button', { name: `Remove ${name}` }).waitFor();
}

async function ask(desk: Desk, ...names: readonly string[]): Promise<void> {
  await desk.app.getByRole('button', { name: 'New credit' }).click();
  const form = desk.app.getByRole('form', { name: 'New credit' });
  await form.getByRole('textbox', { name: 'Amount' }).fill('25');
  await form.getByRole('combobox', { name: 'Reason' }).selectOption({ index: 1 });
  await form.getByRole('textbox', { name: 'Note' }).fill('Nine days late.');
  for (const name of names) await choose(desk, form, name);
  await form.getByRole('button', { name: 'Ask for co-sign' }).click();
  await credits(desk).filter({ hasText: 'Waiting for co-sign' }).waitFor();
}

const composer = ({ page }: Desk) => page.getByRole('textbox', { name: 'Comment' });

describe('asking people', () => {
  it('a pool is answered by its second colleague, and the customer is told in the reply', async () => {
    const ana = await office.sit('ana', 1087);
    await ask(ana, 'Ben Okafor', 'Priya Raman');
    await ana.shot('people-1-pool');
    const priya = await office.sit('priya', 1087);
    await priya.app.getByRole('button', { name: 'Approve' }).click();
    await credits(ana).filter({ hasText: 'Posted' }).waitFor();

    await ana.app.getByRole('button', { name: 'Put a sentence into the reply' }).click();
    await ana.app.getByText('Read it, and send it yourself.').waitFor();
    expect(await composer(ana).inputValue()).toContain('25');
    expect(await ana.page.getByRole('radio', { name: 'Public reply' }).isChecked()).toBe(true);
    await ana.shot('people-2-sentence');
  });

  it('an ask is handed on to somebody else, who is mentioned from the composer and approves', async () => {
    const ana = await office.sit('ana', 1084);
    await ask(ana, 'Ben Okafor');
    const item = credits(ana).filter({ hasText: 'Waiting for co-sign' });
    await item.getByRole('button', { name: 'Ask someone else' }).click();
    await item.getByRole('button', { name: 'Remove Ben Okafor' }).click();
    await choose(ana, item, 'Priya Raman');
    await item.getByText('Ben Okafor will no longer be notified, and can still decide.').waitFor();
    await ana.shot('people-3-hand-on');
    await item.getByRole('button', { name: /^Ask about LW-/ }).click();
    await ana.app.getByText(/Priya Raman is asked about LW-/).waitFor();

    // A public reply is being written: it must not become a note.
    await composer(ana).fill('Dear customer');
    await item.getByRole('button', { name: 'Put the mention into the composer' }).click();
    await ana.app.getByRole('alert').filter({ hasText: 'public reply' }).waitFor();
    expect(await composer(ana).inputValue()).toBe('Dear customer');
    await composer(ana).fill('');
    await item.getByRole('button', { name: 'Put the mention into the composer' }).click();
    await ana.app.getByText('Send it yourself.').waitFor();
    expect(await composer(ana).inputValue()).toContain('@Priya Raman');
    expect(await ana.page.getByRole('radio', { name: 'Internal note' }).isChecked()).toBe(true);
    await ana.shot('people-4-mention');

    const priya = await office.sit('priya', 1084);
    await priya.app.getByRole('button', { name: 'Approve' }).click();
    await credits(ana).filter({ hasText: 'Posted' }).waitFor();
  });
});
