import * as Y from "yjs";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { compareBytes } from "../../shared/base/bytes.ts";
import { idBytes, newId, noPage, type PageId } from "../../shared/base/ids.ts";
import { createFolderCarrier } from "../../shared/carry/folder/folderCarrier.ts";
import { capsuleRootOf } from "../../shared/carry/capsule/head.ts";
import { acksPerAck } from "../../shared/carry/acks.ts";
import { keyedHash } from "../../shared/crypto/hash.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { envelopeKey } from "../../shared/envelope/envelope.ts";
import { mailboxKeysOf } from "../../shared/people/mailboxKeys.ts";
import { meetingKeysOf, pairRootOf } from "../../shared/people/space.ts";
import { createMailboxCarrier } from "../../renderer/carriers/mailbox/mailboxCarrier.ts";
import { nodeSocket, runStockMailbox } from "../support/mailboxStock.ts";
import { socketsTurn } from "../support/mailboxKit.ts";
import { createMemoryFolder } from "../support/memorySharedFolder.ts";
import { must } from "../support/twoPartners.ts";
import { chunkLength } from "../../shared/page/photo.ts";
import { memoryFile, patient, sourceOf } from "./backupKit.ts";
import { createVillage, type Computer, type Village } from "./besideTravelKit.ts";
import { recordsIn } from "./capsuleKit.ts";
import { entryDoc } from "./guardPages.ts";
import { photoElement, picture } from "./photoKit.ts";

beforeAll(loadSodium);
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Anna at two computers, Sam at one; nobody has met yet. */
const three = async (seed: number) => {
  const village = await createVillage(seed, { annas: 2, sams: 1 });
  const [a1, a2] = village.annas;
  const [sam] = village.sams;
  if (a1 === undefined || a2 === undefined || sam === undefined) throw new Error("three");
  return { village, a1, a2, sam };
};

/** Two computers each. */
const four = async (seed: number) => {
  const village = await createVillage(seed, { annas: 2, sams: 2 });
  const [a1, a2] = village.annas;
  const [s1, s2] = village.sams;
  if (a1 === undefined || a2 === undefined || s1 === undefined || s2 === undefined)
    throw new Error("four");
  return { village, a1, a2, s1, s2 };
};

const linkAll = async (village: Village): Promise<void> => {
  const all = [...village.annas, ...village.sams];
  for (const [index, one] of all.entries())
    for (const other of all.slice(index + 1)) await village.link(one, other);
};

const sync = ({ bond }: Computer) => bond.sync.read();

/** All messages that stand at a computer, and how many of them are acks. */
const heldBy = ({ bond: { shelf } }: Computer) => {
  const { ledger, chains } = shelf;
  const lines = [...chains.devices.mine, ...chains.devices.theirs].flatMap((device) =>
    [chains.mine, chains.theirs, chains.ours].flatMap((notebook) =>
      ledger.linesOf(notebook, device),
    ),
  );
  return { all: lines.length, acks: lines.filter(({ kind }) => kind === "ack").length };
};

const sayWithPhoto = async ({ bond }: Computer, random: Village["beside"]["random"]) => {
  const { shelf } = bond;
  const page = newId<PageId>(random);
  const doc = entryDoc("with a photo", 77);
  const photo = must(await shelf.photos.add(picture(150_000)));
  doc.getXmlFragment("body").push([photoElement(photo)]);
  must(await shelf.write(page, "begin", Y.encodeStateAsUpdate(doc)));
  return photo.chunks;
};

const hasAll = (
  { bond }: Computer,
  chunks: readonly Parameters<typeof bond.shelf.photos.has>[0][],
) => chunks.map((name) => bond.shelf.photos.has(name));

