import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { utf8 } from "../../shared/base/bytes.ts";
import { htmlStyle, htmlStyleHash } from "../../shared/archive/htmlStyle.ts";
import { htmlFile } from "../../shared/archive/saveHtml.ts";
import { markdownFile, markdownZip } from "../../shared/archive/saveMarkdown.ts";
import { createSavedNames, safeName } from "../../shared/archive/savedNames.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Piece } from "../../shared/page/pieces.ts";
import { bring, chosen, dayOne, opened, picture, wordsOf } from "../support/archives.ts";
import {
  entryOf,
  keptSink,
  pageAt,
  photoOf,
  plainTexts,
  saveTo,
  said,
} from "../support/savedFiles.ts";
import { must } from "../support/twoPartners.ts";
import { zipOf } from "../support/zipFiles.ts";

beforeAll(loadSodium);

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe("names of files", () => {
  test.each([
    ["CON", "CON_"],
    ["nul.txt", "nul_"],
    ["../../etc/passwd", "etc passwd"],
    ["a/b\\c:d", "a b c d"],
    ['what?*<>|"', "what"],
    ["ends. . ", "ends"],
    ["\u202etxt.exe\u2066", "txt.exe"],
    ["\0\n\t", ""],
    ["\ud800 alone", "alone"],
    ["👩‍👩‍👧 us", "👩‍👩‍👧 us"],
    [".hidden", "hidden"],
    ["-rf", "rf"],
    ["e\u0301", "é"],
  ])("%j becomes %j", (title, name) => {
    expect(safeName(title)).toBe(name);
  });

  test("are short enough for every system, whatever was written", () => {
    for (const letter of ["x", "é", "汉", "👩‍👩‍👧"]) {
      const name = safeName(letter.repeat(300));
      expect(name.length).toBeGreaterThan(10);
      expect(utf8(name).length).toBeLessThanOrEqual(120);
      expect(text(utf8(name))).toBe(name);
    }
  });

  test("differ also where capitals do not count", () => {
    const names = createSavedNames();
    const aboutAt = new Date(2026, 2, 4, 12).getTime();
    const made = ["Canal", "CANAL", "canal (2)", "", "", "canal"].map((title) =>
      names.entry({ aboutAt, title }),
    );
    expect(made[0]).toBe("2026-03-04 Canal");
    expect(new Set(made.map((name) => name.toLowerCase())).size).toBe(made.length);
  });
});

describe("only one’s own words", () => {
  const theirs = entryOf(1, [said("partner's words")], { author: "partner", place: "shared" });
  const withdrawn = entryOf(2, [said("taken back")], { withdrawnAt: 5, place: "shared" });
  const closed = entryOf(3, [said("still closed")], { opened: false });
  const letter = entryOf(4, [said("a letter")], { kind: "letter" });
  const trashed = entryOf(5, [said("in the trash")], { trashedAt: 5 });
  const mine = entryOf(6, [said("my own")], { place: "shared" });

  test.each([
    ["Markdown", markdownZip],
    ["HTML", htmlFile(plainTexts)],
  ])("go into %s, whatever is asked for", async (_, form) => {
    const sink = keptSink();
    const all = [theirs, withdrawn, closed, letter, trashed, mine];
    expect(must(await saveTo(sink, all, form)).entries).toBe(1);
    expect(sink.end()).toBe("finished");
  });

  test("and where there are none, no file comes about", async () => {
    const sink = keptSink();
    expect(await saveTo(sink, [theirs, withdrawn], markdownZip)).toMatchObject({
      code: "NOTHING_TO_SAVE",
    });
    expect(sink.end()).toBe("aborted");
  });
});

test("an entry alone is one plain file that says what it is", async () => {
  const sink = keptSink();
  const entry = entryOf(1, [said("We walked home.")], {
    title: "The canal",
    tags: ["canal", "#walks"],
    feelings: ["tender"],
    place: "shared",
  });
  must(await saveTo(sink, [entry], markdownFile));
  expect(text(sink.bytes())).toMatch(
    /^---\ntitle: "The canal"\ndate: "2026-03-04T[^"]+"\ntags: \["canal", "##walks"\]\nfeelings: \["tender"\]\nshared: yes\n---\n\nWe walked home\.\n$/,
  );
});

test("from Day One into Twofold, out as Markdown and in again, the entries are the same", async () => {
  const entries = [
    {
      uuid: "A1",
      creationDate: "2024-05-01T18:00:00Z",
      timeZone: "Europe/Berlin",
      text: "# The lake\n\nWe **swam** late.\n\n![](dayone-moment://P1)\n\n- one\n- two",
      tags: ["summer", "water"],
      photos: [{ identifier: "P1", md5: "abc", type: "jpeg" }],
    },
    { uuid: "A2", creationDate: "2024-05-02T06:00:00Z", text: "No title here." },
  ];
  const zip = await zipOf({ "Journal.json": dayOne(entries), "photos/abc.jpeg": picture });
  const first = await bring(await opened([chosen("day-one.zip", zip)]));
  const photo = photoOf(1);
  const written = first.entries.map((entry, index) =>
    entryOf(
      index,
      entry.parts.map((part): Piece =>
        part.kind === "piece" ? part.piece : { kind: "photo", photo },
      ),
      {
        title: entry.title,
        aboutAt: entry.writtenAt ?? 0,
        tags: entry.tags,
        feelings: entry.feelings,
      },
      new Map([[photo.key, picture]]),
    ),
  );
  const sink = keptSink();
  must(await saveTo(sink, written, markdownZip));
  const again = await bring(await opened([chosen("Writing.zip", sink.bytes())]));
  const told = (brought: typeof first) =>
    brought.entries
      .map(({ title, writtenAt, tags, feelings, ...entry }) => ({
        title,
        writtenAt,
        tags,
        feelings,
        words: wordsOf({ title, writtenAt, tags, feelings, ...entry }),
      }))
      .toSorted((one, other) => (one.writtenAt ?? 0) - (other.writtenAt ?? 0));
  expect(told(again)).toEqual(told(first));
  expect(told(first)).toHaveLength(2);
  expect(again.pictures).toBe(1);
  expect(again.left).toEqual([]);
});

