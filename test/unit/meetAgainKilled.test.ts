import { beforeAll, describe, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { must, shareEntry, writeDraft, type Desk } from "../support/twoPartners.ts";
import { readable } from "./endingKit.ts";
import {
  begin,
  createTown,
  keyringIn,
  lockUp,
  meetAgain,
  meetUp,
  relock,
  viewsOf,
  type Town,
} from "./meetAgainKit.ts";

beforeAll(loadSodium);

const has = async (desk: Desk, words: readonly string[]): Promise<void> => {
  const found = await readable(desk);
  expect(words.filter((one) => !found.includes(one))).toEqual([]);
};

const goesOn = async (town: Town, one: Desk, other: Desk): Promise<void> => {
  await shareEntry(one.journal(), "afterwards of one");
  await shareEntry(other.journal(), "afterwards of the other");
  await town.settle(6);
  for (const desk of [one, other])
    await has(desk, ["afterwards of one", "afterwards of the other"]);
};

type Scene = { readonly town: Town; readonly stays: Desk; readonly comes: Desk };

/** Sam's computer is lost; his new one is there, with a backup or with nothing. */
const scene = async (how: "fresh" | "restored"): Promise<Scene> => {
  const town = createTown(960);
  const anna = await town.buy("Anna");
  const sam = await town.buy("Sam");
  await meetUp(town, anna, sam);
  await town.settle();
  await shareEntry(anna.journal(), "amber entry");
  await shareEntry(sam.journal(), "cobalt entry");
  await town.settle();
  await writeDraft(anna.journal(), must(await anna.journal().entries.draftEntry()), "amber draft");
  const backup = town.backUp(sam);
  sam.kill();
  const comes = how === "fresh" ? await town.buy("Sam") : await town.restore(backup);
  return { town, stays: anna, comes };
};

const words = ["amber entry", "cobalt entry"];

describe.each(["fresh", "restored"] as const)(
  "the new computer is %s, and the power goes",
  (how) => {
    test.each(["stays", "comes"] as const)(
      "at any write of whoever %s: meeting again works from there, and no word is gone",
      async (who) => {
        for (let writes = 0; ; writes += 1) {
          const { town, stays, comes } = await scene(how);
          const dying = who === "stays" ? stays : comes;
          const talks = await begin(town, stays, comes, { inviter: "again" });
          let cut = false;
          dying.disk.beforeWrite(writes, () => {
            cut = true;
            dying.kill();
          });
          talks.inviter.confirm();
          talks.joiner.confirm();
          await town.settle(30);
          dying.disk.beforeWrite(Infinity, () => {});
          if (cut) await dying.open();
          // Its screen says that it goes on once it is unlocked with its new keys.
          const isDone = talks.joiner.view.read().step === "done";
          if (isDone && (!cut || who === "stays")) await relock(town, comes);
          await town.settle(3);
          await has(stays, [...words, "amber draft"]);
          // A person looks at both screens: where they do not go on together, they meet once more.
          const done = viewsOf(talks).every(({ step }) => step === "done");
          const epochs = [stays, comes].map((desk) => keyringIn(desk).couple?.epoch);
          if (!done || epochs[0] !== epochs[1]) await meetAgain(town, stays, comes);
          await town.settle(6);
          for (const desk of [stays, comes]) await has(desk, words);
          await has(stays, ["amber draft"]);
          await goesOn(town, stays, comes);
          if (!cut) {
            if (writes === 0) throw new Error("nothing was written");
            return;
          }
          if (writes > 80) throw new Error("it never comes to its end");
        }
      },
      120_000,
    );
  },
);

describe("the disk refuses the keyring", () => {
  test.each(["stays", "comes"] as const)(
    "of whoever %s: nothing has changed on either side, and the next meeting works",
    async (who) => {
      const { town, stays, comes } = await scene("restored");
      const before = [stays.keyring(), comes.keyring()];
      (who === "stays" ? stays : comes).refuseKeyring(1);
      const talks = await begin(town, stays, comes, { inviter: "again" });
      talks.inviter.confirm();
      talks.joiner.confirm();
      await town.settle(60);
      expect(viewsOf(talks)).toMatchObject([{ code: "NOT_SAVED" }, { code: "NOT_SAVED" }]);
      expect([stays.keyring(), comes.keyring()]).toEqual(before);
      await shareEntry(stays.journal(), "amber, in between");
      await meetAgain(town, stays, comes);
      for (const desk of [stays, comes]) await has(desk, [...words, "amber, in between"]);
    },
  );

  test("when the partner’s first word comes: it is tried again", async () => {
    const { town, stays, comes } = await scene("restored");
    const isUnmet = () => keyringIn(comes).couple?.before?.unmet;
    expect(await meetUp(town, stays, comes, { inviter: "again" })).toEqual(["done", "done"]);
    await relock(town, comes, () => comes.refuseKeyring(1));
    expect(isUnmet()).toBe(true);
    await goesOn(town, stays, comes);
    expect(isUnmet()).toBe(false);
  });
});

test("locked in the midst of a meeting, whoever stays has every word that was being typed", async () => {
  const { town, stays, comes } = await scene("fresh");
  const talks = await begin(town, stays, comes, { inviter: "again" });
  talks.inviter.confirm();
  talks.joiner.confirm();
  const sharing = shareEntry(stays.journal(), "amber, at the last moment").catch(() => undefined);
  await lockUp(town, stays);
  await sharing;
  await stays.open();
  await town.settle(30);
  await has(stays, [...words, "amber, at the last moment"]);
});
