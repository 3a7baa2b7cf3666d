import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Imported } from "../../shared/archive/imported.ts";
import { markdownZip } from "../../shared/archive/saveMarkdown.ts";
import type { WrittenEntry } from "../../shared/archive/savedEntry.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { NewPhoto } from "../../shared/page/photo.ts";
import type { Piece } from "../../shared/page/pieces.ts";
import { readTags } from "../../shared/page/tags.ts";
import { tidyPieces } from "../../shared/page/tidyPieces.ts";
import { chosen, opened } from "../support/archives.ts";
import { entryOf, keptSink, photoOf, saveTo } from "../support/savedFiles.ts";
import { createNotes } from "../../shared/archive/leftOut.ts";
import { must } from "../support/twoPartners.ts";

beforeAll(loadSodium);

const letters = fc.constantFrom(
  ...["a", "Zé", "word ", "- ", "- - ", "[", "{", "]", ": ", "? ", "#", "##", '"', "'", "\\", "/"],
  ...["..", ".", "CON", "nul", "*", "?", "<b>", "|", "🙂", "👩‍👩‍👧", "\u202e", "אב", "\u2028", "&amp;"],
  ...[
    "---",
    "...",
    "%41",
    "2026-01-02",
    "$&",
    "\u00a0",
    "yes",
    "null",
    "1e3",
    "~",
    "é",
    "é".normalize("NFD"),
  ],
);
const line = fc.array(letters, { maxLength: 12 }).map((parts) => parts.join(""));
const wellFormed = (text: string): string => text.replaceAll(/\p{Cs}/gu, "");
const long = line.map((text) => wellFormed(text.repeat(40).slice(0, 200)));
const words = (text: string): Piece => ({
  kind: "words",
  text,
  bold: text.length % 3 === 0,
  italic: text.length % 2 === 0,
  address: text.length % 5 === 0 ? "https://example.org/a_(b)" : undefined,
});
const block = fc.oneof(
  fc.array(line, { maxLength: 3 }).map((texts): Piece => ({
    kind: "paragraph",
    inside: texts.filter((text) => text !== "").map(words),
  })),
  line.map((text): Piece => ({
    kind: "heading",
    level: 2,
    inside: text === "" ? [] : [words(text)],
  })),
  line.map((text): Piece => ({
    kind: "tasks",
    inside: [
      {
        kind: "task",
        done: text.length % 2 === 0,
        inside: [{ kind: "paragraph", inside: [words(`x${text}`)] }],
      },
    ],
  })),
  line.map((text): Piece => ({
    kind: "quote",
    inside: [{ kind: "paragraph", inside: [words(`x${text}`)] }],
  })),
  fc.constant<Piece>({ kind: "line" }),
);

type Part = { readonly piece: Piece; readonly bytes: Uint8Array | undefined };

/** What was said of it stands on one line. */
const photoWords = line.map((text) => text.replaceAll(/\s+/g, " ").trim());
const part: fc.Arbitrary<Part> = fc.oneof(
  { weight: 4, arbitrary: block.map((piece) => ({ piece, bytes: undefined })) },
  {
    weight: 1,
    arbitrary: fc
      .record({
        number: fc.nat({ max: 1_000_000_000 }),
        text: photoWords,
        type: fc.constantFrom("image/jpeg" as const, "image/png" as const, "image/webp" as const),
        bytes: fc.uint8Array({ minLength: 1, maxLength: 64 }),
      })
      .map(({ number, text, type, bytes }): Part => ({
        piece: { kind: "photo", photo: photoOf(number, { words: text, type, size: bytes.length }) },
        bytes,
      })),
  },
);

const entry = fc.record({
  title: fc.oneof(line, long).map(wellFormed),
  aboutAt: fc.integer({ min: Date.UTC(1900, 0, 2), max: Date.UTC(2150, 0, 1) }),
  tags: fc.array(line, { maxLength: 6 }).map((tags) => readTags(tags, 32)),
  feelings: fc.array(line, { maxLength: 4 }).map((tags) => readTags(tags, 16)),
  place: fc.constantFrom("draft" as const, "shared" as const, "room" as const),
  parts: fc.array(part, { minLength: 1, maxLength: 5 }),
});

