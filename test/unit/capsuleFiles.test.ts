import { beforeAll, describe, expect, test } from "vitest";
import { concatBytes, u32 } from "../../shared/base/bytes.ts";
import { idBytes, idFrom, type DeviceId, type MessageId } from "../../shared/base/ids.ts";
import { accept, refuse } from "../../shared/base/result.ts";
import {
  boundOf,
  capsuleHeadLength,
  capsuleKeys,
  capsulePieceLength,
  capsuleRootOf,
  encodeCapsuleHead,
  sealedCapsulePiece,
} from "../../shared/carry/capsule/head.ts";
import { mostWanted, type WrittenRecord } from "../../shared/carry/capsule/records.ts";
import { writePieces } from "../../shared/crypto/pieces.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { encodeAck } from "../../shared/envelope/ack.ts";
import type { CarriedEnvelope } from "../../shared/envelope/envelope.ts";
import { chunkLength } from "../../shared/page/photo.ts";
import { capsulesOf } from "../../shared/journal/travel/capsules.ts";
import { createHostilePartner, type HostilePartner } from "../support/hostilePartner.ts";
import { createTwoPartners, must, sharedCards, shareEntry } from "../support/twoPartners.ts";
import { contentOf, memoryFile, patient, sourceOf } from "./backupKit.ts";
import { crkOf, recordsIn, sealRecords, takeFile, watched, writeFile } from "./capsuleKit.ts";
import { createHouse, first } from "./doorKit.ts";
import { entryOf } from "./guardPages.ts";
import { picture, sharePhotos } from "./photoKit.ts";

beforeAll(loadSodium);

const apart = async (seed: number) => {
  const partners = await createTwoPartners({ seed });
  partners.link.cut();
  await partners.settle(1);
  return partners;
};

/** Any bytes at all, sealed as the stream of a capsule of this couple. */
const sealBytes = async (root: Uint8Array, content: readonly Uint8Array[]): Promise<Uint8Array> => {
  const bound = boundOf(new Uint8Array(32).fill(7));
  const { commit, key } = capsuleKeys(root, bound);
  const sealed: Uint8Array[] = [];
  const pieces = writePieces<never>({
    key,
    pieceLength: capsulePieceLength,
    put: async (piece) => {
      sealed.push(piece);
      return accept(undefined);
    },
    cancelled: () => false,
  });
  for (const bytes of content) must(await pieces.add(bytes));
  must(await pieces.end((count) => count));
  return concatBytes(encodeCapsuleHead({ bound, commit, streamHeader: pieces.header }), ...sealed);
};

const rawRecord = (type: number, body: Uint8Array, length = body.length): Uint8Array =>
  concatBytes(Uint8Array.of(type), u32(length), body);

const endOf = (envelopes: number, chunks: number): WrittenRecord => ({
  type: "end",
  envelopes,
  chunks,
});

/** As one begins (shared/backup/head.ts): both kinds of file have the same ending. */
const backup = concatBytes(new TextEncoder().encode("TFB1"), new Uint8Array(300).fill(1));

