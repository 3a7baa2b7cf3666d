import { getSchema } from "@tiptap/core";
import { Node } from "@tiptap/pm/model";
import {
  prosemirrorToYXmlFragment,
  updateYFragment,
  yXmlFragmentToProsemirrorJSON,
} from "@tiptap/y-tiptap";
import * as fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { opensWhole } from "../../renderer/ui/editor/opensWhole.ts";
import { readOwnText } from "../../renderer/ui/editor/ownText.ts";
import { writingSchema } from "../../renderer/ui/editor/schema.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { PageBody } from "../../shared/page/card.ts";
import { copyForSharing } from "../../shared/page/copyWords.ts";
import { replaceWords } from "../../shared/page/edition.ts";
import { newPageDoc, pageWords, type PageDoc } from "../../shared/page/pageDoc.ts";
import type { ChunkName, PhotoRef } from "../../shared/page/photo.ts";
import { type Piece, readPieces, type Words, writePieces } from "../../shared/page/pieces.ts";
import { sameBody, wordsMark } from "../../shared/page/sameWords.ts";
import { plainWords } from "../../shared/page/words.ts";
import { idOf, random } from "../unit/pageKit.ts";

beforeAll(loadSodium);

const extensions = writingSchema({ photo: "Photo" });
const schema = getSchema(extensions);

const bodyOf = (doc: PageDoc): PageBody => pageWords(doc) as unknown as PageBody;
const written = (pieces: readonly Piece[]): PageDoc => {
  const doc = newPageDoc(random);
  writePieces(bodyOf(doc), pieces);
  return doc;
};
const read = (doc: PageDoc): readonly Piece[] => readPieces(bodyOf(doc));

/** Whether the editor, comparing a page with what it shows of it, finds nothing to write. */
const staysAsItIs = (doc: PageDoc): boolean => {
  const body = pageWords(doc);
  if (body.length === 0) return true;
  const shown = Node.fromJSON(schema, yXmlFragmentToProsemirrorJSON(body));
  let changes = 0;
  doc.on("update", () => changes++);
  updateYFragment(doc, body, shown, { mapping: new Map(), isOMark: new Map() });
  return changes === 0;
};

const chunk = fc.constantFrom("A".repeat(43), "b-_".repeat(14) + "c") as fc.Arbitrary<ChunkName>;
const photo: fc.Arbitrary<PhotoRef> = fc.record({
  key: fc.constant("k".repeat(43)),
  chunks: fc.tuple(chunk, chunk),
  size: fc.integer({ min: 65_537, max: 131_072 }),
  width: fc.integer({ min: 1, max: 4_000 }),
  height: fc.integer({ min: 1, max: 4_000 }),
  type: fc.constantFrom("image/jpeg", "image/png", "image/webp"),
  words: fc.string({ unit: "grapheme", maxLength: 20 }),
});

const looks = fc.record({
  bold: fc.boolean(),
  italic: fc.boolean(),
  address: fc.constantFrom(undefined, "https://example.org/a", "mailto:sam@example.org"),
});
const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });
const oneLine = text.filter((said) => !/[\r\n]/.test(said));

const lookOf = (piece: Piece | undefined): string =>
  piece?.kind === "words" ? JSON.stringify({ ...piece, text: "" }) : "";

/** As an editor has it: no two neighbouring runs look the same. */
const line: fc.Arbitrary<readonly Piece[]> = fc
  .array(
    fc.oneof(
      fc.record({ kind: fc.constant("words" as const), text: oneLine, look: looks }),
      fc.constant({ kind: "break" as const }),
    ),
    { maxLength: 4 },
  )
  .map((parts) =>
    parts
      .map((part): Piece =>
        part.kind === "break" ? part : { kind: "words", text: part.text, ...part.look },
      )
      .filter(
        (piece, index, all) => piece.kind === "break" || lookOf(piece) !== lookOf(all[index - 1]),
      ),
  );

