import { beforeAll, describe, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { must, shareEntry, writeDraft, type Desk } from "../support/twoPartners.ts";
import {
  add,
  authorsOf,
  inUseBy,
  knowEachOther,
  notesOn,
  reads,
  three,
  twoWithWords,
} from "./besideTown.ts";
import {
  begin,
  deviceOf,
  keyringIn,
  lockUp,
  meetUp,
  relock,
  viewsOf,
  waysOf,
  type Town,
} from "./meetAgainKit.ts";

beforeAll(loadSodium);

const shared = ["amber entry", "cobalt entry"];

type Scene = { readonly town: Town; readonly anna: Desk; readonly annas: Desk; readonly sam: Desk };

/** Anna is about to add a computer; each of her two has a draft. */
const scene = async (): Promise<Scene> => {
  const { town, anna, sam } = await twoWithWords(3100);
  const annas = await town.buy("somebody");
  for (const [desk, words] of [
    [anna, "amber draft"],
    [annas, "violet draft"],
  ] as const)
    await writeDraft(desk.journal(), must(await desk.journal().entries.draftEntry()), words);
  return { town, anna, annas, sam };
};

/** New words of each arrive at all. */
const goesOn = async (town: Town, desks: readonly Desk[]): Promise<void> => {
  const words = desks.map((_, index) => `afterwards ${index}`);
  for (const [index, desk] of desks.entries())
    await shareEntry(desk.journal(), words[index] ?? "afterwards");
  await town.settle(10);
  for (const desk of desks) await reads(desk, [...shared, ...words]);
};

/** Runs it with the power going at the first write, then at the second, and so on; until there is no such write. */
const atEveryWrite = async (run: (writes: number) => Promise<boolean>): Promise<void> => {
  for (let writes = 0; ; writes += 1) {
    const cut = await run(writes);
    if (!cut && writes === 0) throw new Error("nothing was written");
    if (!cut) return;
    if (writes > 200) throw new Error("it never comes to its end");
  }
};

describe("the power goes while a computer is added", () => {
  test.each(["of the one that adds", "of the one that is added"] as const)(
    "at any write %s: they end together, at once or at the next try, and no word is gone",
    async (whose) => {
      await atEveryWrite(async (writes) => {
        const { town, anna, annas, sam } = await scene();
        const dying = whose === "of the one that adds" ? anna : annas;
        const talks = await begin(town, anna, annas, { inviter: "adds", joiner: "joins" });
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
        await town.settle(10);
        // A person looks at both screens: where they do not stand beside each other, they try once more.
        const joined = keyringIn(annas).couple;
        const knows = inUseBy(anna).mine.includes(deviceOf(annas));
        if (joined === undefined || !knows) await add(town, anna, annas);
        await town.settle(10);
        for (const desk of [anna, sam])
          expect([...inUseBy(desk).mine, ...inUseBy(desk).theirs]).toContain(deviceOf(annas));
        await reads(anna, ["amber draft"]);
        await reads(annas, ["violet draft"]);
        await goesOn(town, [anna, annas, sam]);
        for (const desk of [anna, annas, sam]) await relock(town, desk);
        for (const desk of [anna, annas, sam]) await reads(desk, shared);
        return cut;
      });
    },
    240_000,
  );

  test("of the partner, at any write while their app learns of it: it does so at the next start", async () => {
    await atEveryWrite(async (writes) => {
      const { town, anna, annas, sam } = await scene();
      town.cutOff(sam);
      await add(town, anna, annas);
      await shareEntry(annas.journal(), "violet entry");
      await town.settle(6);
      let cut = false;
      sam.disk.beforeWrite(writes, () => {
        cut = true;
        sam.kill();
      });
      town.bringBack(sam);
      await town.settle(10);
      sam.disk.beforeWrite(Infinity, () => {});
      if (cut) await sam.open();
      await town.settle(10);
      knowEachOther([anna, annas], [sam]);
      await reads(sam, [...shared, "violet entry"]);
      await goesOn(town, [anna, annas, sam]);
      return cut;
    });
  }, 240_000);
});

describe("the disk refuses", () => {
  test.each(["of the one that adds", "of the one that is added"] as const)(
    "the keyring %s: nothing has changed on either, and the next try works",
    async (whose) => {
      const { town, anna, annas, sam } = await scene();
      const before = [anna.keyring(), annas.keyring()];
      (whose === "of the one that adds" ? anna : annas).refuseKeyring(1);
      const how = { inviter: "adds", joiner: "joins" } as const;
      expect(await meetUp(town, anna, annas, how)).toEqual(["NOT_SAVED", "NOT_SAVED"]);
      await town.settle(20);
      expect([anna.keyring(), annas.keyring()]).toEqual(before);
      expect(annas.journal().me.read().name).toBe("somebody");
      await shareEntry(anna.journal(), "amber, in between");
      await add(town, anna, annas);
      knowEachOther([anna, annas], [sam]);
      await reads(annas, ["amber, in between"]);
    },
  );

  test("the keyring of the partner, whose app learns: it is tried again", async () => {
    const { town, anna, annas, sam } = await scene();
    sam.refuseKeyring(2);
    await add(town, anna, annas);
    await town.settle(20);
    knowEachOther([anna, annas], [sam]);
    expect(
      sam
        .journal()
        .troubles.read()
        .map(({ code }) => code),
    ).toContain("DISK_FULL");
    await goesOn(town, [anna, annas, sam]);
  });

  test("to open what is shared, just when the partner’s app has learned: it is tried again", async () => {
    const { town, anna, annas, sam } = await scene();
    town.cutOff(sam);
    await add(town, anna, annas);
    sam.disk.failNext("open", "STORE_FAILED", 2);
    town.bringBack(sam);
    await town.settle(4);
    await shareEntry(anna.journal(), "amber, meanwhile");
    await town.settle(20);
    knowEachOther([anna, annas], [sam]);
    await reads(sam, ["amber, meanwhile"]);
    expect(
      sam
        .journal()
        .troubles.read()
        .map(({ code }) => code),
    ).toContain("STORE_FAILED");
    await goesOn(town, [anna, annas, sam]);
  });

  test("the note of it, and the power goes before the next try: it waits for no word that nobody takes", async () => {
    const { town, anna, annas, sam } = await scene();
    town.cutOff(sam);
    const talks = await begin(town, anna, annas, { inviter: "adds", joiner: "joins" });
    anna.disk.failNext("put", "DISK_FULL");
    talks.inviter.confirm();
    talks.joiner.confirm();
    await town.settle(1.2);
    const early = shareEntry(annas.journal(), "violet, early");
    await town.settle(2);
    await early;
    expect(await notesOn(anna)).toBe(0);
    expect(authorsOf(anna, "violet, early")).toEqual([]);
    anna.kill();
    await anna.open();
    await town.settle(10);
    expect(authorsOf(anna, "violet, early")).toEqual(["me"]);
    town.bringBack(sam);
    await town.settle(10);
    knowEachOther([anna, annas], [sam]);
    await reads(sam, ["violet, early"]);
    await goesOn(town, [anna, annas, sam]);
  });

  test("the keyring of the partner’s until it is locked: the next start learns it", async () => {
    const { town, anna, annas, sam } = await scene();
    sam.refuseKeyring(Infinity);
    await add(town, anna, annas);
    expect(inUseBy(sam).theirs).toHaveLength(1);
    await lockUp(town, sam);
    sam.refuseKeyring(0);
    await sam.open();
    await town.settle(10);
    knowEachOther([anna, annas], [sam]);
    await goesOn(town, [anna, annas, sam]);
  });
});

describe("locked in the midst of it", () => {
  test.each([0.2, 0.6, 1, 1.6, 2.4])(
    "%s seconds after both have said yes: what was typed is there, and it goes on or begins anew",
    async (seconds) => {
      const { town, anna, annas, sam } = await scene();
      const talks = await begin(town, anna, annas, { inviter: "adds", joiner: "joins" });
      talks.inviter.confirm();
      talks.joiner.confirm();
      const sharing = shareEntry(anna.journal(), "amber, at the last moment").catch(
        () => undefined,
      );
      await town.settle(seconds);
      await lockUp(town, anna);
      await sharing;
      await town.settle(20);
      await anna.open();
      await town.settle(10);
      const knows = inUseBy(anna).mine.includes(deviceOf(annas));
      if (keyringIn(annas).couple === undefined || !knows) await add(town, anna, annas);
      await town.settle(10);
      await reads(anna, ["amber, at the last moment", "amber draft"]);
      await goesOn(town, [anna, annas, sam]);
    },
  );
});

test("a meeting is under way when a note comes: it waits, and counts when the meeting is over", async () => {
  const { town, anna, annas, sam } = await three(3120);
  const sams = await town.buy("somebody else");
  const third = await town.buy("somebody");
  const talks = await begin(town, anna, third, { inviter: "adds", joiner: "joins" });
  await add(town, sam, sams);
  expect(viewsOf(talks)).toMatchObject([{ step: "words" }, { step: "words" }]);
  expect(inUseBy(anna).theirs).toHaveLength(1);
  expect(inUseBy(annas).theirs).toHaveLength(2);
  talks.inviter.confirm();
  talks.joiner.confirm();
  await town.settle(15);
  knowEachOther([anna, annas, third], [sam, sams]);
  await goesOn(town, [anna, annas, third, sam, sams]);
});

test("a meeting is under way when a note comes, and comes to nothing: it counts all the same", async () => {
  const { town, anna, annas, sam } = await three(3122);
  const third = await town.buy("somebody");
  const sams = await town.buy("somebody else");
  const talks = await begin(town, anna, third, { inviter: "adds", joiner: "joins" });
  await add(town, sam, sams);
  expect(inUseBy(anna).theirs).toHaveLength(1);
  talks.joiner.differ();
  await town.settle(10);
  knowEachOther([anna, annas], [sam, sams]);
  await goesOn(town, [anna, annas, sam, sams]);
});

test("an invitation lies open when a note comes: both are good", async () => {
  const { town, anna, sam } = await twoWithWords(3121);
  const invited = must(await (await waysOf(anna, "adds")).invite("apart"));
  const sams = await town.buy("somebody else");
  await add(town, sam, sams);
  expect(inUseBy(anna).theirs).toHaveLength(2);
  const annas = await town.buy("somebody");
  const joined = must(await annas.journal().pairing.join(invited.link, "joins"));
  await town.settle(1);
  invited.talk.confirm();
  joined.confirm();
  await town.settle(12);
  knowEachOther([anna, annas], [sam, sams]);
  await goesOn(town, [anna, annas, sam, sams]);
});

test("a computer that alone has stored it joins once more: what it has shared meanwhile is among its drafts", async () => {
  let found = false;
  for (let writes = 0; writes < 6 && !found; writes += 1) {
    const { town, anna, annas, sam } = await scene();
    const talks = await begin(town, anna, annas, { inviter: "adds", joiner: "joins" });
    // The first cannot store it, and the other dies before it has taken back what it has stored.
    anna.refuseKeyring(1);
    annas.disk.beforeWrite(writes, () => annas.kill());
    talks.inviter.confirm();
    talks.joiner.confirm();
    await town.settle(30);
    annas.disk.beforeWrite(Infinity, () => {});
    await annas.open();
    await town.settle(6);
    const isAlone = keyringIn(annas).couple !== undefined && inUseBy(anna).mine.length === 1;
    if (!isAlone) continue;
    found = true;
    await shareEntry(annas.journal(), "violet, to nobody");
    await town.settle(6);
    await add(town, anna, annas);
    knowEachOther([anna, annas], [sam]);
    const isShared = (desk: Desk) => authorsOf(desk, "violet, to nobody").length > 0;
    expect([anna, annas, sam].map(isShared)).toEqual([false, false, false]);
    await reads(annas, ["violet, to nobody", "violet draft"]);
    await relock(town, annas);
    expect(isShared(annas)).toBe(false);
    await reads(annas, ["violet, to nobody", ...shared]);
    await goesOn(town, [anna, annas, sam]);
  }
  expect(found).toBe(true);
}, 60_000);

/** It has stored that it joined, and nobody else has: the first could not, and it died before it took that back. */
const aloneStored = async (): Promise<Scene> => {
  for (let writes = 0; writes < 6; writes += 1) {
    const all = await scene();
    const { town, anna, annas } = all;
    const talks = await begin(town, anna, annas, { inviter: "adds", joiner: "joins" });
    anna.refuseKeyring(1);
    annas.disk.beforeWrite(writes, () => annas.kill());
    talks.inviter.confirm();
    talks.joiner.confirm();
    await town.settle(30);
    annas.disk.beforeWrite(Infinity, () => {});
    await annas.open();
    await town.settle(6);
    if (keyringIn(annas).couple !== undefined && inUseBy(anna).mine.length === 1) return all;
  }
  throw new Error("it never was alone");
};

test("the power goes at any write of joining once more: nothing of the device that nobody knew stays in its way", async () => {
  await atEveryWrite(async (writes) => {
    const { town, anna, annas, sam } = await aloneStored();
    await shareEntry(annas.journal(), "violet, to nobody");
    await town.settle(6);
    const again = await begin(town, anna, annas, { inviter: "adds", joiner: "joins" });
    let cut = false;
    annas.disk.beforeWrite(writes, () => {
      cut = true;
      annas.kill();
    });
    again.inviter.confirm();
    again.joiner.confirm();
    await town.settle(14);
    annas.disk.beforeWrite(Infinity, () => {});
    if (cut) await annas.open();
    await town.settle(6);
    if (!inUseBy(anna).mine.includes(deviceOf(annas))) await add(town, anna, annas);
    await town.settle(6);
    await goesOn(town, [anna, annas, sam]);
    await reads(annas, ["violet, to nobody"]);
    for (const desk of [anna, annas, sam]) expect(authorsOf(desk, "violet, to nobody")).toEqual([]);
    return cut;
  });
}, 240_000);
