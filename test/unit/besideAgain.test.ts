import { beforeAll, describe, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { must, shareEntry, sharedCards, writeDraft, type Desk } from "../support/twoPartners.ts";
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
  twoWithWords,
  type Three,
} from "./besideTown.ts";
import {
  begin,
  deviceOf,
  keyringIn,
  meetAgain,
  meetUp,
  relock,
  viewsOf,
  waysOf,
  type Town,
} from "./meetAgainKit.ts";

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

type Who = "the partner stays" | "their person stays" | "with the computer that is left";

const seeds: Readonly<Record<Who, number>> = {
  "the partner stays": 3300,
  "their person stays": 3320,
  "with the computer that is left": 3360,
};

/** The two meet again, and who has come back is there. */
const again = async (
  who: Who,
  { town, anna, sam }: Three,
): Promise<{ readonly anna: Desk; readonly sam: Desk }> => {
  if (who === "with the computer that is left") {
    const how = { inviter: "lost", joiner: "again" } as const;
    expect(await meetUp(town, anna, sam, how)).toEqual(["done", "done"]);
    await town.settle(6);
    return { anna, sam };
  }
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

describe.each([
  "the partner stays",
  "their person stays",
  "with the computer that is left",
] as const satisfies readonly Who[])(
  "one of two computers is lost, and the two meet again: %s",
  (who) => {
    const seed = seeds[who];

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

describe("where one computer is lost, and the two meet again with the one that is left", () => {
  test("it is another device of the same person, and says so in one write, while its drafts stay", async () => {
    const { town, anna, annas, sam } = await three(3380);
    const before = keyringIn(anna);
    const draft = must(await anna.journal().entries.draftEntry());
    await writeDraft(anna.journal(), draft, "amber draft");
    const talks = await begin(town, anna, sam, { inviter: "lost", joiner: "again" });
    expect(viewsOf(talks)).toMatchObject([
      { step: "words", meeting: "mine", otherKeys: false },
      { step: "words", meeting: "theirs", otherKeys: false },
    ]);
    talks.inviter.confirm();
    talks.joiner.confirm();
    await town.settle(9);
    const after = keyringIn(anna);
    expect(after.keys.identity).toEqual(before.keys.identity);
    expect(after.keys.x25519).not.toEqual(before.keys.x25519);
    expect(after.couple?.crk).not.toEqual(before.couple?.crk);
    expect(inUseBy(anna).mine).toEqual([deviceOf(anna)]);
    expect(inUseBy(sam).theirs).toEqual([deviceOf(anna)]);
    expect(deviceOf(annas)).not.toBe(deviceOf(anna));
    await reads(anna, ["amber draft", "amber entry", "cobalt entry"]);
    await relock(town, anna);
    await reads(anna, ["amber draft", "amber entry", "cobalt entry"]);
    await goesRound(town, [anna, sam], "and on");
  });

  test("what is typed in the midst of it is there for both afterwards, whichever invites", async () => {
    for (const inviter of ["anna", "sam"] as const) {
      const { town, anna, sam } = await three(inviter === "anna" ? 3381 : 3382);
      const talks = await (inviter === "anna"
        ? begin(town, anna, sam, { inviter: "lost", joiner: "again" })
        : begin(town, sam, anna, { inviter: "again", joiner: "lost" }));
      talks.inviter.confirm();
      talks.joiner.confirm();
      const sharing: Promise<unknown>[] = [];
      for (let step = 0; step < 8; step += 1) {
        sharing.push(shareEntry(anna.journal(), `amber ${step} of eight`));
        sharing.push(shareEntry(sam.journal(), `cobalt ${step} of eight`));
        await town.settle(0.4);
      }
      await town.settle(6);
      await Promise.all(sharing);
      await town.settle(10);
      const all = Array.from({ length: 8 }, (_, step) => [
        `amber ${step} of eight`,
        `cobalt ${step} of eight`,
      ]).flat();
      for (const desk of [anna, sam]) await reads(desk, all);
      await goesRound(town, [anna, sam], "and on");
    }
  });

  test("where the words differ, or the disk refuses, all three go on as they were", async () => {
    const { town, anna, annas, sam } = await three(3383);
    const before = [anna.keyring(), sam.keyring()];
    const talks = await begin(town, anna, sam, { inviter: "lost", joiner: "again" });
    talks.joiner.differ();
    await town.settle(4);
    anna.refuseKeyring(1);
    const how = { inviter: "lost", joiner: "again" } as const;
    expect(await meetUp(town, anna, sam, how)).toEqual(["NOT_SAVED", "NOT_SAVED"]);
    await town.settle(10);
    expect([anna.keyring(), sam.keyring()]).toEqual(before);
    await goesRound(town, [anna, annas, sam], "as before");
  });

  test("at any write of it the power goes here: the two end together, at once or at the next try", async () => {
    for (let writes = 0; writes < 200; writes += 1) {
      const { town, anna, sam } = await three(3384);
      const talks = await begin(town, anna, sam, { inviter: "lost", joiner: "again" });
      let cut = false;
      anna.disk.beforeWrite(writes, () => {
        cut = true;
        anna.kill();
      });
      talks.inviter.confirm();
      talks.joiner.confirm();
      await town.settle(12);
      anna.disk.beforeWrite(Infinity, () => {});
      if (cut) await anna.open();
      await town.settle(6);
      const together = () =>
        keyringIn(anna).couple?.epoch === keyringIn(sam).couple?.epoch &&
        inUseBy(sam).theirs.join(" ") === deviceOf(anna);
      const how = { inviter: "lost", joiner: "again" } as const;
      const met = together() ? ["done", "done"] : await meetUp(town, anna, sam, how);
      expect(met).toEqual(["done", "done"]);
      await town.settle(6);
      expect(together()).toBe(true);
      await reads(anna, ["amber entry", "cobalt entry"]);
      await goesRound(town, [anna, sam], "afterwards");
      if (cut) continue;
      expect(writes).toBeGreaterThan(3);
      return;
    }
  }, 240_000);

  test("also where it is the older one that is lost: every page is still whose it was, on both", async () => {
    const all = await scene(3386);
    const { town, anna: lost, annas, sam } = all;
    const pages = said.map((words) => pageWith(annas, words));
    const how = { inviter: "again", joiner: "lost" } as const;
    expect(await meetUp(town, sam, annas, how)).toEqual(["done", "done"]);
    await shareEntry(lost.journal(), "words of a thief");
    await town.settle(6);
    knowEachOther([annas], [sam]);
    await goesRound(town, [annas, sam], "afterwards");
    await rebuilt(town, [annas, sam]);
    for (const desk of [annas, sam]) {
      expect(said.map((words) => pageWith(desk, words))).toEqual(pages);
      await readsNothingOf(desk, ["words of a thief", "amber, withdrawn"]);
      for (const words of ["amber entry", "violet entry"])
        expect(authorsOf(desk, words)).toEqual([desk === annas ? "me" : "partner"]);
      expect(authorsOf(desk, "cobalt entry")).toEqual([desk === annas ? "partner" : "me"]);
    }
    expect(sharedCards(annas.journal()).filter(({ cameBack }) => cameBack)).toEqual([]);
  });

  test("nobody says so of a computer that stands alone", async () => {
    const { anna, sam } = await twoWithWords(3385);
    for (const desk of [anna, sam])
      expect(await (await waysOf(desk, "lost")).invite("here")).toMatchObject({
        code: "ALREADY_PAIRED",
      });
  });
});
