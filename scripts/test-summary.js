/**
 * What a run of the tests came to. A check that fails counts as one failure, and so does whatever
 * ended the run without failing a test: a file that does not load, an error outside of tests, a run
 * that found no tests at all.
 *
 * @typedef {{ status: string, assertionResults: { status: string }[] }} FileResult
 * @typedef {{ testResults: FileResult[] }} Report the JSON report of Vitest, as far as it is read
 *
 * @param {object} run
 * @param {Report | undefined} run.report nothing where the run wrote none
 * @param {number | null} run.exitCode of the test run; null where it was killed
 * @param {string[]} run.failedChecks by name
 */
export function summarise({ report, exitCode, failedChecks }) {
  const files = report?.testResults ?? [];
  const tests = files.flatMap((file) => file.assertionResults.map(({ status }) => status));
  /** @param {string} status */
  const count = (status) => tests.filter((it) => it === status).length;

  const brokenFiles = files.filter(
    (file) =>
      file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  );
  const passed = count('passed');
  const failedTests = count('failed') + brokenFiles.length;
  const brokenRun = failedTests === 0 && (exitCode !== 0 || passed === 0);
  return {
    passed,
    failed: failedTests + failedChecks.length + (brokenRun ? 1 : 0),
    skipped: tests.length - passed - count('failed'),
  };
}
