import { setTimeout } from 'node:timers/promises';
import Stripe from 'stripe';
import { SECOND } from '#domain/instant.ts';
import {
  type PaidReceipt,
  type PayableLine,
  type Payer,
  PayerError,
  type PayerErrorCode,
} from './payer.ts';
import { stripeAmount } from './stripe-amount.ts';

export interface StripePayerOptions {
  /** A restricted key that may read and write customers and nothing else is enough. */
  readonly key: string;
  /** Another address than Stripe's, such as `http://localhost:12111`. */
  readonly origin?: string;
  /** How often Stripe's library repeats a request by itself, under the same idempotency key. */
  readonly retries?: number;
  readonly sleep?: (ms: number) => Promise<unknown>;
}

const TIMEOUT_MS = 30 * SECOND;

/** Whatever else is done to the balance, this names the line that did it. */
const LINE = 'leeway_credit';

/**
 * Pays by credits to customers' balances, which Stripe takes off their next invoices. The line's id
 * is the idempotency key. Stripe forgets keys after a day or later, so the key alone would pay again
 * what a run of last week had begun: the customer's balance transactions are read first, and each of
 * ours names its line.
 */
export function createStripePayer(options: StripePayerOptions): Payer {
  const { key, origin, retries = 3, sleep = setTimeout } = options;
  const stripe = new Stripe(key, {
    ...(origin === undefined ? {} : addressOf(origin)),
    maxNetworkRetries: retries,
    timeout: TIMEOUT_MS,
    telemetry: false,
  });
  return {
    name: 'stripe',
    mostAtOnce: 1,
    isCustomerId: (text) => /^cus_[A-Za-z0-9]{1,250}$/.test(text),
    find: (line) => patiently(() => find(stripe, line), sleep),
    async pay(lines) {
      const receipts: PaidReceipt[] = [];
      for (const line of lines) {
        receipts.push(await patiently(() => payOne(stripe, line), sleep));
      }
      return receipts;
    },
    // Stripe itself is asked for each line.
    unfinished: () => Promise.resolve([]),
    finish: () => Promise.resolve(),
  };
}

const FIRST_PAUSE_MS = SECOND;
const MOST_TRIES = 6;

/** Stripe's library does not wait where there were too many requests; then nothing was done. */
async function patiently<T>(
  work: () => Promise<T>,
  sleep: (ms: number) => Promise<unknown>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      const wait = error instanceof PayerError && error.code === 'rate-limited';
      if (!wait || tries === MOST_TRIES) throw error;
      await sleep(FIRST_PAUSE_MS * 2 ** (tries - 1));
    }
  }
}

function addressOf(origin: string): Pick<Stripe.StripeConfig, 'host' | 'port' | 'protocol'> {
  const { hostname, port, protocol } = new URL(origin);
  const isPlain = protocol === 'http:';
  const usual = isPlain ? 80 : 443;
  return { host: hostname, protocol: isPlain ? 'http' : 'https', port: port || usual };
}

async function find(stripe: Stripe, line: PayableLine): Promise<PaidReceipt | null> {
  const found: Stripe.CustomerBalanceTransaction[] = [];
  try {
    const list = stripe.customers.listBalanceTransactions(line.customerAtPayer, { limit: 100 });
    for await (const transaction of list) {
      if (transaction.metadata?.[LINE] === line.id) found.push(transaction);
    }
  } catch (error) {
    throw payerError(error, line, 'read');
  }
  const [one, ...more] = found;
  if (one === undefined) return null;
  const isSame =
    one.amount === -(stripeAmount(line.minor, line.currency) ?? 0) &&
    one.currency === line.currency.toLowerCase();
  if (!isSame || more.length > 0) {
    throw new PayerError('paid-differently', `${line.id} is ${found.map(({ id }) => id).join()}`);
  }
  return { id: line.id, reference: one.id };
}

async function payOne(stripe: Stripe, line: PayableLine): Promise<PaidReceipt> {
  const amount = stripeAmount(line.minor, line.currency);
  if (amount === null) {
    throw new PayerError('amount-not-possible', `${String(line.minor)} ${line.currency}`);
  }
  await checkCustomer(stripe, line);
  try {
    const { id } = await stripe.customers.createBalanceTransaction(
      line.customerAtPayer,
      {
        // Stripe's sign: what is negative lowers what the customer owes.
        amount: -amount,
        currency: line.currency.toLowerCase(),
        description: line.description,
        metadata: { [LINE]: line.id, leeway_ticket: line.ticket },
      },
      { idempotencyKey: line.id },
    );
    return { id: line.id, reference: id };
  } catch (error) {
    throw payerError(error, line, 'write');
  }
}

/** A deleted customer still answers; one that is billed in another currency would be refused. */
async function checkCustomer(
  stripe: Stripe,
  { customerAtPayer, currency }: PayableLine,
): Promise<void> {
  let customer: Stripe.Customer | Stripe.DeletedCustomer;
  try {
    customer = await stripe.customers.retrieve(customerAtPayer);
  } catch (error) {
    throw payerError(error, { customerAtPayer }, 'read');
  }
  if (customer.deleted === true) {
    throw new PayerError('customer-unknown-to-payer', `${customerAtPayer} is deleted`);
  }
  const theirs = customer.currency ?? null;
  if (theirs !== null && theirs !== currency.toLowerCase()) {
    throw new PayerError('other-currency-at-payer', `${customerAtPayer} is billed in ${theirs}`);
  }
}

/** What Stripe said, without what we sent: a message may name the key's last letters, no more. */
function payerError(
  error: unknown,
  { customerAtPayer }: Pick<PayableLine, 'customerAtPayer'>,
  kind: 'read' | 'write',
): PayerError | Error {
  if (!(error instanceof Stripe.errors.StripeError)) {
    return error instanceof Error ? error : new Error('Stripe failed', { cause: error });
  }
  const status = String(error.statusCode ?? 'no answer');
  const about = `${customerAtPayer}: ${error.type} ${error.code ?? ''} (${status})`;
  return new PayerError(codeOf(error, kind), about, error);
}

function codeOf(
  error: InstanceType<typeof Stripe.errors.StripeError>,
  kind: 'read' | 'write',
): PayerErrorCode {
  const { statusCode: status, code } = error;
  if (status === 401 || status === 403) return 'not-authorised';
  if (status === 429) return 'rate-limited';
  // The same key is at work in another request: that one may pay.
  if (status === 409) return kind === 'write' ? 'outcome-unknown' : 'payer-unavailable';
  if (error instanceof Stripe.errors.StripeIdempotencyError) return 'paid-differently';
  if (status !== undefined && status >= 400 && status < 500) {
    return code === 'resource_missing' ? 'customer-unknown-to-payer' : 'refused-by-payer';
  }
  return kind === 'write' ? 'outcome-unknown' : 'payer-unavailable';
}
