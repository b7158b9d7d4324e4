import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, type Office, openOffice } from '#tests/support/browser-desk.ts';

let office: Office;

beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const regions = ['Budget', 'Credits', 'Customer', 'Guidelines'];

/** What the app asked since, five seconds after its last region showed. */
async function askedAfter(since: number, { app, page }: Desk) {
  for (const name of regions) await app.getByRole('region', { name }).waitFor();
  await app.getByRole('meter', { name: 'Budget used' }).waitFor();
  await page.waitForTimeout(5000);
  const asked = office.simulator.zendesk.log.slice(since).filter((entry) => entry.app);
  const helpCenter = asked.filter(({ path }) => path.startsWith('/api/v2/help_center/'));
  return {
    rest: asked.filter((entry) => !helpCenter.includes(entry)).map(({ path }) => path),
    helpCenter: helpCenter.length,
    writes: asked.filter(({ method, path }) => method !== 'GET' && !path.includes('/search'))
      .length,
  };
}

const since = () => office.simulator.zendesk.log.length;

describe('what an opening asks of Zendesk', () => {
  it('is at most 6 and 1 for the first ticket, 3 for the next, 1 for one seen, 0 for a tab left open', async () => {
    const ana = await office.sit('ana', 1087);
    const first = await askedAfter(0, ana);
    expect(first.rest.length, first.rest.join('\n')).toBeLessThanOrEqual(6);
    expect(first.helpCenter).toBeLessThanOrEqual(1);
    expect(first.writes).toBe(0);

    let before = since();
    const open = async (ticket: number) => {
      before = since();
      await ana.page
        .getByRole('link', { name: 'Tickets' })
        .or(ana.page.getByRole('button', { name: 'Tickets', exact: true }))
        .or(ana.page.getByRole('tab', { name: 'Tickets' }))
        .first()
        .click();
      await ana.page
        .getByText(`#${String(ticket)}`)
        .first()
        .click();
    };
    await open(1084);
    const further = await askedAfter(before, ana);
    expect(further.rest.length, further.rest.join('\n')).toBeLessThanOrEqual(3);
    expect(further.helpCenter).toBe(0);

    before = since();
    await ana.page.getByText('#1087').first().click();
    const returned = await askedAfter(before, ana);
    expect(returned.rest, 'an open tab, within 30 seconds').toEqual([]);

    before = since();
    await ana.page.reload();
    const again = await askedAfter(before, ana);
    expect(again.rest.length, again.rest.join('\n')).toBeLessThanOrEqual(2);
  });
});
