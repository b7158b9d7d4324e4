import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Office, openOffice } from '#tests/support/browser-desk.ts';

/** `npm run screens` draws the pictures of docs/install.md; a test only looks. */
const drawing = process.env['npm_lifecycle_event'] === 'screens';
const folder = new URL(drawing ? '../../docs/screens/' : './screenshots/', import.meta.url)
  .pathname;

let office: Office;

beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

describe('an admin who installs Leeway', () => {
  it('finds every setting of the manifest in the form, with its label', async () => {
    const { parameters } = JSON.parse(await readFile('manifest.json', 'utf8')) as {
      readonly parameters: readonly { readonly name: string }[];
    };
    const { app } = JSON.parse(await readFile('translations/en.json', 'utf8')) as {
      readonly app: { readonly parameters: Readonly<Record<string, { readonly label: string }>> };
    };
    const ada = await office.sit('ada', 1087);
    await ada.page.getByRole('button', { name: 'App settings' }).click();
    const form = ada.page.locator('form.settings');
    await form.waitFor();
    for (const { name } of parameters)
      expect(await form.innerText()).toContain(app.parameters[name]?.label);
    await form.evaluate((element) => {
      element.scrollIntoView();
    });
    await ada.page.screenshot({
      path: `${folder}install-settings.png`,
      clip: await boxOf(form.boundingBox()),
    });
  });
});

/** As much of it as the window shows, and no more than a picture in a page needs. */
async function boxOf(
  found: Promise<{ x: number; y: number; width: number; height: number } | null>,
) {
  const box = await found;
  if (!box) throw new Error('nothing is to be seen');
  return { ...box, y: Math.max(0, box.y), height: Math.min(box.height, 620) };
}