describe("what a person writes on one computer", () => {
  test("comes to the other directly, and what is written there comes back, with nobody else near", async () => {
    const { village, a1, a2, sam } = await three(1);
    await village.link(a1, a2);
    const first = await a1.say("from the first");
    const second = await a2.say("from the second");
    await village.settle();
    for (const computer of [a1, a2]) {
      expect(await computer.reads(first)).toEqual(["from the first"]);
      expect(await computer.reads(second)).toEqual(["from the second"]);
      expect(computer.troubles).toEqual([]);
      expect(sync(computer)).toMatchObject({ state: "waiting" });
    }
    expect(await sam.reads(first)).toEqual([]);
  });

  test("comes to the other through the partner's, where the two never meet", async () => {
    const { village, a1, a2, sam } = await three(2);
    await village.link(a1, sam);
    await village.link(a2, sam);
    const first = await a1.say("from the first");
    const second = await a2.say("from the second");
    const his = await sam.say("from Sam");
    await village.settle();
    for (const computer of [a1, a2, sam]) {
      expect(await computer.reads(first)).toEqual(["from the first"]);
      expect(await computer.reads(second)).toEqual(["from the second"]);
      expect(await computer.reads(his)).toEqual(["from Sam"]);
      expect(sync(computer)).toMatchObject({ state: "upToDate" });
      expect(computer.troubles).toEqual([]);
    }
  });

  test("comes to a partner who meets only the other, and theirs to this one", async () => {
    const { village, a1, a2, sam } = await three(3);
    await village.link(a1, a2);
    await village.link(a1, sam);
    const hers = await a2.say("from the second");
    const his = await sam.say("from Sam");
    await village.settle();
    expect(await sam.reads(hers)).toEqual(["from the second"]);
    expect(await a2.reads(his)).toEqual(["from Sam"]);
    // His ack has gone the same way back.
    expect(sync(a2)).toMatchObject({ state: "upToDate" });
    expect(sync(sam)).toMatchObject({ state: "upToDate" });
  });

  test("goes to the partner's second computer also when their first has it and is gone for long", async () => {
    const { village, a1, s1, s2 } = await four(4);
    const near = await village.link(a1, s1);
    const page = await a1.say("for both");
    await village.settle();
    expect(await s1.reads(page)).toEqual(["for both"]);
    expect(await s2.reads(page)).toEqual([]);
    near.cut();
    await village.link(a1, s2);
    await village.settle();
    expect(await s2.reads(page)).toEqual(["for both"]);
  });

  test("goes on where it stood after a restart, to each of them", async () => {
    const { village, a1, a2, sam } = await three(5);
    await village.link(a1, sam);
    const before = await a1.say("before");
    await village.settle();
    await a1.close();
    const again = await village.open(a1.machine);
    expect(sync(again)).toMatchObject({ state: "upToDate" });
    await village.link(again, a2);
    await village.settle();
    expect(await a2.reads(before)).toEqual(["before"]);
    expect(sync(a2)).toMatchObject({ state: "upToDate" });
  });
});

describe("of what has arrived", () => {
  test("a person is told when any computer of the partner's has it, and not for another of one's own", async () => {
    const { village, a1, a2, s1, s2 } = await four(11);
    await village.link(a1, a2);
    await a1.say("words");
    await village.settle();
    expect(sync(a1)).toMatchObject({ state: "waiting", pages: 1 });
    expect(sync(a2)).toMatchObject({ state: "waiting", pages: 1 });
    await village.link(a2, s2);
    await village.settle();
    expect(sync(a1)).toMatchObject({ state: "upToDate" });
    expect(sync(a2)).toMatchObject({ state: "upToDate" });
    expect(heldBy(s1).all).toBe(0);
  });

  test("a word that is on none of the partner's computers is said to wait, whatever another of one's own has", async () => {
    const { village, a1, a2, sam } = await three(12);
    const near = await village.link(a1, sam);
    await village.link(a1, a2);
    await a1.say("there");
    await village.settle();
    expect(sync(a2)).toMatchObject({ state: "upToDate" });
    near.cut();
    await a2.say("not there");
    await village.settle();
    expect(sync(a1)).toMatchObject({ state: "waiting", pages: 1 });
    expect(sync(a2)).toMatchObject({ state: "waiting", pages: 1 });
  });

  test("a file to hand over holds what any of the partner's computers lacks, their other one's words too", async () => {
    const { village, a1, s1, s2 } = await four(13);
    const near = await village.link(a1, s1);
    const hers = await a1.say("hers");
    const his = await s1.say("his");
    await village.settle();
    near.cut();
    expect(sync(a1)).toMatchObject({ state: "upToDate" });
    expect(await take(s2, await fileOf(a1))).toBe(true);
    expect(await s2.reads(hers)).toEqual(["hers"]);
    expect(await s2.reads(his)).toEqual(["his"]);
    expect(s2.troubles).toEqual([]);
    // What each of them has acknowledged is in no file any more.
    const there = await village.link(a1, s2);
    await village.settle();
    there.cut();
    expect(await wordsIn(a1, await fileOf(a1))).toEqual([]);
  });

  test("a file of another computer of one's own is taken like the partner's", async () => {
    const { a1, a2 } = await three(14);
    const page = await a1.say("carried by hand");
    expect(await take(a2, await fileOf(a1))).toBe(true);
    expect(await a2.reads(page)).toEqual(["carried by hand"]);
  });
});

