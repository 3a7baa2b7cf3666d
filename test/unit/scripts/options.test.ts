import { expect, test } from "vitest";
import { help, readOptions } from "../../../scripts/start/options.mjs";
import { nodeProblem } from "../../../scripts/start/nodeVersion.mjs";

const usual = { profile: "default", browser: false, lan: false, open: true, help: false };

test("npm start alone opens the default profile", () => {
  expect(readOptions([])).toEqual({ ok: true, value: usual });
});

test.each([
  [["--profile", "alex-2"], { profile: "alex-2" }],
  [["--profile=sam"], { profile: "sam" }],
  [["--lan", "--browser"], { lan: true, browser: true }],
  [["--no-open"], { open: false }],
  [["--help"], { help: true }],
])("%j is understood", (words, changes) => {
  expect(readOptions(words)).toEqual({ ok: true, value: { ...usual, ...changes } });
});

test.each(["", "Alex", "../alex", "a b", "a".repeat(33), "älex", "con."])(
  "the profile name %j is refused with an example of a good one",
  (name) => {
    const read = readOptions(["--profile", name]);
    expect(read.ok || read.sentence).toMatch(/alex-2/);
  },
);

test("--profile without a name is refused", () => {
  expect(readOptions(["--profile"]).ok).toBe(false);
});

test("a word it does not know is named, with those it knows", () => {
  const read = readOptions(["--prophile", "alex"]);
  expect(read.ok || read.sentence).toContain(`"--prophile"`);
  expect(read.ok || read.sentence).toContain(help);
});

test.each(["v20.18.3", "v18.20.0", "v9.0.0"])("Node %s is too old, and told so in words", (has) => {
  expect(nodeProblem(has, ">=20.19.0")).toContain("needs Node 20.19.0 or newer");
});

test.each(["v20.19.0", "v20.20.2", "v22.1.0", "v100.0.0"])("Node %s will do", (has) => {
  expect(nodeProblem(has, ">=20.19.0")).toBeUndefined();
});
