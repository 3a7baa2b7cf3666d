import type { Piece } from "../page/pieces.ts";

/**
 * What a page has no form for and keeps as plain words. TANGLED: so much or so knotted that no formatting was read.
 * DEEP: lists or quotes nested too deep. LINK: an address that is not of the web, beside its words.
 */
export const plainCodes = [
  "CODE",
  "HTML",
  "TABLE",
  "SMALL_HEADING",
  "FOOTNOTE",
  "STRUCK",
  "LINK",
  "DEEP",
  "TANGLED",
] as const;
export type PlainCode = (typeof plainCodes)[number];

/** A picture of its own stands where it stood, or behind the list or quote that held it. */
export type MarkdownPart =
  | {
      readonly kind: "piece";
      readonly piece: Piece;
      /** A heading of the first order, which a page has no form of its own for. */
      readonly top?: boolean;
    }
  | MarkdownPicture;

/** `address` as it is written there; `words`: what it says instead of the picture. */
export type MarkdownPicture = {
  readonly kind: "picture";
  readonly address: string;
  readonly words: string;
};

export type ReadMarkdown = {
  readonly parts: readonly MarkdownPart[];
  readonly plain: ReadonlySet<PlainCode>;
};
