import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { chromium } from 'playwright-core';

/**
 * Finds a Chromium for the browser tests and the screenshots.
 *
 *   node scripts/find-browser.js             prints its path, or says what to do
 *   node scripts/find-browser.js --install   installs one where there is none
 */

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The path of a browser that is installed. A `CHROMIUM_PATH` that is set and wrong is an error, not
 * passed over: whoever set it means that browser.
 *
 * @returns {string | undefined} nothing where none is found
 */
function installedBrowser() {
  const wished = process.env['CHROMIUM_PATH'];
  if (wished) {
    if (isExecutable(wished)) return wished;
    throw new Error(`CHROMIUM_PATH is ${wished}, which is not a program that can be run.`);
  }
  const folders = ['/usr/bin', ...(process.env['PATH'] ?? '').split(delimiter)];
  const candidates = [
    ...commands.flatMap((command) => folders.map((folder) => join(folder, command))),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    chromium.executablePath(),
  ];
  return candidates.find(isExecutable);
}

/**
 * @returns {string} the path of an installed browser
 * @throws {Error} that says how to get one, where none is found
 */
export function findBrowser() {
  const found = installedBrowser();
  if (found) return found;
  throw new Error(
    'No Chromium found. Install one with `node scripts/find-browser.js --install`, ' +
      'or name one in the environment variable CHROMIUM_PATH.',
  );
}

/**
 * Debian's own package brings the system libraries along; Playwright's download does not.
 *
 * @returns {string} the path of a browser, installed now if there was none
 */
function installBrowser() {
  const found = installedBrowser();
  if (found) return found;
  const isDebianRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  if (isDebianRoot) {
    console.error('No Chromium found: installing the chromium package.');
    for (const step of [
      ['update', '-q'],
      ['install', '-q', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'],
    ])
      if (spawnSync('apt-get', step, { stdio: ['ignore', 2, 2] }).status !== 0) break;
  }
  if (!installedBrowser()) {
    console.error('No Chromium found: letting Playwright download one.');
    spawnSync('npx', ['playwright-core', 'install', 'chromium'], { stdio: ['ignore', 2, 2] });
  }
  return findBrowser();
}

/**
 * A browser that lacks a system library is found, but of no use.
 *
 * @param {string} path
 */
function assertStarts(path) {
  try {
    execFileSync(path, ['--version'], { stdio: 'pipe', timeout: 30_000 });
  } catch (cause) {
    throw new Error(`${path} does not start.`, { cause });
  }
}

if (import.meta.filename === realpathSync(process.argv[1] ?? '')) {
  try {
    const path = process.argv.includes('--install') ? installBrowser() : findBrowser();
    assertStarts(path);
    console.log(path);
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
}
