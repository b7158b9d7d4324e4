import { describe, expect, it } from 'vitest';

const parts = import.meta.glob(['./*.ts', '!./*.test.ts', '/tests/support/journal-builder.ts']);

/**
 * A file that fails while it loads takes its tests along, and nobody who counts tests hears of it:
 * here it fails one.
 */
describe('what the domain and the journals of its tests consist of', () => {
  it.each(Object.keys(parts))('%s loads', async (file) => {
    await expect(parts[file]?.()).resolves.toBeDefined();
  });
});
