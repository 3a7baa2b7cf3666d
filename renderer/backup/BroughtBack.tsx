import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { Journal } from "../../shared/journal/journal.ts";
import { PageTitle } from "../ui/PageTitle.tsx";

/** What came back and what did not, before the journal is looked into. */
export const BroughtBack = ({
  journal,
  onOpen,
}: {
  readonly journal: Journal;
  readonly onOpen: () => void;
}) => {
  const { t } = useTranslation("backup");
  const partner = journal.partner.read();
  return (
    <div className="stack">
      <PageTitle>{t("restore.done")}</PageTitle>
      <div className="reading">
        <p>{t("restore.doneLead")}</p>
        {partner === undefined ? null : <p>{t("restore.donePaused", { partner: partner.name })}</p>}
        <p>{t("restore.doneRoom")}</p>
      </div>
      <div className="row">
        <Button className="btn primary" onPress={onOpen}>
          {t("restore.doneOpen")}
        </Button>
      </div>
    </div>
  );
};
