import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from '#tests/support/axe-findings.ts';
import { type Office, openOffice } from '#tests/support/browser-desk.ts';

let office: Office;

beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

describe.each([
  ['light', false],
  ['dark', true],
] as const)('in the %s scheme axe finds nothing', (scheme, dark) => {
  it('in the sidebar, the form, a decline and the limits', async () => {
    const ben = await office.sit('ben', 1080);
    if (dark) await ben.page.getByRole('button', { name: 'Dark' }).click();
    await ben.app.getByRole('button', { name: 'Approve' }).waitFor();
    await ben.app.getByRole('region', { name: 'Guidelines' }).waitFor();
    await ben.shot(`axe-${scheme}-1-waiting`);
    expect(await axeFindings(ben)).toEqual([]);

    await ben.app.getByRole('button', { name: 'Decline' }).click();
    await ben.app.getByRole('textbox', { name: 'Reason' }).waitFor();
    expect(await axeFindings(ben)).toEqual([]);
    await ben.app.getByRole('button', { name: 'Cancel' }).first().click();

    await ben.app.getByRole('button', { name: 'New credit' }).click();
    const form = ben.app.getByRole('form', { name: 'New credit' });
    await form.getByRole('textbox', { name: 'Amount' }).fill('120');
    await ben.shot(`axe-${scheme}-2-form`);
    expect(await axeFindings(ben)).toEqual([]);

    const ada = await office.sit('ada', 1087);
    if (dark) await ada.page.getByRole('button', { name: 'Dark' }).click();
    await ada.app.getByRole('button', { name: 'Limits' }).click();
    await ada.app.getByRole('region', { name: 'Limits' }).waitFor();
    await ada.page.waitForTimeout(1500);
    await ada.shot(`axe-${scheme}-3-limits`);
    expect(await axeFindings(ada)).toEqual([]);
  });
});