describe("a file that is not what was written", () => {
  let bytes: Uint8Array;
  let sam: Awaited<ReturnType<typeof apart>>["sam"];
  let before: unknown;
  beforeAll(async () => {
    const partners = await apart(5_101);
    ({ sam } = partners);
    await sharePhotos(partners.anna.journal(), "words and a photo", [picture(250_000)]);
    bytes = await writeFile(partners.anna.journal());
    before = await contentOf(sam.disk.start());
  });

  const codeFor = async (file: Uint8Array): Promise<string> => {
    const taken = await takeFile(sam.journal(), file);
    return taken.ok ? "taken" : taken.code;
  };
  const unchanged = async (): Promise<void> => {
    expect(sharedCards(sam.journal())).toEqual([]);
    expect(sam.journal().troubles.read()).toEqual([]);
    expect(await contentOf(sam.disk.start())).toEqual(before);
  };

  const piece = (n: number): Uint8Array =>
    bytes.slice(
      capsuleHeadLength + n * sealedCapsulePiece,
      capsuleHeadLength + (n + 1) * sealedCapsulePiece,
    );
  const head = (): Uint8Array => bytes.slice(0, capsuleHeadLength);
  const rest = (n: number): Uint8Array => bytes.slice(capsuleHeadLength + n * sealedCapsulePiece);

  test.each<readonly [name: string, code: string, file: () => Uint8Array]>([
    ["empty", "NOT_A_CAPSULE", () => new Uint8Array()],
    ["zeros", "NOT_A_CAPSULE", () => new Uint8Array(200_000)],
    ["another format", "NOT_A_CAPSULE", () => concatBytes(Uint8Array.of(0x50, 0x4b, 3, 4), bytes)],
    ["a backup", "IS_A_BACKUP", () => backup],
    ["what a backup begins with, and no more", "IS_A_BACKUP", () => backup.slice(0, 4)],
    ["one piece less", "CUT_SHORT", () => bytes.slice(0, -sealedCapsulePiece)],
    ["no piece", "CUT_SHORT", head],
    [
      "two pieces swapped",
      "CAPSULE_ALTERED",
      () => concatBytes(head(), piece(1), piece(0), rest(2)),
    ],
    ["a piece twice", "CAPSULE_ALTERED", () => concatBytes(head(), piece(0), piece(0), rest(1))],
    ["a piece dropped", "CAPSULE_ALTERED", () => concatBytes(head(), piece(0), rest(2))],
    ["a piece after the end", "CAPSULE_ALTERED", () => concatBytes(bytes, piece(0))],
    ["two of them in one", "CUT_SHORT", () => concatBytes(bytes, bytes)],
    ["a byte more", "CUT_SHORT", () => concatBytes(bytes, Uint8Array.of(0))],
    [
      "a later version",
      "NEWER_CAPSULE",
      () => concatBytes(bytes.slice(0, 4), Uint8Array.of(2), bytes.slice(5)),
    ],
  ])("%s is refused", async (_name, code, file) => {
    expect(await codeFor(file())).toBe(code);
    await unchanged();
  });

  test("it is refused wherever it was cut", async () => {
    const cuts = [
      ...Array.from({ length: capsuleHeadLength + 40 }, (_, at) => at),
      ...Array.from({ length: 60 }, (_, n) => Math.floor((n * bytes.length) / 60)),
      bytes.length - 1,
    ];
    for (const cut of cuts)
      expect(await codeFor(bytes.slice(0, cut))).toBe(cut < 4 ? "NOT_A_CAPSULE" : "CUT_SHORT");
    await unchanged();
  });

  test("it is refused wherever a bit was flipped", async () => {
    const places = [
      ...Array.from({ length: capsuleHeadLength + 40 }, (_, at) => at),
      ...Array.from({ length: 80 }, (_, n) => Math.floor((n * bytes.length) / 80)),
      bytes.length - 1,
    ];
    for (const at of places) {
      const file = bytes.slice();
      file[at] = (file[at] ?? 0) ^ (1 << (at % 8));
      expect(["NOT_A_CAPSULE", "NEWER_CAPSULE", "CAPSULE_ALTERED"]).toContain(await codeFor(file));
    }
    await unchanged();
  });

  test("it is refused where it cannot be read any more", async () => {
    for (const after of [0, 1, 3, 9]) {
      let reads = 0;
      const gone = {
        ...sourceOf(bytes),
        read: async (from: number, length: number) =>
          reads++ >= after ? refuse("FILE_GONE") : accept(bytes.slice(from, from + length)),
      };
      expect(await sam.journal().capsules.take(gone, patient)).toMatchObject({
        code: "FILE_GONE",
      });
    }
  });
});

