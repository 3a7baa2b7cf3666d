import { useCallback, useRef, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { PageBody } from "../../../shared/page/card.ts";
import { type Piece, readWords, type Words, watchWords } from "./readWords.ts";

/** A page to be read: exactly what its reader sees, in the preview as on the partner's screen. */
export const WordsOfPage = ({ body }: { readonly body: PageBody }) => (
  <div className="words" dir="auto">
    <Pieces pieces={useWords(body)} />
  </div>
);

const useWords = (body: PageBody): readonly Piece[] => {
  const kept = useRef<{ body: PageBody; pieces: readonly Piece[] } | undefined>(undefined);
  const subscribe = useCallback(
    (changed: () => void) =>
      watchWords(body, () => {
        kept.current = undefined;
        changed();
      }),
    [body],
  );
  const read = useCallback(() => {
    if (kept.current?.body !== body) kept.current = { body, pieces: readWords(body) };
    return kept.current.pieces;
  }, [body]);
  return useSyncExternalStore(subscribe, read);
};

// A page's pieces have no names of their own; their order is all they have.
const Pieces = ({ pieces }: { readonly pieces: readonly Piece[] }) =>
  pieces.map((piece, index) => <OnePiece key={index} piece={piece} />);

const OnePiece = ({ piece }: { readonly piece: Piece }) => {
  if (piece.kind === "words") return <Run words={piece} />;
  if (piece.kind === "break") return <br />;
  const inside = <Pieces pieces={piece.inside} />;
  switch (piece.kind) {
    case "heading":
      return piece.level === 2 ? <h2>{inside}</h2> : <h3>{inside}</h3>;
    case "quote":
      return <blockquote>{inside}</blockquote>;
    case "bullets":
      return <ul>{inside}</ul>;
    case "numbers":
      return <ol>{inside}</ol>;
    case "item":
      return <li>{inside}</li>;
    case "paragraph":
      return <p>{inside}</p>;
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
