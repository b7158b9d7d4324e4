import { readFile } from 'node:fs/promises';

import { expect, it } from 'vitest';

const file = new URL('../package-lock.json', import.meta.url);
const lock = await readFile(file, 'utf8');

it('names no addresses to download from, so that everyone installs from their own registry', () => {
  expect(lock.match(/"resolved": ".*"|https?:\/\/registry[^"]*/)?.[0]).toBeUndefined();
});

it('has a checksum of every package', () => {
  const { packages } = JSON.parse(lock) as { packages: Record<string, { integrity?: string }> };
  const installed = Object.entries(packages).filter(([path]) => path !== '');
  expect(installed.length).toBeGreaterThan(100);
  expect(installed.filter(([, { integrity }]) => !integrity)).toEqual([]);
});