type Told = Pick<Imported, "title" | "writtenAt" | "tags" | "feelings"> & {
  readonly parts: readonly (
    | Piece
    | { readonly bytes: readonly number[]; readonly words: string }
  )[];
};

const readAll = async (zip: Uint8Array): Promise<readonly Told[]> => {
  const archive = await opened([chosen("saved.zip", zip)]);
  const notes = createNotes(archive.before);
  const told: Told[] = [];
  const prepare = async (bytes: Uint8Array): Promise<NewPhoto> => ({
    bytes,
    width: 4,
    height: 3,
    type: "image/jpeg",
  });
  for await (const each of archive.entries({ prepare, notes })) {
    const parts: Told["parts"][number][] = [];
    for (const one of each.parts) {
      if (one.kind === "piece") parts.push(one.piece);
      else {
        const photo = await one.read();
        parts.push({ bytes: [...(photo?.bytes ?? [])], words: photo?.words ?? "" });
      }
    }
    const { title, writtenAt, tags, feelings } = each;
    told.push({ title, writtenAt, tags, feelings, parts });
  }
  expect(notes.list()).toEqual([]);
  return told;
};

const inOrder = (told: readonly Told[]): readonly string[] =>
  told.map((one) => JSON.stringify(one)).toSorted();

/** Its name stands in the address of its photo. */
const namedLikeStruckWords: Parameters<Parameters<typeof entry.map>[0]>[0] = {
  title: "~~a~~ and ~~a~~",
  aboutAt: 0,
  tags: [],
  feelings: [],
  place: "draft",
  parts: [
    {
      piece: {
        kind: "photo",
        photo: {
          key: `${"k".repeat(41)}0A`,
          chunks: [`${"c".repeat(42)}A`],
          size: 1,
          width: 4,
          height: 3,
          type: "image/jpeg",
          words: "",
        },
      },
      bytes: Uint8Array.of(0),
    },
  ],
} as never;

test("what is saved as Markdown and brought in again is the same in everything the file can hold", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 3 }), async (wanted) => {
      const entries: WrittenEntry[] = wanted.map(({ parts, ...card }, index) =>
        entryOf(
          index,
          parts.map(({ piece }) => piece),
          card,
          new Map(
            parts.flatMap(({ piece, bytes }) =>
              piece.kind === "photo" && bytes !== undefined ? [[piece.photo.key, bytes]] : [],
            ),
          ),
        ),
      );
      const kept = wanted.filter(
        ({ title, tags, feelings, parts }) =>
          title !== "" ||
          tags.length + feelings.length > 0 ||
          parts.some(({ piece }) => saysIt(piece)),
      );
      const comes = kept.filter(({ title, parts }) => title !== "" || parts.length > 0);
      if (kept.length === 0) return;
      const sink = keptSink();
      expect(must(await saveTo(sink, entries, markdownZip))).toEqual({
        entries: kept.length,
        notSaved: [],
      });
      expect(inOrder(await readAll(sink.bytes()))).toEqual(
        inOrder(
          comes.map(({ title, aboutAt, tags, feelings, parts }) => ({
            title,
            writtenAt: aboutAt,
            tags,
            feelings,
            parts: parts.flatMap(({ piece, bytes }): Told["parts"] =>
              piece.kind === "photo"
                ? [{ bytes: [...(bytes ?? [])], words: piece.photo.words }]
                : tidyPieces([piece]),
            ),
          })),
        ),
      );
    }),
    { numRuns: Number(process.env["EXPORT_RUNS"] ?? 60), examples: [[[namedLikeStruckWords]]] },
  );
});

const saysIt = (piece: Piece): boolean =>
  piece.kind === "words"
    ? piece.text.trim() !== ""
    : "inside" in piece
      ? piece.inside.some(saysIt)
      : piece.kind !== "break";
