import type { PageBody } from "../../../shared/page/card.ts";
import { type Piece, readPieces } from "../../../shared/page/pieces.ts";

/** The headings that stand on a page, as plain text. */
export const readHeadings = (body: PageBody): readonly string[] =>
  readPieces(body)
    .filter((piece) => piece.kind === "heading")
    .map((piece) => textOf(piece).trim());

const textOf = (piece: Piece): string => {
  if (piece.kind === "words") return piece.text;
  return "inside" in piece ? piece.inside.map(textOf).join("") : " ";
};
