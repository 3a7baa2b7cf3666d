import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { usePartnerName } from "../ui/usePartnerName.ts";
import type { Waits } from "./waiting.ts";

/** Each leads to where it lies; nothing is opened by going there. */
export const WaitingLines = ({ waits }: { readonly waits: readonly Waits[] }) => {
  const { t } = useTranslation("today");
  if (waits.length === 0) return null;
  return (
    <section>
      <h2 className="month">{t("waits.title")}</h2>
      <ul className="lines">
        {waits.map((each) => (
          <li key={each.sort}>
            <WaitingLine waits={each} />
          </li>
        ))}
      </ul>
    </section>
  );
};

const WaitingLine = ({ waits: { sort, one } }: { readonly waits: Waits }) => {
  const { t } = useTranslation("today");
  const names = usePartnerName();
  const place = sort === "letters" ? "/letters" : "/questions";
  const href = one === undefined ? place : `${place}/${one.id}`;
  const closed = sort === "asked" ? "line" : "line closed";
  return (
    <Link href={href} className={closed}>
      <span dir="auto">{wordsOf()}</span>
    </Link>
  );

  function wordsOf(): string {
    if (one === undefined) return t(`waits.${sort}`, names);
    if (sort === "answers") return t("waits.answer", names);
    if (sort === "letters") return t("waits.letter", names);
    return one.title === ""
      ? t("waits.asked", names)
      : t("waits.asksOne", { ...names, title: one.title });
  }
};
