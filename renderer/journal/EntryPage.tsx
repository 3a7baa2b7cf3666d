import { useTranslation } from "react-i18next";
import type { PageId } from "../../shared/base/ids.ts";
import type { OpenPage } from "../../shared/journal/journal.ts";
import { Heard } from "../heard/Heard.tsx";
import { BackLink } from "../ui/BackLink.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { Changed } from "../ui/paper/Changed.tsx";
import { OwnPageTools } from "../ui/paper/OwnPageTools.tsx";
import { Withdrawn } from "../ui/paper/Withdrawn.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { useOpenPage } from "../ui/useOpenPage.ts";
import { EntryEditor } from "./EntryEditor.tsx";
import { EntryReading } from "./EntryReading.tsx";

export const EntryPage = ({ id }: { readonly id: PageId }) => {
  const { t } = useTranslation("journal");
  const card = useLive(useJournal().cards).find((each) => each.id === id);
  return (
    <div className="stack measured">
      <BackLink to="/journal">{t("title")}</BackLink>
      {card?.withdrawnAt === undefined ? (
        <Opened id={id} />
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

const Opened = ({ id }: { readonly id: PageId }) => {
  const { t } = useTranslation("journal");
  const opening = useOpenPage(useJournal().openPage, id);
  if (opening.state === "opening") return <p className="quiet-state">{t("editor.opening")}</p>;
  if (opening.state === "refused") return <Trouble group="page" code={opening.code} />;
  if (!opening.page.editable) return <EntryReading page={opening.page} />;
  return (
    <>
      <EntryEditor page={opening.page} reopen={opening.reopen} />
      <OnceShared page={opening.page} />
    </>
  );
};

/** What the other said back to an entry of mine, and a way to take its words away. */
const OnceShared = ({ page }: { readonly page: OpenPage }) => {
  const card = useLive(page.card);
  if (card.place !== "shared") return null;
  return (
    <>
      <p className="quiet-state">
        <Changed card={card} />
      </p>
      <Heard about={card} />
      <OwnPageTools card={card} onChanging={undefined} />
    </>
  );
};
