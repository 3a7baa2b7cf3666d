import { beforeAll, describe, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import {
  bring,
  chosen,
  codesOf,
  dayOne,
  open,
  opened,
  picture,
  wordsOf,
} from "../support/archives.ts";
import { zipOf } from "../support/zipFiles.ts";

beforeAll(loadSodium);

const at = (...parts: [number, number, number, number?, number?]): number =>
  new Date(parts[0], parts[1] - 1, parts[2], parts[3] ?? 12, parts[4] ?? 0).getTime();

describe("Markdown and text files", () => {
  test("one file is one entry, with what its first lines say of it", async () => {
    const text = `---\ntitle: "The canal"\ndate: 2026-03-04 20:15\ntags: [walk, "#late"]\nfeelings: calm\n---\nWe *walked*.\n`;
    const { entries, left } = await bring(await opened([chosen("a.md", text)]));
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      title: "The canal",
      writtenAt: at(2026, 3, 4, 20, 15),
      tags: ["walk", "late"],
      feelings: ["calm"],
    });
    expect(entries.map(wordsOf)).toEqual(["We walked."]);
    expect(left).toEqual([]);
  });

  test.each([
    ["2026-03-04.md", at(2026, 3, 4), ""],
    ["2026-03-04 A walk.md", at(2026, 3, 4), "A walk"],
    ["20260304 2015 A walk.md", at(2026, 3, 4, 20, 15), "A walk"],
    ["Diary/2026_03_04.txt", at(2026, 3, 4), ""],
    ["A walk 2026-13-44.md", 5_000_000, "A walk 2026-13-44"],
    ["A walk.md", 5_000_000, "A walk"],
  ])(
    "%s says its date and its title by its name, else the file's own time",
    async (path, when, title) => {
      const [entry] = (
        await bring(await opened([chosen(path, "Words", { modifiedAt: 5_000_000 })]))
      ).entries;
      expect(entry).toMatchObject({ writtenAt: when, title });
    },
  );

  test("the first heading is what it is called, and stands only once", async () => {
    const [entry] = (await bring(await opened([chosen("2026-03-04.md", "# One day\n\nWords")])))
      .entries;
    expect(entry?.title).toBe("One day");
    expect(entry && wordsOf(entry)).toBe("Words");
  });

  test("two titles that differ are both there", async () => {
    const text = "---\ntitle: Said\n---\n# Written\n\nWords";
    const [entry] = (await bring(await opened([chosen("a.md", text)]))).entries;
    expect(entry?.title).toBe("Said");
    expect(entry && wordsOf(entry)).toBe("Written\nWords");
  });

  test("a title too long for a list stays among the words", async () => {
    const long = "very ".repeat(60).trim();
    for (const text of [`---\ntitle: ${long}\n---\nWords`, `# ${long}\n\nWords`]) {
      const [entry] = (await bring(await opened([chosen("2026-03-04.md", text)]))).entries;
      expect(entry && wordsOf(entry)).toBe(`${long}\nWords`);
    }
  });

  test("plain text is not read as Markdown", async () => {
    const [entry] = (
      await bring(await opened([chosen("2026-03-04.txt", "# 1\n- two\n\n    *three*")]))
    ).entries;
    expect(entry && wordsOf(entry)).toBe("# 1/- two\n    *three*");
  });

  test("what a page has no form for becomes words and is named", async () => {
    const text = [
      "| a | b |\n|---|---|\n| 1 | 2 |",
      "```\ncode  here\n```",
      "<u>under</u>",
      "##### small",
      "note[^1] and ~~gone~~ and [file](other.md)",
      "[^1]: the note itself",
    ].join("\n\n");
    const { entries, left } = await bring(await opened([chosen("a.md", text)]));
    expect(codesOf(left)).toEqual(
      ["CODE", "FOOTNOTE", "HTML", "LINK", "SMALL_HEADING", "STRUCK", "TABLE"].toSorted(),
    );
    const words = entries.map(wordsOf).join();
    for (const part of [
      "| 1 | 2 |",
      "code  here",
      "<u>",
      "under",
      "small",
      "note[^1]",
      "~~gone~~",
      "other.md",
      "the note itself",
    ])
      expect(words).toContain(part);
  });

  test("pictures beside the file come; what is not there, is elsewhere, or is none is said", async () => {
    const text =
      "Before ![the *lock*](img/a%20b.jpg) after ![x](gone.png) ![y](https://example.org/p.png) ![z](no.png)";
    const { entries, left, pictures } = await bring(
      await opened([
        chosen("diary/one.md", text),
        chosen("diary/img/a b.jpg", picture),
        chosen("diary/no.png", "not a picture"),
        chosen("diary/img/nobody.jpg", picture),
      ]),
    );
    expect(pictures).toBe(1);
    expect(entries.map(wordsOf)).toEqual([
      "Before\n[picture]\nafter\nx (gone.png)\ny (https://example.org/p.png)\n[picture]",
    ]);
    expect(codesOf(left)).toEqual([
      "NOT_A_PICTURE",
      "PICTURE_MISSING",
      "PICTURE_REMOTE",
      "PICTURE_UNUSED",
    ]);
  });

  test("a picture out of the folder is not looked for", async () => {
    const { left } = await bring(
      await opened([chosen("a/one.md", "![x](../../secret.jpg)"), chosen("secret.jpg", picture)]),
    );
    expect(codesOf(left)).toContain("PICTURE_MISSING");
  });

  test("files of systems are passed over in silence, others by name, and none is opened", async () => {
    const archive = await opened([
      chosen("d/one.md", "Words"),
      chosen("d/.DS_Store", "x"),
      chosen("d/.obsidian/app.json", "{"),
      chosen("__MACOSX/d/._one.md", "x"),
      chosen("d/scan.pdf", "x"),
      chosen("d/film.mp4", "x"),
      chosen("d/within.zip", "x"),
    ]);
    expect(codesOf(archive.preview.leftOut)).toEqual(["OTHER_KIND", "VIDEO", "ZIP_WITHIN"]);
    expect(archive.preview.entries).toBe(1);
  });

  test("the same file again has the same name, another text another", async () => {
    const source = async (path: string, text: string) =>
      (await bring(await opened([chosen(path, text)]))).entries[0]?.source;
    const one = await source("a/one.md", "Words");
    expect(await source("b/c/one.md", "Words")).toBe(one);
    expect(await source("a/one.md", "Other words")).not.toBe(one);
    expect(await source("a/two.md", "Words")).not.toBe(one);
  });

  test("what is there twice comes once; what is empty does not", async () => {
    const archive = await opened([
      chosen("a/one.md", "Words"),
      chosen("b/one.md", "Words"),
      chosen("2026-03-04.md", " \n\n"),
    ]);
    expect(archive.preview.entries).toBe(1);
    expect(codesOf(archive.preview.leftOut)).toEqual(["EMPTY", "TWICE"]);
  });

  test.each([
    ["UTF-8 with a mark", Uint8Array.of(0xef, 0xbb, 0xbf, 0xc3, 0xa9), "é", []],
    ["UTF-16", Uint8Array.of(0xff, 0xfe, 0xe9, 0x00), "é", []],
    ["Windows", Uint8Array.of(0x61, 0xe9), "aé", ["OLD_LETTERS"]],
  ])("text in %s is read", async (_, bytes, words, codes) => {
    const { entries, left } = await bring(await opened([chosen("2026-03-04.md", bytes)]));
    expect(entries.map(wordsOf)).toEqual([words]);
    expect(codesOf(left)).toEqual(codes);
  });

  test("what is no text at all stays out", async () => {
    const archive = await opened([
      chosen("a.md", Uint8Array.of(0, 1, 2, 255)),
      chosen("b.md", "x"),
    ]);
    expect(codesOf(archive.preview.leftOut)).toEqual(["NOT_TEXT"]);
  });

  test("front matter that cannot be read stays among the words, and is never more than words", async () => {
    for (const yaml of ["a: [", "a: &x\nb: *x", "a: !!js/function x", "? - \n: [", "\tx: 1"]) {
      const text = `---\n${yaml}\n---\nWords`;
      const { entries } = await bring(await opened([chosen("2026-03-04.md", text)]));
      expect(entries).toHaveLength(1);
      expect(entries.map(wordsOf).join()).toContain("Words");
    }
    const { left } = await bring(await opened([chosen("a.md", "---\ntitle: [\n---\nWords")]));
    expect(codesOf(left)).toEqual(["FRONT_MATTER"]);
  });

  test("a file that vanishes is named, and the others come", async () => {
    const { entries, left } = await bring(
      await opened([chosen("a.md", "Words"), chosen("b.md", "More words", { goneAfter: 3 })]),
    );
    expect(entries).toHaveLength(1);
    expect(left).toEqual([{ code: "FILE_GONE", count: 1, where: ["b.md"] }]);
  });

  test("what was looked at comes as it was seen, though its file is gone; a picture is named", async () => {
    const { entries, left } = await bring(
      await opened([
        chosen("a.md", "More words ![x](p.jpg)", { goneAfter: 30 }),
        chosen("p.jpg", picture, { goneAfter: 1 }),
      ]),
    );
    expect(entries.map(wordsOf)).toEqual(["More words\n[picture]"]);
    expect(codesOf(left)).toEqual(["FILE_GONE"]);
  });
});

