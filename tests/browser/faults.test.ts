import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, type Office, openOffice } from '#tests/support/browser-desk.ts';
import type { Fault } from '#simulator/faults.ts';
import { staff, type StaffKey } from '#simulator/scenarios/staff.ts';

let office: Office;

beforeAll(async () => {
  office = await openOffice();
});
// Nobody begins so many bad days in a minute: Zendesk would have them wait.
beforeEach(() => office.passTime(1));
afterEach(() => {
  office.simulator.zendesk.faults.clear();
});
afterAll(() => office.close());

/** Strikes the next writes of this kind: all of them, or so many. */
function strike(method: string, path: string, fault: Fault, times = Infinity): void {
  office.simulator.zendesk.faults.add({ match: { method, path, times }, fault });
}
const journalOf = (ticket: number) => `^/api/v2/tickets/${String(ticket)}(\\.json)?$`;

/** How often each kind of event stands in the ticket's audits, read past the app. */
function journal(ticket: number): Record<string, number> {
  const counted: Record<string, number> = {};
  for (const audit of office.simulator.zendesk.state.audits[String(ticket)] ?? []) {
    const text = (audit.metadata.custom as { leeway?: string } | undefined)?.leeway;
    if (text === undefined) continue;
    const { events } = JSON.parse(text) as { events: { type: string }[] };
    for (const { type } of events) counted[type] = (counted[type] ?? 0) + 1;
  }
  return counted;
}

/** A note past the app. */
async function writeByHand(who: StaffKey, ticket: number): Promise<void> {
  const response = await office.simulator.zendesk.handle(
    new Request(`${office.simulator.hostUrl}/api/v2/tickets/${String(ticket)}.json`, {
      method: 'PUT',
      headers: {
        'content-type': 'application/json',
        'x-simulator-user': String(staff[who].id),
      },
      body: JSON.stringify({ ticket: { comment: { body: 'Any news?', public: false } } }),
    }),
  );
  expect(response.ok).toBe(true);
}

/** The statuses of the slots that name the ticket. */
const slotsOf = (ticket: number): unknown[] =>
  Object.values(office.simulator.zendesk.state.records['leeway_credit'] ?? {})
    .map(({ custom_object_fields: fields }) => fields)
    .filter((fields) => fields['ticket'] === String(ticket))
    .map((fields) => fields['status']);

async function fill({ app }: Desk, amount: string, cosigner = 'Ben Okafor'): Promise<void> {
  await app.getByRole('meter', { name: 'Budget used' }).waitFor();
  await app.getByRole('button', { name: 'New credit' }).click();
  const form = app.getByRole('form', { name: 'New credit' });
  await form.getByRole('textbox', { name: 'Amount' }).fill(amount);
  await form.getByRole('combobox', { name: 'Reason' }).selectOption({ index: 1 });
  await form.getByRole('textbox', { name: 'Note' }).fill('Nine days late.');
  await form.getByRole('combobox', { name: 'Co-signer' }).fill(cosigner.slice(0, 4));
  await app.getByRole('option', { name: new RegExp(cosigner) }).click();
  await form.getByRole('button', { name: `Remove ${cosigner}` }).waitFor();
}

const submit = ({ app }: Desk) => app.getByRole('button', { name: 'Ask for co-sign' });
const approve = ({ app }: Desk) => app.getByRole('button', { name: 'Approve' });
const credits = ({ app }: Desk) =>
  app.getByRole('region', { name: 'Credits' }).getByRole('listitem');
const credit = (desk: Desk, status: string) => credits(desk).filter({ hasText: status });
const alert = ({ app }: Desk, text: RegExp) => app.getByRole('alert').filter({ hasText: text });

const left = ({ app }: Desk) =>
  app
    .getByText(/ left of /)
    .first()
    .textContent();

