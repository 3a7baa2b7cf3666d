import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { Card } from "../../shared/page/card.ts";
import { readContacts } from "../../shared/page/contacts.ts";
import { EmptyPlace } from "../ui/EmptyPlace.tsx";
import { LineList } from "../ui/LineList.tsx";
import { Nearby } from "../ui/Nearby.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Voice } from "../ui/Voice.tsx";
import { useDates } from "../ui/useDates.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";

/** Contacts that were ended, each in the words of whoever ended it. */
export const ContactPlace = () => {
  const { t } = useTranslation("contact");
  const journal = useJournal();
  const cards = useLive(journal.cards);
  const names = usePartnerName();
  const [, navigate] = useLocation();
  const task = useTask<PageCode>();
  const contacts = useMemo(() => readContacts(cards), [cards]);
  const drafts = cards.filter(({ kind, place }) => kind === "contact" && place === "draft");
  const declare = () =>
    task.run(
      () => journal.beginPractice({ kind: "contact" }),
      (draft) => navigate(`/contact/${draft}`),
    );
  const of = (author: Card["author"]): readonly Card[] =>
    contacts.map(({ card }) => card).filter((card) => card.author === author);
  const none = contacts.length + drafts.length === 0;
  return (
    <div className="stack measured">
      <div className="heading-row">
        <PageTitle>{t("title")}</PageTitle>
        {none ? null : (
          <TaskButton className="btn" busy={task.busy} onPress={declare}>
            {t("declare")}
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
          onFirst={declare}
        />
      ) : null}
      <Lines title={t("writing")} cards={drafts} />
      <Lines title={t("by.me")} cards={of("me")} />
      <Lines title={t("by.partner", names)} cards={of("partner")} />
    </div>
  );
};

type LinesProps = { readonly title: string; readonly cards: readonly Card[] };

const Lines = ({ title, cards }: LinesProps) => {
  const { t } = useTranslation("contact");
  const dates = useDates();
  const says = ({ place, writtenAt, draft }: Card): string =>
    place === "draft"
      ? t(draft?.changes === undefined ? "onlyHere" : "changing")
      : dates.day(writtenAt);
  return cards.length === 0 ? null : (
    <section>
      <h2 className="month">{title}</h2>
      <LineList items={cards}>
        {(card) => (
          <li key={card.id}>
            <Link href={`/contact/${card.id}`} className="line">
              <Voice who={card.author === "me" ? "mine" : "theirs"}>{says(card)}</Voice>
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
        )}
      </LineList>
    </section>
  );
};