const { block: tidyBlock } = fc.letrec<{
  block: Piece;
  blocks: readonly Piece[];
  item: readonly Piece[];
}>((tie) => ({
  blocks: fc.array(tie("block"), { minLength: 1, maxLength: 3 }),
  item: fc
    .tuple(line, fc.array(tie("block"), { maxLength: 2 }))
    .map(([inside, more]): readonly Piece[] => [{ kind: "paragraph", inside }, ...more]),
  block: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    line.map((inside): Piece => ({ kind: "paragraph", inside })),
    fc
      .tuple(fc.constantFrom(2 as const, 3 as const), line)
      .map(([level, inside]): Piece => ({ kind: "heading", level, inside })),
    fc.constant<Piece>({ kind: "line" }),
    photo.map((ref): Piece => ({ kind: "photo", photo: ref })),
    tie("blocks").map((inside): Piece => ({ kind: "quote", inside })),
    fc.array(tie("item"), { minLength: 1, maxLength: 3 }).map((items): Piece => ({
      kind: "bullets",
      inside: items.map((inside) => ({ kind: "item", inside })),
    })),
    fc
      .tuple(
        fc.constantFrom({}, { start: 0 }, { start: 7 }),
        fc.array(tie("item"), { minLength: 1, maxLength: 3 }),
      )
      .map(([start, items]): Piece => ({
        kind: "numbers",
        ...start,
        inside: items.map((inside) => ({ kind: "item", inside })),
      })),
    fc
      .array(fc.tuple(fc.boolean(), tie("item")), { minLength: 1, maxLength: 3 })
      .map((items): Piece => ({
        kind: "tasks",
        inside: items.map(([done, inside]) => ({ kind: "task", done, inside })),
      })),
  ),
}));
const tidy = fc.array(tidyBlock, { maxLength: 5 });

/** As a file might have it: anything in anything. */
const { any } = fc.letrec<{ any: Piece; inside: readonly Piece[] }>((tie) => ({
  inside: fc.array(tie("any"), { maxLength: 4 }),
  any: fc.oneof(
    { depthSize: "medium", withCrossShrink: true },
    fc.record({
      kind: fc.constant("words" as const),
      text: fc.constantFrom("", "one", "two\nlines", "\r\n", "three ", "a\u0000b"),
      bold: fc.boolean(),
      italic: fc.boolean(),
      address: fc.constantFrom(undefined, "https://example.org", "javascript:alert(1)"),
    }),
    fc.constant<Piece>({ kind: "break" }),
    fc.constant<Piece>({ kind: "line" }),
    photo.map((ref): Piece => ({ kind: "photo", photo: ref })),
    fc
      .tuple(fc.constantFrom("paragraph", "quote", "bullets", "tasks", "item"), tie("inside"))
      .map(([kind, inside]) => ({ kind, inside })),
    tie("inside").map((inside): Piece => ({ kind: "numbers", start: -3.5, inside })),
    tie("inside").map((inside): Piece => ({ kind: "task", done: true, inside })),
    tie("inside").map((inside): Piece => ({ kind: "heading", level: 3, inside })),
  ),
}));
const wild = fc.array(any, { maxLength: 6 });

const wordsIn = (pieces: readonly Piece[]): string =>
  pieces
    .map((piece) =>
      piece.kind === "words" ? piece.text : "inside" in piece ? wordsIn(piece.inside) : "",
    )
    .join("")
    .replaceAll(/[\r\n]/g, "");

const photosIn = (pieces: readonly Piece[]): number =>
  pieces.reduce(
    (sum, piece) =>
      sum + (piece.kind === "photo" ? 1 : "inside" in piece ? photosIn(piece.inside) : 0),
    0,
  );

test("words that are written into a page are read from it as they were", () => {
  fc.assert(
    fc.property(tidy, (pieces) => {
      expect(read(written(pieces))).toEqual(pieces);
    }),
  );
});

test("whatever a file holds, its words and photos go into the page, in order, and the editor opens it whole and unchanged", () => {
  fc.assert(
    fc.property(wild, (pieces) => {
      const doc = written(pieces);
      expect(wordsIn(read(doc))).toBe(wordsIn(pieces));
      expect(photosIn(read(doc))).toBe(photosIn(pieces));
      expect(opensWhole(pageWords(doc), extensions)).toBe(true);
      expect(staysAsItIs(doc)).toBe(true);
      expect(read(written(read(doc)))).toEqual(read(doc));
    }),
  );
});

