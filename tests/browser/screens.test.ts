import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadWords } from '#app/load-words.ts';
import { axeFindings } from '#tests/support/axe-findings.ts';
import { type Desk, type Office, openOffice } from '#tests/support/browser-desk.ts';
import { pseudoMessages } from '#tests/support/pseudo-locale.ts';
import { createDictionary, type Dictionary, type Messages } from '#ui/shared/messages.ts';

/** Those of docs/screens.md, which `npm run screens` draws; a test only looks. */
const DOCUMENTED = [
  'en-light-1-ticket',
  'en-light-2-decline',
  'en-light-3-form',
  'en-light-4-limits',
  'en-dark-1-ticket',
  'de-light-1-ticket',
  'ar-light-3-form',
  'ar-dark-1-ticket',
];
const drawing = process.env['npm_lifecycle_event'] === 'screens';
const folderOf = (name: string): string =>
  new URL(
    drawing && DOCUMENTED.includes(name) ? '../../docs/screens/' : './screenshots/',
    import.meta.url,
  ).pathname;

let office: Office;

beforeAll(async () => {
  for (const name of ['', DOCUMENTED[0] ?? '']) mkdirSync(folderOf(name), { recursive: true });
  office = await openOffice();
});
// No agent sits down at so many new browsers in a minute: Zendesk would have them wait.
beforeEach(() => office.passTime(1));
afterEach(() => {
  office.expectCalm();
});
afterAll(() => office.close());

/** What reaches out of the frame sideways, or has words that its own box cuts off. */
const overflowing = ({ app }: Desk): Promise<string[]> =>
  app.locator('body').evaluate((body) => {
    const wide = document.documentElement.clientWidth;
    const name = (element: Element) =>
      `${element.tagName.toLowerCase()}: ${(element.textContent ?? '').slice(0, 60)}`;
    const hidden = (element: Element): boolean => {
      const { clipPath, clip, visibility } = getComputedStyle(element);
      return clipPath !== 'none' || clip !== 'auto' || visibility === 'hidden';
    };
    const all = [...body.querySelectorAll('*')].filter((element) => !element.closest('svg'));
    const seen = all.filter((element) => {
      for (let at: Element | null = element; at; at = at.parentElement)
        if (hidden(at)) return false;
      return true;
    });
    const outside = seen.filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 0 && (right > wide + 1 || left < -1);
    });
    const cut = seen.filter(
      (element) =>
        element.matches('button, h2, h3, label, [role="meter"]') &&
        element.scrollWidth > element.clientWidth + 1 &&
        getComputedStyle(element).overflowX !== 'visible',
    );
    const scrolls =
      document.documentElement.scrollWidth > wide ? ['the page scrolls sideways'] : [];
    return [...scrolls, ...new Set([...outside, ...cut].map(name))];
  });

async function look(desk: Desk, name: string): Promise<void> {
  await desk.app
    .locator('main')
    .screenshot({ path: path.join(folderOf(name), `${name}.png`), animations: 'disabled' });
  expect(await overflowing(desk), name).toEqual([]);
  expect(await axeFindings(desk), name).toEqual([]);
}

async function visit(
  say: Dictionary['say'],
  name: string,
  options: NonNullable<Parameters<Office['sit']>[2]>,
  prepare: (desk: Desk) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const desk = await office.sit('ben', 1080, { width: 320, ...options });
  // High enough that all of the sidebar is painted.
  await desk.page.setViewportSize({ width: 1280, height: 2600 });
  await prepare(desk);
  const { app } = desk;
  await app.getByRole('button', { name: say('action.approve'), exact: true }).waitFor();
  await app
    .getByRole('region', { name: say('guidelines.title') })
    .getByRole('link')
    .first()
    .waitFor();
  await look(desk, `${name}-1-ticket`);
  await app.getByRole('button', { name: say('action.decline'), exact: true }).click();
  await app.getByRole('textbox', { name: say('step.reason') }).waitFor();
  await look(desk, `${name}-2-decline`);
  await app
    .getByRole('button', { name: say('action.cancel') })
    .first()
    .click();
  await app.getByRole('button', { name: say('action.newCredit') }).click();
  const form = app.getByRole('form', { name: say('form.title') });
  await form.getByRole('textbox', { name: say('form.amount') }).fill('120');
  await form.getByRole('combobox', { name: say('form.reason') }).selectOption({ index: 1 });
  await form.getByRole('button', { name: say('form.submit.lead') }).waitFor();
  await look(desk, `${name}-3-form`);
  await form.getByRole('button', { name: say('action.cancel') }).click();
  await app.getByRole('button', { name: say('action.limits'), exact: true }).click();
  await app
    .getByRole('region', { name: say('limits.title'), exact: true })
    .getByRole('list')
    .first()
    .waitFor();
  await look(desk, `${name}-4-limits`);
}

const LANGUAGES = ['en', 'de', 'ja', 'ar'];

describe.each(LANGUAGES)(
  'in %s, 320 px wide, nothing reaches out sideways and axe finds nothing',
  (locale) => {
    it.each([
      ['light', false],
      ['dark', true],
    ])('%s', async (scheme, dark) => {
      const { language, first, later } = await loadWords(locale);
      const dictionary = createDictionary(language, first);
      dictionary.add(await later);
      await visit(dictionary.say, `${locale}-${scheme}`, { locale, dark });
    });
  },
);

describe('in a language that is 40 % longer', () => {
  it('nothing reaches out sideways either', async () => {
    const english = JSON.parse(
      await readFile(new URL('../../translations/en.json', import.meta.url), 'utf8'),
    ) as Messages & { readonly ui: Messages; readonly later: Messages };
    const longer = pseudoMessages(english) as typeof english;
    const dictionary = createDictionary('de', longer.ui);
    dictionary.add(longer.later);
    // It takes the place of German, in the file that carries it.
    await visit(dictionary.say, 'longer', { locale: 'de' }, async ({ page }) => {
      await page.route(/\/[^/]+\.js$/, async (route) => {
        const response = await route.fetch();
        const body = await response.text();
        await route.fulfill({
          response,
          body: body.includes('Verbrauchtes Budget')
            ? body.replace(/`\{[\s\S]*\}\s*`/, () => JSON.stringify(JSON.stringify(longer)))
            : body,
        });
      });
      await page.reload();
    });
  });
});
