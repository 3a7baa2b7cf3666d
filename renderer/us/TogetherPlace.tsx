import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { Card } from "../../shared/page/card.ts";
import { saidOf } from "../../shared/page/said.ts";
import { readTogether, type Together } from "../../shared/page/together.ts";
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
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import { useWish } from "../ui/wishes.tsx";
import { useTogetherWords } from "./useTogetherWords.ts";

const minuteMs = 60_000;

/** What the two want to do together. What is past is folded away, and nothing says what came of it. */
export const TogetherPlace = () => {
  const { t } = useTranslation("us");
  const journal = useJournal();
  const names = usePartnerName();
  const cards = useLive(journal.cards);
  const [, navigate] = useLocation();
  const now = useNow(minuteMs);
  const task = useTask<PageCode>();
  const all = useMemo(() => readTogether(cards, now), [cards, now]);
  const drafts = cards.filter(({ kind, place }) => kind === "together" && place === "draft");
  const propose = () =>
    task.run(
      () => journal.beginPractice({ kind: "together" }),
      (draft) => navigate(`/us/together/${draft}`),
    );
  useWish("together", propose);
  const of = (state: Together["standing"]["state"], author?: Card["author"]) =>
    all.filter(
      ({ card, standing }) =>
        standing.state === state && (author === undefined || card.author === author),
    );
  const agreed = of("agreed").toSorted(byNext);
  const open = [...of("proposed"), ...of("agreed")];
  const past = all.filter((one) => !open.includes(one));
  const none = all.length + drafts.length === 0;
  return (
    <div className="stack measured">
      <div className="heading-row">
        <PageTitle>{t("together.title")}</PageTitle>
        {none ? null : (
          <TaskButton className="btn primary" busy={task.busy} onPress={propose}>
            {t("together.propose")}
          </TaskButton>
        )}
      </div>
      <Nearby side="us" />
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      {none ? (
        <EmptyPlace
          title={t("together.empty.title")}
          text={t("together.empty.text")}
          first={t("together.empty.first")}
          onFirst={propose}
        />
      ) : null}
      <Drafts drafts={drafts} />
      <Lines title={t("together.place.asked", names)} all={of("proposed", "partner")} />
      <Lines title={t("together.place.agreed")} all={agreed} />
      <Lines title={t("together.place.proposed")} all={of("proposed", "me")} />
      {past.length === 0 ? null : (
        <Fold title={t("together.place.past")}>
          <Lines all={past} />
        </Fold>
      )}
    </div>
  );
};

/** What comes next first; what has no day last. */
const byNext = (one: Together, other: Together): number =>
  (one.next ?? "9").localeCompare(other.next ?? "9");

const Drafts = ({ drafts }: { readonly drafts: readonly Card[] }) => {
  const { t } = useTranslation("us");
  const words = useTogetherWords();
  return drafts.length === 0 ? null : (
    <section>
      <h2 className="month">{t("together.place.writing")}</h2>
      <LineList items={drafts}>
        {(card) => {
          const { day, rhythm = "once" } = saidOf("together", card.said) ?? {};
          const when = words.when({ day, rhythm, next: day });
          return (
            <Line key={card.id} card={card} who="mine" says={t("together.onlyHere")} when={when} />
          );
        }}
      </LineList>
    </section>
  );
};

type LinesProps = { readonly title?: string; readonly all: readonly Together[] };

const Lines = ({ title, all }: LinesProps) => {
  const words = useTogetherWords();
  return all.length === 0 ? null : (
    <section>
      {title === undefined ? null : <h2 className="month">{title}</h2>}
      <LineList items={all}>
        {(one) => (
          <Line
            key={one.card.id}
            card={one.card}
            who={
              one.standing.state === "agreed"
                ? "ours"
                : one.card.author === "me"
                  ? "mine"
                  : "theirs"
            }
            says={words.standing(one)}
            when={words.when(one)}
          />
        )}
      </LineList>
    </section>
  );
};

type LineProps = {
  readonly card: Card;
  readonly who: "mine" | "theirs" | "ours";
  readonly says: string;
  readonly when: string;
};

const Line = ({ card, who, says, when }: LineProps) => (
  <li>
    <Link href={`/us/together/${card.id}`} className="line">
      <Voice who={who}>{[says, when].filter((one) => one !== "").join(" · ")}</Voice>
      {card.title === "" ? null : (
        <h3 className="line-title" dir="auto">
          {card.title}
        </h3>
      )}
      {card.excerpt === "" ? null : (
        <p className="line-words" dir="auto">
          {card.excerpt}
        </p>
      )}
    </Link>
  </li>
);
