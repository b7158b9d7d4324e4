import { type PayerIdPlace, payerIdPlace } from '#zendesk/payer-ids.ts';

/** Options of the command that say how to pay, in the form of `parseArgs`. */
export const PAY_OPTIONS = {
  pay: { type: 'string' },
  paid: { type: 'string' },
  'pay-folder': { type: 'string' },
  'payer-id-field': { type: 'string' },
} as const;

export const PAY_USAGE = `  --pay csv|stripe   pay what is payable: by a file for finance, or to Stripe's customer balances
  --paid FILE        the paid ledger: what was paid, over all runs. Never delete it
  --pay-folder DIR   where the files for finance go (csv)
  --payer-id-field KEY
                     the user field that has the customer's id at the payer, or external_id`;

/** How to pay. */
export interface PayArguments {
  readonly by: { readonly kind: 'csv'; readonly folder: string } | { readonly kind: 'stripe' };
  readonly ledgerFile: string;
  readonly payerIds: PayerIdPlace;
}

/** @returns null where nothing is to be paid. @throws whatever `refuse` throws */
export function readPayArguments(
  values: { readonly [Option in keyof typeof PAY_OPTIONS]?: string | undefined },
  refuse: (message: string) => never,
): PayArguments | null {
  const { pay, paid, 'pay-folder': folder, 'payer-id-field': field } = values;
  if (pay === undefined) {
    const other = [paid, folder, field].some((value) => value !== undefined);
    return other ? refuse('--paid, --pay-folder and --payer-id-field go with --pay') : null;
  }
  if (paid === undefined) return refuse('--pay needs --paid, the file of what was paid');
  const payerIds = payerIdPlace(field ?? '');
  if (payerIds === null) return refuse('--pay needs --payer-id-field, a user field’s key');
  const by = payerOf(pay, folder, refuse);
  return { by, ledgerFile: paid, payerIds };
}

function payerOf(
  pay: string,
  folder: string | undefined,
  refuse: (message: string) => never,
): PayArguments['by'] {
  if (pay === 'stripe') {
    return folder === undefined ? { kind: 'stripe' } : refuse('--pay-folder goes with --pay csv');
  }
  if (pay !== 'csv') return refuse('--pay is csv or stripe');
  return { kind: 'csv', folder: folder ?? refuse('--pay csv needs --pay-folder') };
}
