import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { mutations } from './mutations.ts';
import { run } from './run.ts';

const seedsFrom = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => first + index);

/** Runs seeds one after the other; the first that fails is named with what it showed. */
async function runAll(
  seeds: readonly number[],
  steps: number,
  kind: { readonly silent?: boolean } = {},
): Promise<void> {
  for (const seed of seeds) {
    const { findings } = await run(seed, steps, kind);
    const again = `npm run simulate -- --seed ${String(seed)} --steps ${String(steps)}`;
    expect(findings, kind.silent ? `${again} --silent` : again).toEqual([]);
  }
}

describe('the simulation', () => {
  it.each([1, 51, 101, 151])('runs fifty short seeds clean, from %i on', async (first) => {
    await runAll(seedsFrom(first, 50), 50);
  });

  it('runs short seeds clean in which asks are long on their way', async () => {
    await runAll(seedsFrom(1, 25), 50, { silent: true });
  });

  it.each(seedsFrom(9_001, 10))('runs the long seed %i clean', async (seed) => {
    await runAll([seed], 600);
  });

  it('is replayed by its seed, byte for byte, whatever ran before it', async () => {
    const first = await run(7, 80);
    await run(8, 20);
    const again = await run(7, 80);
    expect(again.log).toBe(first.log);
    expect(again.world.zendesk.log.length).toBeGreaterThan(100);
  });
});

describe('the checker', () => {
  it('imports none of the rules that it judges', async () => {
    const folder = new URL('./checker/', import.meta.url);
    for (const file of await readdir(folder)) {
      const text = await readFile(new URL(file, folder), 'utf8');
      expect(text, file).not.toMatch(/#(domain|use-cases|zendesk|app|ui|settlement)\//);
    }
  });
});

describe('the planted bugs', () => {
  it('fit the code as it is, so that each can be planted', async () => {
    for (const { name, file, search, replace } of mutations) {
      const text = await readFile(new URL(`../../${file}`, import.meta.url), 'utf8');
      expect(text.includes(search), `${name}: ${file}`).toBe(true);
      expect(replace).not.toBe(search);
    }
  });
});
