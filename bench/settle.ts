import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type Instant, isoFromInstant } from '#domain/instant.ts';
import type { Bench, Figure } from './figure.ts';
import { createAccount } from './settle-account.ts';

/** What one process took. */
interface Taken {
  /** `read`: audits. `settle`: the command's exit code. */
  readonly counted: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

/** What the command found, in lines of its output by verdict. */
export interface SettleFigures {
  readonly audits: number;
  readonly credits: number;
  readonly payable: number;
  readonly verdicts: Readonly<Record<string, number>>;
  readonly reading: Taken;
  readonly settling: Taken;
  /** The second run over the same time, with the state of the first. */
  readonly again: Taken;
}

interface Wish {
  readonly tickets: number;
  readonly audits: number;
  readonly every: number;
  readonly seed: number;
  /** Of the settling process, in megabytes; 0: as Node has it. */
  readonly heap: number;
}

const script = (name: string): string => path.join(import.meta.dirname, name);

function start(name: string, args: readonly string[], heap = 0) {
  const limit = heap === 0 ? [] : [`--max-old-space-size=${String(heap)}`];
  return spawn(process.execPath, [...limit, '--import', 'tsx', script(name), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function firstLine(child: ReturnType<typeof start>): Promise<string> {
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('a process of the bench ended without a word');
}

async function run(args: readonly string[], heap = 0): Promise<Taken> {
  const child = start('settle-run.ts', args, heap);
  const ended = once(child, 'close');
  const line = await firstLine(child);
  await ended;
  return JSON.parse(line) as Taken;
}

/** The first second of the month before last: all holds of its credits are over. */
function monthAgo(): Instant {
  const now = new Date();
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 2) as Instant;
}

async function verdictsIn(file: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const { kind, verdict } = JSON.parse(line) as { kind: string; verdict?: string };
    const name = verdict ?? kind;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/**
 * Generates an account in a process of its own and settles it in another, over real HTTP. What it
 * took is compared with a third process, which reads and parses the same pages and does no more.
 * @throws Error when settlement finds another number of payable credits than were generated
 */
export async function settleGenerated(wish: Wish): Promise<SettleFigures> {
  const { tickets, audits, every, seed, heap } = wish;
  const from = monthAgo();
  const folder = await mkdtemp(path.join(tmpdir(), 'leeway-settle-'));
  const size = Object.entries({ tickets, audits, every, seed, from });
  const desk = start(
    'settle-desk.ts',
    size.map(([name, value]) => `--${name}=${String(value)}`),
  );
  try {
    const url = await firstLine(desk);
    const common = ['--url', url, '--since', isoFromInstant(from), '--folder', folder];
    if (every > 1) common.push('--audit-all');
    const reading = await run(['--mode', 'read', ...common], heap);
    const settling = await run(['--mode', 'settle', ...common], heap);
    const verdicts = await verdictsIn(path.join(folder, 'credits.ndjson'));
    const { payable, credits } = createAccount({ tickets, audits, every, seed, from });
    if (verdicts['payable'] !== payable) {
      const found = JSON.stringify(verdicts);
      throw new Error(`${String(payable)} credits are payable, settlement found ${found}`);
    }
    const again = await run(['--mode', 'settle', ...common], heap);
    return { audits: reading.counted, credits, payable, verdicts, reading, settling, again };
  } finally {
    desk.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

const figuresOf = ({ reading, settling, again, ...found }: SettleFigures): Figure[] => {
  const { audits, credits } = found;
  return [
    { what: 'audits read and settled', value: audits, unit: '' },
    { what: 'credits judged', value: credits, unit: '' },
    { what: 'audits a second, settling', value: audits / settling.seconds, unit: '/s' },
    {
      what: 'audits a second, reading and parsing alone',
      value: audits / reading.seconds,
      unit: '/s',
    },
    {
      what: 'processor time of settling, over reading and parsing alone',
      value: settling.cpuSeconds / reading.cpuSeconds,
      unit: '×',
      limit: 5,
    },
    { what: 'peak memory, settling', value: settling.peakMegabytes, unit: 'MB' },
    { what: 'peak memory, reading and parsing alone', value: reading.peakMegabytes, unit: 'MB' },
    {
      what: 'second run over the same time',
      value: again.seconds / settling.seconds,
      unit: '×',
      limit: 1,
    },
  ];
};

/**
 *   npm run bench -- settle                                10,000 tickets, 100,000 audits
 *   npm run bench -- settle --tickets 100000 --every 10    100,000 tickets, 1,000,000 audits
 *
 * The settling process has a heap of 256 MB (`--heap`), however many audits there are: one that kept
 * what it read would end in it.
 */
export const settleSpeed: Bench = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      tickets: { type: 'string', default: '10000' },
      audits: { type: 'string', default: '10' },
      every: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
      heap: { type: 'string', default: '256' },
    },
  });
  const { tickets, audits, every, seed, heap } = values;
  const figures = await settleGenerated({
    tickets: Number(tickets),
    audits: Number(audits),
    every: Number(every),
    seed: Number(seed),
    heap: Number(heap),
  });
  return figuresOf(figures);
};
