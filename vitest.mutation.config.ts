import { defineConfig } from 'vitest/config';

/** The tests that judge mutants of the domain: its own, nothing above it. */
export default defineConfig({
  test: {
    include: ['src/domain/**/*.test.ts'],
    environment: 'node',
    setupFiles: ['tests/support/fewer-property-runs.ts'],
  },
});
