import { expect, test } from "vitest";
import { countTests, sumCounts } from "../../../scripts/test/counts.mjs";

const report = (changes: Record<string, number>): string =>
  JSON.stringify({
    numPassedTests: 5,
    numFailedTests: 0,
    numPendingTests: 1,
    numTodoTests: 0,
    numFailedTestSuites: 0,
    ...changes,
  });

test("the closing line adds up what every suite reported", () => {
  const logic = countTests(report({ numTodoTests: 1 }));
  const browser = countTests(report({ numFailedTests: 2, numFailedTestSuites: 3 }));
  expect(sumCounts([logic, browser])).toEqual({ passed: 10, failed: 2, skipped: 3 });
});

test("a test file that does not even load counts as failed", () => {
  expect(countTests(report({ numFailedTestSuites: 1 })).failed).toBe(1);
});

test("a suite that has not run adds nothing", () => {
  expect(sumCounts([countTests(undefined)])).toEqual({ passed: 0, failed: 0, skipped: 0 });
});
