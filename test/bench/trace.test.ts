import { beforeAll, expect, test, vi } from "vitest";
import { concatBytes } from "../../shared/base/bytes.ts";
import { accept } from "../../shared/base/result.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { isShort, median, rounded, tellResults } from "./results.ts";
import { readTrace } from "./trace/readTrace.ts";
import {
  writeAutomerge,
  writeLoro,
  writePlainYjs,
  writeTwofold,
  type Writer,
  type Wrote,
} from "./trace/writers.ts";

/** While it is so, Twofold encrypts nothing and is otherwise itself. `left`: how often it did not. */
const inTheClear = vi.hoisted(() => ({ now: false, left: 0 }));

type Aead = typeof import("../../shared/crypto/aead.ts");
vi.mock("../../shared/crypto/aead.ts", async (original): Promise<Aead> => {
  const real = await original<Aead>();
  const noTag = new Uint8Array(real.aeadTagLength);
  return {
    ...real,
    sealXChaCha: (key, nonce, plaintext, ad) => {
      if (!inTheClear.now) return real.sealXChaCha(key, nonce, plaintext, ad);
      inTheClear.left += 1;
      return concatBytes(plaintext, noTag);
    },
    openXChaCha: (key, nonce, ciphertext, ad) =>
      inTheClear.now
        ? accept(ciphertext.slice(0, -noTag.length))
        : real.openXChaCha(key, nonce, ciphertext, ad),
  };
});

beforeAll(loadSodium);

const writeInTheClear: Writer = async (edits, seed) => {
  inTheClear.now = true;
  try {
    return await writeTwofold(edits, seed);
  } finally {
    inTheClear.now = false;
  }
};

const writers: Readonly<Record<string, Writer>> = {
  "plain Yjs": writePlainYjs,
  Twofold: writeTwofold,
  "Twofold, nothing encrypted": writeInTheClear,
  Automerge: writeAutomerge,
  Loro: writeLoro,
};

/** BENCH_EDITS=259778 writes all of it. */
const most = Number(process.env["BENCH_EDITS"] ?? (isShort ? 2_000 : 60_000));
const rounds = Number(process.env["BENCH_ROUNDS"] ?? (isShort ? 1 : 3));

test("a paper typed letter by letter into one page", { timeout: 3_600_000 }, async () => {
  const all = readTrace();
  expect(all).toHaveLength(259_778);
  const edits = all.slice(0, most);
  const pauses = edits.filter(({ afterPause }) => afterPause).length;
  const taken = new Map<string, Wrote[]>(Object.keys(writers).map((name) => [name, []]));
  const plain = taken.get("plain Yjs") ?? [];
  for (let round = 0; round < rounds; round++)
    for (const [name, write] of Object.entries(writers)) {
      globalThis.gc?.();
      taken.get(name)?.push(await write(edits, 7_100 + round));
    }
  console.log(`${edits.length} edits, ${pauses} pauses, medians of ${rounds} rounds in turn`);
  tellResults(
    "trace",
    [...taken].map(([name, wrote]) => {
      const [last] = wrote.slice(-1);
      return {
        name,
        work: rounded(median(wrote.map(({ work }) => work)), 0),
        timesPlain: rounded(
          median(wrote.map(({ work }, round) => work / (plain[round]?.work ?? Number.NaN))),
          2,
        ),
        bytes: last?.bytes,
        pieces: last?.pieces,
      };
    }),
  );
  expect(inTheClear.left).toBeGreaterThan(pauses * rounds);
  const [said] = plain;
  const others = [...taken].filter(([, wrote]) => wrote.some(({ text }) => text !== said?.text));
  expect(others.map(([name]) => name)).toEqual([]);
});