describe("acks between four computers", () => {
  test("come to rest: when all is everywhere, nothing is written and nothing sent any more", async () => {
    const { village, a1, a2, s1, s2 } = await four(21);
    await linkAll(village);
    const all = [a1, a2, s1, s2];
    for (let round = 0; round < 6; round++)
      for (const computer of all) {
        await computer.say(`round ${round}`);
        await village.settle(1);
      }
    await village.settle(20);
    const held = all.map(heldBy);
    const passed = village.passed();
    expect(new Set(held.map(({ all: count }) => count)).size).toBe(1);
    for (const computer of all) expect(sync(computer)).toMatchObject({ state: "upToDate" });
    await village.settle(60);
    expect(all.map(heldBy)).toEqual(held);
    expect(village.passed()).toBe(passed);
    // Each of 24 words is acknowledged by three, and so many acks once more.
    const words = 24;
    const most = (words * 3 + all.length) * (1 + 3 / acksPerAck) + 2 * all.length;
    expect(held[0]?.acks).toBeLessThan(most);
    expect(all.flatMap(({ troubles }) => troubles)).toEqual([]);
  });

  test("come to rest also in a row, where each meets only its neighbours", async () => {
    const { village, a1, a2, s1, s2 } = await four(22);
    await village.link(a1, s1);
    await village.link(s1, a2);
    await village.link(a2, s2);
    const all = [a1, a2, s1, s2];
    const pages = [];
    for (const computer of all) pages.push(await computer.say("words"));
    await village.settle(20);
    for (const computer of all)
      for (const page of pages) expect(await computer.reads(page)).toEqual(["words"]);
    const held = all.map(heldBy);
    const passed = village.passed();
    await village.settle(60);
    expect(all.map(heldBy)).toEqual(held);
    expect(village.passed()).toBe(passed);
  });

  test("cost no connection, however many words come from several sides at once", async () => {
    const { village, a1, a2, sam } = await three(23);
    await linkAll(village);
    await village.settle();
    // More than an airlock puts back of what somebody else took out of it.
    const words = Array.from({ length: 1_200 }, (_, count) => ({
      ...{ page: newId<PageId>(village.beside.random), act: "begin" as const },
      body: Y.encodeStateAsUpdate(entryDoc("", count)),
    }));
    must(await a1.bond.shelf.writeAll(words));
    await village.settle(20);
    for (const computer of [a1, a2, sam]) {
      expect(sync(computer)).toMatchObject({ state: "upToDate" });
      expect(computer.troubles).toEqual([]);
    }
  }, 60_000);

  test("are not written anew at every start", async () => {
    const { village, a1, a2, sam } = await three(24);
    await linkAll(village);
    await a1.say("words");
    await village.settle(10);
    let [here, there] = [a1, a2];
    const restart = async () => {
      for (const old of [here, there]) await old.close();
      [here, there] = [await village.open(a1.machine), await village.open(a2.machine)];
      await village.link(here, there);
      await village.link(here, sam);
      await village.link(there, sam);
      await village.settle(10);
      return heldBy(sam);
    };
    const once = await restart();
    expect(await restart()).toEqual(once);
    expect(await restart()).toEqual(once);
  });

  test("of a partner who has just learned of a computer come there by the word of the one that added it", async () => {
    const { village, a1, a2, sam } = await three(25);
    await sam.close();
    const early = await village.open(sam.machine, { without: a2 });
    const near = await village.link(a1, early);
    await a1.say("before");
    await village.settle();
    near.cut();
    const { ledger, chains } = a1.bond.shelf;
    const note = { notebook: chains.ours, kind: "roster", page: noPage } as const;
    must(await ledger.write({ ...note, body: new Uint8Array(1) }));
    await village.link(a1, a2);
    const page = await a2.say("from the second");
    await village.settle();
    // He acknowledges the note before he knows whom it names, and so without a tag for her.
    near.heal();
    await village.settle();
    await early.close();
    const learned = await village.open(sam.machine);
    await village.link(a1, learned);
    await village.settle();
    expect(await learned.reads(page)).toEqual(["from the second"]);
    expect(sync(a2)).toMatchObject({ state: "upToDate" });
  });
});

