import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadWords } from '#app/load-words.ts';
import { axeFindings } from '#tests/support/axe-findings.ts';
import { type Desk, type Office, openOffice } from '#tests/support/browser-desk.ts';
import { createDictionary, type Dictionary } from '#ui/shared/messages.ts';

let office: Office;

beforeAll(async () => {
  office = await openOffice();
});
afterEach(() => {
  office.expectCalm();
});
afterAll(() => office.close());

async function wordsOf(locale: string): Promise<Dictionary['say']> {
  const { language, first, later } = await loadWords(locale);
  const dictionary = createDictionary(language, first);
  dictionary.add(await later);
  return dictionary.say;
}

const page = ({ app }: Desk) =>
  app
    .locator('html')
    .evaluate((html) => ({ lang: html.getAttribute('lang'), dir: html.getAttribute('dir') }));

describe.each([
  ['de', 1087, '25,50', 'ltr'],
  ['ja', 1084, '２５.５０', 'ltr'],
  ['ar', 1086, '٢٥٫٥٠', 'rtl'],
] as const)('the story in %s', (locale, ticket, typed, dir) => {
  it('Ana asks, Ben co-signs, both see it posted; the note is in the account’s language', async () => {
    const say = await wordsOf(locale);
    const ana = await office.sit('ana', ticket, { locale });
    await ana.app.getByRole('button', { name: say('action.newCredit') }).click();
    expect(await page(ana)).toEqual({ lang: locale, dir });
    const form = ana.app.getByRole('form', { name: say('form.title') });
    await form.getByRole('textbox', { name: say('form.amount') }).fill(typed);
    await form.getByRole('combobox', { name: say('form.reason') }).selectOption({ index: 1 });
    await form
      .getByRole('textbox', { name: say('form.note'), exact: true })
      .fill('Nine days late.');
    await form.getByRole('combobox', { name: say('form.cosigner') }).fill('Ben');
    await ana.app.getByRole('option', { name: /Ben Okafor/ }).click();
    await form.getByRole('button', { name: say('form.submit.peer') }).click();
    const list = ({ app }: Desk) =>
      app.getByRole('region', { name: say('credits.title'), exact: true }).getByRole('listitem');
    const waiting = list(ana).filter({ hasText: say('status.waiting-cosign') });
    await waiting.waitFor();
    const text = (await waiting.textContent()) ?? '';
    expect(text).toMatch(/LW-[2-9A-Z]{6}/);
    expect(text.replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))).toMatch(
      /25[.,٫]50/,
    );
    await ana.shot(`${locale}-1-ana-waits`);

    const ben = await office.sit('ben', ticket, { locale });
    await ben.app.getByRole('button', { name: say('action.approve') }).click();
    const posted = (desk: Desk) => list(desk).filter({ hasText: say('status.posted') });
    await posted(ben).waitFor();
    await posted(ana).waitFor();
    await ben.shot(`${locale}-2-ben-approved`);
    // The account is in English, whoever writes.
    await ben.page
      .getByText(/approved and posted/)
      .first()
      .waitFor();
  });
});

describe('in Arabic, in both schemes, axe finds nothing', () => {
  it.each([false, true])('dark: %s', async (dark) => {
    const say = await wordsOf('ar');
    const ben = await office.sit('ben', 1080, { locale: 'ar', dark });
    await ben.app.getByRole('button', { name: say('action.approve') }).waitFor();
    await ben.app.getByRole('region', { name: say('guidelines.title') }).waitFor();
    expect(await axeFindings(ben)).toEqual([]);
    await ben.app.getByRole('button', { name: say('action.decline') }).click();
    await ben.app.getByRole('textbox', { name: say('step.reason') }).waitFor();
    expect(await axeFindings(ben)).toEqual([]);
    await ben.app
      .getByRole('button', { name: say('action.cancel') })
      .first()
      .click();
    await ben.app.getByRole('button', { name: say('action.newCredit') }).click();
    await ben.app.getByRole('textbox', { name: say('form.amount') }).fill('120');
    expect(await axeFindings(ben)).toEqual([]);
  });
});
