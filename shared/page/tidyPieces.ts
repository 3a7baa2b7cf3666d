import { isPlainAddress } from "./addresses.ts";
import type { Block, Piece, Words } from "./piece.ts";

type Inline = Words | { readonly kind: "break" };
type Item = Extract<Piece, { kind: "item" | "task" }>;

/** Deeper than this only words and photos are kept, as paragraphs: the editor and every reader still reach them. */
const deepest = 28;

/**
 * The same words in the shape that the editor's schema asks for: words stand in paragraphs or headings, list items
 * begin with a paragraph, nothing is empty that may not be. What is not of that shape would be thrown out of the page
 * by the editor when it opens it. Pieces that were read from a page stay as they are.
 */
export const tidyPieces = (pieces: readonly Piece[]): readonly Piece[] => blocksOf(pieces, 1);

const blocksOf = (pieces: readonly Piece[], depth: number): readonly Piece[] => {
  if (depth > deepest) return flattened(pieces);
  const blocks: Piece[] = [];
  let line: Inline[] = [];
  let items: Item[] = [];
  const endLine = (): void => {
    if (line.length > 0) blocks.push({ kind: "paragraph", inside: joined(line) });
    line = [];
  };
  const endItems = (): void => {
    const [first] = items;
    if (first !== undefined)
      blocks.push(listOf(first.kind === "task" ? "tasks" : "bullets", items, depth));
    items = [];
  };
  for (const piece of pieces) {
    if (isItem(piece)) {
      endLine();
      if (items[0] !== undefined && items[0].kind !== piece.kind) endItems();
      items.push(piece);
      continue;
    }
    endItems();
    if (piece.kind === "words" || piece.kind === "break") {
      line.push(piece);
      continue;
    }
    endLine();
    blocks.push(...blockOf(piece, depth));
  }
  endLine();
  endItems();
  return blocks;
};

const blockOf = (piece: Exclude<Piece, Inline | Item>, depth: number): readonly Piece[] => {
  switch (piece.kind) {
    case "line":
    case "photo":
      return [piece];
    case "paragraph":
      return textBlocks(piece.inside, depth, (inside) => ({ kind: "paragraph", inside }));
    case "heading":
      return textBlocks(piece.inside, depth, (inside) => ({ ...piece, inside }));
    case "quote": {
      const inside = blocksOf(piece.inside, depth + 1);
      return [{ kind: "quote", inside: inside.length > 0 ? inside : [emptyParagraph] }];
    }
    case "bullets":
    case "tasks":
      return piece.inside.length === 0 ? [] : [listOf(piece.kind, piece.inside, depth)];
    case "numbers":
      return piece.inside.length === 0
        ? []
        : [{ ...listOf("numbers", piece.inside, depth), ...startOf(piece) }];
  }
};

const startOf = ({ start }: { readonly start?: number }): { readonly start?: number } =>
  start === undefined || start === 1 || !isStart(start) ? {} : { start };

/** What a numbered list may begin with. */
export const isStart = (start: number): boolean =>
  Number.isInteger(start) && start >= 0 && start < 1e9;

/** What stands among the words and is none ends the paragraph; the words after it begin another. */
const textBlocks = (
  inside: readonly Piece[],
  depth: number,
  around: (inside: readonly Piece[]) => Block,
): readonly Piece[] => {
  const blocks: Piece[] = [];
  let line: Inline[] = [];
  for (const piece of inside) {
    if (piece.kind === "words" || piece.kind === "break") line.push(piece);
    else {
      if (line.length > 0) blocks.push(around(joined(line)));
      line = [];
      blocks.push(...blocksOf([piece], depth));
    }
  }
  if (line.length > 0 || blocks.length === 0) blocks.push(around(joined(line)));
  return blocks;
};

const listOf = <Kind extends "bullets" | "numbers" | "tasks">(
  kind: Kind,
  inside: readonly Piece[],
  depth: number,
): { readonly kind: Kind; readonly inside: readonly Piece[] } => {
  const items: Item[] = [];
  let loose: Piece[] = [];
  const endLoose = (): void => {
    if (loose.length > 0) items.push({ kind: "item", inside: loose });
    loose = [];
  };
  for (const piece of inside) {
    if (!isItem(piece)) {
      loose.push(piece);
      continue;
    }
    endLoose();
    items.push(piece);
  }
  endLoose();
  return {
    kind,
    inside: items.map((item) => {
      const within = inItem(item.inside, depth + 2);
      if (kind !== "tasks") return { kind: "item", inside: within };
      return { kind: "task", done: item.kind === "task" && item.done, inside: within };
    }),
  };
};

const inItem = (inside: readonly Piece[], depth: number): readonly Piece[] => {
  const blocks = blocksOf(inside, depth);
  return blocks[0]?.kind === "paragraph" ? blocks : [emptyParagraph, ...blocks];
};

const emptyParagraph = { kind: "paragraph", inside: [] } as const;

const isItem = (piece: Piece): piece is Item => piece.kind === "item" || piece.kind === "task";

/** Neighbouring words that look alike are one run, and a line break is a break: as the page gives them back. */
const joined = (line: readonly Inline[]): readonly Inline[] => {
  const runs: Inline[] = [];
  for (const part of line.flatMap(cutLines)) {
    const last = runs.at(-1);
    if (part.kind === "words" && last?.kind === "words" && looksLike(part, last))
      runs.splice(-1, 1, { ...last, text: last.text + part.text });
    else runs.push(part);
  }
  return runs;
};

const cutLines = (part: Inline): readonly Inline[] => {
  if (part.kind === "break") return [part];
  const { text, address } = part;
  const kept =
    address === undefined || isPlainAddress(address) ? part : { ...part, address: undefined };
  return text
    .split(/\r\n?|\n/)
    .flatMap((row, index): readonly Inline[] => [
      ...(index > 0 ? [{ kind: "break" } as const] : []),
      ...(row === "" ? [] : [{ ...kept, text: row }]),
    ]);
};

const looksLike = (one: Words, other: Words): boolean =>
  one.bold === other.bold && one.italic === other.italic && one.address === other.address;

/** Without a stack of calls: what comes from a file may be nested without end. */
const flattened = (pieces: readonly Piece[]): readonly Piece[] => {
  const blocks: Piece[] = [];
  let line: Inline[] = [];
  const endLine = (): void => {
    if (line.length > 0) blocks.push({ kind: "paragraph", inside: joined(line) });
    line = [];
  };
  const waiting: (Piece | "end")[] = [...pieces].toReversed();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === "end") endLine();
    else if (next.kind === "words" || next.kind === "break") line.push(next);
    else {
      endLine();
      if (next.kind === "line" || next.kind === "photo") blocks.push(next);
      else waiting.push("end", ...next.inside.toReversed());
    }
  }
  endLine();
  return blocks;
};