describe("Day One", () => {
  const entry = (more: object) => ({
    uuid: "0A3BFC9847BD4173881DE43749F23B58",
    creationDate: "2026-03-04T19:15:00Z",
    timeZone: "Europe/Brussels",
    text: "# The canal\n\nWe walked\\. It was **cold**\\.\nThen home\\.",
    ...more,
  });
  const photo = { identifier: "6C886CB69DC14EB9A8B568678C0FDD32", md5: "abc1", type: "jpeg" };

  test("an export with several journals comes with its dates, tags and pictures where they stood", async () => {
    const zip = await zipOf({
      "Journal.json": dayOne([
        entry({
          tags: ["walk", "us"],
          starred: true,
          location: { placeName: "Lock", latitude: 1, longitude: 2 },
          weather: { conditionsDescription: "Rain" },
          text: "# The canal\n\nBefore\n\n![](dayone-moment://6C886CB69DC14EB9A8B568678C0FDD32)\n\nAfter",
          richText: "{}",
          photos: [photo, { identifier: "X2", md5: "abc2", type: "png" }],
        }),
      ]),
      "Second.json": dayOne([
        entry({
          uuid: "B2",
          text: "![](dayone-moment:/video/V1)\n\nWords",
          videos: [{ identifier: "V1" }],
        }),
      ]),
      "photos/abc1.jpeg": picture,
      "photos/abc2.png": picture,
      "videos/v.mov": "film",
    });
    const archive = await opened([chosen("Export.zip", zip)]);
    expect(archive.preview).toMatchObject({ entries: 2, pictures: 2, titles: ["The canal"] });
    expect(archive.preview.from).toBe(Date.parse("2026-03-04T19:15:00Z"));
    const { entries, left, pictures } = await bring(archive);
    expect(pictures).toBe(2);
    expect(entries[0]).toMatchObject({
      source: "dayone:0A3BFC9847BD4173881DE43749F23B58",
      title: "The canal",
      writtenAt: Date.parse("2026-03-04T19:15:00Z"),
      tags: ["walk", "us"],
    });
    expect(entries.map(wordsOf)).toEqual(["Before\n[picture]\nAfter\n[picture]", "Words"]);
    expect(codesOf(left)).toEqual(["JOURNAL_NAMES", "PLACE", "STARRED", "VIDEO", "WEATHER"]);
    expect(JSON.stringify(entries)).not.toMatch(/Lock|Rain|latitude/);
  });

  test("its escapes are gone, its line breaks are not", async () => {
    const archive = await opened([chosen("Journal.json", dayOne([entry({})]))]);
    const { entries } = await bring(archive);
    expect(entries.map(wordsOf)).toEqual(["We walked. It was cold./Then home."]);
  });

  test("an entry without Markdown gives the words of its other form", async () => {
    const richText = JSON.stringify({
      contents: [
        { text: "Only *rich*\n", attributes: { line: { header: 1 } } },
        { embeddedObjects: [{ type: "photo", identifier: photo.identifier }] },
        { text: "text" },
      ],
    });
    const zip = await zipOf({
      "J.json": dayOne([entry({ text: undefined, richText, photos: [photo] })]),
      "photos/abc1.jpeg": picture,
    });
    const { entries, left } = await bring(await opened([chosen("e.zip", zip)]));
    expect(entries.map(wordsOf)).toEqual(["Only *rich*\n[picture]\ntext"]);
    expect(codesOf(left)).toEqual(["RICH_TEXT"]);
  });

  test("one entry that is none of its kind stays out, the others come", async () => {
    const odd = [
      null,
      7,
      [],
      { uuid: 7, creationDate: {}, text: ["x"], tags: "x", photos: 3 },
      entry({
        uuid: "C3",
        creationDate: "soon",
        photos: [null, 7, { identifier: 9 }],
        tags: [1, "ok"],
      }),
      entry({ uuid: "C4" }),
    ];
    const { entries, left } = await bring(
      await opened([chosen("Journal.json", JSON.stringify({ entries: odd }))]),
    );
    expect(entries.map(({ source }) => source)).toEqual(["dayone:C3", "dayone:C4"]);
    expect(codesOf(left)).toEqual(
      expect.arrayContaining(["DATE_UNCLEAR", "EMPTY", "ENTRY_DAMAGED", "TAGS"]),
    );
  });

  test("a picture that the archive lacks is named, and the words come", async () => {
    const zip = await zipOf({ "J.json": dayOne([entry({ photos: [photo] })]) });
    const { entries, left } = await bring(await opened([chosen("e.zip", zip)]));
    expect(entries).toHaveLength(1);
    expect(codesOf(left)).toEqual(["PICTURE_MISSING"]);
  });

  test("cut short anywhere, nothing of it comes", async () => {
    const whole = dayOne([entry({ tags: ["a"] }), entry({ uuid: "B2" })]);
    for (let length = 0; length < whole.length; length += 3)
      expect((await open([chosen("Journal.json", whole.slice(0, length))])).ok).toBe(false);
    expect(await open([chosen("Journal.json", whole.slice(0, 50))])).toMatchObject({
      code: "JSON_DAMAGED",
    });
  });
});

