import { beforeAll, describe, expect, test } from "vitest";
import { newId, type MessageId, type PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { envelopeKey } from "../../shared/envelope/envelope.ts";
import { openEnvelope } from "../../shared/envelope/open.ts";
import { encodeRedaction } from "../../shared/envelope/redaction.ts";
import type { LedgerStores } from "../../shared/ledger/stores.ts";
import { createMemoryDisk, type MemoryDisk } from "../support/memoryStores.ts";
import {
  chainsAt,
  cutsOf,
  formerSelf,
  goneDevice,
  holderDevice,
  makeHousehold,
  type Household,
  type HouseRules,
} from "./deviceKit.ts";
import { rosterEntry, type Me, type Notebook } from "./envelopeKit.ts";
import {
  headsOf,
  keysOnDisk,
  linesOfPage,
  must,
  wordsOf,
  writePage,
  writeRaw,
  type OpenLedger,
} from "./redactionKit.ts";

beforeAll(loadSodium);

/** Ada and Ben until Ada's computer is lost: she has written four pages' lines, of which Ben has all but the last. */
const lostComputer = async (seed: string) => {
  const house = makeHousehold(seed);
  const { couple, ada, ben, adas, bens, open } = house;
  const [page, other] = [newId<PageId>(couple.random), newId<PageId>(couple.random)];
  const disks = { ada: createMemoryDisk(), ben: createMemoryDisk() };
  const first: HouseRules = { me: ada[0], roster: [rosterEntry(ada[0]), rosterEntry(ben)] };
  const before: HouseRules = { me: ben, roster: first.roster };
  const hers = await open("ada", first, disks.ada.start().carried);
  const his = await open("ben", before, disks.ben.start().carried);
  await writePage(hers.ledger, adas, page, ["one", "two"]);
  must(await his.ledger.receive(await chainsAt(hers.ledger, [adas, ada[0]])));
  await writePage(his.ledger, bens, other, ["his"]);
  must(await hers.ledger.receive(await chainsAt(his.ledger, [bens, ben])));
  await writePage(hers.ledger, adas, page, ["three"]);
  must(await his.ledger.receive(await chainsAt(hers.ledger, [adas, ada[0]])));
  const given = await chainsAt(hers.ledger, [adas, ada[0]]);
  await hers.ledger.close();
  const cuts = cutsOf(his.ledger, ada[0]);
  const vouched = cutsOf(his.ledger, ben);
  await his.ledger.close();
  /** What each knows after they have met again. */
  const after = {
    ada: (secret: boolean): HouseRules => ({
      me: ada[1],
      selves: [{ device: ada[0].device, secret: secret ? ada[0].secret : undefined }],
      roster: [formerSelf(ada[0], cuts), holderDevice(ben, vouched)],
    }),
    ben: { me: ben, roster: [goneDevice(ada[0], cuts), rosterEntry(ada[1])] } satisfies HouseRules,
  };
  return { ...house, page, other, disks, cuts, vouched, after, given };
};

type Story = Awaited<ReturnType<typeof lostComputer>>;

const loseCache = async (disk: MemoryDisk): Promise<LedgerStores> => {
  must(await disk.start().carried.cache.clear());
  return disk.start().carried;
};

/** Everything that a reader could tell two ledgers apart by. */
const stateOf = async (
  { adas, bens, ours, ada, ben }: Household,
  { ledger }: OpenLedger,
  pages: readonly PageId[],
): Promise<unknown> => {
  const said = async (notebook: Notebook, { device }: Me, page: PageId) =>
    must(await ledger.messagesOf(notebook.id, device, page)).map((one) => [
      one.id,
      one.cameBack,
      one.doubtful,
    ]);
  return {
    heads: headsOf(ledger),
    redacted: [adas, bens, ours].map(({ id }) =>
      [...ada, ben].map(({ device }) =>
        ledger.linesOf(id, device).map((line) => [line.id, line.redacted]),
      ),
    ),
    said: await Promise.all(
      pages.flatMap((page) => [said(adas, ada[1], page), said(bens, ben, page)]),
    ),
  };
};

/** Ada's new computer, with nothing on it, after Ben's has given it everything. */
const newcomer = async (of: Story, disk = createMemoryDisk()) => {
  const his = await of.open("ben", of.after.ben, of.disks.ben.start().carried);
  const hers = await of.open("ada", of.after.ada(false), disk.start().carried);
  const all = await chainsAt(his.ledger, [of.adas, of.ada[0]], [of.bens, of.ben]);
  must(await hers.ledger.receive(all));
  return { disk, hers, his, all };
};

const keysOf = ({ id, keys }: Notebook) => keys.map((key) => ({ notebook: id, key }));

const cameBackIn = ({ digested }: OpenLedger) =>
  digested.map(({ device, cameBack }) => [device, cameBack]);

describe("on a new computer with nothing on it", () => {
  test("my words of before come back and say so; the partner's do not", async () => {
    const of = await lostComputer("back");
    const { hers } = await newcomer(of);
    expect(await wordsOf(hers.ledger, of.adas, of.ada[1], of.page)).toEqual([
      "one",
      "two",
      "three",
    ]);
    expect(new Set(cameBackIn(hers).map(String))).toEqual(
      new Set([`${of.ada[0].device},true`, `${of.ben.device},false`]),
    );
    expect(hers.troubles).toEqual([]);
  });

  test("they are the same after the cache is lost, twice, and what I wrote since comes after them", async () => {
    const of = await lostComputer("again");
    const { hers, disk } = await newcomer(of);
    await writePage(hers.ledger, of.adas, of.page, ["four"]);
    const before = await stateOf(of, hers, [of.page, of.other]);
    expect(await wordsOf(hers.ledger, of.adas, of.ada[0], of.page)).toEqual([
      "one",
      "two",
      "three",
      "four",
    ]);
    await hers.ledger.close();
    for (const _ of [1, 2]) {
      const anew = await of.open("ada", of.after.ada(false), await loseCache(disk));
      expect(await stateOf(of, anew, [of.page, of.other])).toEqual(before);
      const digestedHere = anew.digested.filter(({ page }) => page === of.page);
      expect(digestedHere.map(({ device, seq }) => [device === of.ada[1].device, seq])).toEqual([
        [false, 1],
        [false, 2],
        [false, 3],
        [true, 1],
      ]);
      expect(anew.troubles).toEqual([]);
      await anew.ledger.close();
    }
  });

  test("a start that reads the index says the same of them", async () => {
    const of = await lostComputer("index");
    const { hers, disk } = await newcomer(of);
    const before = await stateOf(of, hers, [of.page, of.other]);
    await hers.ledger.close();
    const next = await of.open("ada", of.after.ada(false), disk.start().carried);
    expect(next.digested).toEqual([]);
    expect(await stateOf(of, next, [of.page, of.other])).toEqual(before);
  });

  test("what lies on its disk without a mark counts for nothing, until it truly comes", async () => {
    const of = await lostComputer("laid");
    const { adas, bens, ada, ben, disks, after, open } = of;
    const his = await open("ben", after.ben, disks.ben.start().carried);
    const all = await chainsAt(his.ledger, [adas, ada[0]], [bens, ben]);
    const disk = createMemoryDisk();
    const volume = must(await disk.start().carried.volumes.open(1));
    must(
      await volume.put(
        all.map((envelope) => ({ key: envelopeKey(envelope), envelope, own: undefined })),
      ),
    );
    await volume.close();
    const hers = await open("ada", after.ada(false), disk.start().carried);
    expect(hers.ledger.heads()).toEqual([]);
    expect(hers.troubles).toContain("NO_TAG");
    must(await hers.ledger.receive(all));
    const before = await stateOf(of, hers, [of.page, of.other]);
    expect(hers.ledger.heads().length).toBe(2);
    await hers.ledger.close();
    const anew = await open("ada", after.ada(false), await loseCache(disk));
    expect(await stateOf(of, anew, [of.page, of.other])).toEqual(before);
  });

  test("the chains of both go on, and what is new is sealed for the new epoch alone", async () => {
    const of = await lostComputer("epoch");
    const { hers, his } = await newcomer(of);
    await writePage(hers.ledger, of.adas, of.page, ["four"]);
    const [fresh] = await chainsAt(hers.ledger, [of.adas, of.ada[1]]);
    if (fresh === undefined) throw new Error("nothing written");
    const [before] = of.adas.keys;
    if (before === undefined) throw new Error("no key");
    expect(openEnvelope(fresh, [{ notebook: of.adas.id, key: before }])).toMatchObject({
      code: "NO_KEY",
    });
    must(await his.ledger.receive([fresh]));
    expect(await wordsOf(his.ledger, of.adas, of.ada[1], of.page)).toEqual([
      "one",
      "two",
      "three",
      "four",
    ]);
    await writePage(his.ledger, of.bens, of.other, ["again"]);
    must(await hers.ledger.receive(await chainsAt(his.ledger, [of.bens, of.ben])));
    expect(await wordsOf(hers.ledger, of.bens, of.ben, of.other)).toEqual(["his", "again"]);
  });

  test("another new one after that keeps what the first two had, and what came back before", async () => {
    const of = await lostComputer("third");
    const { ada, ben, adas, bens, open } = of;
    const { hers, disk } = await newcomer(of);
    await writePage(hers.ledger, adas, of.page, ["four"]);
    const before = await stateOf(of, hers, [of.page, of.other]);
    const cuts = cutsOf(hers.ledger, ada[1]);
    await hers.ledger.close();
    const rules: HouseRules = {
      me: ada[2],
      selves: [{ device: ada[0].device, secret: undefined }, ada[1]],
      roster: [
        formerSelf(ada[0], of.cuts),
        formerSelf(ada[1], cuts),
        holderDevice(ben, of.vouched),
      ],
    };
    const anew = await open("ada", rules, await loseCache(disk));
    expect(await stateOf(of, anew, [of.page, of.other])).toEqual(before);
    expect(anew.troubles).toEqual([]);
    await writePage(anew.ledger, adas, of.page, ["five"]);
    expect(await wordsOf(anew.ledger, adas, ada[0], of.page)).toHaveLength(5);
    expect(await wordsOf(anew.ledger, bens, ben, of.other)).toEqual(["his"]);
  });
});

describe("on a computer that came back from a backup", () => {
  test("what was written on it stays mine and did not come back, after the cache is lost too", async () => {
    const of = await lostComputer("restored");
    const disk = of.disks.ada;
    const state = [];
    for (const stores of [disk.start().carried, await loseCache(disk)]) {
      const hers = await of.open("ada", of.after.ada(true), stores);
      must(await hers.ledger.receive(of.given));
      expect(hers.troubles).toEqual([]);
      state.push(await stateOf(of, hers, [of.page, of.other]));
      const said = must(await hers.ledger.messagesOf(of.adas.id, of.ada[1].device, of.page));
      expect(said.map(({ cameBack }) => cameBack)).toEqual([false, false, false]);
      await hers.ledger.close();
    }
    expect(state[1]).toEqual(state[0]);
  });

  test("words laid there in the name of the lost one are not mine, though their number is within its cut", async () => {
    const of = await lostComputer("forged");
    const disk = createMemoryDisk();
    const volume = must(await disk.start().carried.volumes.open(1));
    must(
      await volume.put(
        of.given.map((envelope) => ({
          key: envelopeKey(envelope),
          envelope,
          own: new Uint8Array(32),
        })),
      ),
    );
    await volume.close();
    const hers = await of.open("ada", of.after.ada(true), disk.start().carried);
    expect(hers.digested).toEqual([]);
    expect(hers.troubles).toContain("NO_TAG");
  });
});

describe("what I withdraw on a new computer", () => {
  const withdraw = async (of: Story, { ledger }: OpenLedger) =>
    must(
      await ledger.redact([
        ...linesOfPage(ledger, of.adas, of.ada[0], of.page),
        ...linesOfPage(ledger, of.adas, of.ada[1], of.page),
      ]),
    );

  test("leaves both disks, also what the lost one wrote, and stays gone", async () => {
    const of = await lostComputer("withdrawn");
    const { adas, ada, after, open } = of;
    const { hers, his, disk } = await newcomer(of);
    await writePage(hers.ledger, adas, of.page, ["four"]);
    must(await his.ledger.receive(await chainsAt(hers.ledger, [adas, ada[1]])));
    await withdraw(of, hers);
    must(await his.ledger.receive(await chainsAt(hers.ledger, [adas, ada[1]])));
    for (const [who, opened, stored] of [
      ["ada", hers, disk],
      ["ben", his, of.disks.ben],
    ] as const) {
      expect(await wordsOf(opened.ledger, adas, ada[0], of.page)).toEqual([]);
      // Two redactions, one for each of the two chains, and Ben's line.
      expect(await keysOnDisk(stored.start().carried)).toHaveLength(3);
      const before = await stateOf(of, opened, [of.page, of.other]);
      await opened.ledger.close();
      const rules = who === "ada" ? after.ada(false) : after.ben;
      const anew = await open(who, rules, await loseCache(stored));
      expect(await stateOf(of, anew, [of.page, of.other])).toEqual(before);
      expect(anew.digested.filter(({ kind }) => kind === "redaction")).toHaveLength(2);
      expect(anew.troubles).toEqual([]);
      await anew.ledger.close();
    }
  });

  test("need never have come to the partner: the rest of that chain comes all the same", async () => {
    const of = await lostComputer("never");
    const { adas, bens, ada, ben, disks, open } = of;
    // Ada's disk has one more line of hers than Ben's, and she claimed it when they met.
    const cuts = new Map([[adas.id, 5]]);
    const old = await open(
      "ada",
      { me: ada[0], roster: [rosterEntry(ada[0]), rosterEntry(ben)] },
      disks.ada.start().carried,
    );
    const late = newId<PageId>(of.couple.random);
    await writePage(old.ledger, adas, late, ["never"]);
    await writePage(old.ledger, adas, of.page, ["last"]);
    await old.ledger.close();
    const roster = [formerSelf(ada[0], cuts), holderDevice(ben, of.vouched)];
    const hers = await open(
      "ada",
      { me: ada[1], selves: [ada[0]], roster },
      disks.ada.start().carried,
    );
    must(await hers.ledger.redact(linesOfPage(hers.ledger, adas, ada[0], late)));
    const rules: HouseRules = { me: ben, roster: [goneDevice(ada[0], cuts), rosterEntry(ada[1])] };
    const his = await open("ben", rules, disks.ben.start().carried);
    const all = await chainsAt(hers.ledger, [adas, ada[0]], [adas, ada[1]], [bens, ben]);
    for (const envelope of all.toReversed()) must(await his.ledger.receive([envelope]));
    expect(headsOf(his.ledger)).toEqual(headsOf(hers.ledger));
    const before = await stateOf(of, his, [of.page, of.other, late]);
    expect(await wordsOf(his.ledger, adas, ada[0], of.page)).toEqual([
      "one",
      "two",
      "three",
      "last",
    ]);
    await his.ledger.close();
    const anew = await open("ben", rules, await loseCache(disks.ben));
    expect(await stateOf(of, anew, [of.page, of.other, late])).toEqual(before);
  });

  test("is mine to withdraw alone: what is handed over in the lost one's name takes nothing that I wrote since", async () => {
    const of = await lostComputer("taken away");
    const { adas, bens, ada, ben, open } = of;
    // A changed app has kept one place of hers back, and fills it when she has written on.
    const roster = [formerSelf(ada[0], new Map([[adas.id, 4]])), holderDevice(ben, of.vouched)];
    const rules: HouseRules = { me: ada[1], selves: [ada[0]], roster };
    const disk = of.disks.ada;
    const hers = await open("ada", rules, disk.start().carried);
    await writePage(hers.ledger, adas, of.page, ["mine of today"]);
    const [today, last] = [
      ...(await chainsAt(hers.ledger, [adas, ada[1]])),
      ...(await chainsAt(hers.ledger, [adas, ada[0]])).slice(-1),
    ].map((envelope) => must(openEnvelope(envelope, keysOf(adas))).message);
    if (today === undefined) throw new Error("nothing written");
    const forged = writeRaw(of.couple, ada[0], adas, {
      kind: "redaction",
      page: of.page,
      body: encodeRedaction([today]),
      after: last,
    });
    must(await hers.ledger.receive([forged.envelope]));
    expect(hers.troubles).toEqual(["BAD_PAYLOAD"]);
    const words = ["one", "two", "three", "mine of today"];
    expect(await wordsOf(hers.ledger, adas, ada[0], of.page)).toEqual(words);
    await hers.ledger.close();
    const anew = await open("ada", rules, await loseCache(disk));
    expect(await wordsOf(anew.ledger, adas, ada[0], of.page)).toEqual(words);
    expect(await wordsOf(anew.ledger, bens, ben, of.other)).toEqual(["his"]);
  });

  test("can be nobody's but mine", async () => {
    const of = await lostComputer("not mine");
    const { hers } = await newcomer(of);
    await expect(
      hers.ledger.redact(linesOfPage(hers.ledger, of.bens, of.ben, of.other)),
    ).rejects.toThrow(RangeError);
  });
});

test("a fork in what the lost computer wrote stops nothing that is in use", async () => {
  const of = await lostComputer("fork");
  const { adas, ada, ben, after, disks, open } = of;
  const { hers, his } = await newcomer(of);
  const thief = await open(
    "ada",
    { me: ada[0], roster: [rosterEntry(ada[0]), rosterEntry(ben)] },
    createMemoryDisk().start().carried,
  );
  await writePage(thief.ledger, adas, of.page, ["not hers"]);
  const outcomes = must(await his.ledger.receive(await chainsAt(thief.ledger, [adas, ada[0]])));
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(["FORK"]);
  expect(his.ledger.isFrozen()).toBe(false);
  await writePage(hers.ledger, adas, of.page, ["four"]);
  must(await his.ledger.receive(await chainsAt(hers.ledger, [adas, ada[1]])));
  const before = await stateOf(of, his, [of.page]);
  expect(await wordsOf(his.ledger, adas, ada[0], of.page)).toEqual(["one", "two", "three", "four"]);
  await his.ledger.close();
  const anew = await open("ben", after.ben, await loseCache(disks.ben));
  expect(await stateOf(of, anew, [of.page])).toEqual(before);
  expect(anew.ledger.isFrozen()).toBe(false);
});

test("when a journal has ended, what all of my computers wrote stays, with the partner's words and without them", async () => {
  const of = await lostComputer("ended");
  const { adas, bens, ada, ben, open } = of;
  const { hers, disk } = await newcomer(of);
  await writePage(hers.ledger, adas, of.page, ["four"]);
  const his = hers.ledger.linesOf(bens.id, ben.device).map(({ id }) => id);
  const before = await stateOf(of, hers, [of.page, of.other]);
  const mine = must(await hers.ledger.messagesOf(adas.id, ada[0].device, of.page));
  await hers.ledger.close();
  const selves = [{ device: ada[0].device, secret: undefined }];
  const ended = (vouched: ReadonlySet<MessageId>): HouseRules => ({
    ...{ me: ada[1], selves, roster: [] },
    past: { devices: [ben.device], vouched },
  });
  const kept = await open("ada", ended(new Set(his)), await loseCache(disk));
  expect(await stateOf(of, kept, [of.page, of.other])).toEqual(before);
  await kept.ledger.close();
  const alone = await open("ada", ended(new Set()), await loseCache(disk));
  expect(must(await alone.ledger.messagesOf(adas.id, ada[0].device, of.page))).toEqual(mine);
  expect(await wordsOf(alone.ledger, bens, ben, of.other)).toEqual([]);
});
