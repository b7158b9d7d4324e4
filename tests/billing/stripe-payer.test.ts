import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Currency } from '#domain/currencies.ts';
import type { TicketId, UserId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import { type CreditToPay, payCredits, type Payments } from '#settlement/billing/pay-credits.ts';
import { createStripePayer } from '#settlement/billing/stripe-payer.ts';
import { STRIPE_KEY, startStripe, type StripeStandIn } from './stripe-stand-in.ts';

const credit = (changes: Partial<CreditToPay> = {}): CreditToPay => ({
  id: 'credit-0001',
  ticket: '1087' as TicketId,
  customer: '901' as UserId,
  minor: 2500,
  currency: 'USD' as Currency,
  description: 'Goodwill credit LW-ABCDEF, ticket 1087',
  reverses: null,
  ...changes,
});

let stripe: StripeStandIn;
let folder: string;
let pauses: number[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'leeway-stripe-'));
  stripe = await startStripe();
  stripe.addCustomer('cus_901');
  pauses = [];
});
afterEach(async () => {
  await stripe.close();
  await rm(folder, { recursive: true });
});

/** A run of a process of its own: another payer, the same ledger. */
const run = (
  lines: readonly CreditToPay[] = [credit()],
  { key = STRIPE_KEY, ledger = 'paid.ndjson' } = {},
): Promise<Payments> =>
  payCredits(lines, {
    payer: createStripePayer({
      key,
      origin: stripe.origin,
      retries: 0,
      sleep: (ms) => Promise.resolve(pauses.push(ms)),
    }),
    ledgerFile: path.join(folder, ledger),
    payerIds: (customers) =>
      Promise.resolve(new Map([...customers].map((customer) => [customer, `cus_${customer}`]))),
    confirmed: new Set(),
    now: () => Date.UTC(2026, 10, 22) as Instant,
  });

const amounts = () =>
  stripe.transactions.map(({ amount, currency }) => `${String(amount)} ${currency}`);

describe("a credit to a customer's balance at Stripe", () => {
  it('is negative, as Stripe writes what a customer is given, and names its line', async () => {
    const { paid } = await run();
    expect(paid).toEqual([{ id: 'credit-0001', reference: 'cbtxn_1' }]);
    expect(stripe.transactions).toMatchObject([
      {
        customer: 'cus_901',
        amount: -2500,
        currency: 'usd',
        description: 'Goodwill credit LW-ABCDEF, ticket 1087',
        metadata: { leeway_credit: 'credit-0001', leeway_ticket: '1087' },
      },
    ]);
  });

  it('is taken back by its reversal, once', async () => {
    const reversal = credit({ id: 'credit-0001.reversal', minor: -2500, reverses: 'credit-0001' });
    await run();
    await run([credit(), reversal]);
    await run([credit(), reversal]);
    expect(amounts()).toEqual(['-2500 usd', '2500 usd']);
  });

  it.each([
    ['JPY', 500, '-500 jpy'],
    ['KWD', 5120, '-5120 kwd'],
    ['ISK', 5, '-500 isk'],
    ['UGX', 5000, '-500000 ugx'],
    ['MGA', 70_000, '-700 mga'],
  ])('counts in the unit that Stripe has for %s', async (currency, minor, expected) => {
    await run([credit({ currency: currency as Currency, minor })]);
    expect(amounts()).toEqual([expected]);
  });

  it.each([
    ['KWD', 5124],
    ['MGA', 70_050],
    ['CLF', 10_000],
  ])('is an exception where Stripe cannot hold it exactly: %s %d', async (currency, minor) => {
    const { exceptions } = await run([credit({ currency: currency as Currency, minor })]);
    expect(exceptions).toEqual([{ id: 'credit-0001', problem: 'amount-not-possible' }]);
    expect(stripe.transactions).toEqual([]);
  });
});

