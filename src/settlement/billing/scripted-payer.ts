import type { PaidReceipt, PayableLine, Payer, PayerError } from './payer.ts';

/** What a test lets the next payment meet. */
export type Mishap =
  | { readonly kind: 'refused'; readonly error: PayerError }
  /** Paid, but the caller hears of an error. */
  | { readonly kind: 'lost-answer'; readonly error: PayerError };

/** For tests: a payer without any protection of its own, so that a second payment shows. */
export interface ScriptedPayer extends Payer {
  readonly payments: readonly PayableLine[];
  readonly mishaps: Mishap[];
  /** Makes `find` fail, as if the payer could not be reached. */
  findFails: PayerError | null;
}

export function createScriptedPayer(name = 'scripted'): ScriptedPayer {
  const payments: PayableLine[] = [];
  const mishaps: Mishap[] = [];
  const receipt = ({ id }: PayableLine): PaidReceipt => ({ id, reference: `txn-${id}` });
  const payer: ScriptedPayer = {
    name,
    mostAtOnce: 1,
    payments,
    mishaps,
    findFails: null,
    isCustomerId: (text) => text.startsWith('cus_'),
    find(line) {
      if (payer.findFails !== null) return Promise.reject(payer.findFails);
      const found = payments.find(
        ({ id, customerAtPayer }) => id === line.id && customerAtPayer === line.customerAtPayer,
      );
      return Promise.resolve(found === undefined ? null : receipt(found));
    },
    pay(lines) {
      const mishap = mishaps.shift();
      if (mishap?.kind !== 'refused') payments.push(...lines);
      if (mishap !== undefined) return Promise.reject(mishap.error);
      return Promise.resolve(lines.map(receipt));
    },
    unfinished: () => Promise.resolve([]),
    finish: () => Promise.resolve(),
  };
  return payer;
}
