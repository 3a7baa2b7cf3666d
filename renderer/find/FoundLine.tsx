import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Card } from "../../shared/page/card.ts";
import { useDates } from "../ui/useDates.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { Voice } from "../ui/Voice.tsx";
import { Marked } from "./Marked.tsx";

type FoundLineProps = {
  readonly card: Card;
  readonly base: string;
  readonly around: string;
  readonly wanted: readonly string[];
  readonly onOpen: () => void;
};

/** One entry that was found: whose voice, its day, its title, and some words around the first that fits. */
export const FoundLine = ({ card, base, around, wanted, onOpen }: FoundLineProps) => {
  const { t } = useTranslation(["journal", "entries", "app"]);
  const dates = useDates();
  const { Partner } = usePartnerName();
  const mine = card.author === "me";
  const title = card.title.trim();
  const labels = [...card.tags, ...card.feelings];
  return (
    <li>
      <Link href={`${base}/${card.id}`} className="line" data-page={card.id} onClick={onOpen}>
        <Voice who={mine ? "mine" : "theirs"}>
          {mine ? t("app:you") : Partner} · {dates.day(card.aboutAt)}
          {card.place === "draft" ? <span className="state"> · {t("onlyHere")}</span> : null}
        </Voice>
        {title === "" ? null : (
          <h3 className="line-title" dir="auto">
            <Marked text={title} wanted={wanted} />
          </h3>
        )}
        <p className="line-words" dir="auto">
          {around === "" && title === "" ? t("untitled") : <Marked text={around} wanted={wanted} />}
        </p>
        {labels.length === 0 ? null : (
          <p className="line-marks">
            <span className="for-readers">{t("entries:line.marks")} </span>
            <bdi>
              <Marked text={labels.join(" · ")} wanted={wanted} />
            </bdi>
          </p>
        )}
      </Link>
    </li>
  );
};
