import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { PageTitle } from "./PageTitle.tsx";

export const Missing = () => {
  const { t } = useTranslation();
  return (
    <div className="stack">
      <PageTitle>{t("missing.title")}</PageTitle>
      <p>{t("missing.text")}</p>
      <p>
        <Link href="/journal">{t("missing.back")}</Link>
      </p>
    </div>
  );
};
