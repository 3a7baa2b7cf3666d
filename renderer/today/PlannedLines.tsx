import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Card } from "../../shared/page/card.ts";
import { Voice } from "../ui/Voice.tsx";
import { useDates } from "../ui/useDates.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import type { Planned } from "./waiting.ts";

/** What the two have agreed on or said for this day. */
export const PlannedLines = ({ planned }: { readonly planned: readonly Planned[] }) => {
  const { t } = useTranslation("today");
  if (planned.length === 0) return null;
  return (
    <section>
      <h2 className="month">{t("planned.title")}</h2>
      <ul className="lines">
        {planned.map((each) => (
          <li key={each.card.id}>
            <PlannedLine planned={each} />
          </li>
        ))}
      </ul>
    </section>
  );
};

const PlannedLine = ({ planned }: { readonly planned: Planned }) => {
  const { t } = useTranslation("today");
  const dates = useDates();
  const names = usePartnerName();
  const { card } = planned;
  switch (planned.sort) {
    case "review":
      return (
        <Link href={`/agreements/${card.id}`} className="line">
          <Voice who="ours">{t("planned.review")}</Voice>
          <Named card={card} />
        </Link>
      );
    case "talk":
      return (
        <Link href={`/talks/${card.id}`} className="line">
          <Voice who="ours">{t("planned.talk", { when: dates.hour(planned.at) })}</Voice>
          <Named card={card} />
        </Link>
      );
    case "together":
      return (
        <Link href={`/us/together/${card.id}`} className="line">
          <Voice who="ours">{t("planned.together")}</Voice>
          <Named card={card} />
        </Link>
      );
    case "plan":
      return (
        <Link href="/plans" className="line">
          <Voice who={card.author === "me" ? "mine" : "theirs"}>
            {t(`planned.plan.${card.author}`, names)}
          </Voice>
          <p className="line-words" dir="auto">
            {planned.line}
          </p>
        </Link>
      );
  }
};

const Named = ({ card: { title, excerpt } }: { readonly card: Card }) => {
  const words = title === "" ? excerpt : title;
  return words === "" ? null : (
    <p className="line-words" dir="auto">
      {words}
    </p>
  );
};
