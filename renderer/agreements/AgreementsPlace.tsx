import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { PageCode } from "../../shared/journal/openPage.ts";
import { EmptyPlace } from "../ui/EmptyPlace.tsx";
import { Fold } from "../ui/Fold.tsx";
import { Nearby } from "../ui/Nearby.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import { useWish } from "../ui/wishes.tsx";
import { AgreementLines, DraftLines } from "./AgreementLines.tsx";
import { placesOf, useAgreements } from "./agreementsHere.ts";

/** What the two have agreed, what one of them proposes, and what holds no longer. */
export const AgreementsPlace = () => {
  const { t } = useTranslation("agreements");
  const journal = useJournal();
  const cards = useLive(journal.cards);
  const names = usePartnerName();
  const [, navigate] = useLocation();
  const task = useTask<PageCode>();
  const propose = () =>
    task.run(
      () => journal.draftAgreement(),
      (draft) => navigate(`/agreements/${draft}`),
    );
  useWish("agreement", propose);
  const { writing, asked, proposed, agreed, past } = placesOf(cards, useAgreements());
  const none = writing.length + asked.length + proposed.length + agreed.length + past.length === 0;
  return (
    <div className="stack measured">
      <div className="heading-row">
        <PageTitle>{t("title")}</PageTitle>
        {none ? null : (
          <TaskButton className="btn primary" busy={task.busy} onPress={propose}>
            {t("propose")}
          </TaskButton>
        )}
      </div>
      <Nearby side="agreements" />
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      {none ? (
        <EmptyPlace
          title={t("empty.title")}
          text={t("empty.text")}
          first={t("empty.first")}
          onFirst={propose}
        />
      ) : null}
      <DraftLines drafts={writing} />
      <AgreementLines title={t("place.asked", names)} agreements={asked} />
      <AgreementLines title={t("place.agreed")} agreements={agreed} />
      <AgreementLines title={t("place.proposed")} agreements={proposed} />
      {past.length === 0 ? null : (
        <Fold title={t("place.past")}>
          <AgreementLines agreements={past} />
        </Fold>
      )}
    </div>
  );
};
