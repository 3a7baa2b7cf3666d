import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import type { PageCode } from "../../shared/journal/openPage.ts";
import { accept } from "../../shared/base/result.ts";
import { type Card, isNewDraft } from "../../shared/page/card.ts";
import { saidOf } from "../../shared/page/said.ts";
import { readTalks, type Talk } from "../../shared/page/talks.ts";
import { talkTime } from "../../shared/page/talkTime.ts";
import { EmptyPlace } from "../ui/EmptyPlace.tsx";
import { Fold } from "../ui/Fold.tsx";
import { LineList } from "../ui/LineList.tsx";
import { Nearby } from "../ui/Nearby.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Voice } from "../ui/Voice.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { useNow } from "../ui/useNow.ts";
import { useTask } from "../ui/useTask.ts";
import { useWish } from "../ui/wishes.tsx";
import { useLearnt } from "./KeepsLearnt.tsx";
import { useTalkWords } from "./useTalkWords.ts";

const usualMinutes = 30;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Times for what is hard to say, with an end that both know. What was is folded away, and nothing adds it up. */
export const TalksPlace = () => {
  const { t } = useTranslation("talks");
  const journal = useJournal();
  const cards = useLive(journal.cards);
  const [, navigate] = useLocation();
  const learnt = useLearnt();
  const words = useTalkWords();
  const now = useNow(minuteMs);
  const task = useTask<PageCode>();
  const talks = useMemo(() => readTalks(cards), [cards]);
  const drafts = cards.filter((card) => card.kind === "talk" && isNewDraft(card));
  const begun = drafts.find(({ title, excerpt }) => title === "" && excerpt === "");
  const propose = () =>
    task.run(
      async () =>
        begun === undefined
          ? journal.beginPractice({ kind: "talk", minutes: usualMinutes })
          : accept(begun.id),
      (draft) => navigate(`/talks/${draft}`),
    );
  useWish("talk", propose);
  const isOver = (talk: Talk): boolean => talkTime(talk, learnt, now).state === "over";
  /** One that never began is past a day after its time. */
  const isOpen = (talk: Talk): boolean =>
    talk.standing.state === "proposed" ||
    (talk.standing.state === "agreed" &&
      (talk.begun === undefined ? now < (talk.at ?? now) + dayMs : !isOver(talk)));
  const says = (talk: Talk): string => words.standing(talk, isOver(talk));
  const none = talks.length + drafts.length === 0;
  const past = talks.filter((talk) => !isOpen(talk));
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
      {drafts.length === 0 ? null : <Drafts drafts={drafts} />}
      <Lines title={t("place.open")} talks={talks.filter(isOpen)} says={says} />
      {past.length === 0 ? null : (
        <Fold title={t("place.past")}>
          <Lines talks={past} says={says} />
        </Fold>
      )}
    </div>
  );
};

const Drafts = ({ drafts }: { readonly drafts: readonly Card[] }) => {
  const { t } = useTranslation("talks");
  const words = useTalkWords();
  return (
    <section>
      <h2 className="month">{t("place.writing")}</h2>
      <LineList items={drafts}>
        {(card) => {
          const { at, minutes } = saidOf("talk", card.said) ?? {};
          return (
            <Line
              key={card.id}
              card={card}
              says={t("state.onlyHere")}
              when={words.when(at, minutes)}
            />
          );
        }}
      </LineList>
    </section>
  );
};

type LinesProps = {
  readonly title?: string;
  readonly talks: readonly Talk[];
  readonly says: (talk: Talk) => string;
};

const Lines = ({ title, talks, says }: LinesProps) => {
  const words = useTalkWords();
  return talks.length === 0 ? null : (
    <section>
      {title === undefined ? null : <h2 className="month">{title}</h2>}
      <LineList items={talks}>
        {(talk) => (
          <Line
            key={talk.card.id}
            card={talk.card}
            says={says(talk)}
            when={words.when(talk.at, talk.minutes)}
          />
        )}
      </LineList>
    </section>
  );
};

type LineProps = { readonly card: Card; readonly says: string; readonly when: string };

const Line = ({ card, says, when }: LineProps) => (
  <li>
    <Link href={`/talks/${card.id}`} className="line">
      <Voice who={card.author === "me" ? "mine" : "theirs"}>{says}</Voice>
      <h3 className="line-title">{when}</h3>
      {card.excerpt === "" ? null : (
        <p className="line-words" dir="auto">
          {card.excerpt}
        </p>
      )}
    </Link>
  </li>
);
