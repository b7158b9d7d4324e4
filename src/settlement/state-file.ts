import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { CreditId, TicketId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import { failedWith, syncFolderOf } from './billing/durable-files.ts';
import type { SlotFacts } from './slot-facts.ts';
import type { TicketProof } from './ticket-proof.ts';

/** What a run leaves to the next one. No word that a customer or an agent wrote is in it. */
export interface State {
  /** Such as `https://acme.zendesk.com`: another account's state is refused. */
  readonly account: string;
  /** From when on credits are listed. */
  since: Instant;
  ticketsCursor: string | null;
  fieldCursor: string | null;
  /** Slots that changed before this were read; null: none was. */
  slotsUntil: Instant | null;
  /** Of the terms as they were: proofs made under others are made again. */
  termsStamp: string;
  /** Canonical forms that were seen good: they tell that the newest record was deleted. */
  readonly terms: Map<number, string>;
  readonly proofs: Map<TicketId, TicketProof>;
  /** By record id. */
  readonly slots: Map<string, SlotFacts>;
  /** What was said of a line last. */
  readonly told: Map<string, string>;
  /** Credits that were handed over for payment. */
  readonly exported: Set<CreditId>;
  /** Reversals that were. */
  readonly reversed: Set<CreditId>;
  /** A file that is complete under its first name, and may not have its second yet. */
  output: { readonly from: string; readonly to: string } | null;
}

export const emptyState = (account: string, since: Instant): State => ({
  account,
  since,
  ticketsCursor: null,
  fieldCursor: null,
  slotsUntil: null,
  termsStamp: '',
  terms: new Map(),
  proofs: new Map(),
  slots: new Map(),
  told: new Map(),
  exported: new Set(),
  reversed: new Set(),
  output: null,
});

/** The file is not a whole state of this version and account. Nothing was done. */
export class StateError extends Error {
  override readonly name = 'StateError';
}

const VERSION = 1;

type Line =
  | { readonly proof: TicketProof }
  | { readonly slot: SlotFacts }
  | { readonly told: readonly [string, string] }
  | { readonly exported: CreditId }
  | { readonly reversed: CreditId }
  | { readonly terms: readonly [number, string] };

interface Head extends Pick<
  State,
  'account' | 'since' | 'ticketsCursor' | 'fieldCursor' | 'slotsUntil' | 'termsStamp' | 'output'
> {
  readonly leeway: 'settlement';
  readonly v: number;
}

function* linesOf(state: State): Generator<unknown, void> {
  const { account, since, ticketsCursor, fieldCursor, slotsUntil, termsStamp, output } = state;
  yield {
    leeway: 'settlement',
    v: VERSION,
    account,
    since,
    ticketsCursor,
    fieldCursor,
    slotsUntil,
    termsStamp,
    output,
  } satisfies Head;
  for (const terms of state.terms) yield { terms } satisfies Line;
  for (const proof of state.proofs.values()) yield { proof } satisfies Line;
  for (const slot of state.slots.values()) yield { slot } satisfies Line;
  for (const told of state.told) yield { told } satisfies Line;
  for (const exported of state.exported) yield { exported } satisfies Line;
  for (const reversed of state.reversed) yield { reversed } satisfies Line;
}

/** Writes the state beside its file and then puts it in its place: it is the old one or the new one, whole. */
export async function saveState(file: string, state: State): Promise<void> {
  await writeWhole(file, function* () {
    const hash = createHash('sha256');
    for (const line of linesOf(state)) {
      const text = `${JSON.stringify(line)}\n`;
      hash.update(text);
      yield text;
    }
    yield `${JSON.stringify({ sha256: hash.digest('hex') })}\n`;
  });
}

/** @returns null when there is no file. @throws StateError for one that is cut off, altered or of another version */
export async function loadState(file: string): Promise<State | null> {
  const hash = createHash('sha256');
  let state: State | null = null;
  let whole = false;
  try {
    for await (const text of linesIn(file)) {
      if (whole) throw new StateError(`${file} goes on after its end`);
      const line = parsed(text, file);
      if ('sha256' in line) {
        if (line['sha256'] !== hash.digest('hex')) throw new StateError(`${file} was altered`);
        whole = true;
        continue;
      }
      hash.update(`${text}\n`);
      if (state) take(state, line as unknown as Line);
      else state = begun(line as unknown as Head, file);
    }
  } catch (error) {
    if (failedWith(error, 'ENOENT')) return null;
    throw error;
  }
  if (!state || !whole) throw new StateError(`${file} is cut off`);
  return state;
}

function parsed(text: string, file: string): Record<string, unknown> {
  try {
    const line: unknown = JSON.parse(text);
    if (typeof line === 'object' && line !== null) return line as Record<string, unknown>;
  } catch {
    // said below
  }
  throw new StateError(`${file} is no state of leeway settle`);
}

function begun(head: Head, file: string): State {
  if (head.leeway !== 'settlement') throw new StateError(`${file} is no state of leeway settle`);
  if (head.v !== VERSION) throw new StateError(`${file} is of version ${String(head.v)}`);
  const { ticketsCursor, fieldCursor, slotsUntil, termsStamp, output } = head;
  const state = emptyState(head.account, head.since);
  return Object.assign(state, { ticketsCursor, fieldCursor, slotsUntil, termsStamp, output });
}

function take(state: State, line: Line): void {
  if ('proof' in line) state.proofs.set(line.proof.ticket, line.proof);
  else if ('slot' in line) state.slots.set(line.slot.record, line.slot);
  else if ('told' in line) state.told.set(...line.told);
  else if ('exported' in line) state.exported.add(line.exported);
  else if ('reversed' in line) state.reversed.add(line.reversed);
  else state.terms.set(...line.terms);
}

/** The whole lines of a file; what a crash cut off at its end is left out. */
async function* linesIn(file: string): AsyncGenerator<string, void> {
  const stream = createReadStream(file, 'utf8');
  yield* createInterface({ input: stream, crlfDelay: Infinity });
}

/** What an interrupted run had read: the next one need not read it again. */
export type Read =
  | { readonly proof: TicketProof }
  | { readonly ticketsCursor: string }
  | { readonly fieldCursor: string; readonly tickets: readonly TicketId[] };

/** Notes what is read as it is read. Only the state, which replaces it, says what was exported. */
export interface Progress {
  note(read: Read): Promise<void>;
  close(): Promise<void>;
}

const progressFile = (file: string): string => `${file}.part`;

/** @param stamp of the terms: what was folded under others is of no use */
export async function openProgress(file: string, stamp: string): Promise<Progress> {
  const handle = await open(progressFile(file), 'a', 0o600);
  await handle.write(`${JSON.stringify({ stamp })}\n`);
  return {
    note: async (read) => void (await handle.write(`${JSON.stringify(read)}\n`)),
    close: () => handle.close(),
  };
}

/** What an interrupted run had read under the same terms. A line that was cut off, and all behind it, is left out. */
export async function readProgress(file: string, stamp: string): Promise<readonly Read[]> {
  const reads: Read[] = [];
  try {
    for await (const text of linesIn(progressFile(file))) {
      const line = parsed(text, file) as { readonly stamp: string } | Read;
      if (!('stamp' in line)) reads.push(line);
      else if (line.stamp !== stamp) reads.length = 0;
    }
  } catch (error) {
    if (!failedWith(error, 'ENOENT') && !(error instanceof StateError)) throw error;
  }
  return reads;
}

export const dropProgress = (file: string): Promise<void> =>
  rm(progressFile(file), { force: true });

/** Writes a file under another name, waits until the disk has it, and gives it its own. */
async function writeWhole(file: string, pieces: () => Generator<string, void>): Promise<void> {
  const draft = `${file}.draft`;
  await writeDraft(draft, pieces);
  await rename(draft, file);
  await syncFolderOf(file);
}

/** Writes a file and waits until the disk has it, under its name. */
export async function writeDraft(
  draft: string,
  pieces: () => Generator<string, void>,
): Promise<void> {
  const handle = await open(draft, 'w', 0o600);
  try {
    let block = '';
    for (const piece of pieces()) {
      block += piece;
      if (block.length < BLOCK) continue;
      await handle.write(block);
      block = '';
    }
    await handle.write(block);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolderOf(draft);
}

const BLOCK = 1 << 20;
