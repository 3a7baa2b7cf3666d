import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { PageId } from "../../shared/base/ids.ts";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { Agreement } from "../../shared/page/agreements.ts";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useDayWords } from "../ui/useDayWords.ts";
import { useEnded } from "../ui/useEnded.ts";
import { useJournal } from "../ui/surroundings.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";

/**
 * What can be done about it now. Ending is one press and asks nothing: whoever needs it needs it at once, and what was
 * ended by mistake is proposed again with the same words.
 */
export const AgreementActs = ({ agreement }: { readonly agreement: Agreement }) => {
  const { t } = useTranslation("agreements");
  const journal = useJournal();
  const names = usePartnerName();
  const dayWords = useDayWords();
  const [, navigate] = useLocation();
  const task = useTask<PageCode>();
  const { card, reviewBy, standing } = agreement;
  const help = { yes: useId(), end: useId() };
  if (useEnded()) return null;
  const theirs = card.author === "partner";
  const asked = standing.state === "proposed" && theirs;
  const open = standing.state === "proposed" || standing.state === "agreed";
  const revise = () => journal.draftAgreement(card.id);
  const show = (draft: PageId) => navigate(`/agreements/${draft}`);
  const endWords = standing.state === "agreed" ? "end" : theirs ? "decline" : "takeBack";
  return (
    <section className="agreement-acts" aria-label={t("acts.label")}>
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      {asked ? (
        <div className="agreement-act">
          <TaskButton
            className="btn primary"
            busy={task.busy}
            aria-describedby={help.yes}
            onPress={() => task.run(() => journal.sayYes(card.id))}
          >
            {t("acts.yes")}
          </TaskButton>
          <p className="help" id={help.yes}>
            {t("acts.yesHelp", { day: dayWords(reviewBy) })}
          </p>
        </div>
      ) : null}
      {open ? (
        <div className="agreement-act">
          <TaskButton
            className="btn"
            busy={task.busy}
            aria-describedby={help.end}
            onPress={() => task.run(() => journal.endAgreement(card.id))}
          >
            {t(`acts.${endWords}`)}
          </TaskButton>
          <p className="help" id={help.end}>
            {t(`acts.${endWords}Help`, names)}
          </p>
        </div>
      ) : null}
      <TaskButton className="btn quiet" busy={task.busy} onPress={() => task.run(revise, show)}>
        {t(open ? "acts.revise" : "acts.again")}
      </TaskButton>
    </section>
  );
};