describe("what cannot be taken", () => {
  test.each([
    ["a film", "film.mov", "KIND"],
    ["no kind that is known", "notes.pages", "KIND"],
    ["JSON of something else", "package.json", "NOTHING_HERE"],
  ])("%s is refused", async (_, path, code) => {
    expect(await open([chosen(path, "{}")])).toMatchObject({ ok: false, code });
  });

  test("two gigabytes of another kind are refused unread", async () => {
    const file = chosen("film.mov", "");
    const source = {
      ...file.source,
      size: 2 * 1024 ** 3,
      read: () => Promise.reject(new Error("it was read")),
    };
    expect(await open([{ ...file, source }])).toMatchObject({ code: "KIND" });
    const text = { ...file, path: "a.md", source: { ...source, name: "a.md" } };
    const archive = await open([text]);
    expect(archive).toMatchObject({ ok: true });
    expect(archive.ok && codesOf(archive.value.preview.leftOut)).toEqual(["FILE_TOO_LARGE"]);
  });

  test("a folder without writing says so", async () => {
    expect(await open([chosen("a/b.pdf", "x"), chosen("a/c.jpg", picture)])).toMatchObject({
      code: "NOTHING_HERE",
    });
    expect(await open([chosen("a.zip", await zipOf({ "b.pdf": "x" }))])).toMatchObject({
      code: "NOTHING_HERE",
    });
  });

  test("stopped while it is read, it is as if nothing had been chosen", async () => {
    const files = Array.from({ length: 50 }, (_, index) => chosen(`${index}.md`, `Words ${index}`));
    let asked = 0;
    const work = { progress: () => {}, cancelled: () => ++asked > 5 };
    expect(await open(files, work)).toMatchObject({ code: "CANCELLED" });
  });
});
