import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link, Route, Switch, useLocation } from "wouter";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { Card } from "../../shared/page/card.ts";
import { readWhys, type Why } from "../../shared/page/whys.ts";
import { EmptyPlace } from "../ui/EmptyPlace.tsx";
import { LineList } from "../ui/LineList.tsx";
import { Missing } from "../ui/Missing.tsx";
import { Nearby } from "../ui/Nearby.tsx";
import { readPageId } from "../ui/pageId.ts";
import { PageTitle } from "../ui/PageTitle.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Voice } from "../ui/Voice.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import { useWish } from "../ui/wishes.tsx";
import { WhyPage } from "./WhyPage.tsx";
import { holdsClosed, isWhyCard, type WhyCard } from "./whyPages.ts";
import { useWhyWords } from "./useWhyWords.ts";

export const WhyPlace = () => (
  <Switch>
    <Route path="/why">
      <Whys />
    </Route>
    <Route path="/why/:page">
      {({ page }) => {
        const id = readPageId(page);
        return id === undefined ? <Missing /> : <WhyPage key={id} id={id} />;
      }}
    </Route>
    <Route>
      <Missing />
    </Route>
  </Switch>
);

/** What each has asked to understand. Nothing here says how long anything has waited. */
const Whys = () => {
  const { t } = useTranslation("why");
  const journal = useJournal();
  const cards = useLive(journal.cards);
  const names = usePartnerName();
  const [, navigate] = useLocation();
  const task = useTask<PageCode>();
  const ask = () =>
    task.run(
      () => journal.beginPractice({ kind: "why" }),
      (draft) => navigate(`/why/${draft}`),
    );
  useWish("why", ask);
  const whys = useMemo(() => readWhys(cards), [cards]);
  const drafts = cards.filter(isWhyCard).filter(({ place }) => place === "draft");
  const of = (author: Card["author"]) => whys.filter(({ card }) => card.author === author);
  const none = whys.length + drafts.length === 0;
  return (
    <div className="stack measured">
      <div className="heading-row">
        <PageTitle>{t("title")}</PageTitle>
        {none ? null : (
          <TaskButton className="btn primary" busy={task.busy} onPress={ask}>
            {t("open")}
          </TaskButton>
        )}
      </div>
      <Nearby side="letters" />
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      {none ? (
        <EmptyPlace
          title={t("empty.title")}
          text={t("empty.text")}
          first={t("empty.first")}
          onFirst={ask}
        />
      ) : null}
      <Drafts title={t("place.writing")} drafts={drafts} />
      <Lines title={t("place.mine")} whys={of("me")} />
      <Lines title={t("place.theirs", names)} whys={of("partner")} />
    </div>
  );
};

type DraftsProps = { readonly title: string; readonly drafts: readonly WhyCard[] };

const Drafts = ({ title, drafts }: DraftsProps) => {
  const { t } = useTranslation(["why", "letters"]);
  const names = usePartnerName();
  const state = ({ kind, draft }: WhyCard): string =>
    [
      t(`editor.${kind}.title`, names),
      ...(draft?.changes === undefined ? [] : [t("letters:state.change")]),
      t("letters:state.onlyHere"),
    ].join(" · ");
  return drafts.length === 0 ? null : (
    <section>
      <h2 className="month">{title}</h2>
      <LineList items={drafts}>
        {(card) => <Line key={card.id} card={card} label={state(card)} />}
      </LineList>
    </section>
  );
};

type LinesProps = { readonly title: string; readonly whys: readonly Why[] };

const Lines = ({ title, whys }: LinesProps) => {
  const { t } = useTranslation("why");
  const words = useWhyWords();
  const label = (why: Why): string => {
    const asked = words({ ...why.card, kind: "why" });
    return holdsClosed(why) ? `${asked} · ${t("state.closed")}` : asked;
  };
  return whys.length === 0 ? null : (
    <section>
      <h2 className="month">{title}</h2>
      <LineList items={whys}>
        {(why) => <Line key={why.card.id} card={why.card} label={label(why)} />}
      </LineList>
    </section>
  );
};

const Line = ({ card, label }: { readonly card: Card; readonly label: string }) => {
  const { t } = useTranslation("why");
  return (
    <li>
      <Link href={`/why/${card.id}`} className="line">
        <Voice who={card.author === "me" ? "mine" : "theirs"}>{label}</Voice>
        {card.title === "" ? null : (
          <h3 className="line-title" dir="auto">
            {card.title}
          </h3>
        )}
        <p className="line-words" dir="auto">
          {card.withdrawnAt === undefined ? card.excerpt : t("withdrawn")}
        </p>
      </Link>
    </li>
  );
};
