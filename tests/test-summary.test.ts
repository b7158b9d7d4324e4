import { describe, expect, it } from 'vitest';

import { summarise } from '../scripts/test-summary.js';

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});
const run = (exitCode: number | null, ...testResults: ReturnType<typeof file>[]) => ({
  report: { testResults },
  exitCode,
  failedChecks: [],
});

describe('the summary of a run', () => {
  it('counts what passed, failed and was skipped in all files', () => {
    expect(
      summarise(run(1, file('passed', 'passed', 'skipped'), file('failed', 'failed', 'passed'))),
    ).toEqual({ passed: 2, failed: 1, skipped: 1 });
  });

  it('counts each failed check', () => {
    const good = run(0, file('passed', 'passed'));
    expect(summarise({ ...good, failedChecks: ['check:lint', 'check:size'] })).toMatchObject({
      passed: 1,
      failed: 2,
    });
  });

  it('counts a file that did not load', () => {
    expect(summarise(run(1, file('passed', 'passed'), file('failed')))).toMatchObject({
      passed: 1,
      failed: 1,
    });
  });

  it('counts an error that failed no test', () => {
    expect(summarise(run(1, file('passed', 'passed')))).toMatchObject({ passed: 1, failed: 1 });
    expect(summarise(run(null, file('passed', 'passed')))).toMatchObject({ failed: 1 });
  });

  it('is a failure where no test ran', () => {
    expect(summarise(run(0))).toMatchObject({ passed: 0, failed: 1 });
    expect(summarise(run(0, file('passed', 'skipped')))).toMatchObject({ passed: 0, failed: 1 });
    expect(summarise({ report: undefined, exitCode: 0, failedChecks: [] })).toMatchObject({
      passed: 0,
      failed: 1,
    });
  });

  it('is no failure where everything passed', () => {
    expect(summarise(run(0, file('passed', 'passed')))).toMatchObject({ passed: 1, failed: 0 });
  });
});
