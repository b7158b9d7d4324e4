import { type FileHandle, open } from 'node:fs/promises';
import * as v from 'valibot';
import { currency } from '#domain/currencies.ts';
import { ticketId, userId } from '#domain/ids.ts';
import { type Instant, isoFromInstant } from '#domain/instant.ts';
import { readAs } from '#zendesk/wire.ts';
import { failedWith, syncFolderOf } from './durable-files.ts';
import { claimRun } from './run-lock.ts';
import type { PayableLine, PaidReceipt } from './payer.ts';

/**
 * The paid ledger: a file of JSON lines that only grows, each line on the disk before anything is
 * done that it tells of. `intended` stands before money can move, `paid` after the payer's answer,
 * `refused` after one that says that nothing moved.
 */
export interface LedgerEntry {
  /** `intended`: nobody knows whether the payer has it. */
  readonly state: 'intended' | 'paid' | 'refused';
  readonly payer: string;
  readonly line: PayableLine;
  /** null unless paid. */
  readonly reference: string | null;
}

export interface PaidLedger {
  /** The last that is known of a line. */
  of(id: string): LedgerEntry | null;
  /** Lines of which nobody knows whether the payer has them. */
  unknown(payer: string): readonly PayableLine[];
  /** The payer's ids that lines were intended for, by customer. */
  customersAtPayer(): ReadonlyMap<string, string>;
  /** Whether the last line had been cut off by a crash. It told of nothing done, and was removed. */
  readonly hadTornLine: boolean;
  intend(payer: string, lines: readonly PayableLine[]): Promise<void>;
  paid(payer: string, receipts: readonly PaidReceipt[]): Promise<void>;
  refused(payer: string, id: string, code: string): Promise<void>;
  close(): Promise<void>;
}

/** Why the ledger cannot be used. Nothing was paid. */
export type LedgerErrorCode =
  /** Another run has it. */
  | 'busy'
  /** A line is not of this form, or speaks of what was never intended: somebody changed the file. */
  | 'unreadable';

export class LedgerError extends Error {
  override readonly name = 'LedgerError';
  readonly code: LedgerErrorCode;

  constructor(code: LedgerErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.code = code;
  }
}

const VERSION = 1;

const common = { v: v.literal(VERSION), at: v.string(), id: v.string(), payer: v.string() };

const wireEntry = v.variant('kind', [
  v.strictObject({
    ...common,
    kind: v.literal('intended'),
    ticket: readAs(ticketId, 'ticket id'),
    customer: readAs(userId, 'user id'),
    customerAtPayer: v.string(),
    minor: v.pipe(v.number(), v.safeInteger()),
    currency: readAs(currency, 'currency'),
    description: v.string(),
  }),
  v.strictObject({ ...common, kind: v.literal('paid'), reference: v.string() }),
  v.strictObject({ ...common, kind: v.literal('refused'), code: v.string() }),
]);

type WireEntry = v.InferOutput<typeof wireEntry>;

/**
 * Opens the ledger for one run, and keeps every other run out until it is closed.
 * @throws LedgerError `busy`, `unreadable`
 */
export async function openLedger(file: string, now: () => Instant): Promise<PaidLedger> {
  const lock = await claimRun(file);
  if (lock.kind === 'busy') {
    throw new LedgerError('busy', `another run is paying: ${lock.holder}`);
  }
  let handle: FileHandle | null = null;
  try {
    handle = await open(file, 'a+', 0o600);
    const entries: Entries = new Map();
    const hadTornLine = await readEntries(handle, file, entries);
    await syncFolderOf(file);
    return ledgerOver(handle, entries, { now, hadTornLine, release: () => lock.release() });
  } catch (error) {
    await handle?.close();
    await lock.release();
    throw error;
  }
}

/**
 * The ids of all that was paid, by whichever payer. Reads only, also while a run is paying.
 * @throws LedgerError `unreadable`
 */
export async function readPaid(file: string): Promise<ReadonlySet<string>> {
  const entries: Entries = new Map();
  let handle: FileHandle | null = null;
  try {
    handle = await open(file, 'r');
    await readWhole(handle, file, entries);
  } catch (error) {
    if (!failedWith(error, 'ENOENT')) throw error;
  } finally {
    await handle?.close();
  }
  return new Set([...entries].filter(([, { state }]) => state === 'paid').map(([id]) => id));
}