describe("photos", () => {
  test("come to another computer of one's own, with no partner near", async () => {
    const { village, a1, a2 } = await three(31);
    await village.link(a1, a2);
    const chunks = await sayWithPhoto(a1, village.beside.random);
    await village.settle(8);
    expect(hasAll(a2, chunks)).toEqual(chunks.map(() => true));
  });

  test("come to the partner from the other computer, when the one that shared them is away", async () => {
    const { village, a1, a2, sam } = await three(32);
    const near = await village.link(a1, a2);
    const chunks = await sayWithPhoto(a1, village.beside.random);
    await village.settle(8);
    near.cut();
    await village.link(a2, sam);
    await village.settle(8);
    expect(hasAll(sam, chunks)).toEqual(chunks.map(() => true));
    expect(sync(sam)).toMatchObject({ state: "upToDate" });
    expect(sync(a2)).toMatchObject({ state: "upToDate" });
  });

  test("are said to wait for the partner's, though another computer of one's own has them all", async () => {
    const { village, a1, a2, sam } = await three(34);
    await village.link(a1, a2);
    const chunks = await sayWithPhoto(a1, village.beside.random);
    await village.settle(8);
    expect(hasAll(a2, chunks)).toEqual(chunks.map(() => true));
    const stingy = await village.link(a1, sam);
    stingy.tamper(withoutPhotos);
    await village.settle(8);
    expect(hasAll(sam, chunks)).not.toContain(true);
    expect(sync(a1)).toMatchObject({ state: "waiting", pages: 1 });
  });

  test("wait until one computer of the partner's has them, whatever another of one's own wants", async () => {
    const { village, a1, a2, s1, s2 } = await four(33);
    const own = await village.link(a1, a2);
    const chunks = await sayWithPhoto(a1, village.beside.random);
    own.tamper(withoutPhotos);
    await village.settle(8);
    expect(hasAll(a2, chunks)).not.toContain(true);
    const stingy = await village.link(a1, s1);
    stingy.tamper(withoutPhotos);
    await village.settle(8);
    expect(sync(a1)).toMatchObject({ state: "waiting", pages: 1 });
    await village.link(a1, s2);
    await village.settle(8);
    expect(hasAll(s2, chunks)).toEqual(chunks.map(() => true));
    expect(hasAll(s1, chunks)).not.toContain(true);
    expect(sync(a1)).toMatchObject({ state: "upToDate" });
  });
});

