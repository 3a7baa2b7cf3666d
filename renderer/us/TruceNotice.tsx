import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useDates } from "../ui/useDates.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTruces } from "./useTruces.ts";

/** Above questions, letters and talks: that one of the two has said "not tonight". Nothing is held back by it. */
export const TruceNotice = () => {
  const { t } = useTranslation("us");
  const names = usePartnerName();
  const dates = useDates();
  const { mine, theirs } = useTruces();
  const truce = theirs ?? mine;
  if (truce === undefined) return null;
  const who = truce === mine ? "mine" : "theirs";
  return (
    <div className="notice truce-notice" role="status">
      <p>
        {t(`notTonight.${who}`, { ...names, when: dates.moment(truce.until) })}
        {truce.line === undefined ? null : (
          <span className="hand-line" dir="auto">
            {truce.line}
          </span>
        )}
      </p>
      {who === "mine" ? <Link href="/us">{t("notTonight.see")}</Link> : null}
    </div>
  );
};
