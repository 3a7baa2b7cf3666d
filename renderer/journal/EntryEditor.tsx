import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { EntryBook } from "../../shared/journal/entryBook.ts";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import { BeginWith } from "../openers/BeginWith.tsx";
import { LazyPageEditor } from "../ui/editor/LazyPageEditor.tsx";
import type { Pen } from "../ui/editor/pen.ts";
import { CameBack } from "../ui/paper/CameBack.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { SavedWords } from "../ui/SavedWords.tsx";
import { TitleField } from "../ui/TitleField.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import { CopyAcross } from "./CopyAcross.tsx";
import { EntryDetails } from "./details/EntryDetails.tsx";
import { SaveEntry } from "../saving/SaveEntry.tsx";
import { ShareEntry } from "./ShareEntry.tsx";
import { PutInTrash } from "./trash/PutInTrash.tsx";

type EntryEditorProps = {
  readonly book: EntryBook;
  readonly base: string;
  readonly page: OpenPage;
  readonly reopen: () => void;
  /** Quiet ways at the end of the row: how the words stood before. */
  readonly ways?: ReactNode;
};

/** My entry: one that is only here, one that the partner has already, or a page of my room. */
export const EntryEditor = ({ book, base, page, reopen, ways = null }: EntryEditorProps) => {
  const { t } = useTranslation(["journal", "entries", "room"]);
  const card = useLive(page.card);
  const names = usePartnerName();
  const trashing = useTask<string>();
  const { place } = card;
  const [pen, setPen] = useState<Pen>();
  return (
    <article className="stack">
      <PageTitle hidden>{t(place === "room" ? "room:heading" : "editor.heading")}</PageTitle>
      {place === "shared" ? <p className="note">{t("sharedNote", names)}</p> : null}
      <CameBack card={card} />
      {place === "draft" ? <OnlyHere /> : null}
      <TitleField
        page={page}
        label={t("editor.title")}
        placeholder={t("editor.titlePlaceholder")}
      />
      <EntryDetails book={book} page={page} />
      <BeginWith book={book} card={card} pen={pen} />
      <LazyPageEditor
        body={page.body}
        photos={page.photos}
        label={t("editor.body")}
        autoFocus={place !== "shared"}
        onReady={setPen}
      />
      <SavedWords
        saved={page.saved}
        untouched={
          place === "room"
            ? t("room:saved")
            : place === "draft"
              ? t("saved.untouched")
              : t("saved.untouchedShared", names)
        }
      />
      {trashing.code === undefined ? null : <Trouble group="page" code={trashing.code} />}
      <div className="row">
        {place === "draft" ? <ShareEntry page={page} reopen={reopen} /> : null}
        <CopyAcross page={page} reopen={reopen} />
        {place === "shared" ? null : (
          <PutInTrash book={book} base={base} page={page} task={trashing} />
        )}
        {ways}
        <SaveEntry book={book} id={card.id} />
      </div>
    </article>
  );
};

/** Said before the first letter, and as long as it is true. */
const OnlyHere = () => {
  const { t } = useTranslation("entries");
  const names = usePartnerName();
  return (
    <p className="only-here">
      <svg viewBox="0 0 20 20" width="18" height="18" className="mark-drawn" aria-hidden="true">
        <path d="M3 5h14v9H3zM7 17h6M10 14v3" />
      </svg>
      <span>
        <strong>{t("only.here")}</strong> <span>{t("only.hereHelp", names)}</span>
      </span>
    </p>
  );
};
