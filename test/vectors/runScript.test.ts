import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

/** The command as a person runs it, from a folder of their own. */
const script = fileURLToPath(new URL("../../scripts/vectors.mjs", import.meta.url));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vectors-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...files: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...files], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, npm_lifecycle_event: "" },
  });
  return { status, lines: stdout.trimEnd().split("\n"), stderr };
};

test("without a file it runs our own vectors, and all agree", () => {
  expect(run()).toMatchObject({
    status: 0,
    lines: [expect.stringMatching(/^\d+ passed, 0 failed$/)],
  });
});

test("a file is looked for from where the person stands; what differs is shown and counted", () => {
  const own = new URL("./data/tf1.json", import.meta.url);
  writeFileSync(
    join(folder, "theirs.json"),
    readFileSync(own, "utf8").replace("BAD_MAGIC", "BAD_SUITE"),
  );
  const { status, lines } = run("theirs.json");
  expect(status).toBe(1);
  expect(lines.slice(0, 4)).toEqual([
    "reject: magic",
    "  outcome",
    "    expected BAD_SUITE",
    "    got      BAD_MAGIC",
  ]);
  expect(lines.at(-1)).toMatch(/^\d+ passed, 1 failed$/);
});

test("a file that is not there, or is no vector file, gets one sentence and no trace", () => {
  writeFileSync(join(folder, "junk.json"), "\u0000 not json");
  for (const files of [["nowhere.json"], ["junk.json"], ["one.json", "two.json"]]) {
    const { status, lines, stderr } = run(...files);
    expect({ status, count: lines.length }).toEqual({ status: 2, count: 1 });
    expect(`${lines[0]} ${stderr}`).not.toMatch(/^\s+at /m);
  }
});
