import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type CheckIn, readCheckIns } from "../../shared/page/checkins.ts";
import { noonOf } from "../../shared/page/day.ts";
import { BackLink } from "../ui/BackLink.tsx";
import { LineList } from "../ui/LineList.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { useDates } from "../ui/useDates.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { CheckInLine } from "./CheckInLines.tsx";

/** Of both, newest first. Days without one are not shown: nothing is missing there. */
export const CheckInsBefore = () => {
  const { t } = useTranslation("today");
  const cards = useLive(useJournal().cards);
  const names = usePartnerName();
  const dates = useDates();
  const all = useMemo(() => readCheckIns(cards), [cards]);
  const labelOf = ({ card, day: of }: CheckIn): string => {
    const day = dates.day(noonOf(of));
    if (card.author === "partner") return t("checkin.theirsOn", { ...names, day });
    return t(card.place === "draft" ? "checkin.mineOn" : "checkin.mineSharedOn", { ...names, day });
  };
  return (
    <div className="stack measured">
      <BackLink to="/today">{t("title")}</BackLink>
      <PageTitle>{t("checkin.earlier")}</PageTitle>
      {all.length === 0 ? <p className="quiet-state">{t("checkin.empty")}</p> : null}
      <LineList items={all}>
        {(checkIn) => (
          <li key={checkIn.card.id}>
            <CheckInLine checkIn={checkIn} label={labelOf(checkIn)} />
          </li>
        )}
      </LineList>
    </div>
  );
};
