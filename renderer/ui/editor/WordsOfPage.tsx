import { useTranslation } from "react-i18next";
import type { Photos } from "../../../shared/journal/openPage.ts";
import type { PageBody } from "../../../shared/page/card.ts";
import { type Piece, readPieces, type Words } from "../../../shared/page/pieces.ts";
import { OutsideLink } from "../../outside/OutsideLink.tsx";
import { PhotosContext } from "../photos/photosOfPage.ts";
import { PhotoToRead } from "../photos/PhotoToRead.tsx";
import { useReadBody } from "./useReadBody.ts";

/** A page to be read: exactly what its reader sees, in the preview as on the partner's screen. */
export const WordsOfPage = ({ body, photos }: ShownPhotos & { readonly body: PageBody }) => (
  <WordsOfPieces pieces={useReadBody(body, readPieces)} photos={photos} />
);

/** The words of a page as they were read, without a page that is open. */
export const WordsOfPieces = (props: ShownPhotos & { readonly pieces: readonly Piece[] }) => (
  <PhotosContext value={props.photos}>
    <div className="words" dir="auto">
      <Pieces pieces={props.pieces} outermost />
    </div>
  </PhotosContext>
);

/** Where the page's photos are; without it their words stand for them. */
type ShownPhotos = { readonly photos?: Photos | undefined };

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
  if (piece.kind === "line") return <hr />;
  if (piece.kind === "photo") return <PhotoToRead photo={piece.photo} />;
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
      return (
        <ol {...found} start={piece.start ?? 1}>
          {inside}
        </ol>
      );
    case "tasks":
      return (
        <ul {...found} className="tasks">
          {inside}
        </ul>
      );
    case "task":
      return (
        <li data-checked={piece.done}>
          <Box done={piece.done} />
          <div>{inside}</div>
        </li>
      );
    case "item":
      return <li>{inside}</li>;
    case "paragraph":
      return <p {...found}>{inside}</p>;
  }
};

/** A box as it was ticked by its writer; nobody else ticks it. */
const Box = ({ done }: { readonly done: boolean }) => {
  const { t } = useTranslation("journal");
  return (
    <span
      className="task-box"
      role="img"
      aria-label={t(done ? "editor.ticked" : "editor.notTicked")}
    />
  );
};

const Run = ({ words }: { readonly words: Words }) => {
  const { t } = useTranslation("journal");
  const { text, address } = words;
  const bold = words.bold ? <strong>{text}</strong> : text;
  const marked = words.italic ? <em>{bold}</em> : bold;
  if (address === undefined) return marked;
  return (
    <>
      <span className="link-words">
        {address === text ? <OutsideLink address={address}>{marked}</OutsideLink> : marked}
      </span>
      {address === text ? null : (
        <span className="link-address">
          {" "}
          <OutsideLink address={address}>{t("linkTo", { address })}</OutsideLink>
        </span>
      )}
    </>
  );
};
