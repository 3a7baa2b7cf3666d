import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Nearby } from "../ui/Nearby.tsx";
import { NotShared } from "../ui/NotShared.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { useEnded } from "../ui/useEnded.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { PaceBoth } from "./PaceBoth.tsx";
import { PaceDeck } from "./PaceDeck.tsx";
import { PaceLying } from "./PaceLying.tsx";

/** Pace cards: what both chose lies open, and of the rest there is nothing to see. */
export const PacePlace = () => {
  const { t } = useTranslation(["pace", "app"]);
  const journal = useJournal();
  const names = usePartnerName();
  const paired = useLive(journal.partner) !== undefined;
  const ended = useEnded();
  const pace = useLive(journal.pace);
  const lies = pace.state === "mine" || pace.state === "answered";
  return (
    <div className="stack measured">
      <PageTitle>{t("title")}</PageTitle>
      <Nearby side="us" />
      <p className="note">{t("intro")}</p>
      {paired || ended ? (
        <>
          <PaceBoth last={pace.last} mayPutAway={!ended && !lies} />
          {ended ? null : <PaceLying pace={pace} />}
          {ended || !pace.again || lies ? null : <PaceDeck answers={pace.state === "theirs"} />}
        </>
      ) : (
        <NotShared>
          <p className="quiet-state">
            {t("alone", names)} <Link href="/pair">{t("app:invite")}</Link>
          </p>
        </NotShared>
      )}
    </div>
  );
};
