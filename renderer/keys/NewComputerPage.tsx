import { useTranslation } from "react-i18next";
import { BackLink } from "../ui/BackLink.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { settingsAt } from "../settings/parts.ts";

const steps = ["backup", "room", "secret", "there", "share", "old"] as const;

/** From this computer to another one: what to do, in order, and what to expect there. */
export const NewComputerPage = () => {
  const { t } = useTranslation("keys");
  return (
    <div className="stack measured">
      <BackLink to={settingsAt("backup")}>{t("newComputer.back")}</BackLink>
      <PageTitle>{t("newComputer.title")}</PageTitle>
      <p>{t("newComputer.lead")}</p>
      <ol className="reading">
        {steps.map((step) => (
          <li key={step}>{t(`newComputer.steps.${step}`)}</li>
        ))}
      </ol>
      <p className="help">{t("newComputer.never")}</p>
    </div>
  );
};
