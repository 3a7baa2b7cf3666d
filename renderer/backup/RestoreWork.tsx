import { useTranslation } from "react-i18next";
import { PageTitle } from "../ui/PageTitle.tsx";
import { megabytes, WorkBar } from "./WorkBar.tsx";

type RestoreWorkProps = {
  readonly done: number;
  readonly all: number;
  readonly onStop: () => void;
};

/** Opening the file takes some seconds before the first byte counts. */
export const RestoreWork = ({ done, all, onStop }: RestoreWorkProps) => {
  const { t } = useTranslation("backup");
  const text =
    all === 0
      ? t("restore.opening")
      : t("restore.progress", { done: megabytes(done), all: megabytes(all) });
  return (
    <div className="stack">
      <PageTitle>{t("restore.working")}</PageTitle>
      <p>{t("restore.workingLead")}</p>
      <WorkBar text={text} done={done} all={all} onStop={onStop} />
    </div>
  );
};
