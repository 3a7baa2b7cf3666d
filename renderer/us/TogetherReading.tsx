import { useTranslation } from "react-i18next";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { Together } from "../../shared/page/together.ts";
import { PageTitle } from "../ui/PageTitle.tsx";
import { PageWords } from "../ui/PageWords.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Voice } from "../ui/Voice.tsx";
import { CameBack } from "../ui/paper/CameBack.tsx";
import { OwnPageTools } from "../ui/paper/OwnPageTools.tsx";
import { useDates } from "../ui/useDates.ts";
import { useEnded } from "../ui/useEnded.ts";
import { useJournal } from "../ui/surroundings.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import { useTogetherWords } from "./useTogetherWords.ts";

/** What was proposed, when it is, how it stands, and what can be done about it. */
export const TogetherReading = ({ together }: { readonly together: Together }) => {
  const { t } = useTranslation(["us", "app"]);
  const names = usePartnerName();
  const dates = useDates();
  const words = useTogetherWords();
  const { card } = together;
  const mine = card.author === "me";
  const when = words.when(together);
  const says = t(mine ? "together.by.me" : "together.by.partner", names);
  return (
    <article className="stack">
      <Voice who={mine ? "mine" : "theirs"}>{`${says} · ${dates.day(card.writtenAt)}`}</Voice>
      <PageTitle hidden={card.title === ""}>
        <span dir="auto">{card.title === "" ? t("together.one") : card.title}</span>
      </PageTitle>
      {card.dateDoubtful ? <p className="note">{t("app:dates.doubtful")}</p> : null}
      <CameBack card={card} />
      {when === "" ? null : <p>{when}</p>}
      <p className="agreement-standing" role="status">
        {words.standing(together)}
      </p>
      <div className="letter">
        <PageWords id={card.id} />
      </div>
      <Acts together={together} />
      {mine ? <OwnPageTools card={card} onChanging={undefined} /> : null}
    </article>
  );
};

/** A yes, or not; and either ends it with one press. */
const Acts = ({ together: { card, standing } }: { readonly together: Together }) => {
  const { t } = useTranslation("us");
  const journal = useJournal();
  const task = useTask<PageCode>();
  const open = standing.state === "proposed" || standing.state === "agreed";
  if (useEnded() || !open) return null;
  const asked = standing.state === "proposed" && card.author === "partner";
  const end = standing.state === "agreed" ? "end" : asked ? "no" : "takeBack";
  return (
    <>
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <div className="row">
        {asked ? (
          <TaskButton
            className="btn primary"
            busy={task.busy}
            onPress={() => task.run(() => journal.agreeTo(card.id))}
          >
            {t("together.acts.yes")}
          </TaskButton>
        ) : null}
        <TaskButton
          className={asked ? "btn" : "btn quiet"}
          busy={task.busy}
          onPress={() => task.run(() => journal.endIt(card.id))}
        >
          {t(`together.acts.${end}`)}
        </TaskButton>
      </div>
    </>
  );
};
