import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Card } from "../../shared/page/card.ts";
import { Voice } from "../ui/Voice.tsx";
import { useDates } from "../ui/useDates.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";

/** One page in a list: whose voice, which day, its title and first words, and where it is. */
export const CardLine = ({ card, to }: { readonly card: Card; readonly to: string }) => {
  const { t } = useTranslation(["journal", "app"]);
  const dates = useDates();
  const { Partner } = usePartnerName();
  const mine = card.author === "me";
  const title = card.title.trim();
  const { withdrawnAt } = card;
  return (
    <li>
      <Link href={to} className="line">
        <Voice who={mine ? "mine" : "theirs"}>
          {mine ? t("app:you") : Partner} · {dates.day(card.writtenAt)}
          {card.place === "draft" ? <span className="state"> · {t("onlyHere")}</span> : null}
          {card.changedAt === undefined || withdrawnAt !== undefined ? null : (
            <span className="state"> · {t("changed")}</span>
          )}
        </Voice>
        {withdrawnAt !== undefined ? (
          <p className="line-words">{t("withdrawnOn", { day: dates.day(withdrawnAt) })}</p>
        ) : card.kind === "newer" ? (
          <p className="line-words">{t("newer")}</p>
        ) : (
          <>
            {title === "" ? null : (
              <h3 className="line-title" dir="auto">
                {title}
              </h3>
            )}
            <p className="line-words" dir="auto">
              {card.excerpt === "" && title === "" ? t("untitled") : card.excerpt}
            </p>
          </>
        )}
      </Link>
    </li>
  );
};