describe("a photo that is not there", () => {
  const missing = entryOf(
    1,
    [{ kind: "photo", photo: photoOf(1, { words: "the bench by the water" }) }],
    { title: "Bench" },
  );
  const named = [{ code: "PHOTO", count: 1, where: ["2026-03-04 Bench"] }];

  test("is named, and what was written about it stays in Markdown", async () => {
    const sink = keptSink();
    expect(must(await saveTo(sink, [missing], markdownZip)).notSaved).toEqual(named);
    const again = await bring(await opened([chosen("Writing.zip", sink.bytes())]));
    expect(again.entries.map(wordsOf)).toEqual(["the bench by the water"]);
  });

  test("is named, and what was written about it stays in a web page", async () => {
    const sink = keptSink();
    expect(must(await saveTo(sink, [missing], htmlFile(plainTexts))).notSaved).toEqual(named);
    expect(text(sink.bytes())).toContain("the bench by the water");
  });
});

describe("a web page", () => {
  const hostile = `</style><script>alert(1)</script><img src=x onerror=alert(1)>" onload='x' \u202e &amp; \0`;
  const page = async (): Promise<string> => {
    const sink = keptSink();
    const photo = photoOf(1, { words: `"><script>` });
    const link: Piece = {
      kind: "words",
      text: hostile,
      bold: true,
      italic: true,
      address: `https://example.org/"onclick="alert(1)`,
    };
    const entry = entryOf(
      1,
      [
        { kind: "paragraph", inside: [link] },
        { kind: "photo", photo },
        { kind: "tasks", inside: [{ kind: "task", done: true, inside: [said("done")] }] },
      ],
      { title: hostile, tags: [hostile] },
      new Map([[photo.key, Uint8Array.from({ length: 30_000 }, (_, at) => at % 251)]]),
    );
    must(await saveTo(sink, [entry], htmlFile({ ...plainTexts, title: hostile })));
    return text(sink.bytes());
  };

  test("keeps hostile words as words", async () => {
    const html = await page();
    const tags = html.replace(/<style>[^<]*<\/style>/, "").match(/<[^>]*>/g) ?? [];
    expect(
      tags.filter((tag) => /script|onerror=|onload=/.test(tag.replaceAll(/"[^"]*"/g, ""))),
    ).toEqual([]);
    expect(html.match(/<script/gi)).toBeNull();
    expect(html.match(/<style/g)).toHaveLength(1);
    expect(html).toContain("&lt;script&gt;alert(1)");
    expect(html).toContain('href="https://example.org/&quot;onclick=&quot;alert(1)"');
    expect(html).not.toContain("\0");
    expect(html).toContain('dir="auto"');
  });

  test("allows its own style by its hash and nothing else, and holds its photos itself", async () => {
    const html = await page();
    const hash = `sha256-${createHash("sha256").update(htmlStyle).digest("base64")}`;
    expect(htmlStyleHash).toBe(hash);
    expect(html).toContain(
      `content="default-src 'none'; img-src data:; style-src '${hash}'; base-uri 'none'; form-action 'none'"`,
    );
    const photo = /src="data:image\/jpeg;base64,([^"]+)"/.exec(html)?.[1] ?? "";
    expect([...Buffer.from(photo, "base64")]).toEqual(
      Array.from({ length: 30_000 }, (_, at) => at % 251),
    );
    expect(html).not.toMatch(/(?:src|href)="(?!data:|https:\/\/example)/);
  });
});

describe("what ends early leaves nothing", () => {
  const many = Array.from({ length: 40 }, (_, index) => entryOf(index, [said(`words ${index}`)]));

  test.each([
    ["Markdown", markdownZip],
    ["HTML", htmlFile(plainTexts)],
  ])("stopped in the middle of %s", async (_, form) => {
    const sink = keptSink();
    let done = 0;
    const saved = await saveTo(sink, many, form, {
      progress: (now) => (done = now),
      cancelled: () => done >= 20,
    });
    expect(saved).toMatchObject({ ok: false, code: "CANCELLED" });
    expect(sink.end()).toBe("aborted");
    expect(sink.bytes()).toHaveLength(0);
  });

  test.each([
    ["Markdown", markdownZip],
    ["HTML", htmlFile(plainTexts)],
  ])("on a disk that is full, in %s", async (_, form) => {
    const sink = keptSink(2_000);
    expect(await saveTo(sink, many, form)).toMatchObject({ code: "DISK_FULL" });
    expect(sink.end()).toBe("aborted");
  });
});

test("an entry that was taken away meanwhile is not in the file, and one that was begun and left is none", async () => {
  const sink = keptSink();
  const kept = entryOf(1, [said("here")]);
  const bare = entryOf(2, [{ kind: "paragraph", inside: [] }]);
  const saved = must(await saveTo(sink, [kept, bare], markdownZip));
  expect(saved).toEqual({ entries: 1, notSaved: [] });
  expect(pageAt(1)).not.toBe(pageAt(2));
});
