import http from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Stripe as far as credits to a customer's balance go, over real HTTP, written from Stripe's own
 * reference: forms in, JSON out, idempotency keys with all their edges. It knows nothing of Leeway.
 */

export interface BalanceTransaction {
  readonly id: string;
  readonly object: 'customer_balance_transaction';
  readonly customer: string;
  readonly amount: number;
  readonly currency: string;
  readonly description: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly created: number;
  readonly livemode: false;
  readonly type: 'adjustment';
}

/** What the next requests that change something meet. */
export type StripeFault =
  /** The connection dies before anything is done. */
  | 'lost-before'
  /** It is done, the answer never arrives. */
  | 'lost-after'
  | 'rate-limited'
  /** 500, nothing done; Stripe replays it under the same key all the same. */
  | 'failed-before'
  /** 500 although it was done. */
  | 'failed-after'
  /** Another request with this key is at work. */
  | 'key-in-use';

export interface StripeStandIn {
  readonly origin: string;
  readonly transactions: readonly BalanceTransaction[];
  /** One for each request to come, then none. `null` lets one pass. */
  readonly faults: (StripeFault | null)[];
  /** For reads. */
  readonly readFaults: ('lost' | 'failed' | 'rate-limited' | null)[];
  readonly log: readonly string[];
  /** Called when a request came in, and when it was dealt with and not yet answered. */
  watch(look: (moment: 'came' | 'done', method: string) => void): void;
  addCustomer(id: string, about?: { currency?: string; deleted?: boolean }): void;
  /** Puts so many payments of others onto a customer's balance, after all there are. */
  addOthers(customer: string, count: number): void;
  /** A day goes by: Stripe forgets all keys. */
  forgetKeys(): void;
  /** Holds answers to payments back until released; then does what was asked. */
  hold(): () => void;
  close(): Promise<void>;
}

export const STRIPE_KEY = 'rk_test_standin';

const THREE_DECIMALS = new Set(['bhd', 'jod', 'kwd', 'omr', 'tnd']);
const CURRENCIES = new Set(['usd', 'eur', 'jpy', 'isk', 'ugx', 'mga', ...THREE_DECIMALS]);
const PARAMETERS = new Set(['amount', 'currency', 'description']);

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

interface KnownKey {
  readonly parameters: string;
  /** null: still at work. */
  answer: Answer | null;
}

const refusal = (status: number, error: Record<string, string>): Answer => ({
  status,
  body: { error: { type: 'invalid_request_error', ...error } },
});

const missing = (id: string): Answer =>
  refusal(404, { code: 'resource_missing', param: 'id', message: `No such customer: '${id}'` });

