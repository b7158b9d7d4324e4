import { afterEach, beforeEach, expect, vi } from 'vitest';

/** An unexpected console.error or console.warn is a defect: it fails the test that caused it. */
beforeEach(() => {
  for (const level of ['error', 'warn'] as const) vi.spyOn(console, level);
});

afterEach(() => {
  for (const level of ['error', 'warn'] as const) {
    const said = vi.mocked(console[level]).mock.calls.map((args) => args.map(String).join(' '));
    vi.mocked(console[level]).mockRestore();
    expect(said, `unexpected console.${level}`).toEqual([]);
  }
});
