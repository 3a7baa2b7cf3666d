import { expect, test } from "vitest";
import * as Y from "yjs";
import { watchWords } from "../../renderer/ui/editor/watchWords.ts";
import { type Piece, readPieces } from "../../shared/page/pieces.ts";
import type { PageBody } from "../../shared/page/card.ts";

const page = (): Y.XmlFragment => new Y.Doc().getXmlFragment("body");
const read = (fragment: Y.XmlFragment): readonly Piece[] =>
  readPieces(fragment as unknown as PageBody);

const put = (parent: Y.XmlFragment, name: string, text?: string, marks?: object): Y.XmlElement => {
  const element = new Y.XmlElement(name);
  parent.push([element]);
  if (text !== undefined) {
    const run = new Y.XmlText();
    element.push([run]);
    run.insert(0, text, marks ?? {});
  }
  return element;
};

const textOf = (pieces: readonly Piece[]): string =>
  pieces
    .map((piece) =>
      piece.kind === "words" ? piece.text : "inside" in piece ? textOf(piece.inside) : "\n",
    )
    .join("|");

test("paragraphs, headings, lists, quotes, breaks and marks are read as they were written", () => {
  const body = page();
  const heading = put(body, "heading", "What I noticed");
  heading.setAttribute("level", 3 as unknown as string);
  put(put(put(body, "bulletList"), "listItem"), "paragraph", "the heron");
  put(put(put(body, "orderedList"), "listItem"), "paragraph", "first");
  put(put(body, "blockquote"), "paragraph", "said");
  const last = put(body, "paragraph", "bold and sloping", { bold: {}, italic: {} });
  put(last, "hardBreak");
  const pieces = read(body);
  expect(pieces.map(({ kind }) => kind)).toEqual([
    "heading",
    "bullets",
    "numbers",
    "quote",
    "paragraph",
  ]);
  expect(pieces[0]).toMatchObject({ level: 3 });
  expect(textOf(pieces)).toBe("What I noticed|the heron|first|said|bold and sloping|\n");
  expect(pieces[4]).toMatchObject({ inside: [{ bold: true, italic: true }, { kind: "break" }] });
});

test("what this version does not know is read as its text, and nothing is lost", () => {
  const body = page();
  put(put(body, "somethingNewer"), "alsoNewer", "still readable");
  expect(textOf(read(body))).toBe("still readable");
});

test("a link keeps a plain address and nothing that could run", () => {
  const body = page();
  put(body, "paragraph", "a", { link: { href: "https://example.org/x" } });
  put(body, "paragraph", "b", { link: { href: "javascript:alert(1)" } });
  put(body, "paragraph", "c", { link: { href: "data:text/html,x" } });
  put(body, "paragraph", "d", { link: "no object" });
  const addresses = read(body).map((piece) =>
    piece.kind === "paragraph" ? piece.inside[0] : undefined,
  );
  expect(addresses.map((words) => (words?.kind === "words" ? words.address : "?"))).toEqual([
    "https://example.org/x",
    undefined,
    undefined,
    undefined,
  ]);
});

test("a page nested without end is cut and not followed until the stack is gone", () => {
  const body = page();
  let inside: Y.XmlFragment = body;
  for (let depth = 0; depth < 200; depth++) inside = put(inside, "blockquote");
  put(inside, "paragraph", "too deep to be read");
  const depthOf = (pieces: readonly Piece[]): number =>
    Math.max(0, ...pieces.map((piece) => ("inside" in piece ? 1 + depthOf(piece.inside) : 0)));
  expect(depthOf(read(body))).toBeLessThan(40);
});

test("a reader hears of changes, until it stops listening", () => {
  const body = page();
  let heard = 0;
  const stop = watchWords(body as unknown as PageBody, () => heard++);
  const paragraph = put(body, "paragraph", "one");
  const before = heard;
  expect(before).toBeGreaterThan(0);
  stop();
  paragraph.insert(0, [new Y.XmlText("two")]);
  expect(heard).toBe(before);
});
