import { mkdir } from 'node:fs/promises';
import { type CreditId, creditId } from '#domain/ids.ts';
import type { SettledLine } from '../settled-credit.ts';
import type { Source } from '../source.ts';
import { createCsvPayer } from './csv-payer.ts';
import type { PayArguments } from './pay-arguments.ts';
import { readPaid } from './paid-ledger.ts';
import { type CreditToPay, payCredits } from './pay-credits.ts';
import type { Payer } from './payer.ts';
import { paymentSummary } from './payment-sentences.ts';
import { createStripePayer } from './stripe-payer.ts';

/** Stripe is asked at another address where this is set: for trying things out. */
const STRIPE_ORIGIN = 'LEEWAY_STRIPE_ORIGIN';

export interface PaySurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stderr: (text: string) => void;
}

/** There is no key to pay with. Nothing was done. */
class NoKeyError extends Error {
  override readonly name = 'NoKeyError';
}

/** A payer and its ledger, ready for what settlement will find. */
export interface Payment {
  /** Credits that the ledger has as paid. */
  readonly paidBefore: Set<CreditId>;
  /**
   * Pays what is payable and takes back what was reversed since, and says what came of it.
   * @param lines all that settlement found, not only what is new
   * @returns 0: all is paid; 1: somebody has to look at a line; 2: the run stopped, the next goes on
   */
  pay(lines: readonly SettledLine[], confirmed: ReadonlySet<string>): Promise<0 | 1 | 2>;
}

/**
 * Before anything is judged, so that a run does not find out at its end that it cannot pay.
 * @throws NoKeyError, LedgerError `unreadable`
 */
export async function preparePayment(
  { by, ledgerFile, payerIds }: PayArguments,
  source: Pick<Source, 'now' | 'readPayerIds'>,
  around: PaySurroundings,
): Promise<Payment> {
  const payer = await choosePayer(by, source, around);
  const paidBefore = new Set<CreditId>();
  for (const id of await readPaid(ledgerFile)) {
    const credit = creditId(id);
    if (credit !== null) paidBefore.add(credit);
  }
  return {
    paidBefore,
    async pay(lines, confirmed) {
      try {
        const payments = await payCredits(lines.flatMap(linesToPay), {
          payer,
          ledgerFile,
          payerIds: (customers) => source.readPayerIds(customers, payerIds),
          confirmed,
          now: () => source.now(),
        });
        around.stderr(paymentSummary(payments));
        return payments.stopped !== null ? 2 : payments.exceptions.length > 0 ? 1 : 0;
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        around.stderr(`Paying did not finish: ${why}. The next run looks what was paid.\n`);
        return 2;
      }
    },
  };
}

async function choosePayer(
  by: PayArguments['by'],
  { now }: Pick<Source, 'now'>,
  { env }: PaySurroundings,
): Promise<Payer> {
  if (by.kind === 'csv') {
    await mkdir(by.folder, { recursive: true });
    return createCsvPayer({ folder: by.folder, now });
  }
  const key = env['LEEWAY_STRIPE_KEY'] ?? '';
  if (key === '') throw new NoKeyError('LEEWAY_STRIPE_KEY is not set');
  const origin = env[STRIPE_ORIGIN] ?? '';
  return createStripePayer({ key, ...(origin === '' ? {} : { origin }) });
}

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
