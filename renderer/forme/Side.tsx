import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Nearby } from "../ui/Nearby.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";

type SideProps = {
  readonly heading: string;
  readonly text: string;
  readonly children: ReactNode;
};

/** One of the places for oneself alone, with what is true of all of them. */
export const Side = ({ heading, text, children }: SideProps) => {
  const { t } = useTranslation("forMe");
  return (
    <div className="stack measured">
      <PageTitle>{t("title")}</PageTitle>
      <Nearby side="forMe" />
      <section className="stack" aria-label={heading}>
        <p>{text}</p>
        {children}
      </section>
      <p className="help stays-here">
        {t("stays")} <Link href="/room">{t("toRoom")}</Link>
      </p>
    </div>
  );
};
