import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { Talk } from "../../shared/page/talks.ts";
import { LineList } from "../ui/LineList.tsx";
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
import { useNow } from "../ui/useNow.ts";
import { talkTime } from "../../shared/page/talkTime.ts";
import { useLearnt } from "./KeepsLearnt.tsx";
import { TalkNow } from "./TalkNow.tsx";
import { TopicList } from "./TopicList.tsx";
import { useTalkWords } from "./useTalkWords.ts";

const minuteMs = 60_000;

/** What was proposed, how it stands, and the talk itself. */
export const TalkReading = ({ talk }: { readonly talk: Talk }) => {
  const { t } = useTranslation("talks");
  const words = useTalkWords();
  const dates = useDates();
  const names = usePartnerName();
  const { card, standing } = talk;
  const learnt = useLearnt();
  const now = useNow(minuteMs);
  const mine = card.author === "me";
  const says = t(mine ? "by.me" : "by.partner", names);
  return (
    <article className="stack">
      <Voice who={mine ? "mine" : "theirs"}>{`${says} · ${dates.day(card.writtenAt)}`}</Voice>
      <PageTitle>{words.when(talk.at, talk.minutes)}</PageTitle>
      <CameBack card={card} />
      <p className="agreement-standing" role="status">
        {words.standing(talk, talkTime(talk, learnt, now).state === "over")}
      </p>
      {card.excerpt === "" ? null : (
        <div className="letter">
          <PageWords id={card.id} />
        </div>
      )}
      <TopicList topics={talk.topics} />
      {standing.state === "agreed" ? <TalkNow talk={talk} /> : null}
      <Acts talk={talk} />
      {standing.state === "agreed" ? <Notes talk={talk} /> : null}
      {mine ? <OwnPageTools card={card} onChanging={undefined} /> : null}
    </article>
  );
};

/** A yes, not this time, or that it is not to be after all. Once it began, it is ended where it runs. */
const Acts = ({ talk: { card, standing, begun } }: { readonly talk: Talk }) => {
  const { t } = useTranslation("talks");
  const journal = useJournal();
  const task = useTask<PageCode>();
  const open =
    standing.state === "proposed" || (standing.state === "agreed" && begun === undefined);
  if (useEnded() || !open) return null;
  const theirs = card.author === "partner";
  const asked = standing.state === "proposed" && theirs;
  const end = standing.state === "agreed" ? "cancel" : theirs ? "notThisTime" : "takeBack";
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
            {t("acts.yes")}
          </TaskButton>
        ) : null}
        <TaskButton
          className={asked ? "btn" : "btn quiet"}
          busy={task.busy}
          onPress={() => task.run(() => journal.endIt(card.id))}
        >
          {t(`acts.${end}`)}
        </TaskButton>
      </div>
    </>
  );
};

/** What either wrote down of it afterwards, each for themselves. */
const Notes = ({ talk: { card, notes, begun } }: { readonly talk: Talk }) => {
  const { t } = useTranslation("talks");
  const journal = useJournal();
  const names = usePartnerName();
  const ended = useEnded();
  const [, navigate] = useLocation();
  const task = useTask<PageCode>();
  if (begun === undefined && notes.length === 0) return null;
  return (
    <section className="talk-part" aria-labelledby="talk-notes">
      <h2 id="talk-notes">{t("notes.title")}</h2>
      <LineList items={notes}>
        {(note) => (
          <li key={note.id}>
            <Link href={`/talks/${note.id}`} className="line">
              <Voice who={note.author === "me" ? "mine" : "theirs"}>
                {note.place === "draft"
                  ? t("state.onlyHere")
                  : t(note.author === "me" ? "notes.mine" : "notes.theirs", names)}
              </Voice>
              <p className="line-words" dir="auto">
                {note.excerpt}
              </p>
            </Link>
          </li>
        )}
      </LineList>
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      {ended ? null : (
        <div className="row">
          <TaskButton
            className="btn"
            busy={task.busy}
            onPress={() =>
              task.run(
                () => journal.beginPractice({ kind: "talkNote", of: card.id }),
                (draft) => navigate(`/talks/${draft}`),
              )
            }
          >
            {t("notes.write")}
          </TaskButton>
        </div>
      )}
    </section>
  );
};
