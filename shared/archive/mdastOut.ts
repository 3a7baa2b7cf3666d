import type { BlockContent, ListItem, Nodes, PhrasingContent, Root } from "mdast";
import type { PhotoRef } from "../page/photo.ts";
import type { Piece, Words } from "../page/pieces.ts";

type PhotoAddress = (photo: PhotoRef) => string | undefined;

/** An empty paragraph has no Markdown of its own: this stands for it, and is read back as one. */
export const emptyMark = "&nbsp;";

/** Of pieces that are tidy (shared/page/tidyPieces.ts). */
export const rootOf = (pieces: readonly Piece[], photo: PhotoAddress): Root => ({
  type: "root",
  children: blocksOf(pieces, photo),
});

const blocksOf = (pieces: readonly Piece[], photo: PhotoAddress): BlockContent[] =>
  pieces.flatMap((piece): readonly BlockContent[] => {
    switch (piece.kind) {
      case "paragraph":
        return [{ type: "paragraph", children: lineOf(piece.inside, "paragraph") }];
      case "heading":
        return [{ type: "heading", depth: piece.level, children: lineOf(piece.inside, "heading") }];
      case "quote":
        return [{ type: "blockquote", children: blocksOf(piece.inside, photo) }];
      case "line":
        return [{ type: "thematicBreak" }];
      case "photo": {
        const url = photo(piece.photo);
        if (url === undefined) return [];
        return [
          {
            type: "paragraph",
            children: [{ type: "image", url, alt: oneLine(piece.photo.words) }],
          },
        ];
      }
      case "bullets":
      case "tasks":
      case "numbers":
        return [
          {
            type: "list",
            ordered: piece.kind === "numbers",
            start: piece.kind === "numbers" ? (piece.start ?? 1) : null,
            spread: false,
            children: piece.inside.flatMap((item) => itemOf(item, photo)),
          },
        ];
      default:
        return [];
    }
  });

/** An empty line in it would end the picture. */
const oneLine = (words: string): string => words.replaceAll(/\s*[\r\n]+\s*/g, " ").trim();

const itemOf = (piece: Piece, photo: PhotoAddress): readonly ListItem[] =>
  piece.kind === "item" || piece.kind === "task"
    ? [
        {
          type: "listItem",
          spread: false,
          checked: piece.kind === "task" ? piece.done : null,
          children: blocksOf(piece.inside, photo),
        },
      ]
    : [];

type Inline = Words | { readonly kind: "break" };

const lineOf = (inside: readonly Piece[], where: "paragraph" | "heading"): PhrasingContent[] => {
  const inline = inside.filter(
    (piece): piece is Inline => piece.kind === "words" || piece.kind === "break",
  );
  if (inline.length === 0) return where === "paragraph" ? [{ type: "html", value: emptyMark }] : [];
  return grouped(inline, 0, (break_, first, last) =>
    break_ && !first && !last && where === "paragraph"
      ? { type: "break" }
      : { type: "html", value: "<br>" },
  );
};

type MakeBreak = (isBreak: true, first: boolean, last: boolean) => PhrasingContent;

/** What neighbours have in common stands around them: the link, then bold, then italic. */
const marks = [
  (words: Words) => words.address,
  (words: Words) => (words.bold ? "bold" : undefined),
  (words: Words) => (words.italic ? "italic" : undefined),
] as const;

const grouped = (inline: readonly Inline[], level: number, makeBreak: MakeBreak) => {
  const nodes: PhrasingContent[] = [];
  const mark = marks[level];
  for (let at = 0; at < inline.length;) {
    const first = inline[at];
    if (first === undefined) break;
    if (first.kind === "break") {
      nodes.push(makeBreak(true, at === 0, at === inline.length - 1));
      at += 1;
      continue;
    }
    if (mark === undefined) {
      nodes.push({ type: "text", value: first.text.replaceAll("\0", "\u{fffd}") });
      at += 1;
      continue;
    }
    const same: Words[] = [];
    for (const next of inline.slice(at)) {
      if (next.kind !== "words" || mark(next) !== mark(first)) break;
      same.push(next);
    }
    at += same.length;
    nodes.push(...wrapped(level, mark(first), grouped(same, level + 1, makeBreak)));
  }
  return nodes;
};

const wrapped = (
  level: number,
  value: string | undefined,
  children: PhrasingContent[],
): readonly PhrasingContent[] => {
  if (value === undefined) return children;
  if (level === 0)
    return [
      {
        type: "link",
        url: value,
        children,
      },
    ];
  return [{ type: level === 1 ? "strong" : "emphasis", children }];
};

/** A number has nine digits at most in Markdown: a list that would count beyond repeats its first. */
export const hasHugeNumbers = (pieces: readonly Piece[]): boolean =>
  pieces.some(
    (piece) =>
      (piece.kind === "numbers" && (piece.start ?? 1) + piece.inside.length > 999_999_999) ||
      ("inside" in piece && hasHugeNumbers(piece.inside)),
  );

/**
 * Empty lines between two neighbours: everywhere but in plain lists, where none is needed. A list that does not begin
 * with 1, or a line with nothing but breaks, would otherwise become one with the words beside it.
 */
export const joinBlocks = (left: Nodes, right: Nodes, parent: Nodes): 0 | 1 => {
  if (parent.type === "list") return endsInWords(left) ? 0 : 1;
  return parent.type === "listItem" &&
    isWords(left) &&
    right.type === "list" &&
    (right.ordered !== true || right.start === 1)
    ? 0
    : 1;
};

const endsInWords = (node: Nodes): boolean => {
  if (node.type === "paragraph") return isWords(node);
  const last = "children" in node ? node.children.at(-1) : undefined;
  return node.type !== "blockquote" && last !== undefined && endsInWords(last);
};

const isWords = (node: Nodes): boolean =>
  node.type === "paragraph" && node.children.some(({ type }) => type !== "html");