/** Somebody has asked Ben on the ticket, and he has it open. */
async function benIsAsked(by: StaffKey, ticket: number): Promise<{ maker: Desk; ben: Desk }> {
  const maker = await office.sit(by, ticket, { locale: 'en-US' });
  await fill(maker, '5');
  await submit(maker).click();
  await credit(maker, 'Waiting for co-sign').waitFor();
  const ben = await office.sit('ben', ticket);
  await approve(ben).waitFor();
  return { maker, ben };
}

describe('an agent on a bad day', () => {
  it('clicks twice, on asking and on approving, and does each once', async () => {
    const ana = await office.sit('ana', 1084);
    await fill(ana, '5');
    await submit(ana).dblclick();
    await credit(ana, 'Waiting for co-sign').waitFor();
    const ben = await office.sit('ben', 1084);
    await approve(ben).dblclick();
    await credit(ben, 'Posted').waitFor();
    expect(journal(1084)).toEqual({ request: 1, approve: 1 });
  });

  it('reloads while the ask is on its way, and finds it as one credit', async () => {
    const ana = await office.sit('ana', 1085);
    await fill(ana, '5');
    strike('PUT', journalOf(1085), { kind: 'slow', ms: 20_000 }, 1);
    await submit(ana).click();
    await expect.poll(() => journal(1085), { timeout: 15_000 }).toEqual({ request: 1 });
    await ana.page.reload();
    await credit(ana, 'Waiting for co-sign').waitFor();
    expect(await credits(ana).count()).toBe(1);
    expect(journal(1085)).toEqual({ request: 1 });
  });

  it('loses the answer to an ask that landed, and is told that it is done', async () => {
    const ana = await office.sit('ana', 1086);
    await fill(ana, '5');
    strike('PUT', journalOf(1086), { kind: 'lost-after' }, 1);
    await submit(ana).click();
    await credit(ana, 'Waiting for co-sign').waitFor();
    await ana.app.getByRole('status').filter({ hasText: /LW-/ }).first().waitFor();
    expect(journal(1086)).toEqual({ request: 1 });
  });

  it('sends an ask that never arrives, and gets the filled form back when it no longer can', async () => {
    const ana = await office.sit('ana', 1076);
    await fill(ana, '6.50');
    strike('PUT', journalOf(1076), { kind: 'lost-before' });
    await submit(ana).click();
    await alert(ana, /it may still arrive/).waitFor();
    await ana.shot('faults-1-unknown');
    expect(journal(1076)).toEqual({});
    expect(await ana.app.getByRole('button', { name: 'New credit' }).count()).toBe(0);
    office.simulator.zendesk.faults.clear();
    await office.passTime(12);
    // A browser knows Zendesk's time by what Zendesk writes.
    await writeByHand('ben', 1076);
    await ana.page.reload();
    await alert(ana, /never arrived/).waitFor();
    await ana.shot('faults-2-lost');
    await ana.app.getByRole('button', { name: 'Fill in the form again' }).click();
    const form = ana.app.getByRole('form', { name: 'New credit' });
    expect(await form.getByRole('textbox', { name: 'Amount' }).inputValue()).toBe('6.50');
    expect(await form.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('Nine days late.');
  });

  it('spends the last money in two windows: one credit, and the other window has the new figure', async () => {
    const first = await office.sit('priya', 1079);
    await first.app.getByRole('meter', { name: 'Budget used' }).waitFor();
    const [, dollars = ''] = /\$(\d+)\.00 left/.exec((await left(first)) ?? '') ?? [];
    // So that $100 are left: enough for one more of $70, and not for two.
    await fill(first, String(Number(dollars) - 100));
    await submit(first).click();
    await credit(first, 'Waiting for co-sign').waitFor();
    const [one, other] = [await office.sit('priya', 1082), await office.sit('priya', 1077)];
    for (const desk of [one, other]) await fill(desk, '70');
    await Promise.all([submit(one).click(), submit(other).click()]);
    await expect
      .poll(async () => (await credits(one).count()) + (await credits(other).count()), {
        timeout: 20_000,
      })
      .toBe(1);
    const asked = (journal(1082)['request'] ?? 0) + (journal(1077)['request'] ?? 0);
    expect(asked).toBe(1);
    const loser = (await credits(one).count()) > 0 ? other : one;
    await alert(loser, /now needs a lead/).waitFor();
    const winner = loser === one ? other : one;
    await expect.poll(async () => (await left(loser)) === (await left(winner))).toBe(true);
    await loser.shot('faults-3-last-money');
    await loser.app.getByRole('button', { name: 'Ask a lead' }).waitFor();
  });

  it('is approved by two at once: posted once, and the other is told', async () => {
    const { ben } = await benIsAsked('tomas', 1078);
    const lea = await office.sit('lea', 1078);
    await approve(lea).waitFor();
    await Promise.all([approve(ben).click(), approve(lea).click()]);
    for (const desk of [ben, lea]) await credit(desk, 'Posted').waitFor();
    expect(await credits(ben).count()).toBe(1);
    expect(slotsOf(1078)).toEqual(['leeway_posted']);
  });

  it('withdraws while a colleague approves: the journal’s order decides, and both see the same', async () => {
    const { maker, ben } = await benIsAsked('ana', 1081);
    await Promise.all([
      maker.app.getByRole('button', { name: 'Withdraw' }).click(),
      approve(ben).click(),
    ]);
    const seen = (desk: Desk) => credit(desk, 'Withdrawn').or(credit(desk, 'Posted'));
    await seen(maker).waitFor();
    await seen(ben).waitFor();
    const lines = await Promise.all([maker, ben].map((desk) => credits(desk).textContent()));
    const words = lines.map((line) => /Withdrawn|Posted/.exec(line ?? '')?.[0]);
    expect(words[0]).toBe(words[1]);
  });

  it('goes offline and comes back: what was typed is still there, and it is sent once', async () => {
    const ana = await office.sit('ana', 1072);
    await fill(ana, '5');
    await ana.page.context().setOffline(true);
    await submit(ana).click();
    await ana.app.getByRole('alert').first().waitFor();
    await ana.shot('faults-4-offline');
    expect(journal(1072)).toEqual({});
    const form = ana.app.getByRole('form', { name: 'New credit' });
    expect(await form.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('Nine days late.');
    await ana.page.context().setOffline(false);
    await submit(ana).click();
    await credit(ana, 'Waiting for co-sign').waitFor();
    expect(journal(1072)).toEqual({ request: 1 });
  });

  it('is told to wait by Zendesk, nothing is changed, and the next click does it', async () => {
    const { ben } = await benIsAsked('sakura', 1075);
    strike('PUT', journalOf(1075), { kind: 'status', status: 429 }, 1);
    await approve(ben).click();
    await alert(ben, /Nothing was changed/).waitFor();
    await ben.shot('faults-5-rate-limited');
    expect(journal(1075)).toEqual({ request: 1 });
    await approve(ben).click();
    await credit(ben, 'Posted').waitFor();
    expect(journal(1075)).toEqual({ request: 1, approve: 1 });
  });

  it('has a session that ended: it is said, and approving works after signing in again', async () => {
    const { ben } = await benIsAsked('priya', 1088);
    strike('GET', '^/api/v2/', { kind: 'status', status: 401 });
    await approve(ben).click();
    await alert(ben, /sign/i).first().waitFor();
    await ben.shot('faults-6-signed-out');
    expect(journal(1088)).toEqual({ request: 1 });
    office.simulator.zendesk.faults.clear();
    await ben.page.reload();
    await approve(ben).click();
    await credit(ben, 'Posted').waitFor();
  });

  it('approves while the answer is late: it happens once, whatever the clicks', async () => {
    const { ben } = await benIsAsked('sakura', 1089);
    strike('PUT', journalOf(1089), { kind: 'late', ms: 4_000 }, 1);
    await approve(ben).click();
    await expect.poll(() => journal(1089)['approve'] ?? 0, { timeout: 20_000 }).toBeGreaterThan(0);
    await credit(ben, 'Posted').waitFor({ timeout: 20_000 });
    expect(slotsOf(1089)).toHaveLength(1);
  });
});