test("what an editor wrote is read and written again as the editor has it", () => {
  fc.assert(
    fc.property(tidy, (pieces) => {
      const shown = Node.fromJSON(
        schema,
        yXmlFragmentToProsemirrorJSON(pageWords(written(pieces))),
      );
      const edited = newPageDoc(random);
      prosemirrorToYXmlFragment(shown, pageWords(edited));
      expect(read(edited)).toEqual(pieces);
      expect(wordsMark(written(read(edited)))).toBe(wordsMark(edited));
    }),
  );
});

test("what is shared, and a change that is sent, look as the draft does, ticks and photos and all", () => {
  fc.assert(
    fc.property(tidy, tidy, (before, after) => {
      const shared = newPageDoc(random);
      for (const update of copyForSharing(written(before), 5)) Y.applyUpdate(shared, update);
      expect(read(shared)).toEqual(before);
      expect(sameBody(shared, written(before))).toBe(true);
      const draft = written(after);
      for (const update of replaceWords({ shared, draft, id: idOf(3) }))
        Y.applyUpdate(shared, update);
      expect(read(shared)).toEqual(after);
    }),
    { numRuns: 40 },
  );
});

test("a ticked box, another start, another photo are other words", () => {
  const inside: readonly Piece[] = [{ kind: "paragraph", inside: [] }];
  const task = (done: boolean): Piece => ({
    kind: "tasks",
    inside: [{ kind: "task", done, inside }],
  });
  const numbers = (start: number): Piece => ({
    kind: "numbers",
    start,
    inside: [{ kind: "item", inside }],
  });
  expect(sameBody(written([task(true)]), written([task(false)]))).toBe(false);
  expect(sameBody(written([numbers(2)]), written([numbers(3)]))).toBe(false);
  expect(sameBody(written([task(true)]), written([task(true)]))).toBe(true);
});

test("a file that nests without end costs neither the stack nor its words", () => {
  const plain: Words = {
    kind: "words",
    text: "deep",
    bold: false,
    italic: false,
    address: undefined,
  };
  let deep: Piece = plain;
  for (let depth = 0; depth < 20_000; depth++)
    deep = { kind: depth % 2 === 0 ? "quote" : "bullets", inside: [deep] };
  const doc = written([deep]);
  expect(wordsIn(read(doc))).toBe("deep");
  expect(opensWhole(pageWords(doc), extensions)).toBe(true);
});

test("a checklist is its writer's own words, in a list as in a hint; a line and a photo part sentences", () => {
  const words = (said: string): Words => ({
    kind: "words",
    text: said,
    bold: false,
    italic: false,
    address: undefined,
  });
  const said = (inside: string): Piece => ({ kind: "paragraph", inside: [words(inside)] });
  const doc = written([
    { kind: "tasks", inside: [{ kind: "task", done: true, inside: [said("call the plumber")] }] },
    { kind: "line" },
    { kind: "quote", inside: [said("you always")] },
    said("then rest"),
  ]);
  expect(plainWords(pageWords(doc), 200)).toBe("call the plumber you always then rest");
  expect(readOwnText(bodyOf(doc))).toBe("call the plumber\nthen rest");
});

test("a page that holds what this version does not know, or not there, is not given to the editor", () => {
  for (const [outer, inner] of [
    ["somethingNewer", "paragraph"],
    ["bulletList", "paragraph"],
    ["taskItem", "paragraph"],
  ] as const) {
    const doc = written([{ kind: "paragraph", inside: [] }]);
    const strange = new Y.XmlElement(outer);
    strange.insert(0, [new Y.XmlElement(inner)]);
    pageWords(doc).push([strange]);
    const before = wordsMark(doc);
    expect(opensWhole(pageWords(doc), extensions)).toBe(false);
    expect(wordsMark(doc)).toBe(before);
  }
  expect(opensWhole(pageWords(newPageDoc(random)), extensions)).toBe(true);
});
