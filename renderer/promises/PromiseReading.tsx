import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { Card } from "../../shared/page/card.ts";
import type { SmallPromise } from "../../shared/page/promises.ts";
import { PageTitle } from "../ui/PageTitle.tsx";
import { PageWords } from "../ui/PageWords.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Voice } from "../ui/Voice.tsx";
import { CameBack } from "../ui/paper/CameBack.tsx";
import { OwnPageTools } from "../ui/paper/OwnPageTools.tsx";
import { Withdrawn } from "../ui/paper/Withdrawn.tsx";
import { useEnded } from "../ui/useEnded.ts";
import { useJournal } from "../ui/surroundings.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import { usePromiseWords } from "./usePromiseWords.ts";

/** What was promised, and in its writer's words how it went. Nobody else has a say in that here. */
export const PromiseReading = ({ promise }: { readonly promise: SmallPromise }) => {
  const { t } = useTranslation("promises");
  const words = usePromiseWords();
  const names = usePartnerName();
  const { card, outcomes } = promise;
  const mine = card.author === "me";
  if (card.withdrawnAt !== undefined)
    return (
      <article className="stack">
        <PageTitle>{t("one")}</PageTitle>
        <Withdrawn card={card} />
      </article>
    );
  return (
    <article className="stack">
      <PageTitle hidden>{mine ? t("one") : t("oneOf", names)}</PageTitle>
      <Voice who={mine ? "mine" : "theirs"}>{words.label(card)}</Voice>
      <CameBack card={card} />
      <div className="letter">
        <PageWords id={card.id} />
      </div>
      {outcomes.map((outcome) => (
        <OutcomeSlip key={outcome.card.id} card={outcome.card} says={words.went(outcome.card)} />
      ))}
      {mine ? <SayHow promise={promise} /> : null}
      {mine ? <OwnPageTools card={card} onChanging={undefined} /> : null}
    </article>
  );
};

const OutcomeSlip = ({ card, says }: { readonly card: Card; readonly says: string }) => (
  <section className="stack" aria-label={says}>
    <Voice who={card.author === "me" ? "mine" : "theirs"}>{says}</Voice>
    <div className="letter">
      <PageWords id={card.id} />
    </div>
    {card.author === "me" ? <OwnPageTools card={card} onChanging={undefined} /> : null}
  </section>
);

const SayHow = ({ promise: { card, outcomes } }: { readonly promise: SmallPromise }) => {
  const { t } = useTranslation("promises");
  const journal = useJournal();
  const [, navigate] = useLocation();
  const task = useTask<PageCode>();
  if (useEnded()) return null;
  return (
    <>
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <div className="row">
        <TaskButton
          className={outcomes.length === 0 ? "btn primary" : "btn"}
          busy={task.busy}
          onPress={() =>
            task.run(
              () => journal.draftOutcome(card.id),
              (draft) => navigate(`/promises/${draft}`),
            )
          }
        >
          {t(outcomes.length === 0 ? "sayHow" : "sayMore")}
        </TaskButton>
      </div>
    </>
  );
};
