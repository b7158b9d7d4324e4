import { format } from 'node:util';

import { afterAll, afterEach, expect } from 'vitest';

/**
 * An unexpected console.error or console.warn is a defect: it fails the test that caused it, or the
 * file where it came outside of a test. A test that expects one takes the console over itself,
 * `vi.spyOn(console, 'error').mockImplementation(() => undefined)`, and asserts what was said.
 *
 * The console is replaced once and not spied on per test, so that a test which restores all mocks
 * cannot switch this off.
 */
const said: string[] = [];

for (const level of ['error', 'warn'] as const) {
  const print = console[level].bind(console);
  console[level] = (...args: unknown[]) => {
    said.push(`console.${level}: ${format(...args)}`);
    print(...args);
  };
}

const failIfSaid = () => expect(said.splice(0), 'unexpected on the console').toEqual([]);
afterEach(failIfSaid);
afterAll(failIfSaid);
