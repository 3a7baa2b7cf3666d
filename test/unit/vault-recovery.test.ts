import { beforeAll, describe, expect, test } from "vitest";
import { fromHex, toHex } from "../../shared/base/bytes.ts";
import { systemRandom } from "../../shared/base/random.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import {
  newRecoveryEntropy,
  readRecoveryWords,
  recoveryEntropy,
  recoveryKek,
  recoveryWords,
} from "../../shared/vault/recovery.ts";
import tf1 from "../vectors/data/tf1.json" with { type: "json" };

beforeAll(loadSodium);

const { entropy, mnemonic, kek } = tf1.recovery;

describe("the protocol's recovery words", () => {
  test("come from their entropy and lead back to it", () => {
    expect(recoveryWords(recoveryEntropy(fromHex(entropy))).join(" ")).toBe(mnemonic);
    const read = readRecoveryWords(mnemonic);
    expect(read.ok && toHex(read.value)).toBe(entropy);
  });

  test("give the protocol's key", () => {
    expect(toHex(recoveryKek(recoveryEntropy(fromHex(entropy))))).toBe(kek);
  });
});

test("fresh words are twelve, and are read back", () => {
  const fresh = newRecoveryEntropy(systemRandom);
  const words = recoveryWords(fresh);
  expect(words.length).toBe(12);
  expect(readRecoveryWords(words.join(" "))).toEqual({ ok: true, value: fresh });
});

test.each([
  ["capitals", mnemonic.toUpperCase()],
  ["spaces and line ends", `\n  ${mnemonic.replaceAll(" ", "  \r\n\t")} `],
  ["commas", mnemonic.replaceAll(" ", ", ")],
  [
    "numbers before them",
    mnemonic
      .split(" ")
      .map((word, index) => `${index + 1}. ${word}`)
      .join("\n"),
  ],
  ["wide letters", mnemonic.replaceAll("a", "ａ")],
])("%s do not matter", (_, text) => {
  const read = readRecoveryWords(text);
  expect(read.ok && toHex(read.value)).toBe(entropy);
});

test.each([
  ["nothing", ""],
  ["eleven words", mnemonic.split(" ").slice(1).join(" ")],
  ["thirteen words", `${mnemonic} diary`],
  ["twenty-four words", `${"abandon ".repeat(23)}art`],
  ["a word that is not of the list", mnemonic.replace("diary", "dairyx")],
  ["two words swapped", mnemonic.replace("section marble", "marble section")],
  ["another word of the list", mnemonic.replace("minimum", "ocean")],
  ["words of another language", "ábaco ".repeat(12)],
])("%s are refused", (_, text) => {
  expect(readRecoveryWords(text)).toMatchObject({ ok: false, code: "BAD_WORDS" });
});
