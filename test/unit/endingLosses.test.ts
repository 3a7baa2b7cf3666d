import { beforeAll, describe, expect, test } from "vitest";
import { noPage } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { readLastMessage } from "../../shared/journal/ending/lastMessage.ts";
import { must, shareEntry, typeWords } from "../support/twoPartners.ts";
import { dayMs, end, neverDone, quietly, readable, writtenTogether } from "./endingKit.ts";
import { picture, sharePhotos } from "./photoKit.ts";

beforeAll(loadSodium);

const stateOf = (desk: Parameters<typeof readable>[0]) => desk.journal().ending.state.read();

test("one’s own words that the disk refuses keep the journal from ending, and are not lost by asking", async () => {
  const { anna, settle } = await writtenTogether(381);
  const entry = await shareEntry(anna.journal(), "amber once more");
  await settle(5);
  const open = must(await anna.journal().openPage(entry));
  anna.disk.failNext("put", "DISK_FULL", 500);
  typeWords(open, "ochre last words");
  await settle(12);
  expect(await anna.journal().ending.end(quietly)).toMatchObject({ code: "DISK_FULL" });
  expect(stateOf(anna)).toMatchObject({ state: "together" });
  anna.disk.makeRoom();
  await settle(20);
  must(await anna.journal().ending.end(quietly));
  await anna.lock();
  await anna.open();
  expect(await readable(anna)).toContain("ochre last words");
});

describe("the other’s words", () => {
  test("do not go unasked where an ending that was cut short is finished at the next start", async () => {
    const { anna, settle } = await writtenTogether(386);
    void anna
      .journal()
      .ending.end({ tell: true, theirWords: "now", file: neverDone })
      .catch(() => {});
    await settle(1);
    expect(stateOf(anna)).toEqual({ state: "ending" });
    anna.kill();
    await anna.open();
    await settle(9);
    expect(stateOf(anna)).toMatchObject({ state: "ended", theirs: { at: "until" } });
    expect(await readable(anna)).toContain("cobalt");
  });

  test("are still there after a clock that ran a month ahead for a moment was set right", async () => {
    const partners = await writtenTogether(382);
    const { anna, clock, settle } = partners;
    await end(partners, anna, quietly);
    await anna.lock();
    clock.advance(31 * dayMs);
    await anna.open();
    await settle(1);
    await anna.lock();
    clock.advance(5_000 - 31 * dayMs);
    await anna.open();
    await settle(2);
    expect(await readable(anna)).toContain("cobalt");
    clock.advance(29 * dayMs);
    await settle(2);
    expect(await readable(anna)).toContain("cobalt");
    for (let day = 0; day < 4; day++) {
      clock.advance(dayMs);
      await settle(2);
    }
    expect(await readable(anna)).not.toContain("cobalt");
    expect(stateOf(anna)).toMatchObject({ theirs: { at: "gone" } });
  });

  /** As after eight megabytes: the newest volume holds nothing of the other's. And one card is damaged. */
  const damagedAfterEnding = async (seed: number) => {
    const partners = await writtenTogether(seed);
    const { anna, sam, settle } = partners;
    await sharePhotos(sam.journal(), "cobalt lake", [picture(90_000, 2)]);
    await settle(10);
    await end(partners, anna, { tell: false, theirWords: "keep" });
    await settle(10);
    await anna.lock();
    const { volumes, cache } = anna.disk.start().carried;
    const [one, two] = [must(await volumes.open(1)), must(await volumes.open(2))];
    const own = [...one.keys()].flatMap((key) => {
      const [envelope, mark] = [one.get(key), one.ownMark(key)];
      return envelope === undefined || mark === undefined ? [] : [{ key, envelope, own: mark }];
    });
    must(await one.remove(own.map(({ key }) => key)));
    must(await two.put(own));
    await Promise.all([one.close(), two.close()]);
    must(await cache.clear());
    await anna.open();
    await settle(3);
    await anna.lock();
    const card = { section: "cards", key: "damaged", value: new Uint8Array(80) } as const;
    must(await anna.disk.start().carried.cache.write([card]));
    return partners;
  };
  const photosOn = async ({ disk }: Awaited<ReturnType<typeof writtenTogether>>["anna"]) =>
    must(await disk.start().carried.chunks.names()).size;

  test("and their photos are all there when what was made of them is damaged, and the power goes while it is made anew", async () => {
    for (let writes = 0, cut = true; cut; writes++) {
      const { anna, settle } = await damagedAfterEnding(383);
      const photos = await photosOn(anna);
      expect(photos).toBeGreaterThan(0);
      cut = false;
      anna.disk.beforeWrite(writes, () => {
        cut = true;
        anna.kill();
      });
      await anna.open().catch(() => {});
      await settle(3);
      if (cut) await anna.open();
      await settle(10);
      expect(await readable(anna), `killed at write ${writes}`).toContain("cobalt words");
      expect(await photosOn(anna), `killed at write ${writes}`).toBe(photos);
    }
  }, 60_000);

  test("and where the disk refuses once instead", async () => {
    const { anna, settle } = await damagedAfterEnding(384);
    const photos = await photosOn(anna);
    anna.disk.beforeWrite(3, () => anna.disk.failNext("write", "STORE_FAILED", 1));
    const opened = await anna.open().then(
      () => true,
      () => false,
    );
    await settle(5);
    anna.disk.makeRoom();
    if (!opened) await anna.open();
    await settle(60);
    expect(await readable(anna)).toContain("cobalt words");
    expect(await photosOn(anna)).toBe(photos);
  });
});

test("whether the partner has ended it is read from one message, however many they sent", async () => {
  let looks = 0;
  const header = { kind: "control", time: 5 } as const;
  const ledger = {
    timeNow: () => 10,
    newestOf: async () => {
      looks += 1;
      return { header, payload: { page: noPage, body: Uint8Array.of(2) } };
    },
  } as unknown as Parameters<typeof readLastMessage>[0]["ledger"];
  expect(await readLastMessage({ ledger }, "n" as never, "d" as never)).toEqual({
    time: 5,
    doubtful: false,
  });
  expect(looks).toBe(1);
});
