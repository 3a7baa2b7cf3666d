import { expect, test } from "vitest";
import { idFrom, newId, type MessageId, type PageId } from "../../shared/base/ids.ts";
import { createChains } from "../../shared/envelope/chain.ts";
import type { EnvelopeKey } from "../../shared/envelope/envelope.ts";
import {
  decodeLines,
  encodeLine,
  encodeTally,
  markedLine,
  type IndexLine,
} from "../../shared/ledger/indexLine.ts";
import { loadIndex } from "../../shared/ledger/storedChains.ts";
import { pickNumber, seededRandom } from "../support/seededRandom.ts";
import { must } from "../support/twoPartners.ts";

const random = seededRandom(3);
const notebooks = [newId(random), newId(random)] as const;
const devices = [newId(random), newId(random)] as const;

const lineAt = (seq: number, more: Partial<IndexLine> = {}): IndexLine => ({
  key: `key ${seq} ${newId(random)}` as EnvelopeKey,
  standing: "chained",
  redacted: false,
  leaving: false,
  cameBack: false,
  kind: "update",
  volume: 3,
  seq,
  time: 1_790_000_000_123,
  notebook: notebooks[0] as IndexLine["notebook"],
  device: devices[0] as IndexLine["device"],
  page: newId<PageId>(random),
  id: idFrom<MessageId>(random(32)),
  ...more,
});

const stored = (lines: readonly IndexLine[]): ReadonlyMap<string, Uint8Array> => {
  const tally = encodeTally(lines.length);
  return new Map([
    ...lines.map((line) => [line.key, encodeLine(line)] as const),
    [tally.key, tally.value],
  ]);
};
const loaded = (lines: readonly IndexLine[]) => loadIndex(must(decodeLines(stored(lines))));

test("a line is read as it was written, whatever it says", () => {
  for (const line of [
    lineAt(1),
    lineAt(2 ** 33 + 5, { kind: "redaction", time: 2 ** 41 + 7, volume: 0xffff_fffe }),
    lineAt(3, { redacted: true, leaving: true, cameBack: true, standing: "forked" }),
  ]) {
    const [read] = must(decodeLines(stored([line])));
    expect(read && markedLine(read, {})).toEqual(line);
    expect(read && markedLine(read, { leaving: false }).leaving).toBe(false);
  }
});

test("chains that were stored and written on are those that were never stored", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const draw = seededRandom(seed);
    const next = new Map<string, number>();
    const lines = Array.from({ length: 60 }, () => {
      const notebook = notebooks[pickNumber(draw, 2)] as IndexLine["notebook"];
      const device = devices[pickNumber(draw, 2)] as IndexLine["device"];
      const seq = (next.get(notebook + device) ?? 0) + 1;
      next.set(notebook + device, seq);
      return lineAt(seq, { notebook, device });
    });
    const whole = createChains();
    for (const line of lines) whole.append(line);
    const cut = pickNumber(draw, 60);
    const shuffled = lines.slice(0, cut).toSorted((one, two) => (one.key < two.key ? -1 : 1));
    const again = createChains(must(loaded(shuffled)).chains);
    for (const line of lines.slice(cut)) again.append(line);
    const heads = (chains: typeof whole) =>
      chains.heads().toSorted((one, two) => (one.id < two.id ? -1 : 1));
    expect({ seed, heads: heads(again) }).toEqual({ seed, heads: heads(whole) });
    for (const { id, seq, notebook, device } of lines) {
      expect(again.entryOf(id)?.seq).toBe(seq);
      expect(again.idAt(notebook, device, seq)).toBe(id);
      expect(again.idAt(notebook, device, seq + 60)).toBeUndefined();
    }
    expect(again.entryOf(idFrom<MessageId>(random(32)))).toBeUndefined();
    const [first] = lines;
    expect(() => first && again.append(first)).toThrow();
  }
});

test("an index with a hole, or with something in it twice, is damaged", () => {
  const [one, two, three] = [lineAt(1), lineAt(2), lineAt(3)];
  expect(loaded([one, two, three]).ok).toBe(true);
  expect(loaded([one, three])).toMatchObject({ code: "CACHE_DAMAGED" });
  expect(loaded([two])).toMatchObject({ code: "CACHE_DAMAGED" });
  expect(loaded([one, two, lineAt(2)])).toMatchObject({ code: "CACHE_DAMAGED" });
  expect(loaded([one, { ...two, id: one.id }])).toMatchObject({ code: "CACHE_DAMAGED" });
  expect(loaded([one, lineAt(3, { standing: "forked" })])).toMatchObject({ code: "CACHE_DAMAGED" });
  expect(loaded([one, lineAt(0)])).toMatchObject({ code: "CACHE_DAMAGED" });
});

test("what a fork keeps is known, is not on the chain, and freezes it", () => {
  const rival = lineAt(1, { standing: "forked" });
  const one = lineAt(1);
  const chains = createChains(must(loaded([rival, one])).chains);
  expect(chains.entryOf(rival.id)?.standing).toBe("forked");
  expect(chains.isFrozen(one.notebook, one.device)).toBe(true);
  expect(chains.headOf(one.notebook, one.device)?.id).toBe(one.id);
  expect(() => chains.append(lineAt(2))).toThrow();
});

test("lines are missing, too many, changed in length, or of no kind: the index is damaged", () => {
  const lines = [lineAt(1), lineAt(2)];
  const whole = stored(lines);
  const without = new Map(whole);
  without.delete(lines[0]?.key ?? "");
  const longer = new Map(whole).set(lines[1]?.key ?? "", new Uint8Array(103));
  const strange = new Map(whole).set(lines[1]?.key ?? "", new Uint8Array(102).fill(9));
  for (const damaged of [without, longer, strange])
    expect(decodeLines(damaged)).toMatchObject({ code: "CACHE_DAMAGED" });
  expect(must(decodeLines(new Map()))).toEqual([]);
});
