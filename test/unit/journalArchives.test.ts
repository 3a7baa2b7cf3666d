import { openAsBlob } from "node:fs";
import { mkdtemp, open as openFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fileSource } from "../../renderer/moving/chosenFiles.ts";
import errors from "../../renderer/i18n/en/errors.json";
import type { ChosenFile } from "../../shared/archive/archivedFile.ts";
import { createNotes } from "../../shared/archive/leftOut.ts";
import { utf8 } from "../../shared/base/bytes.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import {
  bring,
  chosen,
  codesOf,
  dayOne,
  noWork,
  open,
  opened,
  picture,
  preparePicture,
} from "../support/archives.ts";
import { during } from "../support/during.ts";
import { createTwoPartners, must, writeDraft, type TwoPartners } from "../support/twoPartners.ts";
import { zipOf } from "../support/zipFiles.ts";
import { bytesOn } from "./keptKit.ts";

beforeAll(loadSodium);

const twoGiB = 2 * 1024 ** 3;
let home = "";
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "twofold-archives-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

type Part = { readonly at: number; readonly bytes: Uint8Array };

/** A real file of that size with these bytes in it, and holes between them, as the browser hands one over. */
const sparse = async (name: string, size: number, parts: readonly Part[] = []) => {
  const path = join(home, name);
  const file = await openFile(path, "w");
  await file.truncate(size);
  for (const { at, bytes } of parts) await file.write(bytes, 0, bytes.length, at);
  await file.close();
  const blob = await openAsBlob(path);
  const source = fileSource(Object.assign(blob, { name, lastModified: 0, webkitRelativePath: "" }));
  let read = 0;
  const counted: ChosenFile = {
    path: name,
    modifiedAt: undefined,
    source: {
      ...source,
      read: (from, length) => {
        read += length;
        return source.read(from, length);
      },
    },
  };
  return { file: counted, read: () => read };
};

const little = (value: number, length: number): number[] =>
  Array.from({ length }, (_, index) => Math.floor(value / 256 ** index) % 256);

/** A zip with one file of this size, stored as it is; all of it is a hole. */
const holeInZip = (
  name: string,
  size: number,
): { readonly size: number; readonly parts: Part[] } => {
  const common = [
    ...[...little(0x0800, 2), ...little(0, 2), ...little(0, 2), ...little(0x5c64, 2)],
    ...[...little(0, 4), ...little(size, 4), ...little(size, 4)],
    ...[...little(utf8(name).length, 2), ...little(0, 2)],
  ];
  const local = [0x50, 0x4b, 3, 4, ...little(20, 2), ...common, ...utf8(name)];
  const central = [
    ...[0x50, 0x4b, 1, 2, ...little(20, 2), ...little(20, 2), ...common],
    ...[...little(0, 2), ...little(0, 2), ...little(0, 2), ...little(0, 4), ...little(0, 4)],
    ...utf8(name),
  ];
  const at = local.length + size;
  const end = [
    ...[0x50, 0x4b, 5, 6, 0, 0, 0, 0, ...little(1, 2), ...little(1, 2)],
    ...[...little(central.length, 4), ...little(at, 4), 0, 0],
  ];
  return {
    size: at + central.length + end.length,
    parts: [
      { at: 0, bytes: Uint8Array.from(local) },
      { at, bytes: Uint8Array.from([...central, ...end]) },
    ],
  };
};

describe("a file of two gigabytes", () => {
  test.each<readonly [string, string, readonly Part[]]>([
    ["journal.zip", "NOT_A_ZIP", []],
    ["cut.zip", "ZIP_DAMAGED", [{ at: 0, bytes: Uint8Array.of(0x50, 0x4b, 3, 4) }]],
    ["Journal.json", "FILE_TOO_LARGE", [{ at: 0, bytes: utf8('{"entries":[') }]],
    ["film.mov", "KIND", []],
    ["photo.jpg", "KIND", [{ at: 0, bytes: picture }]],
  ])("%s is refused with a sentence, and hardly read (%s)", async (name, code, parts) => {
    const { file, read } = await sparse(name, twoGiB, parts);
    expect(await open([file])).toMatchObject({ ok: false, code });
    expect(read()).toBeLessThan(4 * 1024 ** 2);
    expect(Object.keys(errors.moving)).toContain(code);
  });

  test("that is called text is left out and named, and the one beside it comes", async () => {
    const { file, read } = await sparse("diary.md", twoGiB);
    const archive = await opened([file, chosen("short.md", "A short one.")]);
    const { entries, left } = await bring(archive);
    expect(entries).toHaveLength(1);
    expect(left).toMatchObject([{ code: "FILE_TOO_LARGE" }]);
    expect(read()).toBe(0);
  });

  test.each([
    ["Journal.json", "FILE_TOO_LARGE"],
    ["film.mov", "NOTHING_HERE"],
  ])("inside of an archive stays where it is: %s", async (name, code) => {
    const { size, parts } = holeInZip(name, twoGiB);
    const { file, read } = await sparse("large.zip", size, parts);
    expect(await open([file])).toMatchObject({ ok: false, code });
    expect(read()).toBeLessThan(4 * 1024 ** 2);
  });

  test("inside of an archive that says that a few bytes unpack to it is refused before anything is unpacked", async () => {
    const small = await zipOf({ "Journal.json": "[]".repeat(40) }, { level: 9 });
    const view = new DataView(small.buffer, small.byteOffset);
    let said = 0;
    for (let at = 0; at < small.length - 4; at++)
      if (view.getUint32(at, true) === 80) {
        view.setUint32(at, twoGiB, true);
        said += 1;
      }
    expect(said).toBeGreaterThan(0);
    expect(await open([chosen("bomb.zip", small)])).toMatchObject({ code: "ZIP_TOO_LARGE" });
  });
});

