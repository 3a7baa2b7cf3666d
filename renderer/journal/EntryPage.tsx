import { useTranslation } from "react-i18next";
import type { PageId } from "../../shared/base/ids.ts";
import { BackLink } from "../ui/BackLink.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useOpenPage } from "../ui/useOpenPage.ts";
import { EntryEditor } from "./EntryEditor.tsx";
import { EntryReading } from "./EntryReading.tsx";

export const EntryPage = ({ id }: { readonly id: PageId }) => {
  const { t } = useTranslation("journal");
  const journal = useJournal();
  const opening = useOpenPage(journal.openPage, id);
  return (
    <div className="stack measured">
      <BackLink to="/journal">{t("title")}</BackLink>
      {opening.state === "opening" ? <p className="quiet-state">{t("editor.opening")}</p> : null}
      {opening.state === "refused" ? <Trouble group="page" code={opening.code} /> : null}
      {opening.state === "open" ? (
        opening.page.editable ? (
          <EntryEditor page={opening.page} reopen={opening.reopen} />
        ) : (
          <EntryReading page={opening.page} />
        )
      ) : null}
    </div>
  );
};
