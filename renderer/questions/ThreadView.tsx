import { useTranslation } from "react-i18next";
import { PageTitle } from "../ui/PageTitle.tsx";
import { PageWords } from "../ui/PageWords.tsx";
import { Voice } from "../ui/Voice.tsx";
import { useDates } from "../ui/useDates.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { AnswerDesk } from "./AnswerDesk.tsx";
import { AskAgain } from "./AskAgain.tsx";
import { Fan } from "./Fan.tsx";
import { Tags } from "./Tags.tsx";
import { type AskedCard, isAnswered, type Thread } from "./threads.ts";

/** One question with its answers, as letters in a box. */
export const ThreadView = ({ thread }: { readonly thread: Thread }) => {
  const { t } = useTranslation("questions");
  const { owner } = usePartnerName();
  const { question, answers } = thread;
  const mine = question.author === "me";
  const asksAgain = mine && isAnswered(thread) ? <AskAgain question={question.id} /> : null;
  return (
    <div className="thread">
      <article>
        <PageTitle>
          <span dir="auto">{question.title === "" ? t("thread.untitled") : question.title}</span>
        </PageTitle>
        <Asked question={question} />
        <section aria-label={t("thread.answers")} className="fan">
          <Fan answers={answers} under={asksAgain} />
          {mine && !isAnswered(thread) ? (
            <p className="quiet-state">{t("thread.noAnswerYet", { owner })}</p>
          ) : null}
          {mine ? null : <AnswerDesk thread={thread} />}
        </section>
      </article>
      <Aside thread={thread} />
    </div>
  );
};

const Asked = ({ question }: { readonly question: AskedCard }) => {
  const { t } = useTranslation("questions");
  const dates = useDates();
  const names = usePartnerName();
  const whose = question.author === "me" ? "mine" : "theirs";
  const [first = question.writtenAt, ...again] = question.question.askedAt;
  const asked =
    whose === "mine"
      ? t("thread.youAsked", { day: dates.day(first) })
      : t("thread.theyAsked", { ...names, day: dates.day(first) });
  return (
    <div className={`q ${whose}`}>
      <Voice who={whose}>
        {[asked, ...again.map((at) => t("thread.askedAgain", { day: dates.day(at) }))].join(" · ")}
      </Voice>
      <PageWords id={question.id} />
      <Tags question={question.question} whose={whose} />
    </div>
  );
};

const Aside = ({ thread }: { readonly thread: Thread }) => {
  const { t } = useTranslation("questions");
  const names = usePartnerName();
  const mine = thread.question.author === "me";
  const waits = thread.answers.some(({ answer }) => !answer.opened);
  return (
    <aside className="side">
      {mine && waits ? (
        <section>
          <h2>{t("aside.ready")}</h2>
          <p>{t("aside.readyText", names)}</p>
        </section>
      ) : null}
      {mine ? null : (
        <section>
          <h2>{t("aside.noHurry")}</h2>
          <p>{t("aside.noHurryText")}</p>
        </section>
      )}
      <section>
        <h2>{t("aside.enough")}</h2>
        <p>{t("aside.enoughText")}</p>
      </section>
    </aside>
  );
};