const journalFile = dayOne([
  {
    uuid: "A1",
    creationDate: "2026-03-04T10:00:00Z",
    text: '# Zoë’s day\n\nשלום 🙂 "said" \\ and {more}\n\n![](dayone-moment://P1)',
    tags: ["é", "x"],
    photos: [{ identifier: "P1", md5: "m1", type: "jpeg" }],
  },
  { uuid: "A2", creationDate: "2026-03-05T10:00:00Z", text: "Two" },
]);

describe("a journal's file that is cut", () => {
  test(
    "after any of its bytes is refused as damaged, and no entry of it comes",
    { timeout: 60_000 },
    async () => {
      const whole = utf8(journalFile);
      expect(await open([chosen("Journal.json", whole)])).toMatchObject({ ok: true });
      for (let length = 0; length < whole.length; length++)
        expect([
          length,
          await open([chosen("Journal.json", whole.slice(0, length))]),
        ]).toMatchObject([length, { ok: false, code: "JSON_DAMAGED" }]);
    },
  );

  test(
    "inside of a whole archive is refused too, or named beside the journals that are whole",
    { timeout: 60_000 },
    async () => {
      const whole = utf8(journalFile);
      for (let length = 0; length < whole.length; length += 13) {
        const cut = whole.slice(0, length);
        expect(await open([chosen("a.zip", await zipOf({ "Journal.json": cut }))])).toMatchObject({
          code: "JSON_DAMAGED",
        });
        const two = await zipOf({ "Whole.json": journalFile, "Cut.json": cut });
        const { entries, left } = await bring(await opened([chosen("b.zip", two)]));
        expect(entries).toHaveLength(2);
        expect(left.find(({ code }) => code === "JSON_DAMAGED")).toBeDefined();
      }
    },
  );
});

describe("in a real journal", () => {
  /** Its lists, and every byte on its disk. */
  const stateOf = async ({ anna }: TwoPartners) => {
    const { entries, cards, troubles } = anna.journal();
    const { kept, carried } = anna.disk.start();
    return {
      lists: [entries.cards.read(), entries.trash.read(), cards.read(), troubles.read()],
      bytes: [await bytesOn(kept), await bytesOn(carried)],
      chunks: [...must(await kept.chunks.names())].toSorted(),
    };
  };

  const begin = async (seed: number) => {
    const partners = await createTwoPartners({ seed });
    const journal = partners.anna.journal();
    await writeDraft(journal, must(await journal.entries.draftEntry()), "what was there before");
    await partners.settle(10);
    return partners;
  };

  test("whatever is refused while it is looked at changes nothing, on no list and no disk", async () => {
    const partners = await begin(1_440);
    const before = await stateOf(partners);
    const zip = await zipOf({ "Journal.json": journalFile });
    const bomb = await zipOf({ "Journal.json": new Uint8Array(40 * 1024 ** 2) });
    const refused: readonly (readonly [string, readonly ChosenFile[]])[] = [
      ["JSON_DAMAGED", [chosen("Journal.json", journalFile.slice(0, -1))]],
      ["ZIP_DAMAGED", [chosen("a.zip", zip.slice(0, -30))]],
      ["NOT_A_ZIP", [chosen("a.zip", "no zip at all, but words")]],
      ["ZIP_TOO_LARGE", [chosen("a.zip", bomb)]],
      ["ZIP_ENCRYPTED", [chosen("a.zip", await zipOf({ "a.md": "x" }, { password: "secret" }))]],
      ["KIND", [chosen("a.exe", "MZ")]],
    ];
    const sentences = new Set<string>();
    for (const [code, files] of refused) {
      expect(await open(files)).toMatchObject({ ok: false, code });
      const said = errors.moving[code as keyof typeof errors.moving];
      sentences.add(`${said.happened} ${said.safe} ${said.next}`);
    }
    expect(sentences.size).toBe(refused.length);
    await partners.settle(10);
    expect(await stateOf(partners)).toEqual(before);
  });

  test("a picture that is none stays out and is named; its entry comes, and no piece of it is on the disk", async () => {
    const { anna, clock } = await begin(1_441);
    const files = {
      "Journal.json": journalFile,
      "photos/m1.jpeg": "<script>alert(1)</script>, and no picture",
    };
    const archive = await opened([chosen("a.zip", await zipOf(files))]);
    const notes = createNotes(archive.before);
    const taking = anna
      .journal()
      .entries.takeIn(archive.entries({ prepare: preparePicture, notes }), noWork);
    expect(must(await during(clock, taking)).pages).toHaveLength(2);
    expect(codesOf(notes.list())).toEqual(["NOT_A_PICTURE"]);
    const withPhotos = anna
      .journal()
      .entries.cards.read()
      .map(({ hasPhotos }) => hasPhotos);
    expect(withPhotos).toEqual([false, false, false]);
    expect([...must(await anna.disk.start().kept.chunks.names())]).toEqual([]);
  });
});
