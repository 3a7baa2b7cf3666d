import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { openSharing, readPlans, readPlanSharings } from "../../shared/page/plans.ts";
import { Nearby } from "../ui/Nearby.tsx";
import { NotShared } from "../ui/NotShared.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { useEnded } from "../ui/useEnded.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { useNow } from "../ui/useNow.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { MyPlans } from "./MyPlans.tsx";
import { OfferPlans } from "./OfferPlans.tsx";
import { TheirPlans } from "./TheirPlans.tsx";

const minuteMs = 60_000;

/** What each says of their plans, while both want it. What is over is nowhere: there is no list of earlier ones. */
export const PlansPlace = () => {
  const { t } = useTranslation(["plans", "app", "letters"]);
  const journal = useJournal();
  const names = usePartnerName();
  const cards = useLive(journal.cards);
  const paired = useLive(journal.partner) !== undefined;
  const ended = useEnded();
  const now = useNow(minuteMs);
  const sharings = readPlanSharings(cards, now);
  const [mine, theirs] = [openSharing(sharings, "me"), openSharing(sharings, "partner")];
  return (
    <div className="stack measured">
      <PageTitle>{t("title")}</PageTitle>
      <Nearby side="agreements" />
      <p className="note">{t("intro")}</p>
      {theirs === undefined ? null : (
        <TheirPlans sharing={theirs} plans={readPlans(cards, "partner", now)} />
      )}
      {mine === undefined ? null : (
        <MyPlans sharing={mine} plans={readPlans(cards, "me", now)} now={now} />
      )}
      {mine === undefined && paired && !ended ? (
        <OfferPlans first={theirs === undefined} now={now} />
      ) : null}
      {paired ? null : (
        <NotShared>
          <p className="quiet-state">
            {t("alone", names)} <Link href="/pair">{t("app:invite")}</Link>
          </p>
        </NotShared>
      )}
    </div>
  );
};
