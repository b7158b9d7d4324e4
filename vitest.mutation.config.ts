import { defineConfig } from 'vitest/config';

/** The tests that judge mutants of the domain: its own, nothing above it. */
export default defineConfig({
  test: {
    include: ['src/domain/**/*.test.ts'],
    environment: 'node',
    // One context for all: what a mutant changes is loaded anew for each run.
    isolate: false,
    setupFiles: ['tests/support/fewer-property-runs.ts'],
  },
});