export async function startStripe(): Promise<StripeStandIn> {
  const customers = new Map<string, { currency: string | null; deleted: boolean }>();
  const transactions: BalanceTransaction[] = [];
  const keys = new Map<string, KnownKey>();
  const faults: (StripeFault | null)[] = [];
  const readFaults: ('lost' | 'failed' | 'rate-limited' | null)[] = [];
  const log: string[] = [];
  let gate: Promise<void> = Promise.resolve();
  let look: (moment: 'came' | 'done', method: string) => void = () => {};

  function list(customer: string, query: URLSearchParams): Answer {
    if (!customers.has(customer)) return missing(customer);
    const limit = Number(query.get('limit') ?? 10);
    if (limit > 100) return refusal(400, { code: 'parameter_invalid_integer', message: 'limit' });
    const all = transactions.filter((one) => one.customer === customer).reverse();
    const after = query.get('starting_after');
    const from = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
    const data = all.slice(from, from + limit);
    const url = `/v1/customers/${customer}/balance_transactions`;
    const body = { object: 'list', url, has_more: from + limit < all.length, data };
    return { status: 200, body };
  }

  function create(customer: string, form: URLSearchParams): Answer {
    const owner = customers.get(customer);
    if (owner === undefined || owner.deleted) return missing(customer);
    const metadata: Record<string, string> = {};
    for (const [name, value] of form) {
      const key = /^metadata\[(\w{1,40})\]$/.exec(name)?.[1];
      if (key !== undefined) metadata[key] = value;
      else if (!PARAMETERS.has(name)) {
        return refusal(400, { code: 'parameter_unknown', message: `unknown: ${name}` });
      }
    }
    const amount = Number(form.get('amount'));
    const currency = form.get('currency') ?? '';
    if (!Number.isSafeInteger(amount) || amount === 0) {
      return refusal(400, { code: 'parameter_invalid_integer', message: 'Invalid integer' });
    }
    if (!CURRENCIES.has(currency))
      return refusal(400, { message: `Invalid currency: ${currency}` });
    if (THREE_DECIMALS.has(currency) && amount % 10 !== 0) {
      return refusal(400, { message: 'the least-significant digit must be 0' });
    }
    if (['isk', 'ugx'].includes(currency) && amount % 100 !== 0) {
      return refusal(400, { message: 'must be evenly divisible by 100' });
    }
    if (owner.currency !== null && owner.currency !== currency) {
      return refusal(400, { message: 'You cannot combine currencies on a single customer.' });
    }
    owner.currency = currency;
    const transaction = add({
      customer,
      amount,
      currency,
      description: form.get('description'),
      metadata,
    });
    return { status: 200, body: transaction };
  }

  function add(
    given: Pick<
      BalanceTransaction,
      'customer' | 'amount' | 'currency' | 'description' | 'metadata'
    >,
  ): BalanceTransaction {
    const transaction: BalanceTransaction = {
      ...given,
      id: `cbtxn_${String(transactions.length + 1)}`,
      object: 'customer_balance_transaction',
      created: Math.floor(Date.now() / 1000),
      livemode: false,
      type: 'adjustment',
    };
    transactions.push(transaction);
    return transaction;
  }

  /** Checks of parameters and of keys in use are not kept under the key; all else is. */
  async function pay(customer: string, body: string, key: string): Promise<Answer | 'lost'> {
    const known = keys.get(key);
    const parameters = `${customer}?${body}`;
    if (known !== undefined && known.parameters !== parameters) {
      const message = 'Keys for idempotent requests can only be used with the same parameters';
      return refusal(400, { type: 'idempotency_error', message });
    }
    const fault = faults.shift() ?? null;
    if (known?.answer === null || fault === 'key-in-use') {
      const code = 'idempotency_key_in_use';
      return refusal(409, { type: 'idempotency_error', code, message: 'in progress' });
    }
    if (fault === 'lost-before') return 'lost';
    if (fault === 'rate-limited') return refusal(429, { code: 'rate_limit', message: 'slow down' });
    if (known !== undefined) return fault === 'lost-after' ? 'lost' : known.answer;
    const kept: KnownKey = { parameters, answer: null };
    keys.set(key, kept);
    await gate;
    const failed: Answer = {
      status: 500,
      body: { error: { type: 'api_error', message: 'sorry' } },
    };
    const done = fault === 'failed-before' ? failed : create(customer, new URLSearchParams(body));
    kept.answer = fault === 'failed-after' ? failed : done;
    return fault === 'lost-after' ? 'lost' : kept.answer;
  }

  async function answer(request: http.IncomingMessage, body: string): Promise<Answer | 'lost'> {
    const url = new URL(request.url ?? '/', 'http://stripe');
    if (request.headers.authorization !== `Bearer ${STRIPE_KEY}`) {
      return refusal(401, { message: 'Invalid API Key provided: rk_****' });
    }
    const [, customer, rest] = /^\/v1\/customers\/(\w+)(\/balance_transactions)?$/.exec(
      url.pathname,
    ) ?? [null, null, null];
    if (customer === null || customer === undefined)
      return refusal(404, { message: 'Unrecognized' });
    if (request.method === 'POST' && rest !== undefined) {
      const key = request.headers['idempotency-key'];
      if (typeof key !== 'string') return refusal(400, { message: 'this test wants a key' });
      return pay(customer, body, key);
    }
    if (request.method !== 'GET') return refusal(404, { message: 'Unrecognized' });
    const fault = readFaults.shift() ?? null;
    if (fault === 'lost') return 'lost';
    if (fault === 'rate-limited') return refusal(429, { code: 'rate_limit', message: 'slow down' });
    if (fault === 'failed') return { status: 503, body: { error: { type: 'api_error' } } };
    if (rest !== undefined) return list(customer, url.searchParams);
    const owner = customers.get(customer);
    if (owner === undefined) return missing(customer);
    const { currency, deleted } = owner;
    const about = deleted ? { deleted } : { currency };
    return { status: 200, body: { id: customer, object: 'customer', ...about } };
  }

  const server = http.createServer((request, response) => {
    void (async () => {
      let body = '';
      for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
      look('came', request.method ?? '');
      const answered = await answer(request, body);
      look('done', request.method ?? '');
      log.push(
        `${request.method ?? ''} ${request.url ?? ''} ${answered === 'lost' ? 'lost' : String(answered.status)}`,
      );
      if (answered === 'lost') request.socket.destroy();
      else {
        response.writeHead(answered.status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(answered.body));
      }
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    transactions,
    faults,
    readFaults,
    log,
    watch(given) {
      look = given;
    },
    addCustomer(
      id,
      { currency = null, deleted = false }: { currency?: string | null; deleted?: boolean } = {},
    ) {
      customers.set(id, { currency, deleted });
    },
    addOthers(customer, count) {
      const other = { customer, amount: -100, currency: 'usd', description: null, metadata: {} };
      for (let number = 0; number < count; number += 1) add(other);
    },
    forgetKeys: () => {
      keys.clear();
    },
    hold() {
      let release = () => {};
      gate = new Promise((resolve) => (release = resolve));
      return () => {
        release();
      };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
