import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PageId } from "../../shared/base/ids.ts";
import { checkInOf } from "../../shared/page/checkins.ts";
import { noonOf } from "../../shared/page/day.ts";
import { BackLink } from "../ui/BackLink.tsx";
import { Missing } from "../ui/Missing.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { PageWords } from "../ui/PageWords.tsx";
import { Voice } from "../ui/Voice.tsx";
import { OwnPageTools } from "../ui/paper/OwnPageTools.tsx";
import { Withdrawn } from "../ui/paper/Withdrawn.tsx";
import { useDates } from "../ui/useDates.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { CheckInEditor } from "./CheckInEditor.tsx";
import { CheckInSays } from "./CheckInSays.tsx";

/** One check-in: written on as long as it is only here, and read once it is shared. */
export const CheckInPage = ({ id }: { readonly id: PageId }) => {
  const { t } = useTranslation("today");
  const cards = useLive(useJournal().cards);
  const names = usePartnerName();
  const dates = useDates();
  const found = cards.find((card) => card.id === id && card.kind === "checkin");
  // Shared or deleted, a draft is gone from the list a moment before this screen is.
  const [last, setLast] = useState(found);
  if (found !== undefined && found !== last) setLast(found);
  const card = found ?? last;
  if (card === undefined) return <Missing />;
  const checkIn = checkInOf(card);
  const day = dates.day(noonOf(checkIn.day));
  return (
    <div className="stack measured">
      <BackLink to="/today">{t("title")}</BackLink>
      {card.place === "draft" ? (
        <CheckInEditor checkIn={checkIn} />
      ) : (
        <article className="stack">
          <PageTitle hidden>{t("checkin.headingOn", { day })}</PageTitle>
          {card.withdrawnAt === undefined ? (
            <>
              <Voice who={card.author === "me" ? "mine" : "theirs"}>
                {t(card.author === "me" ? "checkin.sharedOn" : "checkin.fromOn", { ...names, day })}
              </Voice>
              <div className="letter">
                <CheckInSays checkIn={checkIn} />
                {card.excerpt === "" && !card.hasPhotos ? null : <PageWords id={id} />}
              </div>
              {card.author === "me" ? <OwnPageTools card={card} onChanging={undefined} /> : null}
            </>
          ) : (
            <Withdrawn card={card} />
          )}
        </article>
      )}
    </div>
  );
};
