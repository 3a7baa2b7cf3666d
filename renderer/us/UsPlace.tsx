import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Nearby } from "../ui/Nearby.tsx";
import { NotShared } from "../ui/NotShared.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { useEnded } from "../ui/useEnded.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { NotTonight } from "./NotTonight.tsx";
import { ThanksLines } from "./ThanksLines.tsx";

/** Thanks, and a night off from what is hard. */
export const UsPlace = () => {
  const { t } = useTranslation(["us", "app", "pace"]);
  const names = usePartnerName();
  const paired = useLive(useJournal().partner) !== undefined;
  const ended = useEnded();
  const together = paired || ended;
  return (
    <div className="stack measured">
      <PageTitle>{t("title")}</PageTitle>
      <Nearby side="us" />
      <p className="note">{t("intro")}</p>
      {together ? (
        <>
          {ended ? null : <NotTonight />}
          <ThanksLines />
          {ended ? null : (
            <section className="stack" aria-labelledby="pace">
              <h2 id="pace">{t("pace:title")}</h2>
              <p>{t("pace:intro")}</p>
              <Link href="/us/pace">{t("pace:see")}</Link>
            </section>
          )}
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
