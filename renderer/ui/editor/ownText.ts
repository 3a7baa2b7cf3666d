import type { PageBody } from "../../../shared/page/card.ts";
import { type Piece, readPieces } from "../../../shared/page/pieces.ts";

/** The writer's own words, one line a paragraph: what stands in a quote block is somebody else's, or said before. */
export const readOwnText = (body: PageBody): string => linesOf(readPieces(body)).join("\n");

const linesOf = (pieces: readonly Piece[]): readonly string[] => {
  const lines: string[] = [];
  let line = "";
  const endLine = () => {
    if (line.trim() !== "") lines.push(line);
    line = "";
  };
  for (const piece of pieces) {
    if (piece.kind === "words") line += piece.text;
    else if (piece.kind === "break") line += " ";
    else {
      endLine();
      if ("inside" in piece && piece.kind !== "quote") lines.push(...linesOf(piece.inside));
    }
  }
  endLine();
  return lines;
};
