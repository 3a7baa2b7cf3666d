/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * The counts in a report of vitest's json reporter; zeros for a suite that has not run.
 * @param {string | undefined} report
 * @returns {Counts}
 */
export const countTests = (report) => {
  if (report === undefined) return { passed: 0, failed: 0, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites } =
    JSON.parse(report);
  return {
    passed: numPassedTests,
    // A file that does not even load has no failed test in it.
    failed: numFailedTests > 0 ? numFailedTests : numFailedTestSuites,
    skipped: numPendingTests + numTodoTests,
  };
};

/**
 * @param {readonly Counts[]} all
 * @returns {Counts}
 */
export const sumCounts = (all) => ({
  passed: all.reduce((sum, { passed }) => sum + passed, 0),
  failed: all.reduce((sum, { failed }) => sum + failed, 0),
  skipped: all.reduce((sum, { skipped }) => sum + skipped, 0),
});
