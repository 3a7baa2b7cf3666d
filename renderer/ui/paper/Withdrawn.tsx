import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Card } from "../../../shared/page/card.ts";
import { Voice } from "../Voice.tsx";
import { useDates } from "../useDates.ts";
import { usePartnerName } from "../usePartnerName.ts";
import { wasJustWithdrawn } from "./justWithdrawn.ts";

/** The dated trace of words that their writer has taken away. */
export const Withdrawn = ({ card }: { readonly card: Card }) => {
  const { t } = useTranslation("closed");
  const dates = useDates();
  const names = usePartnerName();
  const trace = useRef<HTMLDivElement>(null);
  const gone = card.withdrawnAt !== undefined;
  // Where the words stood, the focus stays: what was pressed went with them.
  useEffect(() => {
    if (gone && wasJustWithdrawn(card.id)) trace.current?.focus();
  }, [card.id, gone]);
  if (card.withdrawnAt === undefined) return null;
  const day = dates.day(card.writtenAt);
  return (
    <div className="letter withdrawn" tabIndex={-1} ref={trace}>
      <Voice who={card.author === "me" ? "mine" : "theirs"}>
        {card.author === "me"
          ? t("withdrawn.mine", { day })
          : t("withdrawn.theirs", { ...names, day })}
      </Voice>
      <p>
        {t(card.author === "me" ? "withdrawn.ownWords" : "withdrawn.words", {
          day: dates.day(card.withdrawnAt),
        })}
      </p>
    </div>
  );
};
