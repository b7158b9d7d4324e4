import type { Currency } from '#domain/currencies.ts';
import type { TicketId, UserId } from '#domain/ids.ts';

/** One line as a payer gets it. Under its id it is paid at most once, ever. */
export interface PayableLine {
  /** The credit's id, or a reversal's own. */
  readonly id: string;
  readonly ticket: TicketId;
  /** The customer in Zendesk. */
  readonly customer: UserId;
  /** The customer at the payer. */
  readonly customerAtPayer: string;
  /** In the currency's minor unit; a reversal's is negative. Never 0. */
  readonly minor: number;
  readonly currency: Currency;
  /** For the customer's statement and for finance. No names, nothing from the ticket's text. */
  readonly description: string;
}

/** Where the payer has the line: Stripe's id of the transaction, or the name of a file. */
export interface PaidReceipt {
  readonly id: string;
  readonly reference: string;
}

/** Why a payer did not pay. */
export type PayerErrorCode =
  /** The payer has no such customer, or deleted it. */
  | 'customer-unknown-to-payer'
  /** The customer is kept in another currency there. */
  | 'other-currency-at-payer'
  /** The payer cannot hold this amount exactly. */
  | 'amount-not-possible'
  /** Refused for another reason. */
  | 'refused-by-payer'
  /** It may have been paid: no answer, or one that says neither. The next run looks first. */
  | 'outcome-unknown'
  /** The payer knows this id with another customer or amount. It is for a person to look. */
  | 'paid-differently'
  /** The key does not give the right. Nothing was paid; the run stops. */
  | 'not-authorised'
  /** Too many requests. Nothing was paid; the run stops, the next one goes on. */
  | 'rate-limited'
  /** The payer could not be asked what it has. Nothing was paid; the run stops. */
  | 'payer-unavailable';

/** Whether money may have moved although the payer threw. */
export const mayHavePaid = (code: PayerErrorCode): boolean =>
  code === 'outcome-unknown' || code === 'paid-differently';

/** Another line would meet the same: the run ends here. */
export const stopsTheRun = (code: PayerErrorCode): boolean =>
  code === 'not-authorised' || code === 'rate-limited' || code === 'payer-unavailable';

export class PayerError extends Error {
  override readonly name = 'PayerError';
  readonly code: PayerErrorCode;

  /** @param message for the log; it names no person and no secret */
  constructor(code: PayerErrorCode, message: string, cause?: unknown) {
    super(`${code}: ${message}`, cause === undefined ? {} : { cause });
    this.code = code;
  }
}

/**
 * What turns lines into money. {@link payCredits} keeps the order that makes each line paid once:
 * look, write down the intention, pay, write down the receipt.
 */
export interface Payer {
  /** Stands in the ledger. */
  readonly name: string;
  /** How many lines one call of `pay` takes. */
  readonly mostAtOnce: number;
  /** Whether it has the form of this payer's ids of customers. */
  isCustomerId(text: string): boolean;
  /**
   * What this payer already has under the line's id, at the line's customer.
   * @throws PayerError `paid-differently`, or a code that stops the run
   */
  find(line: PayableLine): Promise<PaidReceipt | null>;
  /**
   * Pays all of them or none.
   * @throws PayerError none is paid, unless {@link mayHavePaid}
   */
  pay(lines: readonly PayableLine[]): Promise<readonly PaidReceipt[]>;
  /** Paid by a run that died before the ledger heard of it. */
  unfinished(): Promise<readonly PaidReceipt[]>;
  /** The ledger has all that `pay` and `unfinished` returned: it may be shown to others. */
  finish(): Promise<void>;
}