describe("any two computers", () => {
  test("meet under a root of their own, the same for both, and the oldest of each as two who have one each", async () => {
    const { village, a1, a2, s1, s2 } = await four(41);
    const all = [a1, a2, s1, s2];
    const known = new Map<string, string[]>();
    for (const { machine, bond } of all) {
      expect(bond.channels.map(({ peer }) => peer)).toHaveLength(3);
      expect(bond.channels.filter(({ own }) => own)).toHaveLength(1);
      for (const { me, peer, meeting, mailbox, capsuleRoot, deviceOf } of bond.channels) {
        const pair = [me, peer].toSorted().join(" ");
        const seen = [meeting.topic, meeting.signalPassword, hex(meeting.channelPsk)];
        const there = [...seen, mailbox.couple, mailbox.token, hex(capsuleRoot)].join(" ");
        known.set(pair, [...(known.get(pair) ?? []), there]);
        for (const other of all)
          expect(deviceOf(other.machine.certificate.x25519)).toBe(
            other.machine.device === peer ? peer : undefined,
          );
        expect(me).toBe(machine.device);
      }
    }
    expect(known.size).toBe(6);
    for (const [one, other] of known.values()) expect(one).toBe(other);
    const everything = [...known.values()].flatMap(([one = ""]) => one.split(" "));
    expect(new Set(everything).size).toBe(6 * 6);
    const { crk } = a1.bond.couple;
    const oldest = a1.bond.channels.find(({ peer }) => peer === s1.machine.device);
    expect(oldest?.meeting).toEqual(meetingKeysOf(crk));
    expect(oldest?.mailbox.token).toBe(mailboxKeysOf(crk).token);
    expect(oldest?.capsuleRoot).toEqual(capsuleRootOf(crk));
    expect(village.passed()).toBe(0);
  });

  test("of one person have a root that the partner cannot make, who holds the couple’s key and knows both their names", async () => {
    const { village, a1, a2, sam } = await three(43);
    const [first, second] = [a1.machine, a2.machine];
    const { annas, sams } = { annas: [first, second], sams: [sam.machine] };
    const couple = village.beside.coupleAt(first, { annas, sams });
    const rootBy = (secret: typeof first.keys.x25519) =>
      pairRootOf(couple, { device: first.device, secret }, second.certificate);
    const root = rootBy(first.keys.x25519);
    const atSecond = village.beside.coupleAt(second, { annas, sams });
    const self = { device: second.device, secret: second.keys.x25519 };
    expect(pairRootOf(atSecond, self, first.certificate)).toEqual(root);
    expect(rootBy(sam.machine.keys.x25519)).not.toEqual(root);
    const [lesser, greater] = [first.device, second.device].map(idBytes).toSorted(compareBytes);
    if (lesser === undefined || greater === undefined) throw new Error("two");
    expect(keyedHash(couple.crk, "TF/1 between", lesser, greater)).not.toEqual(root);
    const nothing = new Uint8Array(32);
    expect(keyedHash(couple.crk, "TF/1 between", lesser, greater, nothing)).not.toEqual(root);
  });

  test("leave no root behind when the journal is closed", async () => {
    const { a1 } = await three(42);
    const roots = a1.bond.channels.map(({ capsuleRoot }) => capsuleRoot);
    expect(roots).toHaveLength(2);
    expect(roots.some((root) => root.every((byte) => byte === 0))).toBe(false);
    await a1.close();
    expect(roots.every((root) => root.every((byte) => byte === 0))).toBe(true);
  });
});

describe("a computer that has just joined", () => {
  test("has met once another of the same person's speaks, and says so one time", async () => {
    const { village, a1, a2 } = await three(51);
    await a2.close();
    const joined = await village.open(a2.machine, { unmet: true });
    expect(joined.bond.hasMet()).toBe(false);
    const page = await joined.say("my own words are no answer");
    await village.settle(2);
    expect(joined.met()).toBe(0);
    expect(joined.bond.hasMet()).toBe(false);
    await village.link(a1, joined);
    await village.settle();
    expect(joined.bond.hasMet()).toBe(true);
    expect(joined.met()).toBe(1);
    expect(await a1.reads(page)).toHaveLength(1);
  });
});

