import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { reportVectors, vectorCases } from "./runVectors.ts";
import { readVectorFile } from "./tf1File.ts";

beforeAll(loadSodium);

const content = readFileSync(new URL("./data/tf1.json", import.meta.url), "utf8");
const file = readVectorFile(content);
const cases = file.ok ? vectorCases(file.value) : [];

test.each(cases)("$name", ({ differences }) => {
  expect(differences()).toEqual([]);
});

test("no case of the file is left out", () => {
  const plain: unknown = JSON.parse(content);
  expect(plain).toMatchObject({
    devices: { A: {}, B: {}, C: {} },
    padme: { length: 11 },
    accept: { envelopes: { length: 3 } },
    accept_as_A: { envelopes: { length: 1 } },
    reject: { cases: { length: 29 } },
    chain: { cases: { length: 5 } },
    kdf_bounds: { length: 4 },
  });
  // Besides those: hash has two, auth_key two, genesis, sas, vault and recovery one each.
  expect(cases.length).toBe(3 + 11 + 3 + 1 + 29 + 5 + 4 + 2 + 2 + 4);
});

/** The file with something changed; `path` leads to what `value` replaces. Without the vault, which takes long. */
const changed = (path: readonly (string | number)[], value: unknown): string => {
  const whole = JSON.parse(content);
  if (path[0] !== "vault") delete whole.vault;
  let inner = whole;
  for (const step of path.slice(0, -1)) inner = inner[step];
  inner[path.at(-1) ?? ""] = value;
  return JSON.stringify(whole);
};

const zeros = (length: number): string => "00".repeat(length);

/** Each is a place where a file may disagree with the code; one case has to differ, the others not. */
const disagreements: readonly (readonly [string, readonly (string | number)[], unknown])[] = [
  ["devices: A", ["devices", "A", "ed25519_public"], zeros(32)],
  ["devices: C", ["devices", "C", "xwing_public"], zeros(1216)],
  ["hash: H", ["hash", "H", "out"], zeros(32)],
  ["hash: K", ["hash", "K", "out64"], zeros(64)],
  ["padme: 600 bytes", ["padme", 4, 1], 640],
  ["genesis", ["genesis", "out"], zeros(32)],
  ["accept: A#3", ["accept", "envelopes", 2, "message_id"], zeros(32)],
  ["accept: A#3", ["accept", "envelopes", 2, "nonce"], zeros(24)],
  ["accept: A#3", ["accept", "envelopes", 2, "envelope_key"], zeros(16)],
  ["accept: A#3", ["accept", "envelopes", 2, "message"], zeros(300)],
  ["accept: A#2", ["accept", "envelopes", 1, "seq"], 7],
  ["accept: A#2", ["accept", "envelopes", 1, "time"], 7],
  ["reject: magic", ["reject", "cases", 4, "code"], "BAD_SUITE"],
  ["chain: a gap is held, not refused", ["chain", "cases", 2, "outcome"], "BAD_PREV"],
  ["sas", ["sas", "commitment"], zeros(32)],
  ["sas", ["sas", "words"], "pilot start grain snow"],
  ["vault", ["vault", "kek_without_device_secret"], zeros(32)],
  ["vault", ["vault", "master_key"], zeros(32)],
  ["recovery", ["recovery", "kek"], zeros(32)],
  ["kdf_bounds: 3 passes over 65535 KiB", ["kdf_bounds", 0, "code"], "KDF_TOO_STRONG"],
];

test.each(disagreements)(
  "a file that disagrees about %s (%j) is told so",
  async (name, path, value) => {
    const report = await reportVectors(changed(path, value));
    expect(report.exitCode).toBe(1);
    expect(report.lines[0]).toBe(name);
    const others = cases.length - (path[0] === "vault" ? 1 : 2);
    expect(report.lines.at(-1)).toBe(`${others} passed, 1 failed`);
  },
);

const unusable: readonly (readonly [string, string, RegExp])[] = [
  ["no JSON", "{", /not JSON/],
  ["no object", "[]", /not an object of sections/],
  ["another protocol", changed(["protocol"], "TF/2"), /protocol has to be/],
  ["an unknown section", changed(["surprise"], {}), /section that is not known: surprise/],
  [
    "a missing field",
    changed(["accept", "envelopes", 0, "nonce"], undefined),
    /accept\.envelopes\.0\.nonce is missing/,
  ],
  [
    "letters that are not hex",
    changed(["chain", "cases", 0, "envelope"], "zz"),
    /chain\.cases\.0\.envelope is not hex/,
  ],
  [
    "a key that is too short",
    changed(["devices", "B", "xwing_seed"], "00"),
    /devices\.B\.xwing_seed is not 32 bytes/,
  ],
  [
    "a number as text",
    changed(["accept", "envelopes", 0, "seq"], "1"),
    /accept\.envelopes\.0\.seq/,
  ],
  ["a reader that no device is", changed(["accept", "as"], "Z"), /accept\.as names the device "Z"/],
  [
    "a state that no envelope gives",
    changed(["chain", "given"], ["A#9"]),
    /names the envelope "A#9"/,
  ],
  ["nothing to check", JSON.stringify({ protocol: "TF/1" }), /no cases/],
];

test.each(unusable)("a file with %s gets a sentence and no trace", async (_, text, sentence) => {
  const report = await reportVectors(text);
  expect(report.exitCode).toBe(2);
  expect(report.lines).toHaveLength(1);
  expect(report.lines[0]).toMatch(sentence);
});

test("a file of one section alone is enough", async () => {
  const report = await reportVectors(
    JSON.stringify({
      protocol: "TF/1",
      kdf_bounds: [{ ops: 99, memKiB: 65_536, code: "KDF_TOO_STRONG" }],
    }),
  );
  expect(report).toEqual({ lines: ["1 passed, 0 failed"], exitCode: 0 });
});
