import { beforeAll, describe, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { shareEntry, type Desk } from "../support/twoPartners.ts";
import { codeOf } from "./actsKit.ts";
import { readable } from "./endingKit.ts";
import {
  begin,
  createTown,
  keyringIn,
  meetAgain,
  meetUp,
  relock,
  viewsOf,
  type Talks,
  type Town,
} from "./meetAgainKit.ts";

beforeAll(loadSodium);

type Scene = { readonly town: Town; readonly anna: Desk; readonly sam: Desk };

/** Three entries of Anna's, one of Sam's; then Sam's computer is gone and a new one is there. */
const samLost = async (seed: number): Promise<Scene> => {
  const town = createTown(seed);
  const anna = await town.buy("Anna");
  const before = await town.buy("Sam");
  await meetUp(town, anna, before);
  await town.settle();
  for (const name of ["first", "second", "third"])
    await shareEntry(anna.journal(), `amber, ${name}`);
  await shareEntry(before.journal(), "cobalt entry");
  await town.settle();
  before.kill();
  return { town, anna, sam: await town.buy("Sam") };
};

const isThere = async (desk: Desk, words: readonly string[]): Promise<void> => {
  const found = await readable(desk);
  expect(words.filter((one) => !found.includes(one))).toEqual([]);
};
const ambers = ["amber, first", "amber, second", "amber, third"];

const sayYes = ({ inviter, joiner }: Talks): void => {
  inviter.confirm();
  joiner.confirm();
};

describe("two meetings in a row, the first delivery unfinished", () => {
  test.each([0, 1, 2, 3, 4, 6, 8])(
    "after %i writes of the newcomer's disk: nothing waits for good, and every word comes",
    async (writes) => {
      const { town, anna, sam } = await samLost(960);
      const backup = town.backUp(anna);
      const talks = await begin(town, anna, sam, { inviter: "again" });
      sayYes(talks);
      sam.disk.beforeWrite(writes, () => sam.disk.failNext("put", "DISK_FULL", 10_000));
      for (let step = 0; step < 20; step += 1) {
        if (viewsOf(talks).every((view) => view.step === "done")) break;
        await town.settle(0.2);
      }
      anna.kill();
      await town.settle(3);
      sam.disk.makeRoom();

      const back = await town.restore(backup);
      await meetUp(town, sam, back, { inviter: "again" });
      await relock(town, back);
      await town.settle(20);
      await shareEntry(back.journal(), "amber, later");
      await town.settle(20);
      await isThere(sam, [...ambers, "amber, later", "cobalt entry"]);
      expect(back.journal().sync.read().state).toBe("upToDate");
    },
  );
});

describe("the disk does not open what the two share, right after they have met", () => {
  const notOpened = async (seed: number, times: number): Promise<Scene> => {
    const scene = await samLost(seed);
    const { town, anna, sam } = scene;
    const talks = await begin(town, anna, sam, { inviter: "again" });
    sayYes(talks);
    anna.disk.failNext("open", "STORE_FAILED", times);
    await town.settle(3);
    expect(viewsOf(talks).map(({ step }) => step)).toEqual(["done", "done"]);
    return scene;
  };

  test("then it is tried again, and all goes on without a lock in between", async () => {
    const { town, anna, sam } = await notOpened(961, 1);
    anna.disk.makeRoom();
    await town.settle(30);
    await shareEntry(anna.journal(), "amber, afterwards");
    await shareEntry(sam.journal(), "cobalt, afterwards");
    await town.settle(10);
    await isThere(sam, [...ambers, "cobalt entry", "amber, afterwards"]);
    await isThere(anna, ["cobalt, afterwards"]);
  });

  test("meanwhile no pairing begins that would put another couple in its place", async () => {
    const { town, anna, sam } = await notOpened(962, 10_000);
    const before = keyringIn(anna).couple;
    expect(before?.epoch).toBe(2);
    expect(await codeOf(anna.journal().pairing.invite("here"))).toBe("NOT_SAVED");
    expect(await codeOf(anna.journal().pairing.invite("here", "again"))).toBe("NOT_SAVED");
    sam.kill();
    anna.disk.makeRoom();
    await town.settle(20);
    expect(keyringIn(anna).couple?.space).toBe(before?.space);
    const next = await town.buy("Sam");
    await meetAgain(town, anna, next);
    await isThere(next, [...ambers, "cobalt entry"]);
  });
});
