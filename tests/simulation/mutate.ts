import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Mutation, mutations } from './mutations.ts';

/**
 * How many seeds of how many steps a bug may survive. Most show in a short shift; some need one in which
 * asks are long on their way; what needs several rare things at once shows in a long one.
 */
const ROUNDS = [
  { seed: 1, seeds: 250, steps: 50, more: [] },
  { seed: 1, seeds: 250, steps: 50, more: ['--silent'] },
  { seed: 30_001, seeds: 40, steps: 2_000, more: [] },
] as const;

const root = fileURLToPath(new URL('../..', import.meta.url));
const PARTS = [
  'src',
  'tests',
  'translations',
  'package.json',
  'manifest.json',
  'requirements.json',
];

/** A copy of the project, so that nobody who works in the real one meets a planted bug. */
async function copyOfProject(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'leeway-mutation-'));
  for (const part of [...PARTS, 'tsconfig.json']) {
    await cp(join(root, part), join(copy, part), { recursive: true });
  }
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** Without what only says how far it is. */
const linesOf = (output: string): string[] =>
  output.split('\n').filter((line) => !line.startsWith('…'));

async function firstFinding(copy: string): Promise<string | null> {
  for (const round of ROUNDS) {
    const found = await simulate(copy, round);
    if (found !== null) return found;
  }
  return null;
}

/** @returns the first finding, or null when all seeds ran clean */
function simulate(
  copy: string,
  { seed, seeds, steps, more }: (typeof ROUNDS)[number],
): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        'tests/simulation/simulate.ts',
        ...['--seed', String(seed), '--seeds', String(seeds), '--steps', String(steps)],
        ...['--stop', '1', ...more],
      ],
      { cwd: copy, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(null);
      else
        resolve(linesOf(output).slice(0, 2).join(' ') || errors.split('\n').slice(0, 6).join(' '));
    });
  });
}

async function plant(
  copy: string,
  { file, search, replace }: Mutation,
): Promise<() => Promise<void>> {
  const path = join(copy, file);
  const before = await readFile(path, 'utf8');
  if (!before.includes(search)) throw new Error(`${file} does not hold: ${search}`);
  await writeFile(
    path,
    before.replace(search, () => replace),
  );
  return () => writeFile(path, before);
}

const wanted = process.argv[2];
const copy = await copyOfProject();
let missed = 0;
try {
  for (const mutation of mutations) {
    if (wanted !== undefined && !mutation.name.includes(wanted)) continue;
    const mend = await plant(copy, mutation).catch((cause: unknown) => {
      missed += 1;
      console.log(`NOT PLANTED  ${mutation.name}: ${String(cause)}`);
      return null;
    });
    if (!mend) continue;
    const found = await firstFinding(copy);
    await mend();
    if (found === null) missed += 1;
    console.log(
      `${found === null ? 'MISSED ' : 'caught '} ${mutation.name}${found ? `: ${found}` : ''}`,
    );
  }
} finally {
  await rm(copy, { recursive: true, force: true });
}
console.log(`${String(mutations.length)} planted, ${String(missed)} missed`);
process.exitCode = missed === 0 ? 0 : 1;
