import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Redirect } from "wouter";
import type { PageId } from "../../shared/base/ids.ts";
import type { EntryBook } from "../../shared/journal/entryBook.ts";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import { Heard } from "../heard/Heard.tsx";
import { EarlierVersions } from "../history/EarlierVersions.tsx";
import { BackLink } from "../ui/BackLink.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { Changed } from "../ui/paper/Changed.tsx";
import { OwnPageTools } from "../ui/paper/OwnPageTools.tsx";
import { Withdrawn } from "../ui/paper/Withdrawn.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useLive } from "../ui/useLive.ts";
import { useOpenPage } from "../ui/useOpenPage.ts";
import { EntryEditor } from "./EntryEditor.tsx";
import { EntryReading } from "./EntryReading.tsx";
import { usePlaceName } from "./usePlaceName.ts";

type EntryPageProps = {
  readonly book: EntryBook;
  readonly base: string;
  readonly id: PageId;
  /** Quiet ways beside what can be done with an entry of mine: how its words stood before. */
  readonly ways?: ReactNode;
};

/** One entry of the journal or of my room. What lies in the trash is shown there. */
export const EntryPage = ({ book, base, id, ways }: EntryPageProps) => {
  const { t } = useTranslation("journal");
  const card = useLive(book.cards).find((each) => each.id === id);
  // Only where it lay there before: what is put there from here goes back to the list.
  const [trashed] = useState(() => book.trash.read().some((each) => each.id === id));
  const place = usePlaceName(book);
  if (trashed) return <Redirect to={`${base}/trash/${id}`} replace />;
  return (
    <div className="stack measured">
      <BackLink to={base}>{place}</BackLink>
      {card?.withdrawnAt === undefined ? (
        <Opened book={book} base={base} id={id} ways={ways} />
      ) : (
        <>
          <PageTitle hidden>{t("withdrawn")}</PageTitle>
          <Withdrawn card={card} />
          <Heard about={card} />
        </>
      )}
    </div>
  );
};

const Opened = ({ book, base, id, ways }: EntryPageProps) => {
  const { t } = useTranslation("journal");
  const opening = useOpenPage(book.openPage, id);
  if (opening.state === "opening") return <p className="quiet-state">{t("editor.opening")}</p>;
  if (opening.state === "refused") return <Trouble group="page" code={opening.code} />;
  if (!opening.page.editable) return <EntryReading book={book} page={opening.page} />;
  return (
    <>
      <EntryEditor
        book={book}
        base={base}
        page={opening.page}
        reopen={opening.reopen}
        ways={ways}
      />
      <OnceShared book={book} page={opening.page} />
    </>
  );
};

/** What the other said back to an entry of mine, and a way to take its words away. */
const OnceShared = ({ book, page }: { readonly book: EntryBook; readonly page: OpenPage }) => {
  const card = useLive(page.card);
  if (card.place !== "shared") return null;
  return (
    <>
      <p className="quiet-state">
        <Changed card={card} versions={<EarlierVersions book={book} card={card} />} />
      </p>
      <Heard about={card} />
      <OwnPageTools card={card} onChanging={undefined} />
    </>
  );
};
