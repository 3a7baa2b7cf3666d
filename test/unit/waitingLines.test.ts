import { expect, test } from "vitest";
import type { DeviceId, NotebookId } from "../../shared/base/ids.ts";
import { nothingAcked, type Acked } from "../../shared/carry/acks.ts";
import type { SharedChains } from "../../shared/journal/sharedChains.ts";
import { mayPhotosGo, wordsNotThere } from "../../shared/journal/travel/waitingLines.ts";
import type { CarriedLedger } from "../../shared/ledger/carriedLedger.ts";

const [me, partner, lost] = ["me" as DeviceId, "partner" as DeviceId, "lost" as DeviceId];
const [mine, theirs, ours] = ["mine" as NotebookId, "theirs" as NotebookId, "ours" as NotebookId];

const chains: SharedChains = {
  ...{ me, partner, mine, theirs, ours },
  people: { me, partner: lost },
  devices: { mine: [me], theirs: [lost, partner] },
  inUse: { mine: [me], theirs: [partner] },
  peers: [{ device: partner, owner: "partner" }],
  gone: [{ notebook: theirs, device: lost, upTo: 5 }],
  beside: [theirs, ours].map((notebook) => ({ notebook, device: partner, upTo: Infinity })),
};

/** So many lines of mine, and five of the partner's lost computer. */
const shelfWith = (own: number) => {
  const linesOf: CarriedLedger["linesOf"] = (notebook, device) =>
    Array.from({ length: device === lost && notebook === theirs ? 5 : device === me ? own : 0 });
  return { ledger: { linesOf } as CarriedLedger, chains };
};
const ackedUpTo = (own: number, gone: number): Acked => ({
  ...nothingAcked,
  upTo: (_, device = me) => (device === lost ? gone : own),
});

test("photos wait for my words, and not for a lost computer's whose chain ended otherwise on the two sides", () => {
  expect(mayPhotosGo(shelfWith(3), ackedUpTo(2, 5))).toBe(false);
  expect(mayPhotosGo(shelfWith(3), ackedUpTo(3, 2))).toBe(true);
});

test("where I have written nothing, photos wait for what comes back to the partner", () => {
  expect(mayPhotosGo(shelfWith(0), ackedUpTo(0, 4))).toBe(false);
  expect(mayPhotosGo(shelfWith(0), ackedUpTo(0, 5))).toBe(true);
});

test("the partner's own words on their way back are waited for, whatever of mine is there", () => {
  expect(wordsNotThere(shelfWith(3), ackedUpTo(3, 2))).toHaveLength(3);
  expect(wordsNotThere(shelfWith(3), ackedUpTo(3, 5))).toEqual([]);
});
