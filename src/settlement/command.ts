import { access, rename } from 'node:fs/promises';
import type { Instant } from '#domain/instant.ts';
import { type Arguments, readArguments, USAGE, UsageError } from './arguments.ts';
import { failedWith, syncFolderOf } from './billing/durable-files.ts';
import { type Payment, preparePayment } from './billing/pay-settled.ts';
import { claimRun } from './billing/run-lock.ts';
import { readConfirmed } from './confirmed-file.ts';
import { connect, type Surroundings } from './connect.ts';
import { failureSentence } from './failure-sentences.ts';
import { readHistory, stampOf } from './gather.ts';
import { written } from './output.ts';
import { createProgressLine } from './progress-line.ts';
import { exitCodeOf, handedOver, settle, settleTicket } from './settle.ts';
import type { SettledLine } from './settled-credit.ts';
import type { Source } from './source.ts';
import {
  dropProgress,
  emptyState,
  loadState,
  openProgress,
  type Progress,
  readProgress,
  saveState,
  type State,
  StateError,
  writeDraft,
} from './state-file.ts';
import { summary } from './summary.ts';

/**
 * `leeway settle` and `leeway verify`.
 * @returns the exit code: 0 nothing to look at, 1 something is not payable, 2 not finished
 */
export async function runSettlement(
  command: 'settle' | 'verify',
  args: readonly string[],
  around: Surroundings,
): Promise<0 | 1 | 2> {
  try {
    return await run(readArguments(command, args), around);
  } catch (cause) {
    around.stderr(`${failureSentence(cause)}\nNothing was handed over.\n`);
    if (cause instanceof UsageError) around.stderr(`\n${USAGE}\n`);
    return 2;
  }
}

/** What every way of running has in common. */
interface Run {
  readonly source: Source;
  readonly confirmed: ReadonlySet<string>;
  readonly payment: Payment | null;
  readonly around: Surroundings;
}

async function run(args: Arguments, around: Surroundings): Promise<0 | 1 | 2> {
  const confirmed = await readConfirmed(args.confirmed);
  const source = await connect(args, around);
  const payment = args.pay && (await preparePayment(args.pay, source, around));
  const common: Run = { source, confirmed, payment, around };
  if (args.ticket !== null) {
    const lines = await settleTicket(source, args.ticket, confirmed, payment?.paidBefore);
    await write(args, lines, around);
    around.stderr(summary(lines, lines));
    return pay(lines, common, exitCodeOf(lines));
  }
  if (args.state === null || args.command === 'verify') return runOnce(args, common);
  const lock = await claimRun(args.state);
  if (lock.kind === 'busy') throw new StateError(`${args.state} is in use by ${lock.holder}`);
  try {
    return await runWithState({ ...args, state: args.state }, common);
  } finally {
    await lock.release();
  }
}

/**
 * All lines, not only what is new: what an earlier run could not pay is tried again.
 * @param code what the judging alone would end with
 */
async function pay(
  lines: readonly SettledLine[],
  { payment, confirmed }: Run,
  code: 0 | 1,
): Promise<0 | 1 | 2> {
  if (!payment) return code;
  const paid = await payment.pay(lines, confirmed);
  return paid > code ? paid : code;
}

/** Judges everything since then, and leaves no trace in a state. */
async function runOnce(args: Arguments, common: Run): Promise<0 | 1 | 2> {
  const { source, confirmed, around } = common;
  const kept = (args.state && (await loadState(args.state))) || null;
  const since = args.since ?? kept?.since ?? null;
  if (since === null) throw new UsageError('--since is needed: there is no state yet');
  checkAccount(kept, args);
  const state = withPaid(kept ?? emptyState(args.baseUrl, since), common);
  const progress = createProgressLine(around);
  const { all } = await settle({
    source,
    state,
    since,
    auditAll: args.auditAll,
    before: [],
    note: () => Promise.resolve(),
    onPassed: progress.show,
    listing: { since, until: args.until },
    confirmed,
  });
  progress.end();
  await write(args, all, around);
  around.stderr(summary(all, all));
  return pay(all, common, exitCodeOf(all));
}

async function runWithState(
  args: Arguments & { readonly state: string },
  common: Run,
): Promise<0 | 1 | 2> {
  const { source, confirmed, around } = common;
  const kept = await loadState(args.state);
  checkAccount(kept, args);
  if (kept) await finishOutput(args.state, kept);
  const since = args.since ?? kept?.since ?? null;
  if (since === null) throw new UsageError('--since is needed: there is no state yet');
  const state = withPaid(startingAt(kept ?? emptyState(args.baseUrl, since), since), common);
  // Read once more by the run itself: what an interrupted run had read counts under the same terms only.
  const stamp = stampOf(await readHistory(source, new Map(state.terms)));
  const before = await readProgress(args.state, stamp);
  const notes: Progress = await openProgress(args.state, stamp);
  const progress = createProgressLine(around);
  let settled;
  try {
    settled = await settle({
      source,
      state,
      since: state.since,
      auditAll: args.auditAll,
      before,
      note: (read) => notes.note(read),
      onPassed: progress.show,
      listing: { since: state.since, until: args.until },
      confirmed,
    });
  } finally {
    progress.end();
    await notes.close();
  }
  const { all, news } = settled;
  if (news.length > 0) await handOver(args, news, state, around);
  await saveState(args.state, state);
  await finishOutput(args.state, state);
  await dropProgress(args.state);
  around.stderr(summary(news, all));
  return pay(all, common, exitCodeOf(news));
}

/** What was paid was handed over, also where a state was lost or is new. */
function withPaid(state: State, { payment }: Run): State {
  for (const id of payment?.paidBefore ?? []) state.exported.add(id);
  return state;
}

/** An earlier beginning needs what was not read then. */
function startingAt(state: State, since: Instant): State {
  if (since < state.since) {
    state.since = since;
    state.ticketsCursor = null;
    state.fieldCursor = null;
  }
  return state;
}

/**
 * Writes the lines under a first name, for the state to say that they were handed over; only then
 * the file gets its own. Whenever this dies, each line stands in one file in the end.
 */
async function handOver(
  args: Arguments,
  lines: readonly SettledLine[],
  state: State,
  around: Surroundings,
): Promise<void> {
  if (args.out === null) {
    await write(args, lines, around);
  } else {
    if (await exists(args.out)) {
      throw new StateError(
        `${args.out} is there already. There are new lines: name another file, so that none is lost`,
      );
    }
    const from = `${args.out}.draft`;
    await writeDraft(from, () => written(lines, args.format));
    state.output = { from, to: args.out };
  }
  handedOver(state, lines);
}

async function finishOutput(file: string, state: State): Promise<void> {
  if (!state.output) return;
  const { from, to } = state.output;
  try {
    await rename(from, to);
    await syncFolderOf(to);
  } catch (error) {
    // It has its own name already: only the state had not heard of it.
    if (!failedWith(error, 'ENOENT')) throw error;
  }
  state.output = null;
  await saveState(file, state);
}

async function write(
  { out, format }: Arguments,
  lines: readonly SettledLine[],
  { stdout }: Surroundings,
): Promise<void> {
  if (out === null) {
    for (const piece of written(lines, format)) stdout(piece);
    return;
  }
  const draft = `${out}.draft`;
  await writeDraft(draft, () => written(lines, format));
  await rename(draft, out);
  await syncFolderOf(out);
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    if (failedWith(error, 'ENOENT')) return false;
    throw error;
  }
}

function checkAccount(state: State | null, { baseUrl }: Arguments): void {
  if (!state || state.account === baseUrl) return;
  throw new StateError(`the state is of ${state.account}`);
}
