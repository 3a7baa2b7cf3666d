import { beforeAll, describe, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { must, shareEntry, type Desk } from "../support/twoPartners.ts";
import {
  add,
  authorsOf,
  goesRound,
  inUseBy,
  knowEachOther,
  pageWith,
  reads,
  readsNothingOf,
  three,
  type Three,
} from "./besideTown.ts";
import { deviceOf, keyringIn, meetAgain, relock, type Town } from "./meetAgainKit.ts";

beforeAll(loadSodium);

/** Words of every computer; the second has withdrawn what the first had written. */
const scene = async (seed: number): Promise<Three> => {
  const all = await three(seed);
  const { town, anna, annas, sam } = all;
  await shareEntry(anna.journal(), "amber, withdrawn");
  await town.settle(6);
  await shareEntry(annas.journal(), "violet entry");
  await town.settle(6);
  must(await annas.journal().withdraw(pageWith(annas, "amber, withdrawn")));
  await town.settle(8);
  for (const desk of [anna, annas, sam]) await reads(desk, said);
  return all;
};

const said = ["amber entry", "cobalt entry", "violet entry"];

/** The two meet again, and who has come back is there. */
const again = async (
  who: "the partner stays" | "their person stays",
  { town, anna, sam }: Three,
): Promise<{ readonly anna: Desk; readonly sam: Desk }> => {
  if (who === "the partner stays") {
    const backup = town.backUp(anna);
    anna.kill();
    const back = await town.restore(backup);
    await meetAgain(town, sam, back);
    return { anna: back, sam };
  }
  const backup = town.backUp(sam);
  sam.kill();
  const back = await town.restore(backup);
  await meetAgain(town, anna, back);
  return { anna, sam: back };
};

/** The index of every one is made anew, as after any damage. */
const rebuilt = async (town: Town, desks: readonly Desk[]): Promise<void> => {
  for (const desk of desks) {
    await relock(town, desk);
    must(await desk.disk.start().carried.cache.clear());
    await relock(town, desk);
  }
};

describe.each(["the partner stays", "their person stays"] as const)(
  "one of two computers is lost, and the two meet again: %s",
  (who) => {
    const seed = who === "the partner stays" ? 3300 : 3320;

    test("the lost one is shut out, and whatever it had said stays as it was", async () => {
      const all = await scene(seed);
      const { town, annas: thief } = all;
      const { anna, sam } = await again(who, all);
      knowEachOther([anna], [sam]);
      await shareEntry(thief.journal(), "words of a thief");
      await goesRound(town, [anna, sam], "afterwards");
      for (const desk of [anna, sam]) {
        await reads(desk, said);
        await readsNothingOf(desk, ["words of a thief", "amber, withdrawn"]);
      }
      await readsNothingOf(thief, ["afterwards 0", "afterwards 1"]);
      expect(authorsOf(anna, "violet entry")).toEqual(["me"]);
      expect(authorsOf(sam, "violet entry")).toEqual(["partner"]);
    });

    test("also where all of it is read anew from the disk, the withdrawn words do not come back", async () => {
      const all = await scene(seed + 1);
      const { anna, sam } = await again(who, all);
      await goesRound(all.town, [anna, sam], "afterwards");
      await rebuilt(all.town, [anna, sam]);
      for (const desk of [anna, sam]) {
        await reads(desk, [...said, "afterwards 0", "afterwards 1"]);
        await readsNothingOf(desk, ["amber, withdrawn"]);
      }
    });

    test("a new one is added as the first was, and has all of it", async () => {
      const all = await scene(seed + 2);
      const { town, annas: lost } = all;
      lost.kill();
      const { anna, sam } = await again(who, all);
      const next = await town.buy("somebody");
      await add(town, anna, next);
      knowEachOther([anna, next], [sam]);
      await reads(next, said);
      await readsNothingOf(next, ["amber, withdrawn"]);
      expect(authorsOf(next, "violet entry")).toEqual(["me"]);
      await goesRound(town, [anna, next, sam], "all three");
      await rebuilt(town, [anna, next, sam]);
      for (const desk of [anna, next, sam]) await reads(desk, [...said, "all three 1"]);
    });
  },
);

test("the partner used two: the other one of theirs is out too, and comes back as a new one", async () => {
  const all = await scene(3340);
  const { town, anna, sam } = all;
  const sams = await town.buy("somebody else");
  await add(town, sam, sams);
  await shareEntry(sams.journal(), "indigo entry");
  await town.settle(8);
  const back = await again("the partner stays", all);
  knowEachOther([back.anna], [back.sam]);
  for (const desk of [back.anna, back.sam]) await reads(desk, [...said, "indigo entry"]);
  sams.kill();
  const next = await town.buy("somebody else");
  await add(town, back.sam, next);
  await reads(next, [...said, "indigo entry"]);
  await goesRound(town, [back.anna, back.sam, next], "and on");
  expect(inUseBy(anna).theirs).not.toContain(deviceOf(next));
});

test("a lost computer that holds words which nobody else has: they are gone, and nothing waits for them", async () => {
  const all = await three(3350);
  const { town, annas: lost } = all;
  town.cutOff(lost);
  await shareEntry(lost.journal(), "violet, unheard");
  await town.settle(4);
  const { anna, sam } = await again("the partner stays", all);
  await goesRound(town, [anna, sam], "afterwards");
  for (const desk of [anna, sam]) await readsNothingOf(desk, ["violet, unheard"]);
  expect(keyringIn(anna).couple?.beside ?? []).toEqual([]);
});
