import { test } from "vitest";

/** Every look and every round is wanted: vitest.config.ts says so for `npm run test:screens` and `npm run test:long`. */
export const wholeSuite = process.env["TWOFOLD_TESTS"] === "all";

/** What is not wanted here, or not promised, is not there at all, rather than skipped. */
export const onlyIf = (is: boolean): typeof test =>
  is ? test : ((() => {}) as unknown as typeof test);
