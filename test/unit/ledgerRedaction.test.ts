import { beforeAll, describe, expect, test } from "vitest";
import { utf8 } from "../../shared/base/bytes.ts";
import { newId, noPage, type PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { envelopeKey } from "../../shared/envelope/envelope.ts";
import { openEnvelope } from "../../shared/envelope/open.ts";
import { encodeRedaction, mostRecords } from "../../shared/envelope/redaction.ts";
import { createMemoryDisk } from "../support/memoryStores.ts";
import { at, type Notebook, type Written } from "./envelopeKit.ts";
import { dyingStores } from "./ledgerKit.ts";
import {
  createTwoLedgers,
  envelopesAt,
  headsOf,
  idsOf,
  keysOnDisk,
  linesOfPage,
  must,
  wordsOf,
  writePage,
  writeRaw,
  type OpenLedger,
  type TwoLedgers,
} from "./redactionKit.ts";

beforeAll(loadSodium);

/** Ben's ledger with one page that he withdraws, between two that stay. */
const story = async (seed: string, bulk?: number) => {
  const two = createTwoLedgers(seed);
  const { couple } = two;
  const [before, gone, after] = [1, 2, 3].map(() => newId<PageId>(couple.random));
  if (before === undefined || gone === undefined || after === undefined) throw new Error("no ids");
  const disk = createMemoryDisk();
  const ben = await two.open("ben", disk.start().carried);
  const words = (text: string): readonly (string | Uint8Array)[] =>
    [1, 2, 3].map((n) => (bulk === undefined ? `${text} ${n}` : new Uint8Array(bulk).fill(n)));
  await writePage(ben.ledger, couple.bens, before, words("before"));
  await writePage(ben.ledger, couple.bens, gone, words("gone"));
  await writePage(ben.ledger, couple.bens, after, words("after"));
  return { ...two, disk, ben, before, gone, after };
};

type Story = Awaited<ReturnType<typeof story>>;

const redactGone = ({ ben, couple, gone }: Story) =>
  ben.ledger.redact(linesOfPage(ben.ledger, couple.bens, couple.ben, gone));

/** A reader on a disk of their own who has received what Ben can give now. */
const readerOf = async (of: Story, disk = createMemoryDisk()) => {
  const ada = await of.open("ada", disk.start().carried);
  must(await ada.ledger.receive(await envelopesAt(of.ben.ledger, of.couple.bens)));
  return { disk, ada };
};

const words = (of: Story, { ledger }: OpenLedger, page: PageId) =>
  wordsOf(ledger, of.couple.bens, of.couple.ben, page);

const messageIn = ({ id, keys }: Notebook, envelope: Uint8Array) =>
  must(
    openEnvelope(
      envelope,
      keys.map((key) => ({ notebook: id, key })),
    ),
  ).message;

const redactionsIn = ({ digested }: OpenLedger) =>
  digested.filter(({ kind }) => kind === "redaction");

describe("what a device has said of a page", () => {
  test("is read oldest first, and of this page and device alone", async () => {
    const of = await story("messages");
    const { ben, couple, gone } = of;
    await writePage(ben.ledger, couple.ours, gone, ["elsewhere"]);
    const messages = must(await ben.ledger.messagesOf(couple.bens.id, couple.ben.device, gone));
    expect(messages.map(({ kind, seq }) => [kind, seq])).toEqual([
      ["snapshot", 4],
      ["update", 5],
      ["update", 6],
    ]);
    expect(await words(of, ben, gone)).toEqual(["gone 1", "gone 2", "gone 3"]);
    expect(messages).toEqual(ben.digested.slice(3, 6));
    expect(must(await ben.ledger.messagesOf(couple.bens.id, couple.ada.device, gone))).toEqual([]);
  });
});

describe("words that their writer withdraws", () => {
  test("are off the writer's disk, for good, and the others stay", async () => {
    const of = await story("own");
    const { ben, couple, disk, gone, before, after } = of;
    const keys = linesOfPage(ben.ledger, couple.bens, couple.ben, gone).map(({ key }) => key);
    must(await redactGone(of));
    expect(await words(of, ben, gone)).toEqual([]);
    expect(await words(of, ben, before)).toHaveLength(3);
    expect(await words(of, ben, after)).toHaveLength(3);
    const onDisk = await keysOnDisk(disk.start().carried);
    expect(onDisk).toHaveLength(7);
    for (const key of keys) expect(onDisk).not.toContain(key);
    for (const line of linesOfPage(ben.ledger, couple.bens, couple.ben, gone)) {
      expect(line).toMatchObject({ redacted: true, leaving: false });
      expect(await ben.ledger.envelopeOf(line)).toMatchObject({ ok: false });
    }
    expect(redactionsIn(ben)).toMatchObject([{ page: gone, device: couple.ben.device, seq: 10 }]);
  });

  test("are off the reader's disk once the redaction has come, and the reader is told of the page", async () => {
    const of = await story("reader");
    const { disk, ada } = await readerOf(of);
    expect(await words(of, ada, of.gone)).toHaveLength(3);
    must(await redactGone(of));
    must(await ada.ledger.receive(await envelopesAt(of.ben.ledger, of.couple.bens, 9)));
    expect(await words(of, ada, of.gone)).toEqual([]);
    expect(await words(of, ada, of.after)).toHaveLength(3);
    expect(await keysOnDisk(disk.start().carried)).toHaveLength(7);
    expect(redactionsIn(ada)).toMatchObject([{ page: of.gone, body: { length: 3 * 168 } }]);
    expect(headsOf(ada.ledger)).toEqual(headsOf(of.ben.ledger));
    expect(ada.troubles).toEqual([]);
  });

  test("never come to a reader who did not have them, and all the others do", async () => {
    const of = await story("unsent");
    must(await redactGone(of));
    await writePage(of.ben.ledger, of.couple.bens, of.before, ["later"]);
    const { disk, ada } = await readerOf(of);
    expect(headsOf(ada.ledger)).toEqual(headsOf(of.ben.ledger));
    expect(idsOf(ada.ledger, of.couple.bens, of.couple.ben)).toEqual(
      idsOf(of.ben.ledger, of.couple.bens, of.couple.ben),
    );
    expect(ada.digested.filter(({ page }) => page === of.gone).map(({ kind }) => kind)).toEqual([
      "redaction",
    ]);
    expect(await keysOnDisk(disk.start().carried)).toHaveLength(8);
    expect(ada.troubles).toEqual([]);
  });

  test("that come after their redaction are known, not stored and not shown", async () => {
    const of = await story("late");
    const all = await envelopesAt(of.ben.ledger, of.couple.bens);
    must(await redactGone(of));
    const { disk, ada } = await readerOf(of);
    const again = must(await ada.ledger.receive(all));
    expect(again.map(({ outcome }) => outcome)).toEqual(all.map(() => "DUP"));
    expect(await words(of, ada, of.gone)).toEqual([]);
    expect(await keysOnDisk(disk.start().carried)).toHaveLength(7);
  });

  test("twice are withdrawn once", async () => {
    const of = await story("twice");
    must(await redactGone(of));
    const heads = headsOf(of.ben.ledger);
    must(await redactGone(of));
    must(
      await of.ben.ledger.redact(
        of.ben.ledger
          .linesOf(of.couple.bens.id, of.couple.ben.device)
          .filter(({ page }) => page === of.gone),
      ),
    );
    expect(headsOf(of.ben.ledger)).toEqual(heads);
  });

  test("leave the writer able to write on, and the reader to follow", async () => {
    const of = await story("on");
    const { ada } = await readerOf(of);
    must(await redactGone(of));
    await writePage(of.ben.ledger, of.couple.bens, of.gone, ["new words"]);
    must(await ada.ledger.receive(await envelopesAt(of.ben.ledger, of.couple.bens, 9)));
    expect(await words(of, ada, of.gone)).toEqual(["new words"]);
    expect(ada.ledger.isFrozen()).toBe(false);
  });

  test("of more messages than one redaction holds, or than may wait for another, are withdrawn all the same", async () => {
    const two = createTwoLedgers("many");
    const { couple } = two;
    const [disk, adasDisk] = [createMemoryDisk(), createMemoryDisk()];
    const ben = await two.open("ben", disk.start().carried);
    const [first, page] = [newId<PageId>(couple.random), newId<PageId>(couple.random)];
    const withdraw = async (gone: PageId) =>
      must(await ben.ledger.redact(linesOfPage(ben.ledger, couple.bens, couple.ben, gone)));
    await writePage(ben.ledger, couple.bens, first, ["first"]);
    await writePage(
      ben.ledger,
      couple.bens,
      page,
      Array.from({ length: mostRecords + 1 }, () => Uint8Array.of(0)),
    );
    await withdraw(first);
    const ada = await two.open("ada", adasDisk.start().carried);
    must(await ada.ledger.receive((await envelopesAt(ben.ledger, couple.bens)).toReversed()));
    must(await ada.ledger.receive(await envelopesAt(ben.ledger, couple.bens)));
    expect(headsOf(ada.ledger)).toEqual(headsOf(ben.ledger));
    await ada.ledger.close();
    must(await adasDisk.start().carried.cache.clear());
    const again = await two.open("ada", adasDisk.start().carried);
    expect(headsOf(again.ledger)).toEqual(headsOf(ben.ledger));

    await withdraw(page);
    expect(redactionsIn(ben).map(({ body }) => body.length / 168)).toEqual([1, mostRecords, 1]);
    expect(await keysOnDisk(disk.start().carried)).toHaveLength(3);
    must(await again.ledger.receive(await envelopesAt(ben.ledger, couple.bens)));
    expect(headsOf(again.ledger)).toEqual(headsOf(ben.ledger));
    await again.ledger.close();
    await two.open("ada", adasDisk.start().carried);
    // One that waited for its turn while a new volume began is stored once more, where a start looks.
    expect(new Set(await keysOnDisk(adasDisk.start().carried)).size).toBe(3);
  }, 120_000);
});

describe("nothing but one's own words can be withdrawn", () => {
  test("another's, acks, and two pages at once are a mistake of the caller", async () => {
    const of = await story("mistakes");
    const { ada } = await readerOf(of);
    const theirs = ada.ledger.linesOf(of.couple.bens.id, of.couple.ben.device);
    await expect(ada.ledger.redact(theirs)).rejects.toThrow(RangeError);
    must(
      await of.ben.ledger.write({
        notebook: of.couple.ours.id,
        kind: "ack",
        page: noPage,
        body: new Uint8Array(),
      }),
    );
    const acks = of.ben.ledger.linesOf(of.couple.ours.id, of.couple.ben.device);
    await expect(of.ben.ledger.redact(acks)).rejects.toThrow(RangeError);
    const all = of.ben.ledger.linesOf(of.couple.bens.id, of.couple.ben.device);
    await expect(of.ben.ledger.redact(all)).rejects.toThrow(RangeError);
    expect(redactionsIn(of.ben)).toEqual([]);
    must(await redactGone(of));
  });
});

describe("a journal with withdrawn words, opened again", () => {
  const rebuilt = async (of: Story, who: "ada" | "ben", disk = of.disk) => {
    must(await disk.start().carried.cache.clear());
    return of.open(who, disk.start().carried);
  };

  test.each([
    ["words of one volume", undefined, 1],
    ["words and redaction in different volumes", 250_000, 2],
  ] as const)(
    "is made anew from its volumes, by both: %s",
    { timeout: 60_000 },
    async (_, bulk, count) => {
      const of = await story(`anew ${bulk}`, bulk);
      const { disk: adasDisk, ada } = await readerOf(of);
      must(await redactGone(of));
      must(await ada.ledger.receive(await envelopesAt(of.ben.ledger, of.couple.bens, 9)));
      await writePage(of.ben.ledger, of.couple.bens, of.before, ["later"]);
      const unsent = createMemoryDisk();
      const late = await readerOf(of, unsent);
      expect(must(await of.disk.start().carried.volumes.list())).toHaveLength(count);
      const expected = headsOf(of.ben.ledger);
      const ids = idsOf(of.ben.ledger, of.couple.bens, of.couple.ben);
      for (const each of [of.ben, ada, late.ada]) await each.ledger.close();

      const benAgain = await rebuilt(of, "ben");
      const adaAgain = await rebuilt(of, "ada", adasDisk);
      const lateAgain = await rebuilt(of, "ada", unsent);
      expect(headsOf(benAgain.ledger)).toEqual(expected);
      expect(headsOf(lateAgain.ledger)).toEqual(expected);
      must(await adaAgain.ledger.receive(await envelopesAt(benAgain.ledger, of.couple.bens, 10)));
      expect(headsOf(adaAgain.ledger)).toEqual(expected);
      for (const again of [benAgain, adaAgain, lateAgain]) {
        expect(idsOf(again.ledger, of.couple.bens, of.couple.ben)).toEqual(ids);
        expect(await words(of, again, of.gone)).toEqual([]);
        expect(await words(of, again, of.after)).toHaveLength(3);
        expect(redactionsIn(again)).toMatchObject([{ page: of.gone }]);
        expect(again.troubles).toEqual([]);
      }
      must(
        await benAgain.ledger.write({
          notebook: of.couple.bens.id,
          kind: "update",
          page: of.after,
          body: utf8("after all"),
        }),
      );
      for (const again of [adaAgain, lateAgain]) {
        must(await again.ledger.receive(await envelopesAt(benAgain.ledger, of.couple.bens, 11)));
        expect(headsOf(again.ledger)).toEqual(headsOf(benAgain.ledger));
        expect(again.ledger.isFrozen()).toBe(false);
      }
    },
  );

  test("knows from its index what was withdrawn, without a look into older volumes", async () => {
    const of = await story("index", 1_000_000);
    must(await redactGone(of));
    const heads = headsOf(of.ben.ledger);
    await of.ben.ledger.close();
    const stores = of.disk.start().carried;
    const opened: number[] = [];
    const again = await of.open("ben", {
      ...stores,
      volumes: {
        ...stores.volumes,
        open: (number) => {
          opened.push(number);
          return stores.volumes.open(number);
        },
      },
    });
    const newest = Math.max(...must(await stores.volumes.list()));
    expect(newest).toBeGreaterThan(1);
    expect(new Set(opened)).toEqual(new Set([newest]));
    expect(headsOf(again.ledger)).toEqual(heads);
    expect(
      linesOfPage(again.ledger, of.couple.bens, of.couple.ben, of.gone).map(
        ({ redacted }) => redacted,
      ),
    ).toEqual([true, true, true]);
  });

  test("keeps what a redaction has let in before its own turn, though its cache is lost", async () => {
    const of = await story("early");
    must(await redactGone(of));
    const sent = await envelopesAt(of.ben.ledger, of.couple.bens);
    const disk = createMemoryDisk();
    const ada = await of.open("ada", disk.start().carried);
    const redaction = at(sent, -1);
    must(await ada.ledger.receive([redaction]));
    must(await ada.ledger.receive(sent.slice(0, 4)));
    expect(ada.ledger.heads()).toMatchObject([{ seq: 7 }]);
    await ada.ledger.close();
    const again = await rebuilt(of, "ada", disk);
    expect(again.ledger.heads()).toMatchObject([{ seq: 7 }]);
    expect(redactionsIn(again)).toEqual([]);
    must(await again.ledger.receive(sent.slice(4)));
    expect(headsOf(again.ledger)).toEqual(headsOf(of.ben.ledger));
    expect(redactionsIn(again)).toHaveLength(1);
    expect(await keysOnDisk(disk.start().carried)).toHaveLength(7);
  });

  test("takes no stranger's word for what is missing in one's own chain", async () => {
    const of = await story("stranger");
    const { couple } = of;
    const own = of.ben.ledger.linesOf(couple.bens.id, couple.ben.device);
    const gone = own.filter(({ page }) => page === of.gone);
    const messages = (await envelopesAt(of.ben.ledger, couple.bens)).map((envelope) =>
      messageIn(couple.bens, envelope),
    );
    await of.ben.ledger.close();
    // Someone at Ben's disk, with the partner's keys: takes words away and lays a redaction of them in his name.
    const volume = must(await of.disk.start().carried.volumes.open(1));
    const forged = writeRaw(couple, couple.ben, couple.bens, {
      kind: "redaction",
      page: of.gone,
      body: encodeRedaction(messages.slice(3, 6)),
      after: at(messages, -1),
    });
    must(await volume.remove(gone.map(({ key }) => key)));
    must(await volume.put([{ key: envelopeKey(forged.envelope), envelope: forged.envelope }]));
    const again = await rebuilt(of, "ben");
    expect(again.ledger.heads()).toMatchObject([{ seq: 3 }]);
    expect(again.troubles).toContain("NO_TAG");
  });
});

describe("a process that dies at any write of a redaction", () => {
  const steps = [1, 2, 3, 4, 5, 6, 7].flatMap((step) => [
    ["before", step] as const,
    ["after", step] as const,
  ]);

  test.each(steps)("of one's own: %s write %i", async (when, step) => {
    const of = await story("dying");
    await of.ben.ledger.close();
    const dying = await of.open("ben", dyingStores(of.disk, step, when));
    await dying.ledger.redact(linesOfPage(dying.ledger, of.couple.bens, of.couple.ben, of.gone));
    const again = await of.open("ben", of.disk.start().carried);
    const redacted = redactionsIn(again).length > 0 || again.ledger.heads()[0]?.seq === 10;
    // Either nothing has happened, or all of it has by now.
    expect(await words(of, again, of.gone)).toHaveLength(redacted ? 0 : 3);
    expect(await keysOnDisk(of.disk.start().carried)).toHaveLength(redacted ? 7 : 9);
    must(
      await again.ledger.redact(linesOfPage(again.ledger, of.couple.bens, of.couple.ben, of.gone)),
    );
    expect(await keysOnDisk(of.disk.start().carried)).toHaveLength(7);
    expect(await words(of, again, of.before)).toHaveLength(3);
    const { ada } = await readerOf({ ...of, ben: again });
    expect(headsOf(ada.ledger)).toEqual(headsOf(again.ledger));
  });

  test.each(steps)("of the partner's: %s write %i", async (when, step) => {
    const of = await story("dying reader");
    const { disk, ada } = await readerOf(of);
    await ada.ledger.close();
    must(await redactGone(of));
    const redaction = await envelopesAt(of.ben.ledger, of.couple.bens, 9);
    const dying = await of.open("ada", dyingStores(disk, step, when));
    await dying.ledger.receive(redaction);
    const again = await of.open("ada", disk.start().carried);
    must(await again.ledger.receive(redaction));
    expect(await words(of, again, of.gone)).toEqual([]);
    expect(await words(of, again, of.after)).toHaveLength(3);
    expect(await keysOnDisk(disk.start().carried)).toHaveLength(7);
    expect(headsOf(again.ledger)).toEqual(headsOf(of.ben.ledger));
    expect(again.troubles).toEqual([]);
  });

  test.each(steps)("that lets in what follows a gap: %s write %i", async (when, step) => {
    const of = await story("dying gap");
    must(await redactGone(of));
    const sent = await envelopesAt(of.ben.ledger, of.couple.bens);
    const disk = createMemoryDisk();
    const dying = await of.open("ada", dyingStores(disk, step, when));
    const order = [at(sent, -1), ...sent.slice(0, -1)];
    for (const envelope of order) await dying.ledger.receive([envelope]);
    const again = await of.open("ada", disk.start().carried);
    for (const envelope of order) must(await again.ledger.receive([envelope]));
    expect(headsOf(again.ledger)).toEqual(headsOf(of.ben.ledger));
    await again.ledger.close();
    must(await disk.start().carried.cache.clear());
    const anew = await of.open("ada", disk.start().carried);
    expect(headsOf(anew.ledger)).toEqual(headsOf(of.ben.ledger));
    expect(await words(of, anew, of.after)).toHaveLength(3);
  });
});

describe("a full disk", () => {
  test("that has no room for a redaction refuses it, and the words are there until it has", async () => {
    const of = await story("no room");
    of.disk.failNext("put", "DISK_FULL", 2);
    expect(await redactGone(of)).toMatchObject({ ok: false, code: "DISK_FULL" });
    expect(await words(of, of.ben, of.gone)).toHaveLength(3);
    expect(await redactGone(of)).toMatchObject({ ok: false, code: "DISK_FULL" });
    must(await redactGone(of));
    expect(await keysOnDisk(of.disk.start().carried)).toHaveLength(7);
    expect(redactionsIn(of.ben)).toHaveLength(1);
  });

  test("that cannot let go of words refuses, and does it the next time it is asked", async () => {
    const of = await story("not let go");
    of.disk.failNext("remove", "DISK_FULL");
    expect(await redactGone(of)).toMatchObject({ ok: false, code: "DISK_FULL" });
    expect(await words(of, of.ben, of.gone)).toEqual([]);
    expect(await keysOnDisk(of.disk.start().carried)).toHaveLength(10);
    must(await redactGone(of));
    expect(await keysOnDisk(of.disk.start().carried)).toHaveLength(7);
    expect(redactionsIn(of.ben)).toHaveLength(1);
  });

  test("that cannot let go of words does it by itself after a while, or at the next start", async () => {
    for (const how of ["while", "start"] as const) {
      const of = await story(`by itself ${how}`);
      of.disk.failNext("remove", "DISK_FULL");
      expect((await redactGone(of)).ok).toBe(false);
      if (how === "start") {
        await of.ben.ledger.close();
        await of.open("ben", of.disk.start().carried);
      } else {
        of.clock.advance(30_000);
        await of.ben.ledger.envelopeOf(at(of.ben.ledger.ownAfter(of.couple.bens.id, 0), 0));
      }
      expect(await keysOnDisk(of.disk.start().carried)).toHaveLength(7);
      expect(of.clock.waiting()).toBe(0);
    }
  });

  test("that cannot note which words are withdrawn keeps them until it can", async () => {
    const of = await story("not noted");
    of.disk.failNext("write", "DISK_FULL", 2);
    expect(await redactGone(of)).toMatchObject({ ok: false, code: "DISK_FULL" });
    expect(await keysOnDisk(of.disk.start().carried)).toHaveLength(10);
    must(await redactGone(of));
    expect(await keysOnDisk(of.disk.start().carried)).toHaveLength(7);
  });

  test("on the reader's side loses nothing and lets go of them later", async () => {
    const of = await story("reader full");
    const { disk, ada } = await readerOf(of);
    must(await redactGone(of));
    const redaction = await envelopesAt(of.ben.ledger, of.couple.bens, 9);
    disk.failNext("put", "DISK_FULL");
    expect(await ada.ledger.receive(redaction)).toMatchObject({ ok: false, code: "DISK_FULL" });
    expect(await words(of, ada, of.gone)).toHaveLength(3);
    disk.failNext("remove", "DISK_FULL");
    must(await ada.ledger.receive(redaction));
    expect(ada.troubles).toEqual(["DISK_FULL", "DISK_FULL"]);
    await ada.ledger.close();
    await of.open("ada", disk.start().carried);
    expect(await keysOnDisk(disk.start().carried)).toHaveLength(7);
    expect(of.clock.waiting()).toBe(0);
  });
});

describe("a partner with a changed app", () => {
  /** Ben by hand: Ada's ledger, and a chain of his that a test continues as it likes. */
  const hostile = async (seed: string) => {
    const two: TwoLedgers = createTwoLedgers(seed);
    const disk = createMemoryDisk();
    const ada = await two.open("ada", disk.start().carried);
    const { couple } = two;
    const chain: Written[] = [];
    const send = async (
      message: Omit<Parameters<typeof writeRaw>[3], "after">,
      notebook = couple.ours,
    ) => {
      const written = writeRaw(couple, couple.ben, notebook, {
        ...message,
        after: chain.at(-1)?.message,
      });
      chain.push(written);
      must(await ada.ledger.receive([written.envelope]));
      return written;
    };
    const page = newId<PageId>(couple.random);
    return { ...two, disk, ada, send, page, chain };
  };

  test("cannot withdraw my words, hide them or freeze my chain", async () => {
    const { ada, couple, send, page, disk } = await hostile("mine");
    await writePage(ada.ledger, couple.ours, page, ["mine 1", "mine 2"]);
    // As Ben has received them: ids, headers and commitments are right.
    const mine = (await envelopesAt(ada.ledger, couple.ours)).map((envelope) =>
      messageIn(couple.ours, envelope),
    );
    await send({ page, body: utf8("theirs") });
    await send({ kind: "redaction", page, body: encodeRedaction(mine) });
    expect(await wordsOf(ada.ledger, couple.ours, couple.ada, page)).toEqual(["mine 1", "mine 2"]);
    expect(ada.troubles).toEqual(["BAD_PAYLOAD"]);
    expect(redactionsIn(ada)).toEqual([]);
    expect(ada.ledger.isFrozen()).toBe(false);
    expect(await keysOnDisk(disk.start().carried)).toHaveLength(4);
  });

  test("cannot withdraw the words of one page under the name of another", async () => {
    const { ada, couple, send, page, disk, open } = await hostile("another page");
    const other = newId<PageId>(couple.random);
    const written = await send({ page, body: utf8("stays") });
    await send({ kind: "redaction", page: other, body: encodeRedaction([written.message]) });
    expect(await wordsOf(ada.ledger, couple.ours, couple.ben, page)).toEqual(["stays"]);
    expect(ada.troubles).toEqual(["BAD_PAYLOAD"]);
    expect(redactionsIn(ada)).toEqual([]);
    await ada.ledger.close();
    must(await disk.start().carried.cache.clear());
    const again = await open("ada", disk.start().carried);
    expect(await wordsOf(again.ledger, couple.ours, couple.ben, page)).toEqual(["stays"]);
    expect(redactionsIn(again)).toEqual([]);
  });

  test("who withdraws nonsense has it in the chain, and nothing happens", async () => {
    const { ada, couple, send, page } = await hostile("nonsense");
    await send({ page, body: utf8("words") });
    for (const length of [0, 1, 167, 168, 169, 336, 4096 * 168])
      await send({ kind: "redaction", page, body: couple.random(length) });
    await send({ page, body: utf8("more") });
    expect(await wordsOf(ada.ledger, couple.ours, couple.ben, page)).toEqual(["words", "more"]);
    expect(ada.troubles).toEqual(Array.from({ length: 7 }, () => "BAD_PAYLOAD"));
    expect(redactionsIn(ada)).toEqual([]);
  });

  test("who says that another message was there freezes their own chain, and a rebuild keeps what came first", async () => {
    const { ada, couple, send, page, disk, chain, open } = await hostile("equivocation");
    await send({ page, body: utf8("first") });
    await send({ page, body: utf8("second") });
    const rival = writeRaw(couple, couple.ben, couple.ours, { page, body: utf8("rival") });
    await send({ kind: "redaction", page, body: encodeRedaction([rival.message]) });
    expect(chain).toHaveLength(3);
    expect(ada.ledger.isFrozen()).toBe(true);
    const expected = await wordsOf(ada.ledger, couple.ours, couple.ben, page);
    expect(expected).toEqual(["first", "second"]);
    await ada.ledger.close();
    for (const clear of [false, true]) {
      if (clear) must(await disk.start().carried.cache.clear());
      const again = await open("ada", disk.start().carried);
      expect(again.ledger.isFrozen()).toBe(true);
      expect(await wordsOf(again.ledger, couple.ours, couple.ben, page)).toEqual(expected);
      expect(again.troubles).not.toContain("CACHE_DAMAGED");
      await again.ledger.close();
    }
  });

  test("who withdraws, then says that yet another message was there, changes nothing of what followed", async () => {
    const { ada, couple, send, page, disk, open } = await hostile("after withdrawal");
    const first = await send({ page, body: utf8("first") });
    await send({ page: noPage, body: utf8("second") });
    await send({ kind: "redaction", page, body: encodeRedaction([first.message]) });
    await send({ page: noPage, body: utf8("third") });
    const rival = writeRaw(couple, couple.ben, couple.ours, { page, body: utf8("rival") });
    const claim = await send({ kind: "redaction", page, body: encodeRedaction([rival.message]) });
    expect(ada.ledger.isFrozen()).toBe(true);
    must(await ada.ledger.receive([rival.envelope, claim.envelope]));
    await ada.ledger.close();
    must(await disk.start().carried.cache.clear());
    const again = await open("ada", disk.start().carried);
    expect(await wordsOf(again.ledger, couple.ours, couple.ben, noPage)).toEqual([
      "second",
      "third",
    ]);
    expect(again.ledger.isFrozen()).toBe(true);
  });

  test("who withdraws without end has a volume written anew once in a while, not each time", async () => {
    const { couple, page, open, clock } = await hostile("without end");
    const disk = createMemoryDisk();
    const stores = disk.start().carried;
    let removals = 0;
    const ada = await open("ada", {
      ...stores,
      volumes: {
        ...stores.volumes,
        open: async (number) => {
          const opened = must(await stores.volumes.open(number));
          const remove: typeof opened.remove = (keys) => {
            removals += 1;
            return opened.remove(keys);
          };
          return { ok: true, value: { ...opened, remove } };
        },
      },
    });
    let before: Written["message"] | undefined;
    for (let count = 0; count < 40; count++) {
      const words = writeRaw(couple, couple.ben, couple.ours, {
        page,
        body: utf8("words"),
        after: before,
      });
      const redaction = writeRaw(couple, couple.ben, couple.ours, {
        kind: "redaction",
        page,
        body: encodeRedaction([words.message]),
        after: words.message,
      });
      before = redaction.message;
      must(await ada.ledger.receive([words.envelope, redaction.envelope]));
    }
    expect(removals).toBe(1);
    clock.advance(5_000);
    await ada.ledger.newestOf(couple.ours.id, couple.ben.device, "redaction");
    expect(removals).toBe(2);
    expect(await keysOnDisk(disk.start().carried)).toHaveLength(40);
    await ada.ledger.close();
    expect(clock.waiting()).toBe(0);
  });
});
