import type { UserId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import { openLedger, type PaidLedger } from './paid-ledger.ts';
import {
  mayHavePaid,
  type PaidReceipt,
  type PayableLine,
  type Payer,
  PayerError,
  type PayerErrorCode,
  stopsTheRun,
} from './payer.ts';

/** A line as settlement gives it: nobody at the payer yet. */
export interface CreditToPay extends Omit<PayableLine, 'customerAtPayer'> {
  /** For a reversal, the id of the credit whose money goes back; else null. */
  readonly reverses: string | null;
}

/** Why a line was not paid. */
export type PaymentProblem =
  | PayerErrorCode
  /** The customer has no id for the payer in Zendesk. */
  | 'customer-without-payer-id'
  /** What stands there has not the form of the payer's ids. */
  | 'payer-id-malformed'
  /** Two customers in Zendesk name the same customer at the payer. */
  | 'payer-id-shared'
  /** This customer was paid under another id before. Agents can change it, so an admin confirms it. */
  | 'payer-id-changed'
  /** It was paid, or meant to be, with another amount, currency or customer. */
  | 'differs-from-ledger'
  /** A run began to pay it through another payer, and nobody knows how that ended. */
  | 'begun-at-other-payer'
  /** A reversal of what this ledger has not as paid. */
  | 'credit-not-paid';

export interface Payments {
  /** By this run, or by an earlier one that died before it could say so. */
  readonly paid: readonly PaidReceipt[];
  /** By earlier runs: nothing was done. */
  readonly already: readonly PaidReceipt[];
  readonly exceptions: readonly { readonly id: string; readonly problem: PaymentProblem }[];
  /** Why the run ended before the last line; null: it did not. The next run goes on. */
  readonly stopped: PayerErrorCode | null;
  /** Not looked at, since the run stopped. */
  readonly left: readonly string[];
  /** A crash had cut off the ledger's last line. */
  readonly hadTornLine: boolean;
}

export interface PayingOptions {
  readonly payer: Payer;
  readonly ledgerFile: string;
  /** The customers' ids at the payer as Zendesk has them; null or absent: none. */
  readonly payerIds: (
    customers: ReadonlySet<UserId>,
  ) => Promise<ReadonlyMap<UserId, string | null>>;
  /** Ids of lines that an admin confirmed. */
  readonly confirmed: ReadonlySet<string>;
  readonly now: () => Instant;
}

/**
 * Pays each line once, however often and however many at once this runs and wherever it dies: one
 * run at a time has the ledger; what may have been begun is looked up at the payer before it is paid;
 * the intention is on the disk before money moves; and the payer itself knows the line's id.
 * Call it with what settlement found payable, and only when settlement could finish.
 * @throws LedgerError nothing was paid; HelpdeskError when Zendesk could not be read, likewise
 */
export async function payCredits(
  lines: readonly CreditToPay[],
  options: PayingOptions,
): Promise<Payments> {
  const ledger = await openLedger(options.ledgerFile, options.now);
  try {
    return await new PayRun(ledger, options).pay(lines);
  } finally {
    await ledger.close();
  }
}

class PayRun {
  readonly #ledger: PaidLedger;
  readonly #options: PayingOptions;
  readonly #payer: Payer;
  readonly #paid: PaidReceipt[] = [];
  readonly #already: PaidReceipt[] = [];
  readonly #exceptions: { readonly id: string; readonly problem: PaymentProblem }[] = [];

  constructor(ledger: PaidLedger, options: PayingOptions) {
    this.#ledger = ledger;
    this.#options = options;
    this.#payer = options.payer;
  }

  async pay(lines: readonly CreditToPay[]): Promise<Payments> {
    const unreachable = await this.#recover();
    const open = lines.filter((line) => this.#isOpen(line));
    const { stopped, left } =
      unreachable === null
        ? await this.#payInBatches(await this.#addressed(open))
        : { stopped: unreachable, left: open.map(({ id }) => id) };
    await this.#payer.finish();
    return {
      paid: this.#paid,
      already: this.#already,
      exceptions: this.#exceptions,
      stopped,
      left,
      hadTornLine: this.#ledger.hadTornLine,
    };
  }

  /**
   * What earlier runs left unknown, whatever is to be paid today: a credit that was paid after all
   * may have been reversed meanwhile, and its money has to come back.
   * @returns why the payer cannot be asked, or null
   */
  async #recover(): Promise<PayerErrorCode | null> {
    const unheard = new Map((await this.#payer.unfinished()).map((one) => [one.id, one]));
    for (const line of this.#ledger.unknown(this.#payer.name)) {
      try {
        const receipt = unheard.get(line.id) ?? (await this.#payer.find(line));
        if (receipt !== null) await this.#markPaid([receipt]);
      } catch (error) {
        if (!(error instanceof PayerError)) throw error;
        if (stopsTheRun(error.code)) return error.code;
        // Where it is among today's lines it is looked for, and told of, once more.
      }
    }
    return null;
  }

  #isOpen(line: CreditToPay): boolean {
    const before = this.#ledger.of(line.id);
    if (before === null || before.state === 'refused') return true;
    if (!isSamePayment(line, before.line)) return this.#except(line, 'differs-from-ledger');
    if (before.state === 'intended') {
      if (before.payer === this.#payer.name) return true;
      return this.#except(line, 'begun-at-other-payer');
    }
    const reference = before.reference ?? '';
    if (!this.#paid.some(({ id }) => id === line.id)) {
      this.#already.push({ id: line.id, reference });
    }
    return false;
  }

  /** The lines whose customer at the payer is certain. */
  async #addressed(lines: readonly CreditToPay[]): Promise<readonly PayableLine[]> {
    const credits = lines.filter(({ reverses }) => reverses === null);
    const ids = await this.#options.payerIds(new Set(credits.map(({ customer }) => customer)));
    const owners = this.#ownersOf(ids);
    return lines.flatMap((line) => {
      const found =
        line.reverses === null
          ? this.#customerOf(line, ids, owners)
          : this.#customerOfReversal(line, line.reverses);
      if (!found.ok) {
        this.#except(line, found.problem);
        return [];
      }
      const { reverses, ...rest } = line;
      return [{ ...rest, customerAtPayer: found.id }];
    });
  }

  /** Which customers of Zendesk stand behind an id at the payer, now and in the ledger. */
  #ownersOf(ids: ReadonlyMap<UserId, string | null>): ReadonlyMap<string, ReadonlySet<string>> {
    const owners = new Map<string, Set<string>>();
    for (const [customer, id] of [...ids, ...this.#ledger.customersAtPayer()]) {
      if (id === null) continue;
      owners.set(id, (owners.get(id) ?? new Set()).add(customer));
    }
    return owners;
  }

  #customerOf(
    line: CreditToPay,
    ids: ReadonlyMap<UserId, string | null>,
    owners: ReadonlyMap<string, ReadonlySet<string>>,
  ): Addressed {
    const id = ids.get(line.customer) ?? null;
    if (id === null) return { ok: false, problem: 'customer-without-payer-id' };
    if (!this.#payer.isCustomerId(id)) return { ok: false, problem: 'payer-id-malformed' };
    const isShared = (owners.get(id)?.size ?? 0) > 1;
    const before = this.#ledger.customersAtPayer().get(line.customer);
    if (!this.#options.confirmed.has(line.id)) {
      if (isShared) return { ok: false, problem: 'payer-id-shared' };
      if (before !== undefined && before !== id) return { ok: false, problem: 'payer-id-changed' };
    }
    return { ok: true, id };
  }

  /** Money goes back to where it came from, whatever Zendesk names today. */
  #customerOfReversal(line: CreditToPay, credit: string): Addressed {
    const paid = this.#ledger.of(credit);
    if (paid?.state !== 'paid') return { ok: false, problem: 'credit-not-paid' };
    if (paid.payer !== this.#payer.name) return { ok: false, problem: 'begun-at-other-payer' };
    const mirrored = { ...line, minor: -line.minor };
    if (!isSamePayment(mirrored, paid.line)) return { ok: false, problem: 'differs-from-ledger' };
    return { ok: true, id: paid.line.customerAtPayer };
  }

  async #payInBatches(lines: readonly PayableLine[]): Promise<Pick<Payments, 'stopped' | 'left'>> {
    for (let from = 0; from < lines.length; from += this.#payer.mostAtOnce) {
      const batch = lines.slice(from, from + this.#payer.mostAtOnce);
      const stopped = await this.#payBatch(batch);
      if (stopped !== null) {
        const settled = new Set([...this.#paid, ...this.#exceptions].map(({ id }) => id));
        const left = lines.slice(from).filter(({ id }) => !settled.has(id));
        return { stopped, left: left.map(({ id }) => id) };
      }
    }
    return { stopped: null, left: [] };
  }

  /** @returns why the run has to stop, or null */
  async #payBatch(batch: readonly PayableLine[]): Promise<PayerErrorCode | null> {
    const missing: PayableLine[] = [];
    for (const line of batch) {
      const looked = await this.#look(line);
      if (looked.stop !== null) return looked.stop;
      if (looked.missing) missing.push(line);
    }
    if (missing.length === 0) return null;
    await this.#ledger.intend(this.#payer.name, missing);
    try {
      await this.#markPaid(await this.#payer.pay(missing));
      return null;
    } catch (error) {
      if (!(error instanceof PayerError)) throw error;
      return this.#notPaid(missing, error);
    }
  }

  /**
   * Asks the payer before anything is paid, also for a line that is new to this ledger: it may have
   * been lost, or be another machine's.
   */
  async #look(
    line: PayableLine,
  ): Promise<{ readonly stop: PayerErrorCode | null; readonly missing: boolean }> {
    try {
      for (const place of this.#placesOf(line)) {
        const receipt = await this.#payer.find(place);
        if (receipt === null) continue;
        if (this.#ledger.of(line.id)?.state !== 'intended') {
          await this.#ledger.intend(this.#payer.name, [place]);
        }
        await this.#markPaid([receipt]);
        return { stop: null, missing: false };
      }
      return { stop: null, missing: true };
    } catch (error) {
      if (!(error instanceof PayerError)) throw error;
      if (stopsTheRun(error.code)) return { stop: error.code, missing: false };
      this.#except(line, error.code);
      return { stop: null, missing: false };
    }
  }

  /** An earlier run may have begun to pay it to another customer than Zendesk names today. */
  #placesOf(line: PayableLine): readonly PayableLine[] {
    const before = this.#ledger.of(line.id);
    const moved =
      before?.state === 'intended' && before.line.customerAtPayer !== line.customerAtPayer;
    return moved ? [before.line, line] : [line];
  }

  async #notPaid(
    lines: readonly PayableLine[],
    { code }: PayerError,
  ): Promise<PayerErrorCode | null> {
    if (mayHavePaid(code)) {
      for (const line of lines) {
        const { stop, missing } = await this.#look(line);
        if (stop !== null) {
          this.#except(line, code);
          return stop;
        }
        if (missing) this.#except(line, code);
      }
      return null;
    }
    for (const line of lines) {
      await this.#ledger.refused(this.#payer.name, line.id, code);
      if (!stopsTheRun(code)) this.#except(line, code);
    }
    return stopsTheRun(code) ? code : null;
  }

  async #markPaid(receipts: readonly PaidReceipt[]): Promise<void> {
    await this.#ledger.paid(this.#payer.name, receipts);
    this.#paid.push(...receipts);
  }

  #except({ id }: { readonly id: string }, problem: PaymentProblem): false {
    this.#exceptions.push({ id, problem });
    return false;
  }
}

type Addressed =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly problem: PaymentProblem };

const isSamePayment = (one: CreditToPay, other: PayableLine): boolean =>
  one.ticket === other.ticket &&
  one.customer === other.customer &&
  one.minor === other.minor &&
  one.currency === other.currency;
