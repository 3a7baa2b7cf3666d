import type { PhotoRef } from "../../shared/page/photo.ts";
import type { Piece } from "../../shared/page/pieces.ts";

/** How a line stands on its page, as far as a comparison shows it. */
export type LineShape =
  | "paragraph"
  | "heading"
  | "quote"
  | "bullet"
  | "number"
  | "task"
  | "ticked"
  | "rule"
  | "photo";

/** One line of a page: what stands between two line ends. Of a photo, its words. */
export type Line = {
  readonly shape: LineShape;
  readonly text: string;
  readonly photo?: PhotoRef;
};

/** A page's pieces one below the other. Bold and slanted words read like any others here; a link says where it leads. */
export const linesOf = (pieces: readonly Piece[]): readonly Line[] => {
  const lines: Line[] = [];
  let open: { readonly shape: LineShape; text: string } | undefined;
  const end = (): void => {
    if (open !== undefined) lines.push(open);
    open = undefined;
  };
  const walk = (inside: readonly Piece[], shape: LineShape): void => {
    for (const piece of inside) {
      if (piece.kind === "words" || piece.kind === "break") {
        open ??= { shape, text: "" };
        open.text += piece.kind === "break" ? "\n" : wordsWithAddress(piece);
        continue;
      }
      end();
      if (piece.kind === "line") lines.push({ shape: "rule", text: "" });
      else if (piece.kind === "photo")
        lines.push({ shape: "photo", text: piece.photo.words, photo: piece.photo });
      else {
        walk(piece.inside, shapeIn(piece, shape));
        end();
      }
    }
  };
  walk(pieces, "paragraph");
  end();
  return lines;
};

const wordsWithAddress = ({ text, address }: Extract<Piece, { kind: "words" }>): string =>
  address === undefined || address === text ? text : `${text} (${address})`;

/** A paragraph inside a quote or a list is a line of that. */
const shapeIn = (piece: Piece, around: LineShape): LineShape => {
  switch (piece.kind) {
    case "heading":
    case "quote":
      return piece.kind;
    case "bullets":
      return "bullet";
    case "numbers":
      return "number";
    case "task":
      return piece.done ? "ticked" : "task";
    default:
      return around;
  }
};
