import { setTimeout as sleep } from 'node:timers/promises';
import { USAGE } from '#settlement/arguments.ts';
import { runSettlement } from '#settlement/command.ts';
import type { Surroundings } from '#settlement/connect.ts';
import { LISTEN_USAGE } from '#settlement/listen/listen-arguments.ts';
import { runListening } from '#settlement/listen/listen-command.ts';

/** The command `leeway`. @returns its exit code */
export async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  if (command === 'settle' || command === 'verify') {
    return runSettlement(command, rest, surroundings());
  }
  if (command === 'listen') {
    const asked = new Promise<void>((resolve) => {
      process.once('SIGINT', resolve).once('SIGTERM', resolve);
    });
    return runListening(rest, { ...surroundings(), asked });
  }
  process.stderr.write(`${USAGE}\n\n${LISTEN_USAGE}\n`);
  return command === '--help' || command === 'help' ? 0 : 2;
}

const surroundings = (): Surroundings => ({
  env: process.env,
  now: Date.now,
  sleep: async (ms) => {
    await sleep(ms);
  },
  fetch: globalThis.fetch,
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  watched: process.stderr.isTTY,
});