test("a file that is another one at the second reading brings nothing that was not written", async () => {
  const { anna, sam } = await apart(5_102);
  await shareEntry(anna.journal(), "the first");
  const one = await writeFile(anna.journal());
  await shareEntry(anna.journal(), "the second");
  const two = await writeFile(anna.journal());
  let reads = 0;
  const file = {
    ...sourceOf(one),
    read: async (from: number, length: number) => {
      const now = reads++ < 2 ? one : two;
      return accept(now.slice(from, from + length));
    },
  };
  expect(await sam.journal().capsules.take(file, patient)).toMatchObject({
    code: "CAPSULE_ALTERED",
  });
  expect(sharedCards(sam.journal())).toEqual([]);
});

describe("a capsule that is not for here", () => {
  test("my own says so, and of another couple too, before anything is read of it", async () => {
    const { anna, sam } = await apart(5_110);
    const other = await apart(5_112);
    const mine = await writeFile(anna.journal());
    expect(await takeFile(anna.journal(), mine)).toMatchObject({ code: "OWN_CAPSULE" });
    expect(await takeFile(other.anna.journal(), mine)).toMatchObject({ code: "OTHER_COUPLE" });
    must(await takeFile(sam.journal(), mine));
  });

  test("two capsules of one couple have nothing in common that a stranger could see", async () => {
    const { anna } = await apart(5_113);
    const [one, two] = [
      await writeFile(anna.journal(), "all"),
      await writeFile(anna.journal(), "all"),
    ];
    expect(one.length).toBe(two.length);
    let same = 0;
    for (let at = 8; at < one.length; at++) if (one[at] === two[at]) same += 1;
    expect(same).toBeLessThan(one.length / 128);
  });

  test("who has nobody is told so, and nothing is left of the file", async () => {
    const journal = must(
      await createHouse(4)
        .door()
        .create(first, () => {}),
    ).journal;
    const file = memoryFile();
    expect(await journal.capsules.write("new", file, patient)).toEqual(refuse("NOT_PAIRED"));
    expect(file.aborted()).toBe(true);
    expect(await takeFile(journal, new Uint8Array(9))).toEqual(refuse("NOT_PAIRED"));
    expect(await takeFile(journal, backup)).toEqual(refuse("IS_A_BACKUP"));
    await journal.lock();
  });

  test("while sharing is paused nothing is written and nothing taken", async () => {
    const { anna } = await apart(5_114);
    const paused = capsulesOf(() => anna.journal().capsules, true);
    const file = memoryFile();
    expect(await paused.write("all", file, patient)).toEqual(refuse("SHARING_PAUSED"));
    expect(file.aborted()).toBe(true);
    expect(await paused.take(sourceOf(backup), patient)).toEqual(refuse("IS_A_BACKUP"));
    expect(await paused.take(sourceOf(new Uint8Array()), patient)).toEqual(
      refuse("SHARING_PAUSED"),
    );
  });
});

