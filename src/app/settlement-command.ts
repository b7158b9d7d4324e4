import { setTimeout as sleep } from 'node:timers/promises';
import { USAGE } from '#settlement/arguments.ts';
import { runSettlement } from '#settlement/command.ts';

/** The command `leeway`. @returns its exit code */
export async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  if (command === 'settle' || command === 'verify') {
    return runSettlement(command, rest, {
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
  }
  process.stderr.write(`${USAGE}\n`);
  return command === '--help' || command === 'help' ? 0 : 2;
}
