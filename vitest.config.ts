import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const unit = [
  'src/**/*.test.{ts,tsx}',
  'tests/*.test.ts',
  'tests/{journeys,settlement,billing}/**/*.test.ts',
];

// A busy machine is no failure: how long things take is for `npm run bench` to say.
const PATIENT = 60_000;

export default defineConfig({
  test: {
    // Vitest would leave one core to itself, and most machines that test have two.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: 'unit',
          testTimeout: PATIENT,
          include: unit,
          exclude: ['src/ui/**', 'src/app/**/*.test.tsx'],
          environment: 'node',
          setupFiles: ['tests/support/fail-on-console-error.ts'],
        },
      },
      {
        test: {
          name: 'ui',
          include: [
            'src/ui/**/*.test.{ts,tsx}',
            'src/app/**/*.test.tsx',
            'tests/journeys/**/*.test.tsx',
          ],
          environment: 'jsdom',
          setupFiles: ['tests/support/browser-gaps.ts', 'tests/support/fail-on-console-error.ts'],
        },
      },
      {
        test: {
          name: 'contract',
          testTimeout: PATIENT,
          include: ['tests/contract/**/*.test.ts', 'tests/regressions/**/*.test.ts'],
          environment: 'node',
          setupFiles: ['tests/support/fail-on-console-error.ts'],
        },
      },
      {
        test: {
          name: 'simulation',
          include: ['tests/simulation/**/*.test.ts'],
          environment: 'node',
          testTimeout: 300_000,
          setupFiles: ['tests/support/fail-on-console-error.ts'],
        },
      },
      {
        test: {
          name: 'browser',
          globalSetup: 'tests/support/build-pages-once.ts',
          include: ['tests/browser/**/*.test.ts'],
          environment: 'node',
          testTimeout: 120_000,
          hookTimeout: 180_000,
          // A browser takes both cores for itself: one after the other, when all else is done.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
