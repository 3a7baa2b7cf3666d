import { beforeAll, expect, test } from "vitest";
import { openersFor, stages } from "../../renderer/openers/openersFor.ts";
import { pickOpener } from "../../renderer/openers/pickOpener.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { type Journal, roles } from "../../shared/journal/journal.ts";
import { createTwoPartners, type Desk, must } from "../support/twoPartners.ts";
import { codeOf } from "./actsKit.ts";

beforeAll(loadSodium);

const inBoth = (journal: Journal) => ({
  journal: [...journal.entries.openersSeen.read()],
  room: [...journal.room.entries.openersSeen.read()],
});

/** The names of all envelopes that travel, or that came. */
const carried = async ({ disk }: Desk): Promise<readonly string[]> => {
  const { volumes } = disk.start().carried;
  const all = await Promise.all(must(await volumes.list()).map((number) => volumes.open(number)));
  return all.flatMap((volume) => [...must(volume).keys()]).toSorted();
};

test("an opener that was seen is known after a restart, in my room apart from the journal", async () => {
  const { anna, settle } = await createTwoPartners({ seed: 870 });
  must(await anna.journal().room.setUp("only mine"));
  must(await anna.journal().entries.sawOpener("hands"));
  must(await anna.journal().entries.sawOpener("hands"));
  must(await anna.journal().room.entries.sawOpener("night"));
  must(await anna.journal().room.entries.sawOpener("morning"));
  await anna.lock();
  await anna.open();
  await settle();
  expect(inBoth(anna.journal())).toEqual({ journal: ["hands"], room: [] });
  must(await anna.journal().room.unlock("only mine"));
  expect(inBoth(anna.journal()).journal).toEqual(["hands"]);
  expect(new Set(inBoth(anna.journal()).room)).toEqual(new Set(["night", "morning"]));
  await anna.journal().room.lock();
  expect(inBoth(anna.journal())).toEqual({ journal: ["hands"], room: [] });
  expect(await codeOf(anna.journal().room.entries.sawOpener("noon"))).toBe("ROOM_LOCKED");
});

test("which openers were seen is on no list of either partner, and nothing of it travels", async () => {
  const { anna, sam, settle } = await createTwoPartners({ seed: 871 });
  must(await anna.journal().room.setUp("only mine"));
  await settle(60);
  const before = [await carried(anna), await carried(sam)];
  must(await anna.journal().entries.sawOpener("hands"));
  must(await anna.journal().room.entries.sawOpener("night"));
  await settle(600);
  const { entries, room, cards } = anna.journal();
  for (const list of [cards, entries.cards, entries.trash, room.entries.cards, room.entries.trash])
    expect(list.read()).toEqual([]);
  expect(sam.journal().cards.read()).toEqual([]);
  expect(sam.journal().entries.openersSeen.read().size).toBe(0);
  expect([await carried(anna), await carried(sam)]).toEqual(before);
});

test("no opener comes twice by itself, across a restart too; those seen come back when asked for", async () => {
  const { anna } = await createTwoPartners({ seed: 872 });
  const openers = openersFor.hurt.near;
  const came: string[] = [];
  for (let turn = 0; turn <= openers.length; turn++) {
    // As if somebody began anew each time.
    const next = pickOpener(openers, anna.journal().entries.openersSeen.read(), undefined, false);
    if (next === undefined) break;
    came.push(next);
    must(await anna.journal().entries.sawOpener(next));
    if (turn !== 4) continue;
    await anna.lock();
    await anna.open();
  }
  expect(came).toEqual(openers);
  const seen = anna.journal().entries.openersSeen.read();
  expect(pickOpener(openers, seen, undefined, true)).toBe(openers[0]);
  expect(pickOpener(openers, seen, openers.at(-1), true)).toBe(openers[0]);
});

test("there is something to begin with for everyone, wherever they are", () => {
  for (const role of roles)
    for (const stage of stages) {
      const openers = openersFor[role][stage];
      expect(openers.length).toBeGreaterThanOrEqual(10);
      expect(new Set(openers).size).toBe(openers.length);
    }
});
