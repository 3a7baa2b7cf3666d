import { beforeAll, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { idFrom, noPage, type MessageId, type NotebookId } from "../../shared/base/ids.ts";
import { airlockMap } from "../../shared/carry/carrier.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { decodeAck, encodeAck } from "../../shared/envelope/ack.ts";
import type { ChainHead } from "../../shared/envelope/chain.ts";
import type { Card } from "../../shared/page/card.ts";
import { createHostilePartner, type HostilePartner } from "../support/hostilePartner.ts";
import { must, sharedCards, shareEntry, wordsOf } from "../support/twoPartners.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { entryDoc, entryOf } from "./guardPages.ts";

beforeAll(loadSodium);

const excerpts = (
  { journal }: HostilePartner,
  author: Card["author"] = "partner",
): readonly string[] =>
  sharedCards(journal())
    .filter((card) => card.author === author)
    .map(({ excerpt }) => excerpt)
    .toSorted();

const troubles = ({ journal }: HostilePartner): readonly string[] =>
  journal()
    .troubles.read()
    .map(({ code }) => code);

const entry = (words: string, client = 5) => ({
  kind: "snapshot" as const,
  body: entryOf(words, client),
});

const restart = async (partner: HostilePartner): Promise<void> => {
  await partner.lock();
  await partner.open();
  await partner.settle();
};

/** What Anna says that she holds, as of her newest ack. */
const annasAck = (partner: HostilePartner): readonly ChainHead[] => {
  const newest = partner
    .heard()
    .filter(({ header }) => header.kind === "ack")
    .toSorted((one, other) => one.header.seq - other.header.seq)
    .at(-1);
  if (newest === undefined) return [];
  const heads = decodeAck(newest.payload.body);
  if (!heads.ok) throw new Error(heads.code);
  return heads.value;
};

const ackedSeq = (partner: HostilePartner, notebook: NotebookId): number =>
  annasAck(partner).find((head) => head.notebook === notebook && head.device === partner.sam)
    ?.seq ?? 0;

test("what an honest partner writes with these tools arrives, and is acknowledged", async () => {
  const partner = await createHostilePartner({ seed: 1 });
  partner.send(entry("I was at the lake"));
  await partner.settle();
  expect(excerpts(partner)).toEqual(["I was at the lake"]);
  expect(ackedSeq(partner, partner.notebooks.theirs.id)).toBe(1);
});

describe("a partner who rewrites what they wrote", () => {
  const forked = async (seed: number) => {
    const partner = await createHostilePartner({ seed });
    const page = partner.newPage();
    const first = partner.write({ ...entry("I was at the lake"), page });
    partner.wire.put([first.envelope]);
    await partner.settle();
    const second = partner.write({
      ...entry("I was at home"),
      page,
      seq: 1,
      prev: first.message.header.prev,
    });
    partner.wire.put([second.envelope]);
    await partner.settle();
    return { partner, page, first, second };
  };

  test("changes nothing that has arrived: it is said, and the first words stand", async () => {
    const { partner } = await forked(2);
    expect(excerpts(partner)).toEqual(["I was at the lake"]);
    expect(partner.journal().sync.read()).toEqual({ state: "broken", code: "FORK" });
    expect(troubles(partner)).toContain("FORK");
  });

  test("is not believed after a restart either, nor after the cache was made anew", async () => {
    const { partner } = await forked(3);
    await restart(partner);
    expect(excerpts(partner)).toEqual(["I was at the lake"]);
    expect(partner.journal().sync.read().state).toBe("broken");
    await partner.lock();
    must(await partner.disk.start().carried.cache.clear());
    await partner.open();
    expect(excerpts(partner)).toEqual(["I was at the lake"]);
    expect(partner.journal().sync.read().state).toBe("broken");
  });

  test("writes on a chain that admits nothing more, while the other chain and Anna's own go on", async () => {
    const { partner } = await forked(4);
    partner.send(entry("and after"));
    await partner.settle();
    expect(excerpts(partner)).toEqual(["I was at the lake"]);
    expect(ackedSeq(partner, partner.notebooks.theirs.id)).toBe(1);
    partner.send({ notebook: "ours", kind: "ack", page: noPage, body: encodeAck([]) });
    await shareEntry(partner.journal(), "my own words");
    await partner.settle();
    expect(excerpts(partner, "me")).toEqual(["my own words"]);
    expect(
      partner
        .heard()
        .some(({ header }) => header.kind === "snapshot" && header.device === partner.anna),
    ).toBe(true);
  });

  test("keeps both: the second is on the disk, beside the first", async () => {
    const { partner, first, second } = await forked(5);
    const { volumes } = partner.disk.start().carried;
    const kept = new Set<string>();
    for (const number of must(await volumes.list()))
      for (const key of must(await volumes.open(number)).keys()) kept.add(key);
    expect(kept.has(first.key)).toBe(true);
    expect(kept.has(second.key)).toBe(true);
  });

  test("and everything written on the first branch is still there when the volumes are read the other way round", async () => {
    const partner = await createHostilePartner({ seed: 6 });
    const written = ["one", "two", "three"].map((words, index) =>
      partner.write(entry(words, 5 + index)),
    );
    partner.wire.put(written.map(({ envelope }) => envelope));
    await partner.settle();
    const [first] = written;
    if (first === undefined) throw new Error("nothing was written");
    partner.send({ ...entry("another one", 9), seq: 1, prev: first.message.header.prev });
    await partner.settle();
    await partner.lock();
    must(await partner.disk.start().carried.cache.clear());
    readBackwards(partner);
    await partner.open();
    expect(excerpts(partner)).toEqual(["one", "three", "two"]);
    expect(partner.journal().sync.read().state).toBe("broken");
  });
});

/** A stored document gives its entries in an order of its own. */
const readBackwards = ({ disk }: HostilePartner): void => {
  const { start } = disk;
  Object.assign(disk, {
    start: () => {
      const stores = start();
      const { volumes } = stores.carried;
      const open: typeof volumes.open = async (number) => {
        const opened = await volumes.open(number);
        if (!opened.ok) return opened;
        return {
          ...opened,
          value: { ...opened.value, keys: () => [...opened.value.keys()].toReversed() },
        };
      };
      return { ...stores, carried: { ...stores.carried, volumes: { ...volumes, open } } };
    },
  });
};

describe("a partner who lies about what they hold", () => {
  const mineHead = (partner: HostilePartner): ChainHead => {
    const last = partner
      .heard()
      .filter(({ header }) => header.notebook === partner.notebooks.mine.id)
      .toSorted((one, other) => one.header.seq - other.header.seq)
      .at(-1);
    if (last === undefined) throw new Error("Anna offered nothing");
    const { notebook, device, seq } = last.header;
    return { notebook, device, seq, id: last.id };
  };
  const ack = (partner: HostilePartner, ...heads: readonly ChainHead[]) => {
    const { notebooks, sam } = partner;
    partner.send({ notebook: "ours", kind: "ack", page: noPage, body: encodeAck(heads) });
    return { notebooks, sam };
  };
  const withShared = async (seed: number) => {
    const partner = await createHostilePartner({ seed });
    await shareEntry(partner.journal(), "words to carry");
    await partner.settle();
    return partner;
  };
  const offersWords = (partner: HostilePartner): boolean =>
    [...partner.wire.now().values()].some(
      (value) =>
        partner.heard().some((message) => message.header.kind === "snapshot") &&
        value instanceof Uint8Array,
    );

  test("a true ack takes the words out of the airlock, and both copies are called the same", async () => {
    const partner = await withShared(11);
    expect(partner.journal().sync.read()).toMatchObject({ state: "waiting", pages: 1 });
    ack(partner, mineHead(partner));
    await partner.settle();
    expect(partner.journal().sync.read().state).toBe("upToDate");
    expect([...partner.wire.now().keys()].length).toBe(2); // Sam's ack and Anna's are no words
  });

  test.each<readonly [string, (head: ChainHead) => ChainHead]>([
    ["sequences that Anna never wrote", (head) => ({ ...head, seq: head.seq + 1000 })],
    [
      "another message in the place of hers",
      (head) => ({ ...head, id: idFrom<MessageId>(new Uint8Array(32).fill(1)) }),
    ],
    [
      "notebooks that there are not",
      (head) => ({ ...head, notebook: idFrom<NotebookId>(new Uint8Array(16).fill(1)) }),
    ],
    ["another writer", (head) => ({ ...head, device: idFrom(new Uint8Array(16).fill(1)) })],
  ])("an ack that names %s acknowledges nothing: the words stay offered", async (_what, lie) => {
    const partner = await withShared(12);
    ack(partner, lie(mineHead(partner)));
    await partner.settle();
    expect(offersWords(partner)).toBe(true);
    expect(["waiting", "broken"]).toContain(partner.journal().sync.read().state);
    expect(excerpts(partner, "me")).toEqual(["words to carry"]);
  });

  test("who names another message under the same number is told apart: the copies differ", async () => {
    const partner = await withShared(13);
    ack(partner, { ...mineHead(partner), id: idFrom<MessageId>(new Uint8Array(32).fill(1)) });
    await partner.settle();
    expect(partner.journal().sync.read()).toEqual({ state: "broken", code: "FORK" });
  });

  test("an ack that goes back in time puts the words into the airlock again, without a reconnect", async () => {
    const partner = await withShared(14);
    const head = mineHead(partner);
    ack(partner, head);
    await partner.settle();
    const before = partner.wire.begun();
    ack(partner);
    await partner.settle();
    expect(partner.wire.begun()).toBe(before);
    const open = [...partner.wire.now().keys()];
    expect(
      partner.heard().filter(({ header }) => header.notebook === partner.notebooks.mine.id).length,
    ).toBeGreaterThan(0);
    expect(open.length).toBeGreaterThan(2);
    expect(partner.journal().sync.read()).toMatchObject({ state: "waiting", pages: 1 });
  });

  test.each<readonly [string, Uint8Array]>([
    ["cut short", new Uint8Array(71)],
    ["of zeros", new Uint8Array(72)],
    ["of noise", seededRandom(5)(720)],
    [
      "that name a chain twice",
      encodeAck(
        [1, 2].map((seq) => ({
          notebook: idFrom(new Uint8Array(16)),
          device: idFrom(new Uint8Array(16)),
          seq,
          id: idFrom(new Uint8Array(32)),
        })),
      ),
    ],
  ])("acks %s are no acks", async (_what, body) => {
    const partner = await withShared(15);
    partner.send({ notebook: "ours", kind: "ack", page: noPage, body });
    await partner.settle();
    expect(partner.journal().sync.read()).toMatchObject({ state: "waiting", pages: 1 });
  });

  test("claims of chains that nobody has do not keep the screen saying that more is to come", async () => {
    const partner = await withShared(16);
    const nowhere = {
      notebook: idFrom<NotebookId>(new Uint8Array(16).fill(3)),
      device: partner.sam,
      seq: 9,
      id: idFrom<MessageId>(new Uint8Array(32)),
    };
    ack(partner, mineHead(partner), nowhere);
    await partner.settle();
    expect(partner.journal().sync.read().state).toBe("upToDate");
  });

  test("a claim of more of their own is told as arriving, and ends when it has come", async () => {
    const partner = await withShared(17);
    const held = partner.write(entry("still under way"));
    const { header, id } = held.message;
    ack(partner, mineHead(partner), {
      notebook: header.notebook,
      device: header.device,
      seq: header.seq,
      id,
    });
    await partner.settle();
    expect(partner.journal().sync.read()).toEqual({ state: "arriving", photosOnly: false });
    partner.wire.put([held.envelope]);
    await partner.settle();
    expect(partner.journal().sync.read().state).toBe("upToDate");
  });

  test("an ack from next year or from long ago gives no day later than today", async () => {
    const partner = await withShared(18);
    const head = mineHead(partner);
    partner.send({
      notebook: "ours",
      kind: "ack",
      page: noPage,
      body: encodeAck([head]),
      time: partner.clock.now() + 400 * 86_400_000,
    });
    await partner.settle();
    const truth = partner.journal().sync.read();
    if (truth.state !== "upToDate") throw new Error(truth.state);
    expect(truth.sinceDay).toBeLessThanOrEqual(partner.clock.now());
  });
});

describe("acks do not echo for ever", () => {
  test("however many acks a partner sends, there is less than one for every thirty back, and then silence", async () => {
    const partner = await createHostilePartner({ seed: 21 });
    for (let count = 0; count < 320; count++) {
      partner.send({ notebook: "ours", kind: "ack", page: noPage, body: encodeAck([]) });
      if (count % 20 === 0) await partner.settle(1);
    }
    await partner.settle(10);
    const acks = partner.heard().filter(({ header }) => header.kind === "ack").length;
    expect(acks).toBeGreaterThan(0);
    expect(acks).toBeLessThanOrEqual(11);
    await partner.settle(60);
    expect(partner.heard().filter(({ header }) => header.kind === "ack").length).toBe(acks);
  });

  test("a partner who answers every ack with an ack of its own is not answered each time", async () => {
    const partner = await createHostilePartner({ seed: 22 });
    partner.send(entry("words"));
    let answered = 0;
    let rounds = 0;
    while (rounds++ < 100) {
      await partner.settle(1);
      const acks = partner.heard().filter(({ header }) => header.kind === "ack").length;
      if (acks > answered || rounds % 2 === 0)
        partner.send({
          notebook: "ours",
          kind: "ack",
          page: noPage,
          body: encodeAck(annasAck(partner)),
        });
      answered = acks;
    }
    expect(answered).toBeLessThanOrEqual(4);
  });
});

describe("what a partner holds back or never had", () => {
  test("a message that builds on one that never comes waits for ever and is never acknowledged", async () => {
    const partner = await createHostilePartner({ seed: 31 });
    const missing = partner.write(entry("never sent"));
    partner.send(entry("sent"));
    await partner.settle(30);
    expect(excerpts(partner)).toEqual([]);
    expect(ackedSeq(partner, partner.notebooks.theirs.id)).toBe(0);
    await restart(partner);
    expect(excerpts(partner)).toEqual([]);
    partner.wire.put([missing.envelope, ...partner.wire.offered.values()].slice(0, 1));
    await partner.settle();
    expect(excerpts(partner)).toContain("never sent");
  });

  test("a message that has seen what Anna never wrote waits for ever, and the words after it with it", async () => {
    const partner = await createHostilePartner({ seed: 32 });
    const unheard = {
      device: partner.anna,
      seq: 7,
      id: idFrom<MessageId>(new Uint8Array(32).fill(4)),
    };
    partner.send({ ...entry("seen what is not"), seen: [unheard] }, entry("after"));
    await partner.settle(30);
    expect(excerpts(partner)).toEqual([]);
    await shareEntry(partner.journal(), "Anna goes on");
    partner.send({ notebook: "ours", kind: "ack", page: noPage, body: encodeAck([]) });
    await partner.settle();
    expect(excerpts(partner, "me")).toEqual(["Anna goes on"]);
    expect(ackedSeq(partner, partner.notebooks.theirs.id)).toBe(0);
  });

  test("a seen head that names a real message with a false number is refused", async () => {
    const partner = await createHostilePartner({ seed: 33 });
    const page = await shareEntry(partner.journal(), "real");
    await partner.settle();
    const real = partner.heard().find((message) => message.payload.page === page);
    if (real === undefined) throw new Error("not offered");
    partner.send({
      ...entry("lie"),
      seen: [{ device: partner.anna, seq: real.header.seq + 1, id: real.id }],
    });
    await partner.settle();
    expect(excerpts(partner)).toEqual([]);
    expect(troubles(partner)).toContain("BAD_PAYLOAD");
  });

  test("five thousand messages with a gap before them are held within bounds, and all come in once it is closed", async () => {
    const partner = await createHostilePartner({ seed: 34 });
    const gap = partner.write(entry("the first"));
    const rest = Array.from(
      { length: 4_200 },
      () => partner.write({ kind: "roster", page: noPage }).envelope,
    );
    partner.wire.put(rest);
    await partner.settle(2);
    expect(ackedSeq(partner, partner.notebooks.theirs.id)).toBe(0);
    partner.wire.put([gap.envelope]);
    await partner.settle(4);
    expect(excerpts(partner)).toEqual(["the first"]);
    expect(ackedSeq(partner, partner.notebooks.theirs.id)).toBe(4_201);
  }, 60_000);
});

describe("what is not a partner's to do", () => {
  test("a removal of Anna's page, in each notebook they can write in, removes nothing", async () => {
    const partner = await createHostilePartner({ seed: 41 });
    const page = await shareEntry(partner.journal(), "mine stays");
    await partner.settle();
    partner.send(
      { kind: "control", page, body: Uint8Array.of(1) },
      { kind: "control", page, body: Uint8Array.of(1), notebook: "ours" },
    );
    await partner.settle();
    expect(excerpts(partner, "me")).toEqual(["mine stays"]);
    expect(troubles(partner)).toContain("NOT_YOUR_PAGE");
    const read = must(await partner.journal().openPage(page));
    expect(wordsOf(read)).toContain("mine stays");
    await restart(partner);
    expect(excerpts(partner, "me")).toEqual(["mine stays"]);
  });

  test("writing in Anna's notebook, in her name, or under a device of their making comes to nothing", async () => {
    const partner = await createHostilePartner({ seed: 42 });
    const page = await shareEntry(partner.journal(), "mine stays");
    await partner.settle();
    partner.send(
      { ...entry("in her notebook"), notebook: "mine", page },
      { ...entry("in her name"), notebook: "mine", page, device: partner.anna, seq: 99 },
      { ...entry("as a third"), device: idFrom(new Uint8Array(16).fill(8)), seq: 1 },
    );
    await partner.settle();
    expect(sharedCards(partner.journal()).map(({ excerpt }) => excerpt)).toEqual(["mine stays"]);
    expect(troubles(partner)).toEqual(
      expect.arrayContaining(["NOT_ALLOWED", "NO_TAG", "UNKNOWN_DEVICE"]),
    );
    expect(partner.journal().sync.read().state).toBe("waiting");
  });

  test("Anna's own next message, sealed by Sam with her notebook's key, never becomes hers, not even after a restart", async () => {
    const partner = await createHostilePartner({ seed: 43 });
    const page = await shareEntry(partner.journal(), "first");
    await partner.settle();
    const last = partner
      .heard()
      .filter(({ header }) => header.notebook === partner.notebooks.mine.id)
      .toSorted((one, other) => one.header.seq - other.header.seq)
      .at(-1);
    if (last === undefined) throw new Error("nothing offered");
    partner.send({
      ...entry("I forgive everything"),
      notebook: "mine",
      page,
      device: partner.anna,
      seq: last.header.seq + 1,
      prev: last.id,
    });
    await partner.settle();
    await restart(partner);
    const second = await shareEntry(partner.journal(), "second");
    await partner.settle();
    expect(excerpts(partner, "me")).toEqual(["first", "second"]);
    expect(second).not.toBe(page);
    expect(partner.journal().sync.read().state).toBe("waiting");
  });

  test("an update to Anna's page is counted and said, and her words are what they were", async () => {
    const partner = await createHostilePartner({ seed: 44 });
    const page = await shareEntry(partner.journal(), "I did not");
    await partner.settle();
    const read = must(await partner.journal().openPage(page));
    const before = wordsOf(read);
    const own = partner.heard().find((message) => message.payload.page === page);
    const copy = new Y.Doc();
    Y.applyUpdate(copy, own?.payload.body ?? new Uint8Array());
    const vector = Y.encodeStateVector(copy);
    copy.getXmlFragment("body").delete(0, 1);
    partner.send(
      { page, body: Y.encodeStateAsUpdate(copy, vector) },
      { page, kind: "snapshot", body: entryOf("squatted", 9) },
    );
    await partner.settle();
    expect(wordsOf(read)).toBe(before);
    expect(troubles(partner)).toContain("NOT_YOUR_PAGE");
    await read.close();
    await restart(partner);
    expect(wordsOf(must(await partner.journal().openPage(page)))).toBe(before);
  });
});

describe("what this Twofold does not know yet", () => {
  test("pages of another kind or a later version are kept and shown as newer, and cannot be opened wrongly", async () => {
    const partner = await createHostilePartner({ seed: 51 });
    const unknown = entryDoc("a plan for the week", 5);
    unknown.getMap("meta").set("kind", "somethingLater");
    const later = entryDoc("version two", 6);
    later.getMap("meta").set("v", 2);
    partner.send(
      { kind: "snapshot", body: Y.encodeStateAsUpdate(unknown) },
      { kind: "snapshot", body: Y.encodeStateAsUpdate(later) },
    );
    await partner.settle();
    const cards = sharedCards(partner.journal());
    expect(cards.map(({ kind, excerpt }) => [kind, excerpt])).toEqual([
      ["newer", ""],
      ["newer", ""],
    ]);
    for (const { id } of cards)
      expect(await partner.journal().openPage(id)).toMatchObject({ ok: false, code: "NEWER_KIND" });
    expect(ackedSeq(partner, partner.notebooks.theirs.id)).toBe(2);
  });

  test("messages of kind 5, redactions of nothing, and controls of another sort are kept, acknowledged and change nothing", async () => {
    const partner = await createHostilePartner({ seed: 52 });
    const page = partner.newPage();
    partner.send({ ...entry("words"), page });
    await partner.settle();
    partner.send(
      { kind: "roster", page, body: seededRandom(1)(100) },
      { kind: "redaction", page, body: seededRandom(2)(168) },
      { kind: "control", page, body: Uint8Array.of(2) },
      { kind: "control", page, body: new Uint8Array() },
      { kind: "control", page, body: Uint8Array.of(1, 1) },
    );
    await partner.settle();
    expect(excerpts(partner)).toEqual(["words"]);
    expect(ackedSeq(partner, partner.notebooks.theirs.id)).toBe(6);
    expect(partner.journal().sync.read().state).not.toBe("broken");
  });
});

describe("a partner whose clock is wrong", () => {
  test.each([
    ["three days ahead", 3 * 86_400_000, true],
    ["a minute ahead", 60_000, false],
    ["a minute behind", -60_000, false],
  ])("%s", async (_what, wrongBy, doubtful) => {
    const partner = await createHostilePartner({ seed: 61 });
    partner.send({ ...entry("words"), time: partner.clock.now() + wrongBy });
    await partner.settle();
    expect(sharedCards(partner.journal())[0]?.dateDoubtful).toBe(doubtful);
  });

  test("who dates an entry before what they wrote earlier is shown to have a doubtful date", async () => {
    const partner = await createHostilePartner({ seed: 62 });
    partner.send(entry("first"), {
      ...entry("backdated", 6),
      time: partner.clock.now() - 86_400_000,
    });
    await partner.settle();
    expect(
      sharedCards(partner.journal()).map(({ excerpt, dateDoubtful }) => [excerpt, dateDoubtful]),
    ).toEqual(
      expect.arrayContaining([
        ["first", false],
        ["backdated", true],
      ]),
    );
  });

  test("who dates an entry before what they had read of Anna's is shown to have a doubtful date", async () => {
    const partner = await createHostilePartner({ seed: 63 });
    const page = await shareEntry(partner.journal(), "did you go there?");
    await partner.settle();
    const seen = partner.heard().find((message) => message.payload.page === page);
    if (seen === undefined) throw new Error("not offered");
    const { device, seq } = seen.header;
    partner.send({
      ...entry("I told you long ago"),
      time: partner.clock.now() - 30 * 86_400_000,
      seen: [{ device, seq, id: seen.id }],
    });
    await partner.settle();
    expect(
      sharedCards(partner.journal()).find(({ author }) => author === "partner")?.dateDoubtful,
    ).toBe(true);
  });

  test("an honest entry on a morning is not doubtful for having seen an ack that tells the day alone", async () => {
    const partner = await createHostilePartner({ seed: 65 });
    const morning = new Date(partner.clock.now() + 86_400_000).setHours(8, 0, 0, 0);
    partner.clock.advance(morning - partner.clock.now());
    partner.send(entry("at eight"));
    await partner.settle();
    const ack = partner.heard().findLast(({ header }) => header.kind === "ack");
    if (ack === undefined) throw new Error("not acknowledged");
    expect(ack.header.time).not.toBe(partner.clock.now());
    const { device, seq } = ack.header;
    partner.send({ ...entry("at half past eight", 6), seen: [{ device, seq, id: ack.id }] });
    await partner.settle();
    expect(sharedCards(partner.journal()).map(({ dateDoubtful }) => dateDoubtful)).toEqual([
      false,
      false,
    ]);
  });

  test("an entry from the year 287396 does not stand above what is written today", async () => {
    const partner = await createHostilePartner({ seed: 64 });
    partner.send({ ...entry("far future"), time: 2 ** 53 - 1 });
    await partner.settle();
    await partner.settle(20);
    await shareEntry(partner.journal(), "today");
    expect(sharedCards(partner.journal())[0]?.excerpt).toBe("today");
  });
});

describe("a partner who sends rubbish", () => {
  test("ten thousand entries that are no envelopes: given up, begun anew, and words still arrive", async () => {
    const partner = await createHostilePartner({ seed: 71 });
    await shareEntry(partner.journal(), "mine");
    await partner.settle();
    const begun = partner.wire.begun();
    partner.wire.meddle((doc) => {
      doc.transact(() => {
        for (let count = 0; count < 10_000; count++)
          doc.getMap(airlockMap).set(`junk ${count}`, Uint8Array.of(count % 256));
      });
    });
    await partner.settle();
    expect(troubles(partner)).toContain("TOO_MUCH");
    expect(partner.wire.begun()).toBeGreaterThan(begun);
    partner.send(entry("and yet words"));
    await partner.settle();
    expect(excerpts(partner)).toEqual(["and yet words"]);
    expect([...partner.wire.now().keys()].length).toBeGreaterThan(0);
  });

  test("two thousand well-formed envelopes that nobody can open fill no list and no disk", async () => {
    const partner = await createHostilePartner({ seed: 72 });
    const random = seededRandom(9);
    partner.wire.put(Array.from({ length: 2_000 }, () => random(592)));
    await partner.settle();
    expect(partner.journal().troubles.read().length).toBeLessThanOrEqual(3);
    partner.send(entry("words"));
    await partner.settle();
    expect(excerpts(partner)).toEqual(["words"]);
    await partner.lock();
    const stores = partner.disk.start().carried;
    const first = must(await stores.volumes.open(1));
    expect([...first.keys()].length).toBeLessThan(10);
  });

  test("deleting or overwriting everything in the airlock, for as long as they like, loses nothing", async () => {
    const partner = await createHostilePartner({ seed: 73 });
    await shareEntry(partner.journal(), "mine");
    await partner.settle();
    for (let count = 0; count < 100; count++) {
      partner.wire.meddle((doc) => {
        const entries = doc.getMap<unknown>(airlockMap);
        for (const key of [...entries.keys()])
          if (count % 2 === 0) entries.delete(key);
          else entries.set(key, count);
      });
      if (count % 10 === 0) await partner.settle(1);
    }
    await partner.settle(90);
    expect([...partner.wire.now().values()].some((value) => value instanceof Uint8Array)).toBe(
      true,
    );
    expect(excerpts(partner, "me")).toEqual(["mine"]);
  });

  test("pages that would keep Yjs busy for ever do not keep Anna out at the next start", async () => {
    const partner = await createHostilePartner({ seed: 74 });
    partner.send(entry("before"));
    const flood = new Y.Doc();
    flood.clientID = 7;
    let at: Y.Map<unknown> = flood.getMap("meta");
    for (let level = 0; level < 2_000; level++) {
      const next = new Y.Map();
      at.set("a", next);
      at = next;
    }
    partner.send({ kind: "snapshot", body: Y.encodeStateAsUpdate(flood) }, entry("after", 6));
    await partner.settle();
    expect(excerpts(partner)).toEqual(["after", "before"]);
    expect(troubles(partner)).toContain("UPDATE_HEAVY");
    await restart(partner);
    expect(excerpts(partner)).toEqual(["after", "before"]);
  });
});
