import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { PageId } from "../../shared/base/ids.ts";
import type { OpenPage, Room } from "../../shared/journal/journal.ts";
import { BackLink } from "../ui/BackLink.tsx";
import { Discard } from "../ui/Discard.tsx";
import { LazyPageEditor } from "../ui/editor/LazyPageEditor.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { SavedWords } from "../ui/SavedWords.tsx";
import { TitleField } from "../ui/TitleField.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useOpenPage } from "../ui/useOpenPage.ts";

export const RoomEntry = ({ room, id }: { readonly room: Room; readonly id: PageId }) => {
  const { t } = useTranslation(["room", "app"]);
  const opening = useOpenPage(room.openPage, id);
  return (
    <div className="stack measured">
      <BackLink to="/room">{t("title")}</BackLink>
      {opening.state === "opening" ? <p className="quiet-state">{t("app:loading")}</p> : null}
      {opening.state === "refused" ? <Trouble group="page" code={opening.code} /> : null}
      {opening.state === "open" ? <Desk room={room} id={id} {...opening} /> : null}
    </div>
  );
};

/** Writing without a share button: there is none to press by mistake. */
const Desk = ({
  room,
  id,
  page,
  reopen,
}: {
  readonly room: Room;
  readonly id: PageId;
  readonly page: OpenPage;
  readonly reopen: () => void;
}) => {
  const { t } = useTranslation(["room", "journal"]);
  const [, navigate] = useLocation();
  return (
    <article className="stack">
      <PageTitle hidden>{t("heading")}</PageTitle>
      <TitleField
        page={page}
        label={t("journal:editor.title")}
        placeholder={t("journal:editor.titlePlaceholder")}
      />
      <LazyPageEditor body={page.body} label={t("journal:editor.body")} autoFocus />
      <SavedWords saved={page.saved} untouched={t("saved")} />
      <div className="row">
        <Discard
          title={t("discard.title")}
          text={t("discard.text")}
          discard={() => room.discard(id)}
          onDone={() => navigate("/room")}
          reopen={reopen}
        />
      </div>
    </article>
  );
};
