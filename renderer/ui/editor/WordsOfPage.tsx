import { useTranslation } from "react-i18next";
import type { PageBody } from "../../../shared/page/card.ts";
import { type Piece, readWords, type Words } from "./readWords.ts";
import { useReadBody } from "./useReadBody.ts";

/** A page to be read: exactly what its reader sees, in the preview as on the partner's screen. */
export const WordsOfPage = ({ body }: { readonly body: PageBody }) => (
  <div className="words" dir="auto">
    <Pieces pieces={useReadBody(body, readWords)} outermost />
  </div>
);

type PiecesProps = { readonly pieces: readonly Piece[]; readonly outermost?: boolean };

// A page's pieces have no names of their own; their order is all they have.
const Pieces = ({ pieces, outermost = false }: PiecesProps) =>
  pieces.map((piece, index) => <OnePiece key={index} piece={piece} outermost={outermost} />);

/**
 * The outermost blocks find their direction by their own words, so that signs of lists and the line beside a quote
 * stand where their language has them. What is inside takes part in finding it only without a `dir` of its own.
 */
const OnePiece = ({ piece, outermost }: { readonly piece: Piece; readonly outermost: boolean }) => {
  if (piece.kind === "words") return <Run words={piece} />;
  if (piece.kind === "break") return <br />;
  const inside = <Pieces pieces={piece.inside} />;
  const found = outermost ? ({ dir: "auto" } as const) : {};
  switch (piece.kind) {
    case "heading":
      return piece.level === 2 ? <h2 {...found}>{inside}</h2> : <h3 {...found}>{inside}</h3>;
    case "quote":
      return <blockquote {...found}>{inside}</blockquote>;
    case "bullets":
      return <ul {...found}>{inside}</ul>;
    case "numbers":
      return <ol {...found}>{inside}</ol>;
    case "item":
      return <li>{inside}</li>;
    case "paragraph":
      return <p {...found}>{inside}</p>;
  }
};

const Run = ({ words }: { readonly words: Words }) => {
  const { t } = useTranslation("journal");
  const { text, address } = words;
  const bold = words.bold ? <strong>{text}</strong> : text;
  const marked = words.italic ? <em>{bold}</em> : bold;
  if (address === undefined) return marked;
  return (
    <>
      <span className="link-words">{marked}</span>
      {address === text ? null : <span className="link-address"> {t("linkTo", { address })}</span>}
    </>
  );
};
