import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Office, openOffice } from '#tests/support/browser-desk.ts';

let office: Office;

beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const built = path.resolve('.simulator/app');

describe('the built page', () => {
  it('forbids inline scripts, and every address but its own', async () => {
    const html = await readFile(path.join(built, 'iframe.html'), 'utf8');
    const policy =
      /http-equiv="Content-Security-Policy" content="([^"]+)"/
        .exec(html)?.[1]
        ?.replaceAll('&#39;', "'") ?? '';
    const rules = new Map(
      policy.split('; ').map((rule) => {
        const [name = '', ...sources] = rule.split(' ');
        return [name, sources.join(' ')];
      }),
    );
    expect(rules.get('default-src')).toBe("'none'");
    expect(rules.get('script-src')).toBe("'self'");
    expect(rules.get('connect-src')).toBe("'none'");
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(html).not.toMatch(/\son\w+=/);
  });

  it('is held to that by the browser', async () => {
    const ana = await office.sit('ana', 1087);
    await ana.app.getByRole('button', { name: 'New credit' }).waitFor();
    const blocked = await ana.app.locator('body').evaluate(async (body) => {
      const told: string[] = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        told.push(effectiveDirective);
      });
      const script = document.createElement('script');
      script.textContent = 'document.title = "ran"';
      body.append(script);
      const image = document.createElement('img');
      image.src = 'http://localhost:9/elsewhere.png';
      body.append(image);
      await fetch('http://localhost:9/elsewhere').catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 100));
      return { told, title: document.title };
    });
    expect(blocked.told).toEqual(
      expect.arrayContaining(['script-src-elem', 'img-src', 'connect-src']),
    );
    expect(blocked.title).toBe('Leeway');
  });

  it('says so when it is opened by itself, and when the page around it never answers', async () => {
    const ana = await office.sit('ana', 1087);
    const alone = await ana.page.context().newPage();
    const address = `${office.simulator.appUrl}/app/iframe.html`;
    await alone.goto(address);
    await alone
      .getByRole('alert')
      .getByText(/Zendesk/)
      .waitFor();

    const silent = await ana.page.context().newPage();
    await silent.goto(`${office.simulator.hostUrl}/manifest.json`);
    await silent.evaluate((app) => {
      const frame = document.createElement('iframe');
      frame.src = `${app}?origin=${encodeURIComponent(location.origin)}&app_guid=nobody`;
      document.body.replaceChildren(frame);
    }, address);
    const text = silent.frameLocator('iframe').getByRole('alert');
    await text.waitFor({ timeout: 30_000 });
    expect(await text.innerText()).toMatch(/Zendesk/);
  });

  it('says so when a part of it is gone, as after an update, and goes on when it is there again', async () => {
    const ana = await office.sit('ana', 1087);
    await ana.app.getByRole('button', { name: 'New credit' }).waitFor();
    const loaded = await ana.app
      .locator('body')
      .evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    const parts = (await readdir(built)).filter(
      (file) => file.startsWith('later-') && !loaded.some((name) => name.endsWith(file)),
    );
    expect(parts.length).toBeGreaterThan(0);
    const gone = (address: URL): boolean => parts.some((part) => address.pathname.endsWith(part));
    await ana.page.route(gone, (route) => route.fulfill({ status: 404 }));
    await ana.app.getByRole('button', { name: 'New credit' }).click();
    const told = ana.app.getByRole('alert').filter({ hasText: 'reload' });
    await told.waitFor();
    await ana.page.unroute(gone);
    await told.getByRole('button', { name: 'Try again' }).click();
    await ana.app.getByRole('button', { name: 'New credit' }).click();
    await ana.app.getByRole('form', { name: 'New credit' }).waitFor();
  });
});

describe('ticket tabs of one browser', () => {
  it('show what one of them gave in the budget of the other, when the agent goes there', async () => {
    const ana = await office.sit('ana', 1084);
    const budget = ana.app.getByRole('region', { name: 'Budget' });
    const left = budget.getByText(/ left of /);
    const before = await left.innerText();
    await ana.page.getByRole('button', { name: 'Tickets', exact: true }).click();
    await ana.page.getByText('#1088').first().click();
    await ana.app.getByRole('button', { name: 'New credit' }).click();
    const form = ana.app.getByRole('form', { name: 'New credit' });
    await form.getByRole('textbox', { name: 'Amount' }).fill('15');
    await form.getByRole('combobox', { name: 'Reason' }).selectOption('Arrived late');
    await form.getByRole('combobox', { name: 'Co-signer' }).fill('Ben');
    await ana.app.getByRole('option', { name: 'Ben Okafor' }).click();
    await form.getByRole('button', { name: 'Ask for co-sign' }).click();
    await ana.app
      .getByRole('region', { name: 'Credits' })
      .getByText('Waiting for co-sign')
      .waitFor();
    await expect.poll(() => left.innerText()).not.toBe(before);
    const after = await left.innerText();
    await ana.page.getByRole('button', { name: /#1084/ }).first().click();
    await budget.getByText(after).waitFor();
  });
});
