import { beforeAll, describe, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { EndingChoice } from "../../shared/journal/ending.ts";
import { must, shareEntry, type Desk, writeDraft } from "../support/twoPartners.ts";
import { add, reads, readsNothingOf, three } from "./besideTown.ts";
import { end } from "./endingKit.ts";
import { keyringIn, lockUp, relock, type Town } from "./meetAgainKit.ts";

beforeAll(loadSodium);

type Four = {
  readonly town: Town;
  readonly anna: Desk;
  readonly annas: Desk;
  readonly sam: Desk;
  readonly sams: Desk;
};

const own = ["amber entry", "violet entry"];
const theirs = ["cobalt entry", "indigo entry"];

/** Each of the two at two computers, and words of every one. */
const four = async (seed: number): Promise<Four> => {
  const { town, anna, annas, sam } = await three(seed);
  const sams = await town.buy("somebody else");
  await add(town, sam, sams);
  await shareEntry(annas.journal(), "violet entry");
  await shareEntry(sams.journal(), "indigo entry");
  await town.settle(10);
  for (const desk of [anna, annas, sam, sams]) await reads(desk, [...own, ...theirs]);
  return { town, anna, annas, sam, sams };
};

const anew = async (town: Town, desk: Desk): Promise<void> => {
  await lockUp(town, desk);
  const { cache } = desk.disk.start().carried;
  must(await cache.clear());
  await cache.close();
  await desk.open();
};

const quietly = (theirWords: EndingChoice["theirWords"]): EndingChoice => ({
  ...{ tell: false, theirWords },
});

describe.each(["anna", "annas"] as const)("ended on one of two computers (%s)", (which) => {
  const other = which === "anna" ? "annas" : "anna";

  test("everybody’s words are read on, at every unlocking, also where the index is made anew", async () => {
    const { town, ...all } = await four(which === "anna" ? 3400 : 3401);
    const desk = all[which];
    await end(town, desk, quietly("keep"));
    await reads(desk, [...own, ...theirs]);
    await relock(town, desk);
    await reads(desk, [...own, ...theirs]);
    await anew(town, desk);
    await reads(desk, [...own, ...theirs]);
    expect(desk.journal().computers.read()).toEqual({ mine: 0, theirs: 0, mayAdd: false });
    const mine = desk
      .journal()
      .cards.read()
      .filter(({ author }) => author === "me");
    expect(mine).toHaveLength(2);
  });

  test("the partner’s words go, of each of theirs, and one’s own of both computers stay", async () => {
    const { town, ...all } = await four(which === "anna" ? 3402 : 3403);
    const desk = all[which];
    await end(town, desk, quietly("now"));
    for (const look of [async () => {}, () => relock(town, desk), () => anew(town, desk)]) {
      await look();
      await reads(desk, own);
      await readsNothingOf(desk, theirs);
    }
  });

  test("the other one goes on with the partner, until it is ended there", async () => {
    const { town, ...all } = await four(which === "anna" ? 3404 : 3405);
    await end(town, all[which], quietly("keep"));
    await shareEntry(all[other].journal(), "and on");
    await shareEntry(all.sam.journal(), "with you");
    await town.settle(10);
    for (const desk of [all[other], all.sam, all.sams]) await reads(desk, ["and on", "with you"]);
    await readsNothingOf(all[which], ["and on", "with you"]);
    expect(all[other].journal().partner.read()).toEqual({ name: "Sam" });
  });

  test("the partner is told where that was asked for, on each of their computers", async () => {
    const { town, ...all } = await four(which === "anna" ? 3406 : 3407);
    await end(town, all[which], { tell: true, theirWords: "keep" });
    await town.settle(8);
    for (const desk of [all.sam, all.sams]) {
      expect(desk.journal().ending.state.read()).toMatchObject({
        state: "together",
        partnerEnded: { day: expect.any(Number) },
      });
      await relock(town, desk);
      expect(desk.journal().ending.state.read()).toMatchObject({
        partnerEnded: { day: expect.any(Number) },
      });
    }
  });
});

test.each([1, 2, 3])(
  "an ending that begins while another computer is being learned of (write %i) is whole: the partner hears of it, no word is lost",
  async (after) => {
    const { town, anna, annas, sam } = await three(3420 + after);
    const draft = must(await annas.journal().entries.draftEntry());
    await writeDraft(annas.journal(), draft, "written last");
    const sams = await town.buy("somebody else");
    let ending: Promise<unknown> = Promise.resolve("never asked");
    annas.disk.beforeWrite(after, () => {
      ending = annas.journal().ending.end({ tell: true, theirWords: "keep" });
    });
    await add(town, sam, sams);
    await town.settle(12);
    expect(await ending).toMatchObject({ ok: true });
    expect(annas.journal().ending.state.read()).toMatchObject({ state: "ended" });
    for (const desk of [sam, sams])
      expect(desk.journal().ending.state.read()).toMatchObject({
        partnerEnded: { day: expect.any(Number) },
      });
    await relock(town, annas);
    await reads(annas, [...own.slice(0, 1), "written last", "cobalt entry"]);
    await reads(anna, ["amber entry"]);
  },
);

test("nothing with which one could meet anybody stays: no root, no certificate, no key of a device", async () => {
  const { town, anna, annas } = await four(3410);
  const before = keyringIn(anna);
  const secrets = [
    before.couple?.crk,
    before.keys.x25519,
    before.keys.ed25519,
    ...(before.couple?.beside ?? []).map(({ certificate }) => certificate.x25519),
  ].map((bytes) => Buffer.from(bytes ?? []).toString("hex"));
  await end(town, anna, quietly("keep"));
  const now = Buffer.from(anna.keyring()).toString("hex");
  for (const secret of secrets) {
    expect(secret).toHaveLength(64);
    expect(now.includes(secret)).toBe(false);
  }
  expect(keyringIn(annas).couple).toBeDefined();
});
