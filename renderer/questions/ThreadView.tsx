import { useTranslation } from "react-i18next";
import { Heard } from "../heard/Heard.tsx";
import { CameBack } from "../ui/paper/CameBack.tsx";
import { Changed } from "../ui/paper/Changed.tsx";
import { Withdrawn } from "../ui/paper/Withdrawn.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { PageWords } from "../ui/PageWords.tsx";
import { Voice } from "../ui/Voice.tsx";
import { useDates } from "../ui/useDates.ts";
import { useEnded } from "../ui/useEnded.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { AnswerDesk } from "./AnswerDesk.tsx";
import { AskAgain } from "./AskAgain.tsx";
import { Fan } from "./Fan.tsx";
import { OwnQuestion } from "./OwnWords.tsx";
import { SaidDay } from "./SaidDay.tsx";
import { Tags } from "./Tags.tsx";
import { ThreadAside } from "./ThreadAside.tsx";
import { isAnswered, type Thread } from "./threads.ts";
import { useArrival } from "./useArrival.ts";
import { type DeskInHand, useDeskInHand } from "./useDeskInHand.ts";

/** One question with its answers, as letters in a box. */
export const ThreadView = ({ thread }: { readonly thread: Thread }) => {
  const { t } = useTranslation("questions");
  const { owner } = usePartnerName();
  const hand = useDeskInHand(thread.draft?.id);
  const { question, answers } = thread;
  const mine = question.author === "me";
  const stands = question.withdrawnAt === undefined;
  const answered = isAnswered(thread);
  const ended = useEnded();
  const mayAskAgain = mine && stands && answered && answers.every(isNoLongerClosed);
  return (
    <div className="thread">
      <div>
        <PageTitle>
          <span dir="auto">{question.title === "" ? t("thread.untitled") : question.title}</span>
        </PageTitle>
        <Asked thread={thread} hand={hand} />
        <section aria-label={t("thread.answers")} className="fan">
          <Fan
            thread={thread}
            hand={hand}
            under={
              mayAskAgain ? (
                <AskAgain
                  question={question.id}
                  onAsked={() => hand.arrive(question.id, t("thread.askedAgainNow"))}
                />
              ) : null
            }
          />
          {mine && stands && !answered && !ended ? (
            <p className="quiet-state">{t("thread.noAnswerYet", { owner })}</p>
          ) : null}
          {mine ? null : <AnswerDesk thread={thread} hand={hand} />}
        </section>
        <p role="status" className="for-readers">
          {hand.says}
        </p>
      </div>
      <ThreadAside thread={thread} />
    </div>
  );
};

const isNoLongerClosed = ({ opened, withdrawnAt }: Thread["answers"][number]): boolean =>
  opened || withdrawnAt !== undefined;

type AskedProps = { readonly thread: Thread; readonly hand: DeskInHand };

const Asked = ({ thread, hand }: AskedProps) => {
  const { t } = useTranslation(["questions", "app"]);
  const dates = useDates();
  const names = usePartnerName();
  const { question } = thread;
  const place = useArrival<HTMLElement>(
    hand.arrival?.page === question.id ? hand.arrival : undefined,
  );
  const mine = question.author === "me";
  const [first = question.writtenAt, ...again] = question.question.askedAt;
  const day = dates.day(first);
  const latest = again.at(-1);
  const asked = [
    mine ? t("thread.youAsked", { day }) : t("thread.theyAsked", { ...names, day }),
    ...(latest === undefined ? [] : [t("thread.askedAgain", { day: dates.day(latest) })]),
    ...(question.dateDoubtful ? [t("app:dates.doubtful")] : []),
  ].join(" · ");
  const name = mine
    ? t("thread.youAskedName", { day })
    : t("thread.theyAskedName", { ...names, day });
  return (
    <article
      className={`q ${mine ? "mine" : "theirs"}`}
      aria-label={name}
      tabIndex={-1}
      ref={place}
    >
      {question.withdrawnAt === undefined ? (
        <>
          <Voice who={mine ? "mine" : "theirs"}>
            {asked} <Changed card={question} />
          </Voice>
          <CameBack card={question} />
          {mine ? (
            <OwnQuestion card={question}>
              <Tags question={question.question} whose="mine" />
              <SaidDay thread={thread} />
            </OwnQuestion>
          ) : (
            <>
              <PageWords id={question.id} />
              <Tags question={question.question} whose="theirs" />
              <SaidDay thread={thread} />
            </>
          )}
          <Heard about={question} inThread={hand} />
        </>
      ) : (
        <>
          <Withdrawn card={question} />
          <Heard about={question} inThread={hand} />
        </>
      )}
    </article>
  );
};
