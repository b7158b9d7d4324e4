import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DOUBTFUL_DAYS, playDoubtfulPast } from '#app/doubtful-past.ts';
import { openShop } from '#app/open-shop.ts';
import { createSimulatedSession } from '#app/simulated-session.ts';
import { fold } from '#domain/fold.ts';
import { ticketId } from '#domain/ids.ts';
import { readCsv } from '#settlement/billing/csv-file.ts';
import { runSettlement } from '#settlement/command.ts';
import type { Surroundings } from '#settlement/connect.ts';
import { runListening } from '#settlement/listen/listen-command.ts';
import { createRunningClock, type MovableClock } from '#simulator/clock.ts';
import { addToken } from '#simulator/people.ts';
import { customers } from '#simulator/scenarios/customers.ts';
import { staff } from '#simulator/scenarios/staff.ts';
import { type RunningServer, startServer } from '#simulator/server.ts';
import type { SimulatorState } from '#simulator/state.ts';
import { createZendesk, type Zendesk } from '#simulator/zendesk.ts';
import { takeStep } from '#use-cases/take-step.ts';
import { readTermsHistory } from '#use-cases/terms-history.ts';
import { STRIPE_KEY, startStripe, type StripeStandIn } from './stripe-stand-in.ts';

const DAY = 24 * 60 * 60_000;
const FIELD = 'stripe_customer';
const START = Date.UTC(2026, 10, 20, 12);
const SECRET = 'pedal-and-pine-bell';

let shop: SimulatorState;
let past: Readonly<Record<string, string>>;
beforeAll(async () => {
  shop = await openShop(START - (DOUBTFUL_DAYS + 1) * DAY);
  ({ credits: past } = await playDoubtfulPast(shop, START));
  addToken(shop, 'token', staff.ada.id, ['read']);
  shop.account.incremental_exports_per_minute = 1000;
}, 60_000);

let clock: MovableClock;
let server: RunningServer;
let zendesk: Zendesk;
let stripe: StripeStandIn;
let folder: string;
let said: string;
let out: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'leeway-command-'));
  const state = structuredClone(shop);
  for (const [key, { id }] of Object.entries(customers)) {
    const user = state.users[String(id)];
    if (user) user.user_fields = { [FIELD]: `cus_${key}` };
  }
  clock = createRunningClock();
  await clock.advance(START - Date.now());
  zendesk = createZendesk({ state, clock });
  const noFiles = () => Promise.resolve(undefined);
  server = await startServer({ zendesk, clock, port: 0, hostFiles: noFiles, appFiles: noFiles });
  stripe = await startStripe();
  for (const key of Object.keys(customers)) stripe.addCustomer(`cus_${key}`);
  said = '';
  out = '';
});
afterEach(async () => {
  await server.close();
  await stripe.close();
  await rm(folder, { recursive: true });
});

const around = (): Surroundings => ({
  env: {
    LEEWAY_ZENDESK_TOKEN: 'token',
    LEEWAY_STRIPE_KEY: STRIPE_KEY,
    LEEWAY_STRIPE_ORIGIN: stripe.origin,
    LEEWAY_WEBHOOK_SECRET: SECRET,
  },
  now: () => clock.now(),
  sleep: (ms) => clock.advance(ms),
  fetch: globalThis.fetch,
  stdout: (text) => void (out += text),
  stderr: (text) => void (said += text),
  watched: false,
});

const payBy = (by: 'csv' | 'stripe') => [
  ...['--pay', by, '--paid', path.join(folder, 'paid.ndjson'), '--payer-id-field', FIELD],
  ...(by === 'csv' ? ['--pay-folder', path.join(folder, 'billing')] : []),
];

const settle = (...args: readonly string[]) =>
  runSettlement('settle', ['--url', server.hostUrl, '--since', '2026-11-01', ...args], around());

const payable = () =>
  readCsv(out)
    .filter(([, verdict]) => verdict === 'payable')
    .map(([id]) => id)
    .sort();

const paidAtStripe = () =>
  stripe.transactions.map(({ metadata }) => metadata['leeway_credit']).sort();

