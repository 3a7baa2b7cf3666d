import { beforeAll, describe, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { EndingChoice } from "../../shared/journal/ending.ts";
import { must, shareEntry, type Desk } from "../support/twoPartners.ts";
import { end, holds, readable } from "./endingKit.ts";
import {
  begin,
  createTown,
  keyringIn,
  meetAgain,
  meetUp,
  relock,
  type Town,
  viewsOf,
} from "./meetAgainKit.ts";

beforeAll(loadSodium);

const keep: EndingChoice = { tell: false, theirWords: "keep" };

/** Two computers of Sam's are gone, one of Anna's; words of every one of them. */
const generations = async (
  seed: number,
): Promise<{ readonly town: Town; readonly anna: Desk; readonly sam: Desk }> => {
  const town = createTown(seed);
  let anna = await town.buy("Anna");
  let sam = await town.buy("Sam");
  await meetUp(town, anna, sam);
  const write = async (name: string): Promise<void> => {
    await town.settle();
    await shareEntry(anna.journal(), `amber, ${name}`);
    await shareEntry(sam.journal(), `cobalt, ${name}`);
    await town.settle();
  };
  await write("first");
  sam.kill();
  sam = await town.buy("Sam");
  await meetAgain(town, anna, sam);
  await write("second");
  const backup = town.backUp(anna);
  anna.kill();
  anna = await town.restore(backup);
  await meetAgain(town, sam, anna);
  await write("third");
  return { town, anna, sam };
};

const names = ["first", "second", "third"];
const wordsOf = (who: string): readonly string[] => names.map((name) => `${who}, ${name}`);

const found = async (desk: Desk): Promise<readonly string[]> => {
  const words = await readable(desk);
  return [...wordsOf("amber"), ...wordsOf("cobalt")].filter((one) => words.includes(one));
};

describe.each(["anna", "sam"] as const)("a journal of several computers, ended by %s", (who) => {
  const own = who === "anna" ? "amber" : "cobalt";

  test("is read as before, at every unlocking, also where the index has to be made anew", async () => {
    const { town, ...both } = await generations(970);
    const desk = both[who];
    await end(town, desk, keep);
    expect(await found(desk)).toHaveLength(6);
    await relock(town, desk);
    expect(await found(desk)).toHaveLength(6);
    const locking = desk.lock();
    await town.settle(2);
    await locking;
    const { cache } = desk.disk.start().carried;
    must(await cache.clear());
    await cache.close();
    await desk.open();
    expect(await found(desk)).toHaveLength(6);
    expect(
      desk
        .journal()
        .cards.read()
        .filter(({ author }) => author === "me"),
    ).toHaveLength(3);
  });

  test("and the other’s words let go: of all their computers, with the keys of every time", async () => {
    const { town, ...both } = await generations(971);
    const desk = both[who];
    const { couple } = keyringIn(desk);
    if (couple?.before === undefined) throw new Error("nothing before");
    await end(town, desk, { tell: false, theirWords: "now" });
    await town.settle(2);
    expect(await found(desk)).toEqual(wordsOf(own));
    await relock(town, desk);
    expect(await found(desk)).toEqual(wordsOf(own));
    for (const { theirs } of [...couple.before.keys, { theirs: couple.notebooks.theirs.key }])
      expect(holds(desk.keyring(), theirs)).toBe(false);
    for (const { mine } of couple.before.keys) expect(holds(desk.keyring(), mine)).toBe(true);
  });

  test("kept, and let go later", async () => {
    const { town, ...both } = await generations(972);
    const desk = both[who];
    await end(town, desk, keep);
    must(await desk.journal().ending.decide("now"));
    await town.settle(2);
    expect(await found(desk)).toEqual(wordsOf(own));
    expect(keyringIn(desk).past?.before?.keys.every(({ theirs }) => theirs === undefined)).toBe(
      true,
    );
  });

  test("tells the other, who reads on", async () => {
    const { town, ...both } = await generations(973);
    const [desk, other] = who === "anna" ? [both.anna, both.sam] : [both.sam, both.anna];
    await end(town, desk, { tell: true, theirWords: "keep" });
    expect(other.journal().ending.state.read()).toMatchObject({ state: "together" });
    expect(other.journal().ending.state.read()).toHaveProperty("partnerEnded.day");
    expect(await found(other)).toHaveLength(6);
  });
});

test.each(["before the words are agreed on", "while the meeting is being stored"])(
  "a journal that is ended %s stays ended, and the other's new computer is paired with nobody",
  async (when) => {
    const town = createTown(975);
    const anna = await town.buy("Anna");
    const sam = await town.buy("Sam");
    await meetUp(town, anna, sam);
    await shareEntry(anna.journal(), "amber, first");
    await town.settle();
    sam.kill();
    const fresh = await town.buy("Sam");
    const talks = await begin(town, anna, fresh, { inviter: "again" });
    if (when.startsWith("while")) talks.inviter.confirm();
    const ending = end(town, anna, keep);
    if (when.startsWith("while")) talks.joiner.confirm();
    await town.settle(4);
    await ending;
    talks.inviter.confirm();
    talks.joiner.confirm();
    await town.settle(40);
    expect(viewsOf(talks).map(({ step }) => step)).toEqual(["ended", "ended"]);
    expect(anna.journal().sync.read().state).toBe("ended");
    expect(keyringIn(anna).couple).toBeUndefined();
    expect(keyringIn(fresh).couple).toBeUndefined();
    await relock(town, anna);
    expect(await readable(anna)).toContain("amber, first");
  },
);
