import { defineConfig } from "vitest/config";

/** Files named *.test.ts(x) are tests; anything else under test/ is support for them. */
const inFolders = (...folders: string[]): string[] =>
  folders.map((folder) => `test/${folder}/**/*.test.{ts,tsx}`);

/** They put something else in the place of a module, or of what the surroundings have: each begins anew. */
const withStandIns = [
  "test/unit/electron*.test.ts",
  "test/unit/storage.*.test.ts",
  "test/unit/shell/*.test.ts",
];

/** Files whose tests the gate runs in two looks, or in fewer rounds: test/support/wholeSuite.ts. */
const inManyLooks = ["ui*", "saving", "findEntries"].map((name) => `test/browser/${name}.test.ts`);

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "logic",
          // Modules are loaded once for all: of the time of many small files that was a third.
          isolate: false,
          include: inFolders("unit", "property", "vectors", "contract", "fuzz"),
          exclude: withStandIns,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "standIns",
          include: withStandIns,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: { name: "rules", include: inFolders("architecture"), testTimeout: 60_000 },
      },
      {
        extends: true,
        // A real Chromium, driven by playwright-core from Node: see test/support/chromium.ts.
        test: {
          name: "browser",
          // Chromium with what it has compiled is handed on from file to file: test/ui/sharedDesk.ts.
          isolate: false,
          globalSetup: "test/ui/buildOnce.ts",
          include: inFolders("browser"),
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        // The same in every look, and what takes longer than the gate has: `npm run test:screens`.
        test: {
          name: "screens",
          isolate: false,
          globalSetup: "test/ui/buildOnce.ts",
          include: [...inFolders("screens"), ...inManyLooks],
          env: { TWOFOLD_TESTS: "all" },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: inFolders("e2e"),
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        // Whole suites for which the gate has no time: `npm run test:long`.
        test: {
          name: "long",
          include: [...inFolders("long"), "test/browser/carrier*.test.ts"],
          env: { TWOFOLD_TESTS: "all" },
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        // Two lives over a year, and over a thousand weeks: `npm run soak`, `npm run fuzz`.
        test: { name: "soak", include: inFolders("soak"), hookTimeout: 60_000 },
      },
      {
        extends: true,
        // What takes minutes and measures: `npm run bench`, not part of `npm test`.
        test: { name: "bench", include: inFolders("bench") },
      },
    ],
    environment: "node",
    setupFiles: ["test/support/equalBytes.setup.ts"],
    maxWorkers: 2,
    // What a screen, a disk or a socket does in its own time; a busy machine takes longer than a second.
    expect: { poll: { timeout: 20_000 } },
  },
});