describe("what keeps things for three computers", () => {
  test("a folder: each reads the others' and takes nobody's for junk, with photos and to the end", async () => {
    const { village, a1, a2, sam } = await three(61);
    const folder = createMemoryFolder();
    const all = [a1, a2, sam];
    const { clock, random } = village.beside;
    for (const computer of all)
      await village.carryBy(computer, ({ capsuleRoot, folderPhotos, me, peer }) => [
        createFolderCarrier({
          ...{ files: folder.files, root: capsuleRoot, photos: folderPhotos },
          ...{ me, partner: peer, clock, random },
        }),
      ]);
    const pages = [];
    for (const computer of all) pages.push(await computer.say("words"));
    const chunks = await sayWithPhoto(a2, random);
    await village.settle(400);
    for (const computer of all) {
      for (const page of pages) expect(await computer.reads(page)).toEqual(["words"]);
      expect(hasAll(computer, chunks)).toEqual(chunks.map(() => true));
      expect(sync(computer)).toMatchObject({ state: "upToDate" });
      expect(computer.troubles).toEqual([]);
    }
    // Nobody puts and takes away for ever.
    await village.settle(200);
    const names = [...folder.entries.keys()].toSorted();
    await village.settle(200);
    expect([...folder.entries.keys()].toSorted()).toEqual(names);
  }, 60_000);

  test("a mailbox: each has boxes of its own with each of the others, and none is taken for a spoiled one", async () => {
    const { village, a1, a2, sam } = await three(62);
    const box = await runStockMailbox();
    closing.push(box.stop);
    const all = [a1, a2, sam];
    const { clock, random } = village.beside;
    for (const computer of all)
      await village.carryBy(computer, ({ mailbox, me, peer }) => [
        createMailboxCarrier({
          ...{ address: box.address, keys: mailbox, me, partner: peer },
          ...{ clock, random, WebSocket: nodeSocket },
        }),
      ]);
    closing.unshift(async () => {
      await Promise.all(all.map(({ bond }) => bond.carryWith([])));
    });
    const pages = [];
    for (const computer of all) pages.push(await computer.say("words"));
    const patience = performance.now() + 20_000;
    const couples = new Set<string | undefined>();
    while (couples.size < 3 || !all.every((one) => sync(one).state === "upToDate")) {
      for (const name of box.open()) couples.add(name.split(".")[0]);
      if (performance.now() > patience) throw new Error("it never came about");
      await socketsTurn();
      clock.advance(50);
    }
    for (const computer of all) {
      for (const page of pages) expect(await computer.reads(page)).toEqual(["words"]);
      expect(computer.troubles).toEqual([]);
    }
    expect(couples.size).toBe(3);
  }, 30_000);
});

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** What holds a chunk is lost. */
const withoutPhotos = (update: Uint8Array): Uint8Array | undefined =>
  update.length > chunkLength ? undefined : update;

const fileOf = async ({ bond }: Computer): Promise<Uint8Array> => {
  const file = memoryFile();
  must(await bond.capsules.write("new", file, patient));
  return file.bytes() ?? new Uint8Array();
};

/** Of the pages that stand at this computer, what a file of its own holds. */
const wordsIn = async ({ bond: { couple, shelf } }: Computer, bytes: Uint8Array) => {
  const records = await recordsIn(capsuleRootOf(couple.crk), bytes);
  const keys = new Set(
    records.flatMap((one) => (one.type === "envelope" ? [envelopeKey(one.envelope)] : [])),
  );
  expect(keys.size).toBeGreaterThan(0);
  const { ledger, chains } = shelf;
  return [...chains.devices.mine, ...chains.devices.theirs]
    .flatMap((device) => [
      ...ledger.linesOf(chains.mine, device),
      ...ledger.linesOf(chains.theirs, device),
    ])
    .filter(({ key }) => keys.has(key));
};

/** Whether it brought anything. */
const take = async ({ bond }: Computer, bytes: Uint8Array): Promise<boolean> =>
  must(await bond.capsules.take(sourceOf(bytes), patient)).brought;
