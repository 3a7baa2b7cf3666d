import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { readVisions } from "../../shared/page/visions.ts";
import { Fold } from "../ui/Fold.tsx";
import { Nearby } from "../ui/Nearby.tsx";
import { NotShared } from "../ui/NotShared.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { useEnded } from "../ui/useEnded.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { VersionSheet } from "./VersionSheet.tsx";
import { VisionDesk } from "./VisionDesk.tsx";

/** Where the two want to go: what they have agreed to, and the page that both write on. */
export const VisionPlace = () => {
  const { t } = useTranslation(["vision", "app"]);
  const journal = useJournal();
  const names = usePartnerName();
  const paired = useLive(journal.partner) !== undefined;
  const ended = useEnded();
  const cards = useLive(journal.cards);
  const { agreed, proposed, past } = useMemo(() => readVisions(cards), [cards]);
  return (
    <div className="stack measured">
      <PageTitle>{t("title")}</PageTitle>
      <Nearby side="us" />
      <p className="note">{t("intro")}</p>
      {paired || ended ? (
        <>
          {agreed === undefined ? null : <VersionSheet version={agreed} />}
          {proposed.map((version) => (
            <VersionSheet key={version.card.id} version={version} />
          ))}
          <VisionDesk
            asked={proposed.some(({ card }) => card.author === "partner")}
            proposed={proposed.some(({ card }) => card.author === "me")}
          />
          {past.length === 0 ? null : (
            <Fold title={t("past")}>
              <div className="stack">
                {past.map((version) => (
                  <VersionSheet key={version.card.id} version={version} />
                ))}
              </div>
            </Fold>
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
