import { beforeAll, describe, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { sharedPageOf } from "../../shared/journal/pages/writing.ts";
import type { EndingChoice } from "../../shared/journal/ending.ts";
import { must, writeDraft, type Desk } from "../support/twoPartners.ts";
import { dayMs, end, envelopesOf, holds, quietly, readable, writtenTogether } from "./endingKit.ts";

beforeAll(loadSodium);

const stateOf = (desk: Desk) => desk.journal().ending.state.read();

/** The power goes before each of the writes in turn, until the act comes to its end without it. */
const atEachWrite = async (
  run: (writes: number) => Promise<"cut" | "done">,
  atLeast: number,
): Promise<void> => {
  for (let writes = 0; ; writes += 1) {
    if ((await run(writes)) === "done") {
      expect(writes).toBeGreaterThanOrEqual(atLeast);
      return;
    }
    if (writes > 400) throw new Error("it never comes to its end");
  }
};

const has = (words: string, all: readonly string[]): boolean =>
  all.every((one) => words.includes(one));

/** Whether this side has heard that the other has ended it. */
const tellsOf = (desk: Desk): boolean => {
  const state = stateOf(desk);
  return state.state === "together" && state.partnerEnded !== undefined;
};

describe("the power goes at any write", () => {
  test.each<[string, EndingChoice]>([
    ["of an ending without telling", quietly],
    ["of an ending that lets the other’s words go at once", { tell: false, theirWords: "now" }],
    ["of an ending with a last message", { tell: true, theirWords: "later" }],
  ])(
    "%s: the journal is as it was or has ended, and no own word is lost",
    async (_, choice) => {
      await atEachWrite(async (writes) => {
        const partners = await writtenTogether(340);
        const { anna, settle, couple } = partners;
        let cut = false;
        anna.disk.beforeWrite(writes, () => {
          cut = true;
          anna.kill();
        });
        const ending = anna
          .journal()
          .ending.end(choice)
          .catch(() => {});
        await settle(9);
        if (cut) {
          await anna.open();
          await settle(9);
        } else await ending;
        const words = await readable(anna);
        const left = await envelopesOf(anna.disk.start().carried, couple);
        const found = {
          ended: stateOf(anna).state === "ended",
          own: has(words, ["amber words", "amber answer"]),
          theirs: has(words, ["cobalt words", "cobalt question"]),
          crk: holds(anna.keyring(), couple.crk),
          told: tellsOf(partners.sam),
          onDisk: left.theirs > 0,
        };
        // As it was, and nothing said; or ended, with what was chosen.
        const stay = choice.theirWords !== "now";
        expect(found).toEqual(
          found.ended
            ? { ended: true, own: true, theirs: stay, crk: false, told: choice.tell, onDisk: stay }
            : { ended: false, own: true, theirs: true, crk: true, told: false, onDisk: true },
        );
        return cut ? "cut" : "done";
      }, 1);
    },
    60_000,
  );

  test("while the other’s words go after thirty days: the key is gone first, and the rest follows", async () => {
    await atEachWrite(async (writes) => {
      const partners = await writtenTogether(341);
      const { anna, clock, settle, couple } = partners;
      await end(partners, anna, quietly);
      await anna.lock();
      const all = await envelopesOf(anna.disk.start().carried, couple);
      clock.advance(31 * dayMs);
      await anna.open();
      await settle(1);
      await anna.lock();
      clock.advance(dayMs);
      let cut = false;
      anna.disk.beforeWrite(writes, () => {
        cut = true;
        anna.kill();
      });
      await anna.open().catch(() => {});
      await settle(2);
      const left = await envelopesOf(anna.disk.start().carried, couple);
      const isReadable = holds(anna.keyring(), couple.notebooks.theirs.key);
      expect({ isReadable, begun: left.theirs < all.theirs }).not.toEqual({
        isReadable: true,
        begun: true,
      });
      if (cut) {
        await anna.open();
        await settle(2);
      }
      expect(stateOf(anna)).toMatchObject({ theirs: { at: "gone" } });
      expect(holds(anna.keyring(), couple.notebooks.theirs.key)).toBe(false);
      expect(await envelopesOf(anna.disk.start().carried, couple)).toMatchObject({
        theirs: 0,
        nobodys: 0,
      });
      const words = await readable(anna);
      expect(has(words, ["amber words", "amber answer"])).toBe(true);
      expect(words).not.toContain("cobalt");
      return cut ? "cut" : "done";
    }, 4);
  }, 60_000);

  test("of a share just before the ending: the words are a draft to write on, or stand among what was shared", async () => {
    await atEachWrite(async (writes) => {
      const partners = await writtenTogether(342);
      const { anna, settle } = partners;
      const draft = must(await anna.journal().entries.draftEntry());
      await writeDraft(anna.journal(), draft, "ochre words");
      let cut = false;
      anna.disk.beforeWrite(writes, () => {
        cut = true;
        anna.disk.failNext("put", "DISK_FULL", 3);
      });
      await anna.journal().share(draft);
      anna.disk.makeRoom();
      await end({ settle }, anna, quietly);
      await anna.lock();
      await anna.open();
      expect(await readable(anna)).toContain("ochre words");
      const standing = anna
        .journal()
        .cards.read()
        .find(({ id }) => id === draft);
      const page = must(await anna.journal().openPage(standing?.id ?? sharedPageOf(draft)));
      expect(page.editable).toBe(standing !== undefined);
      await page.close();
      return cut ? "cut" : "done";
    }, 2);
  }, 60_000);
});

test("a disk that refuses to let the words go is asked again, and says so meanwhile", async () => {
  const partners = await writtenTogether(343);
  const { anna, settle, couple } = partners;
  await end(partners, anna, { tell: false, theirWords: "keep" });
  anna.disk.failNext("remove", "DISK_FULL", 2);
  must(await anna.journal().ending.decide("now"));
  expect(stateOf(anna)).toMatchObject({ theirs: { at: "leaving" } });
  expect(holds(anna.keyring(), couple.notebooks.theirs.key)).toBe(false);
  expect(await readable(anna)).not.toContain("cobalt");
  expect(await readable(anna)).toContain("amber words");
  anna.disk.makeRoom();
  await settle(40);
  expect(stateOf(anna)).toMatchObject({ theirs: { at: "gone" } });
  expect(await envelopesOf(anna.disk.start().carried, couple)).toMatchObject({ theirs: 0 });
});