describe('leeway settle --pay', { timeout: 30_000 }, () => {
  it('pays what is payable and nothing else, once over two runs', async () => {
    expect(await settle(...payBy('stripe'))).toBe(1);
    expect(paidAtStripe()).toEqual(payable());
    expect(paidAtStripe()).toContain(past['good']);
    for (const wrong of ['over-budget', 'slot-shared', 'crossed', 'held', 'signer-unfit']) {
      expect(paidAtStripe()).not.toContain(past[wrong]);
    }
    const count = stripe.transactions.length;
    out = '';
    await settle(...payBy('stripe'));
    expect(said).toContain(`Paid by earlier runs: ${String(count)}.`);
    expect(stripe.transactions).toHaveLength(count);
  });

  it('pays what an admin confirmed, and lists a customer without an id as an exception', async () => {
    const user = zendesk.state.users[String(customers.imani.id)];
    if (user) user.user_fields = { [FIELD]: null };
    const confirmed = path.join(folder, 'confirmed');
    await writeFile(confirmed, `${past['signer-unfit'] ?? ''} # asked Maximiliane\n`);
    await settle(...payBy('stripe'), '--confirmed', confirmed);
    expect(paidAtStripe()).toContain(past['signer-unfit']);
    expect(said).toContain(`${past['first-of-crossed'] ?? ''} customer-without-payer-id`);
    expect(paidAtStripe()).not.toContain(past['first-of-crossed']);
  });

  it('takes back, once, what a lead reversed after it was paid, also without a state', async () => {
    const good = past['good'] ?? '';
    await settle(...payBy('stripe'));
    const ticket = ticketId(
      stripe.transactions.find(({ metadata }) => metadata['leeway_credit'] === good)?.metadata[
        'leeway_ticket'
      ],
    );
    if (ticket === null) throw new Error('the good credit was not paid');
    const lea = createSimulatedSession(zendesk, clock, staff.lea.id, 'late');
    const history = await readTermsHistory(lea);
    const ledger = fold(await lea.helpdesk.readAudits(ticket), history, lea.clock.now());
    const credit = ledger.credits.find(({ id }) => id === good);
    if (credit === undefined) throw new Error('its ticket does not have it');
    const seen = { ticket, credit: credit.id, digest: credit.digest };
    const step = { type: 'reverse', reason: 'The parcel came after all.' } as const;
    expect(await takeStep(lea, new Map(), seen, step)).toMatchObject({ kind: 'done' });
    await settle(...payBy('stripe'));
    await settle(...payBy('stripe'));
    const amounts = stripe.transactions
      .filter(({ metadata }) => metadata['leeway_credit']?.startsWith(good))
      .map(({ amount, customer }) => [amount, customer]);
    expect(amounts).toEqual([
      [-1500, 'cus_marcus'],
      [1500, 'cus_marcus'],
    ]);
  });

  it('writes one file for finance, and none when nothing is new', async () => {
    await settle(...payBy('csv'));
    await settle(...payBy('csv'));
    const [name = '', ...more] = await readdir(path.join(folder, 'billing'));
    expect(more).toEqual([]);
    const rows = readCsv(await readFile(path.join(folder, 'billing', name), 'utf8')).slice(1);
    const marcus = rows.find(([id]) => id === past['good']);
    expect(marcus?.slice(1, 5)).toEqual(['credit', 'cus_marcus', '15.00', 'USD']);
  });

  it('pays nothing when the journals could not be read to the end', async () => {
    zendesk.faults.add({
      match: { method: 'GET', path: '/audits' },
      skip: 5,
      fault: { kind: 'status', status: 403 },
    });
    expect(await settle(...payBy('stripe'))).toBe(2);
    expect(stripe.transactions).toEqual([]);
  });

  it('says at once that there is no key, or that the key of the field is mistyped', async () => {
    const { LEEWAY_STRIPE_KEY: _, ...env } = around().env;
    const args = ['--url', server.hostUrl, '--since', '2026-11-01', ...payBy('stripe')];
    expect(await runSettlement('settle', args, { ...around(), env })).toBe(2);
    expect(said).toContain('LEEWAY_STRIPE_KEY is not set');
    expect(await settle(...payBy('stripe'), '--payer-id-field', 'stripe_costumer')).toBe(2);
    expect(said).toContain('stripe_costumer');
    expect(stripe.transactions).toEqual([]);
  });
});

describe('leeway listen', { timeout: 30_000 }, () => {
  /** Rings as Zendesk does, from a webhook of the account. */
  async function listening(run: (url: string) => Promise<void>): Promise<number> {
    let end = () => {};
    const asked = new Promise<void>((resolve) => (end = resolve));
    let ready: (url: string) => void = () => {};
    const url = new Promise<string>((resolve) => (ready = resolve));
    const args = ['--url', server.hostUrl, '--port', '0', ...payBy('stripe')];
    const code = runListening(args, { ...around(), asked, onListening: ready });
    await run(await url);
    end();
    return code;
  }

  const until = async (text: string) => {
    while (!said.includes(text)) await new Promise(setImmediate);
  };

  it('pays the ticket that Zendesk rings for, and no other', async () => {
    const webhook = Object.values(zendesk.state.webhooks)[0];
    const ticket = 1061;
    const field = zendesk.state.installed_app?.requirements['leeway_status']?.requirement_id;
    const code = await listening(async (url) => {
      if (webhook) webhook.endpoint = url;
      // By hand, by an agent: the bell is believed in nothing, and pays what was payable anyway.
      for (const value of ['', 'leeway_posted']) {
        const answer = await fetch(`${server.hostUrl}/api/v2/tickets/${String(ticket)}`, {
          method: 'PUT',
          headers: {
            'content-type': 'application/json',
            'x-simulator-user': String(staff.ana.id),
          },
          body: JSON.stringify({ ticket: { custom_fields: [{ id: field, value }] } }),
        });
        expect(answer.status).toBe(200);
      }
      await until(`settled ticket=${String(ticket)}`);
    });
    expect(code).toBe(0);
    expect(stripe.transactions.map(({ metadata }) => metadata['leeway_ticket'])).toEqual([
      String(ticket),
    ]);
    expect(said).not.toContain(SECRET);
    expect(out.trim().split('\n')).toHaveLength(1);
  });
});
