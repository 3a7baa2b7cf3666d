import type { Piece } from "../../shared/page/pieces.ts";

/** The words alone, blocks one after the other. */
export const piecesText = (pieces: readonly Piece[]): string =>
  pieces
    .map((piece) => {
      if (piece.kind === "words") return piece.text;
      return "inside" in piece ? piecesText(piece.inside) : "";
    })
    .join("");
