import { readdir, readFile, rename, rm, unlink } from 'node:fs/promises';
import path from 'node:path';
import { type Instant, isoFromInstant } from '#domain/instant.ts';
import { minor, plainAmount } from '#domain/money.ts';
import { BYTE_ORDER_MARK, cellText, csvRow, readCsv } from './csv-file.ts';
import { syncFolderOf, writeNewFile } from './durable-files.ts';
import { type PaidReceipt, type PayableLine, type Payer, PayerError } from './payer.ts';

const HEADER = [
  'line_id',
  'kind',
  'customer',
  'amount',
  'currency',
  'description',
  'zendesk_ticket',
  'zendesk_customer',
] as const;

const LARGEST_BATCH = 100_000;

/** Written whole, and not yet shown: nobody imports what the ledger does not have. */
const HIDDEN = /^\.(leeway-.*\.csv)\.ready$/;
/** What a run left half-written: its lines were never paid, and come again. */
const DRAFT = /^\.leeway-.*\.csv\.draft$/;
const SHOWN = /^leeway-.*\.csv$/;

export interface CsvPayerOptions {
  /** Exists, and belongs to this payer's ledger alone. */
  readonly folder: string;
  readonly now: () => Instant;
}

/**
 * Pays by a file for finance: one new file a run with the new lines alone, so that each file is
 * imported once and a line stands in no two of them. A file is written under a hidden name, the
 * ledger gets its lines, and only then it is shown: whoever finds it in the folder may import it and
 * take it away, also after a crash.
 */
export function createCsvPayer({ folder, now }: CsvPayerOptions): Payer {
  let known: Promise<ReadonlyMap<string, PaidReceipt>> | null = null;
  const receipts = () => (known ??= readReceipts(folder));
  return {
    name: 'csv',
    mostAtOnce: LARGEST_BATCH,
    isCustomerId: (text) => text.length <= 255 && /^\P{Cc}+$/u.test(text),
    find: async ({ id }) => (await receipts()).get(id) ?? null,
    async pay(lines) {
      if (lines.length === 0) return [];
      const text = BYTE_ORDER_MARK + csvRow(HEADER) + lines.map(rowOf).join('');
      const name = await writeHidden(folder, now(), text);
      known = null;
      return lines.map(({ id }) => ({ id, reference: name }));
    },
    async unfinished() {
      const names = await readdir(folder);
      const lists = await Promise.all(
        names.filter((name) => HIDDEN.test(name)).map((name) => receiptsIn(folder, name)),
      );
      return lists.flat();
    },
    finish: () => showAll(folder),
  };
}

function rowOf(line: PayableLine): string {
  const amount = minor(Math.abs(line.minor));
  if (amount === null || amount === 0) {
    throw new PayerError('amount-not-possible', `${line.id}: ${String(line.minor)}`);
  }
  const isReversal = line.minor < 0;
  return csvRow([
    line.id,
    isReversal ? 'reversal' : 'credit',
    line.customerAtPayer,
    (isReversal ? '-' : '') + plainAmount({ minor: amount, currency: line.currency }),
    line.currency,
    line.description,
    line.ticket,
    line.customer,
  ]);
}

/** @returns the name that it will be shown under */
async function writeHidden(folder: string, at: Instant, text: string): Promise<string> {
  const taken = new Set((await readdir(folder)).map((name) => HIDDEN.exec(name)?.[1] ?? name));
  const stem = `leeway-${isoFromInstant(at).replaceAll(':', '')}`;
  let name = `${stem}.csv`;
  for (let number = 2; taken.has(name); number += 1) name = `${stem}-${String(number)}.csv`;
  const draft = path.join(folder, `.${name}.draft`);
  await rm(draft, { force: true });
  await writeNewFile(draft, text);
  await rename(draft, path.join(folder, `.${name}.ready`));
  await syncFolderOf(draft);
  return name;
}

/** Renamed, not linked and unlinked: between the two a crash would show a file twice. */
async function showAll(folder: string): Promise<void> {
  const names = new Set(await readdir(folder));
  for (const hidden of names) {
    if (DRAFT.test(hidden)) await unlink(path.join(folder, hidden));
    const name = HIDDEN.exec(hidden)?.[1];
    if (name === undefined) continue;
    if (names.has(name)) throw new Error(`${name} is there already, and was not made by this run`);
    await rename(path.join(folder, hidden), path.join(folder, name));
    await syncFolderOf(path.join(folder, name));
  }
}

async function readReceipts(folder: string): Promise<ReadonlyMap<string, PaidReceipt>> {
  const found = new Map<string, PaidReceipt>();
  for (const name of await readdir(folder)) {
    if (!SHOWN.test(name) && !HIDDEN.test(name)) continue;
    for (const receipt of await receiptsIn(folder, name)) found.set(receipt.id, receipt);
  }
  return found;
}

async function receiptsIn(folder: string, name: string): Promise<readonly PaidReceipt[]> {
  const [, ...rows] = readCsv(await readFile(path.join(folder, name), 'utf8'));
  const reference = HIDDEN.exec(name)?.[1] ?? name;
  return rows.map(([id = '']) => ({ id: cellText(id), reference }));
}
