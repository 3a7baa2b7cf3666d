import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Difference, VectorCase } from "./tf1Case.ts";
import { acceptCases, chainCases, rejectCases } from "./tf1Envelopes.ts";
import { readVectorFile, type VectorFile } from "./tf1File.ts";
import { keyCases } from "./tf1Keys.ts";
import { vaultCases } from "./tf1Vault.ts";

/** Every vector of the file, in its order. `loadSodium()` has to have finished before one is run. */
export const vectorCases = (file: VectorFile): readonly VectorCase[] => [
  ...keyCases(file),
  ...acceptCases(file),
  ...rejectCases(file),
  ...chainCases(file),
  ...vaultCases(file),
];

export type VectorReport = {
  readonly lines: readonly string[];
  /** 0: all as the file says. 1: something differs. 2: the file cannot be used. */
  readonly exitCode: 0 | 1 | 2;
};

/** What `npm run vectors` says about a file's content. Never throws. */
export const reportVectors = async (content: string): Promise<VectorReport> => {
  const file = readVectorFile(content);
  if (!file.ok) return { lines: [`This is not a TF/1 vector file. ${file.detail}`], exitCode: 2 };
  const cases = vectorCases(file.value);
  if (cases.length === 0) return { lines: ["This vector file has no cases in it."], exitCode: 2 };
  await loadSodium();
  const results = cases.map((one) => ({ name: one.name, differences: differencesOf(one) }));
  const failed = results.filter(({ differences }) => differences.length > 0);
  return {
    lines: [
      ...failed.flatMap(({ name, differences }) => [name, ...differences.flatMap(describe)]),
      `${results.length - failed.length} passed, ${failed.length} failed`,
    ],
    exitCode: failed.length === 0 ? 0 : 1,
  };
};

/** Code that throws where the file says a value is a difference, too. */
const differencesOf = (one: VectorCase): readonly Difference[] => {
  try {
    return one.differences();
  } catch (thrown) {
    return [{ what: "the code", expected: "a value", got: `threw: ${String(thrown)}` }];
  }
};

const describe = ({ what, expected, got }: Difference): readonly string[] => [
  `  ${what}`,
  `    expected ${shorten(expected)}`,
  `    got      ${shorten(got)}`,
];

const shorten = (value: string): string =>
  value.length <= 160 ? value : `${value.slice(0, 120)}… (${value.length} characters)`;