describe('an answer that is lost', () => {
  it.each(['lost-after', 'failed-after'] as const)('is looked up: %s', async (fault) => {
    stripe.faults.push(fault);
    // A connection that dies is tried once more by Stripe's library, under the same key.
    if (fault === 'lost-after') stripe.faults.push(fault);
    expect((await run()).paid).toEqual([{ id: 'credit-0001', reference: 'cbtxn_1' }]);
    expect((await run()).already).toHaveLength(1);
    expect(stripe.transactions).toHaveLength(1);
  });

  it('is looked up by the next run when the look fails too, also after Stripe forgot the key', async () => {
    stripe.faults.push('failed-after');
    stripe.readFaults.push(null, null, 'failed');
    const first = await run();
    expect(first).toMatchObject({
      paid: [],
      stopped: 'payer-unavailable',
      exceptions: [{ id: 'credit-0001', problem: 'outcome-unknown' }],
    });
    stripe.forgetKeys();
    expect((await run()).paid).toHaveLength(1);
    expect(stripe.transactions).toHaveLength(1);
  });

  it('before anything was done is paid by a later run, the customer found anew', async () => {
    stripe.faults.push('lost-before', 'lost-before');
    expect((await run()).exceptions).toEqual([{ id: 'credit-0001', problem: 'outcome-unknown' }]);
    expect((await run()).paid).toHaveLength(1);
    expect(stripe.transactions).toHaveLength(1);
  });

  it('with a failure that Stripe replays is paid when Stripe has forgotten it', async () => {
    stripe.faults.push('failed-before');
    expect((await run()).exceptions).toEqual([{ id: 'credit-0001', problem: 'outcome-unknown' }]);
    expect((await run()).exceptions).toEqual([{ id: 'credit-0001', problem: 'outcome-unknown' }]);
    stripe.forgetKeys();
    expect((await run()).paid).toHaveLength(1);
    expect(stripe.transactions).toHaveLength(1);
  });
});

describe('two runs with ledgers of their own', () => {
  it('pay once between them, at the same time', async () => {
    const release = stripe.hold();
    const one = run([credit()], { ledger: 'one' });
    const other = run([credit()], { ledger: 'other' });
    const first = await Promise.race([one, other]);
    expect(first.exceptions).toEqual([{ id: 'credit-0001', problem: 'outcome-unknown' }]);
    release();
    await Promise.all([one, other]);
    expect(stripe.transactions).toHaveLength(1);
  });

  it('pay once between them, one long after the other', async () => {
    await run([credit()], { ledger: 'one' });
    stripe.forgetKeys();
    expect((await run([credit()], { ledger: 'other' })).paid).toHaveLength(1);
    expect(stripe.transactions).toHaveLength(1);
  });

  it('are told when the line was paid with another amount', async () => {
    await run([credit()], { ledger: 'one' });
    const { exceptions } = await run([credit({ minor: 9900 })], { ledger: 'other' });
    expect(exceptions).toEqual([{ id: 'credit-0001', problem: 'paid-differently' }]);
    expect(stripe.transactions).toHaveLength(1);
  });

  it('find the line behind hundreds of others', async () => {
    await run();
    stripe.addOthers('cus_901', 250);
    stripe.forgetKeys();
    await run([credit()], { ledger: 'other' });
    expect(stripe.transactions).toHaveLength(251);
  });
});

describe('what Stripe refuses', () => {
  it('has a code each, and costs the other lines nothing', async () => {
    stripe.addCustomer('cus_902', { currency: 'eur' });
    stripe.addCustomer('cus_903', { deleted: true });
    const lines = ['904', '903', '902', '901'].map((customer) =>
      credit({ id: `credit-${customer}`, customer: customer as UserId }),
    );
    const { exceptions, paid } = await run(lines);
    expect(exceptions).toEqual([
      { id: 'credit-904', problem: 'customer-unknown-to-payer' },
      { id: 'credit-903', problem: 'customer-unknown-to-payer' },
      { id: 'credit-902', problem: 'other-currency-at-payer' },
    ]);
    expect(paid).toHaveLength(1);
  });

  it('of a key without the right ends the run, and stands nowhere with the key', async () => {
    const { stopped, left } = await run([credit()], { key: 'sk_live_verysecret' });
    expect({ stopped, left }).toEqual({ stopped: 'not-authorised', left: ['credit-0001'] });
    expect(await readFile(path.join(folder, 'paid.ndjson'), 'utf8')).not.toContain('verysecret');
  });

  it('for too many requests is waited for, longer each time', async () => {
    stripe.faults.push('rate-limited', 'rate-limited');
    stripe.readFaults.push('rate-limited');
    expect((await run()).paid).toHaveLength(1);
    expect(pauses).toEqual([1000, 1000, 2000]);
    stripe.readFaults.push(...Array.from({ length: 6 }, () => 'rate-limited' as const));
    expect((await run([credit({ id: 'credit-0002' })])).stopped).toBe('rate-limited');
  });
});
