import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Currency } from '#domain/currencies.ts';
import type { TicketId, UserId } from '#domain/ids.ts';
import { readCsv } from '#settlement/billing/csv-file.ts';
import type { CreditToPay } from '#settlement/billing/pay-credits.ts';
import { startStripe, type StripeStandIn } from './stripe-stand-in.ts';

const SCRIPT = path.join(import.meta.dirname, 'pay-process.ts');
const TIME_LIMIT = 180_000;

/** The same sequence for the same seed (mulberry32). */
function chanceOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const credits = (count: number): readonly CreditToPay[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `credit-${String(at + 1).padStart(5, '0')}`,
    ticket: String(1000 + at) as TicketId,
    customer: String(901 + (at % 5)) as UserId,
    minor: 100 + at,
    currency: 'USD' as Currency,
    description: 'Goodwill credit LW-ABCDEF',
    reverses: null,
  }));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'leeway-kill-'));
});
afterEach(() => rm(folder, { recursive: true }));

const inFolder = (name: string) => path.join(folder, name);

interface Run {
  readonly process: ChildProcess;
  readonly begun: Promise<void>;
  /** The exit code, null when it was killed; and what it said. */
  readonly ended: Promise<{ readonly code: number | null; readonly said: string }>;
}

function start(by: 'csv' | 'stripe', where: string): Run {
  const args = ['--import', 'tsx', SCRIPT, inFolder('paid'), inFolder('lines.json'), by, where];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let begin = () => {};
  const begun = new Promise<void>((resolve) => (begin = resolve));
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (said.includes('begin')) begin();
  });
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<{ code: number | null; said: string }>((resolve) => {
    child.on('close', (code) => {
      begin();
      resolve({ code, said });
    });
  });
  return { process: child, begun, ended };
}

describe('a run that is killed', () => {
  let stripe: StripeStandIn;
  beforeEach(async () => {
    stripe = await startStripe();
    for (let number = 901; number <= 905; number += 1) stripe.addCustomer(`cus_${String(number)}`);
  });
  afterEach(() => stripe.close());

  it.each([1])(
    'at any moment leaves each line paid once at Stripe in the end (seed %i)',
    async (seed) => {
      const lines = credits(14);
      await writeFile(inFolder('lines.json'), JSON.stringify(lines));
      const chance = chanceOf(seed);
      let kills = 0;
      for (;;) {
        const run = start('stripe', stripe.origin);
        // Around the nth request of this run: as it came in, or done and not answered.
        let left = 1 + chance(12);
        const moment = chance(2) === 0 ? 'came' : 'done';
        stripe.watch((now) => {
          if (now === moment) left -= 1;
          if (left === 0) run.process.kill('SIGKILL');
        });
        const { code, said } = await run.ended;
        if (code === null) kills += 1;
        // After some runs Stripe has forgotten all keys.
        if (chance(4) === 0) stripe.forgetKeys();
        if (code === 0) break;
        expect([code, said]).toEqual([null, 'begin\n']);
      }
      expect(kills).toBeGreaterThan(2);
      const paid = stripe.transactions.map(({ metadata }) => metadata['leeway_credit']).sort();
      expect(paid).toEqual(lines.map(({ id }) => id));
    },
    TIME_LIMIT,
  );

  it(
    'keeps others out while it lives, and leaves what it began to the next',
    async () => {
      const lines = credits(8);
      await writeFile(inFolder('lines.json'), JSON.stringify(lines));
      for (let round = 0; round < 2; round += 1) {
        const release = stripe.hold();
        const inTheMiddle = new Promise<void>((resolve) => {
          stripe.watch((moment, method) => {
            if (moment === 'came' && method === 'POST') resolve();
          });
        });
        const first = start('stripe', stripe.origin);
        await inTheMiddle;
        const second = await start('stripe', stripe.origin).ended;
        expect(second.code).toBe(1);
        expect(second.said).toContain('another run is paying');
        first.process.kill('SIGKILL');
        await first.ended;
        // What the dead run had sent is done all the same, and its key may be forgotten.
        release();
        if (round === 1) stripe.forgetKeys();
      }
      const together = [start('stripe', stripe.origin), start('stripe', stripe.origin)];
      await Promise.all(together.map(({ ended }) => ended));
      expect((await start('stripe', stripe.origin).ended).code).toBe(0);
      const paid = stripe.transactions.map(({ metadata }) => metadata['leeway_credit']).sort();
      expect(paid).toEqual(lines.map(({ id }) => id));
    },
    TIME_LIMIT,
  );

  it(
    'at any moment leaves each line in one whole file for finance',
    async () => {
      const billing = inFolder('billing');
      await mkdir(billing);
      const all = credits(2000);
      const chance = chanceOf(4);
      const taken: string[] = [];
      let kills = 0;
      const take = async () => {
        for (const name of await readdir(billing)) {
          if (name.startsWith('.')) continue;
          const rows = readCsv(await readFile(path.join(billing, name), 'utf8')).slice(1);
          expect(rows.every((row) => row.length === 8)).toBe(true);
          taken.push(...rows.map(([id = '']) => id));
          // Finance imports what it finds, and takes it away.
          await rm(path.join(billing, name));
        }
      };
      for (let run = 1; run <= 7; run += 1) {
        await writeFile(inFolder('lines.json'), JSON.stringify(all.slice(0, run * 280)));
        const { process: child, begun, ended } = start('csv', billing);
        await begun;
        const pause = chance(90);
        const timer = setTimeout(() => child.kill('SIGKILL'), pause);
        if ((await ended).code === null) kills += 1;
        clearTimeout(timer);
        await take();
      }
      await writeFile(inFolder('lines.json'), JSON.stringify(all));
      expect((await start('csv', billing).ended).code).toBe(0);
      await take();
      expect(kills).toBeGreaterThan(0);
      expect(taken.sort()).toEqual(all.map(({ id }) => id));
      expect(await readdir(billing)).toEqual([]);
    },
    TIME_LIMIT,
  );
});