describe("a partner who has the keys and writes what they like", () => {
  const seed = 5_120;
  let partner: HostilePartner;
  let root: Uint8Array;
  let heads: WrittenRecord;
  beforeAll(async () => {
    partner = await createHostilePartner({ seed });
    root = capsuleRootOf(crkOf(seed));
    heads = { type: "heads", writer: partner.sam, heads: [] };
  });
  const rawHeads = (): Uint8Array => rawRecord(1, idBytes(partner.sam));
  const rawEnd = (envelopes = 0, chunks = 0): Uint8Array =>
    rawRecord(5, concatBytes(u32(envelopes), u32(chunks)));

  test("can make one for a folder, which is taken by hand as well", async () => {
    const file = await sealRecords(root, [heads, { type: "folder", turn: 9 }, endOf(0, 0)]);
    expect(must(await takeFile(partner.journal(), file))).toEqual({ brought: false });
    expect(await recordsIn(root, file)).toMatchObject([{}, { type: "folder", turn: 9 }, {}]);
  });

  test("can make one that is taken", async () => {
    const file = await sealRecords(root, [heads, endOf(0, 0)]);
    expect(must(await takeFile(partner.journal(), file))).toEqual({ brought: false });
    expect(await recordsIn(root, file)).toHaveLength(2);
  });

  const envelope = new Uint8Array(592);
  const chunk = new Uint8Array(chunkLength);
  test.each<readonly [name: string, code: string, content: () => readonly Uint8Array[]]>([
    ["nothing but zeros", "CAPSULE_ALTERED", () => [new Uint8Array(300_000)]],
    ["no end", "CAPSULE_ALTERED", () => [rawHeads()]],
    ["no heads", "CAPSULE_ALTERED", () => [rawEnd()]],
    ["heads twice", "CAPSULE_ALTERED", () => [rawHeads(), rawHeads(), rawEnd()]],
    ["words in the padding", "CAPSULE_ALTERED", () => [rawHeads(), rawEnd(), Uint8Array.of(1)]],
    [
      "words in a later piece of the padding",
      "CAPSULE_ALTERED",
      () => [rawHeads(), rawEnd(), new Uint8Array(150_000), Uint8Array.of(1)],
    ],
    ["a count that lies", "CAPSULE_ALTERED", () => [rawHeads(), rawRecord(3, envelope), rawEnd(2)]],
    [
      "a photo before the words",
      "CAPSULE_ALTERED",
      () => [rawHeads(), rawRecord(4, chunk), rawRecord(3, envelope), rawEnd(1, 1)],
    ],
    ["a short envelope", "CAPSULE_ALTERED", () => [rawHeads(), rawRecord(3, new Uint8Array(591))]],
    ["a long chunk", "CAPSULE_ALTERED", () => [rawHeads(), rawRecord(4, new Uint8Array(65_609))]],
    [
      "a length of four gigabytes",
      "CAPSULE_ALTERED",
      () => [rawHeads(), rawRecord(3, envelope, 0xffff_ffff)],
    ],
    [
      "a length beyond the end",
      "CAPSULE_ALTERED",
      () => [rawHeads(), rawRecord(3, envelope, 1_081_424)],
    ],
    ["a broken head", "CAPSULE_ALTERED", () => [rawRecord(1, new Uint8Array(17)), rawEnd()]],
    [
      "a chain named twice",
      "CAPSULE_ALTERED",
      () => {
        const one = {
          notebook: partner.notebooks.ours.id,
          device: partner.sam,
          seq: 1,
          id: "0".repeat(64) as MessageId,
        };
        const table = encodeAck([one, one]);
        return [rawRecord(1, concatBytes(idBytes(partner.sam), table)), rawEnd()];
      },
    ],
    [
      "more heads than there can be",
      "CAPSULE_ALTERED",
      () => [rawRecord(1, new Uint8Array(16 + 72 * 65)), rawEnd()],
    ],
    [
      "more that is wanted than may be",
      "CAPSULE_ALTERED",
      () => [rawHeads(), rawRecord(2, new Uint8Array(32 * (mostWanted + 1))), rawEnd()],
    ],
    [
      "half a name",
      "CAPSULE_ALTERED",
      () => [rawHeads(), rawRecord(2, new Uint8Array(33)), rawEnd()],
    ],
    [
      "wants nothing, at length",
      "CAPSULE_ALTERED",
      () => [rawHeads(), rawRecord(2, new Uint8Array()), rawEnd()],
    ],
    [
      "a record that only a later Twofold knows",
      "NEWER_CAPSULE",
      () => [rawHeads(), rawRecord(7, new Uint8Array(9)), rawEnd()],
    ],
    [
      "a turn in the folder that is none",
      "CAPSULE_ALTERED",
      () => [rawHeads(), rawRecord(6, new Uint8Array(8).fill(255)), rawEnd()],
    ],
    [
      "a turn that is cut short",
      "CAPSULE_ALTERED",
      () => [rawHeads(), rawRecord(6, new Uint8Array(7)), rawEnd()],
    ],
    [
      "two turns",
      "CAPSULE_ALTERED",
      () => [
        rawHeads(),
        rawRecord(6, new Uint8Array(8)),
        rawRecord(6, new Uint8Array(8)),
        rawEnd(),
      ],
    ],
    [
      "a turn behind what is wanted",
      "CAPSULE_ALTERED",
      () => [
        rawHeads(),
        rawRecord(2, new Uint8Array(32)),
        rawRecord(6, new Uint8Array(8)),
        rawEnd(),
      ],
    ],
  ])("but %s is refused", async (_name, code, content) => {
    const before = await contentOf(partner.disk.start());
    const taken = await takeFile(partner.journal(), await sealBytes(root, content()));
    expect(taken).toMatchObject({ code });
    expect(await contentOf(partner.disk.start())).toEqual(before);
  });

  test("forged envelopes and photos that nobody asked for go no further", async () => {
    const wire = partner.write({ kind: "snapshot", body: entryOf("said by a file", 3) });
    const stolen = wire.envelope.slice();
    stolen[stolen.length - 1] = (stolen.at(-1) ?? 0) ^ 1;
    const file = await sealRecords(root, [
      heads,
      { type: "envelope", envelope: new Uint8Array(592) as CarriedEnvelope },
      { type: "envelope", envelope: stolen as CarriedEnvelope },
      { type: "envelope", envelope: wire.envelope },
      { type: "chunk", bytes: chunk },
      endOf(3, 1),
    ]);
    expect(must(await takeFile(partner.journal(), file))).toEqual({ brought: true });
    expect(sharedCards(partner.journal())).toMatchObject([{ excerpt: "said by a file" }]);
    const { chunks } = partner.disk.start().carried;
    expect(must(await chunks.names()).size).toBe(0);
    expect(partner.journal().troubles.read().length).toBeGreaterThan(0);
  });

  test("a writer who is nobody of the two changes nothing by it", async () => {
    const nobody: WrittenRecord = {
      type: "heads",
      writer: idFrom<DeviceId>(new Uint8Array(16).fill(9)),
      heads: [],
    };
    const file = await sealRecords(root, [nobody, endOf(0, 0)]);
    expect(must(await takeFile(partner.journal(), file))).toEqual({ brought: false });
  });

  test("any number of tiny records takes no more memory than a few", async () => {
    const tiny = Number(process.env["CAPSULE_TINY"] ?? 20_000);
    const many = function* (): Iterable<WrittenRecord> {
      yield heads;
      for (let count = 0; count < tiny; count++)
        yield { type: "envelope", envelope: envelope as CarriedEnvelope };
      yield endOf(tiny, 0);
    };
    const { source, longest } = watched(await sealRecords(root, many()));
    expect(must(await partner.journal().capsules.take(source, patient))).toEqual({
      brought: false,
    });
    expect(longest()).toBe(sealedCapsulePiece);
  }, 120_000);

  test("a file of two gigabytes is read a piece at a time, and no further than its first lie", async () => {
    const file = await sealBytes(root, [rawHeads(), new Uint8Array(200_000)]);
    let read = 0;
    const size = capsuleHeadLength + 32_768 * sealedCapsulePiece;
    const large = {
      name: "large",
      size,
      read: async (from: number, length: number) => {
        read += length;
        const bytes = new Uint8Array(Math.min(length, size - from));
        bytes.set(file.subarray(from, from + bytes.length));
        return accept(bytes);
      },
    };
    expect(await partner.journal().capsules.take(large, patient)).toMatchObject({
      code: "CAPSULE_ALTERED",
    });
    expect(read).toBeLessThan(300_000);
  });

  test("can be stopped in the midst of a long one", async () => {
    const many = function* (): Iterable<WrittenRecord> {
      yield heads;
      for (let count = 0; count < 2_000; count++)
        yield { type: "envelope", envelope: envelope as CarriedEnvelope };
      yield endOf(2_000, 0);
    };
    const file = await sealRecords(root, many());
    for (const at of [0, 1, 5, 15, 25, 33]) {
      let asked = 0;
      const work = { ...patient, cancelled: () => asked++ >= at };
      expect(await partner.journal().capsules.take(sourceOf(file), work)).toMatchObject({
        code: "CANCELLED",
      });
    }
  });
});
