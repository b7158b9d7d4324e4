import { mkdir } from 'node:fs/promises';
import type { UserId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { PayerIdPlace } from '#zendesk/payer-ids.ts';
import type { SettledLine } from '../settled-credit.ts';
import { createCsvPayer } from './csv-payer.ts';
import type { PayArguments } from './pay-arguments.ts';
import { type CreditToPay, payCredits, type Payments } from './pay-credits.ts';
import type { Payer } from './payer.ts';
import { createStripePayer } from './stripe-payer.ts';

/** Stripe is asked at another address where this is set: for trying things out. */
const STRIPE_ORIGIN = 'LEEWAY_STRIPE_ORIGIN';

export interface PaySurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Instant;
  readonly readPayerIds: (
    customers: Iterable<UserId>,
    place: PayerIdPlace,
  ) => Promise<ReadonlyMap<UserId, string | null>>;
}

/** There is no key to pay with. Nothing was done. */
export class NoKeyError extends Error {
  override readonly name = 'NoKeyError';
}

/**
 * Makes the payer. Before anything is read, so that a run does not find out at its end.
 * @throws NoKeyError
 */
export async function choosePayer(by: PayArguments['by'], around: PaySurroundings): Promise<Payer> {
  if (by.kind === 'csv') {
    await mkdir(by.folder, { recursive: true });
    return createCsvPayer({ folder: by.folder, now: around.now });
  }
  const key = around.env['LEEWAY_STRIPE_KEY'] ?? '';
  if (key === '') throw new NoKeyError('LEEWAY_STRIPE_KEY is not set');
  const origin = around.env[STRIPE_ORIGIN] ?? '';
  return createStripePayer({ key, ...(origin === '' ? {} : { origin }) });
}

/**
 * Pays what settlement found payable, and takes back what was reversed since.
 * @param lines all that settlement found, not only what is new: what an earlier run could not pay is
 *   tried again, what it paid is known from the ledger
 */
export const paySettled = (
  lines: readonly SettledLine[],
  payer: Payer,
  { ledgerFile, payerIds: place }: PayArguments,
  confirmed: ReadonlySet<string>,
  around: PaySurroundings,
): Promise<Payments> =>
  payCredits(lines.flatMap(linesToPay), {
    payer,
    ledgerFile,
    payerIds: (customers) => around.readPayerIds(customers, place),
    confirmed,
    now: around.now,
  });

function linesToPay(line: SettledLine): readonly CreditToPay[] {
  if (line.kind === 'finding' || (line.kind === 'credit' && line.verdict !== 'payable')) return [];
  const { id, ticket, customer, currency, amount, code } = line;
  const about = { id, ticket, customer, currency };
  return line.kind === 'credit'
    ? [{ ...about, minor: amount, description: `Goodwill credit ${code}`, reverses: null }]
    : [
        {
          ...about,
          minor: -amount,
          description: `Goodwill credit ${code}, reversed`,
          reverses: line.credit,
        },
      ];
}
