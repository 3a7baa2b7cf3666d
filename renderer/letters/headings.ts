import type { PageBody } from "../../shared/page/card.ts";
import { type Piece, readWords } from "../ui/editor/readWords.ts";

/** The headings that stand on a page, as plain text. */
export const readHeadings = (body: PageBody): readonly string[] =>
  readWords(body)
    .filter((piece) => piece.kind === "heading")
    .map((piece) => textOf(piece).trim());

const textOf = (piece: Piece): string => {
  if (piece.kind === "words") return piece.text;
  return piece.kind === "break" ? " " : piece.inside.map(textOf).join("");
};