type Entries = Map<string, LedgerEntry>;

/** @returns whether a torn line was cut off */
async function readEntries(handle: FileHandle, file: string, entries: Entries): Promise<boolean> {
  const { wholeBytes, isTorn } = await readWhole(handle, file, entries);
  if (!isTorn) return false;
  // What follows would else be written onto it and make a line that nobody can read.
  await handle.truncate(wholeBytes);
  await handle.sync();
  return true;
}

async function readWhole(
  handle: FileHandle,
  file: string,
  entries: Entries,
): Promise<{ readonly wholeBytes: number; readonly isTorn: boolean }> {
  let number = 0;
  let wholeBytes = 0;
  let rest = Buffer.alloc(0);
  for await (const chunk of handle.createReadStream({ start: 0, autoClose: false })) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      number += 1;
      readLine(rest.toString('utf8', 0, end), `${file}:${String(number)}`, entries);
      wholeBytes += end + 1;
      rest = rest.subarray(end + 1);
    }
  }
  return { wholeBytes, isTorn: rest.length > 0 };
}

function readLine(text: string, where: string, entries: Entries): void {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new LedgerError('unreadable', `${where} is no JSON`, cause);
  }
  const { success, output, issues } = v.safeParse(wireEntry, parsed);
  if (!success) {
    const [issue] = issues;
    throw new LedgerError('unreadable', `${where}: ${v.getDotPath(issue) ?? ''} ${issue.message}`);
  }
  if (!record(entries, output)) {
    throw new LedgerError('unreadable', `${where} tells of a line that was not intended`);
  }
}

/** @returns false for what cannot follow: a payment without intention, anything after `paid` */
function record(entries: Entries, entry: WireEntry): boolean {
  const { kind, id, payer } = entry;
  const before = entries.get(id);
  if (kind === 'intended') {
    if (before?.state === 'paid') return false;
    const { ticket, customer, customerAtPayer, minor, currency: of, description } = entry;
    const line = { id, ticket, customer, customerAtPayer, minor, currency: of, description };
    entries.set(id, { state: 'intended', payer, line, reference: null });
    return true;
  }
  if (before?.state !== 'intended' || before.payer !== payer) return false;
  const reference = kind === 'paid' ? entry.reference : null;
  entries.set(id, { ...before, state: kind, reference });
  return true;
}

function ledgerOver(
  handle: FileHandle,
  entries: Entries,
  about: {
    readonly now: () => Instant;
    readonly hadTornLine: boolean;
    readonly release: () => Promise<void>;
  },
): PaidLedger {
  let broken = false;
  async function append(list: readonly WireEntry[]): Promise<void> {
    // After a failed write the file may end in half a line; the next run cuts it off.
    if (broken) throw new LedgerError('unreadable', 'an earlier line could not be written');
    for (const entry of list) {
      if (!record(entries, entry)) throw new RangeError(`out of order: ${entry.kind} ${entry.id}`);
    }
    broken = true;
    await handle.appendFile(list.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    await handle.sync();
    broken = false;
  }
  const head = (payer: string, id: string) =>
    ({ v: VERSION, at: isoFromInstant(about.now()), id, payer }) as const;
  return {
    hadTornLine: about.hadTornLine,
    of: (id) => entries.get(id) ?? null,
    unknown: (payer) =>
      [...entries.values()]
        .filter((entry) => entry.state === 'intended' && entry.payer === payer)
        .map(({ line }) => line),
    customersAtPayer() {
      const known = new Map<string, string>();
      for (const { line } of entries.values()) known.set(line.customer, line.customerAtPayer);
      return known;
    },
    intend: (payer, lines) =>
      append(lines.map((line) => ({ ...head(payer, line.id), kind: 'intended', ...line }))),
    paid: (payer, receipts) =>
      append(
        receipts.map(({ id, reference }) => ({ ...head(payer, id), kind: 'paid', reference })),
      ),
    refused: (payer, id, code) => append([{ ...head(payer, id), kind: 'refused', code }]),
    async close() {
      await handle.close();
      await about.release();
    },
  };
}
