import { fromMarkdown } from "mdast-util-from-markdown";
import {
  gfmTaskListItemFromMarkdown,
  gfmTaskListItemToMarkdown,
} from "mdast-util-gfm-task-list-item";
import { toMarkdown } from "mdast-util-to-markdown";
import { gfmTaskListItem } from "micromark-extension-gfm-task-list-item";
import type { PhotoRef } from "../page/photo.ts";
import type { Piece } from "../page/pieces.ts";
import { tidyPieces } from "../page/tidyPieces.ts";
import { partsOf } from "./mdastIn.ts";
import { hasHugeNumbers, joinBlocks, rootOf } from "./mdastOut.ts";
import type { MarkdownPart, ReadMarkdown } from "./markdownParts.ts";
import { isTangled } from "./tangled.ts";

/**
 * CommonMark with task lists, as pieces that the editor can show. A line break in the text stays one. Never throws and
 * never takes long, whatever it is given; no word is lost.
 */
export const parseMarkdown = (text: string): ReadMarkdown => {
  if (isTangled(text)) return { parts: parsePlainText(text), plain: new Set(["TANGLED"]) };
  try {
    const root = fromMarkdown(text, {
      extensions: [gfmTaskListItem()],
      mdastExtensions: [gfmTaskListItemFromMarkdown()],
    });
    return partsOf(root, text);
  } catch {
    return { parts: parsePlainText(text), plain: new Set(["TANGLED"]) };
  }
};

/** Text without formatting: an empty line ends a paragraph. */
export const parsePlainText = (text: string): readonly MarkdownPart[] =>
  text
    .split(/(?:\r\n?|\n)(?:[ \t]*(?:\r\n?|\n))+/)
    .filter((block) => block.trim() !== "")
    .flatMap((block) => tidyPieces([plainWords(block.replace(/[\r\n]+$/, ""))]))
    .map((piece) => ({ kind: "piece", piece }));

const plainWords = (text: string): Piece => ({
  kind: "words",
  text,
  bold: false,
  italic: false,
  address: undefined,
});

export type WriteMarkdown = {
  /** Where the photo stands as a file, as it goes into the address; undefined leaves it out. */
  readonly photo?: (photo: PhotoRef) => string | undefined;
};

/** What `parseMarkdown` reads back as the same pieces. Ends with a line break, unless there is nothing. */
export const writeMarkdown = (pieces: readonly Piece[], to: WriteMarkdown = {}): string => {
  const tidy = tidyPieces(pieces);
  return toMarkdown(rootOf(tidy, to.photo ?? (() => undefined)), {
    extensions: [gfmTaskListItemToMarkdown()],
    bullet: "-",
    bulletOther: "*",
    rule: "-",
    emphasis: "*",
    listItemIndent: "one",
    resourceLink: true,
    join: [joinBlocks],
    incrementListMarker: !hasHugeNumbers(tidy),
  });
};
