import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { Card } from "../../shared/page/card.ts";
import { readPromises, type SmallPromise } from "../../shared/page/promises.ts";
import { EmptyPlace } from "../ui/EmptyPlace.tsx";
import { LineList } from "../ui/LineList.tsx";
import { Nearby } from "../ui/Nearby.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Voice } from "../ui/Voice.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import { useWish } from "../ui/wishes.tsx";
import { Stone } from "./Stone.tsx";
import { usePromiseWords } from "./usePromiseWords.ts";

/** Small promises of both, in the order in which they were made. Nothing sorts or counts them by how they went. */
export const PromisesPlace = () => {
  const { t } = useTranslation("promises");
  const journal = useJournal();
  const cards = useLive(journal.cards);
  const names = usePartnerName();
  const [, navigate] = useLocation();
  const task = useTask<PageCode>();
  const promise = () => task.run(journal.draftPromise, (draft) => navigate(`/promises/${draft}`));
  useWish("promise", promise);
  const all = useMemo(() => readPromises(cards), [cards]);
  const drafts = cards.filter(({ kind, place }) => kind === "promise" && place === "draft");
  const of = (author: Card["author"]) => all.filter(({ card }) => card.author === author);
  const none = all.length + drafts.length === 0;
  return (
    <div className="stack measured">
      <div className="heading-row">
        <PageTitle>{t("title")}</PageTitle>
        {none ? null : (
          <TaskButton className="btn primary" busy={task.busy} onPress={promise}>
            {t("make")}
          </TaskButton>
        )}
      </div>
      <Nearby side="agreements" />
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      {none ? (
        <EmptyPlace
          title={t("empty.title")}
          text={t("empty.text", names)}
          first={t("empty.first")}
          onFirst={promise}
        />
      ) : null}
      <Lines title={t("place.writing")} promises={drafts.map((card) => ({ card, outcomes: [] }))} />
      <Lines title={t("place.mine")} promises={of("me")} />
      <Lines title={t("place.theirs", names)} promises={of("partner")} />
    </div>
  );
};

type LinesProps = { readonly title: string; readonly promises: readonly SmallPromise[] };

const Lines = ({ title, promises }: LinesProps) =>
  promises.length === 0 ? null : (
    <section>
      <h2 className="month">{title}</h2>
      <LineList items={promises}>{(one) => <Line key={one.card.id} promise={one} />}</LineList>
    </section>
  );

const Line = ({ promise: { card, outcomes } }: { readonly promise: SmallPromise }) => {
  const { t } = useTranslation(["promises", "agreements"]);
  const words = usePromiseWords();
  const newest = outcomes.at(-1);
  const label = card.place === "draft" ? t("agreements:state.onlyHere") : words.label(card);
  return (
    <li>
      <Link href={`/promises/${card.id}`} className="line promise-line">
        <Stone of={card.id} />
        <div>
          <Voice who={card.author === "me" ? "mine" : "theirs"}>{label}</Voice>
          <p className="line-words" dir="auto">
            {card.withdrawnAt === undefined ? card.excerpt : t("withdrawn")}
          </p>
          {newest === undefined ? null : (
            <p className="help">
              {words.went(newest.card)}
              {": "}
              <span dir="auto">{newest.card.excerpt}</span>
            </p>
          )}
        </div>
      </Link>
    </li>
  );
};
