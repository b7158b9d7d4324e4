import { readFile } from 'node:fs/promises';
import type { UserId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import { createCsvPayer } from '#settlement/billing/csv-payer.ts';
import { type CreditToPay, payCredits } from '#settlement/billing/pay-credits.ts';
import { createStripePayer } from '#settlement/billing/stripe-payer.ts';
import { STRIPE_KEY } from './stripe-stand-in.ts';

/**
 * A process that pays, for tests that kill it: `pay-process.ts LEDGER LINES csv|stripe WHERE`. Says
 * `begin` before it begins, and at last the payments as JSON.
 */
const [ledgerFile = '', linesFile = '', by, where = ''] = process.argv.slice(2);
const now = () => Date.now() as Instant;
const payer =
  by === 'csv'
    ? createCsvPayer({ folder: where, now })
    : createStripePayer({ key: STRIPE_KEY, origin: where, retries: 1 });
const lines = JSON.parse(await readFile(linesFile, 'utf8')) as readonly CreditToPay[];
process.stdout.write('begin\n');
const payments = await payCredits(lines, {
  payer,
  ledgerFile,
  payerIds: (customers) =>
    Promise.resolve(new Map<UserId, string>([...customers].map((id) => [id, `cus_${id}`]))),
  confirmed: new Set(),
  now,
});
process.stdout.write(JSON.stringify(payments));
