import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { summarise } from './test-summary.js';

/**
 * `npm test`: all checks, then all tests, and at the end what came of them, in one line. A failing
 * check does not keep the tests from running: one run tells everything.
 *
 * Arguments go to Vitest. TEST_SUMMARY names a file that gets the last line too (.ci/run).
 */

const checks = ['check:format', 'check:types', 'check:lint', 'check:unused', 'check:size'];

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  console.log(`\n> ${[command, ...args].join(' ')}`);
  return spawnSync(command, args, { stdio: 'inherit' }).status;
}

const failedChecks = checks.filter((check) => run('npm', ['run', '--silent', check]) !== 0);

const folder = await mkdtemp(join(tmpdir(), 'leeway-test-'));
const reportFile = join(folder, 'report.json');
const exitCode = run('npx', [
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${reportFile}`,
  ...process.argv.slice(2),
]);
const report = await readFile(reportFile, 'utf8').then(JSON.parse, () => undefined);
await rm(folder, { recursive: true });

const { passed, failed, skipped } = summarise({ report, exitCode, failedChecks });
if (skipped > 0) console.log(`${skipped} skipped`);
for (const check of failedChecks) console.log(`failed: npm run ${check}`);
const line = `${passed} passed, ${failed} failed`;
console.log(line);
const { TEST_SUMMARY } = process.env;
if (TEST_SUMMARY) await writeFile(TEST_SUMMARY, `${line}\n`);
process.exitCode = failed === 0 ? 0 : 1;
