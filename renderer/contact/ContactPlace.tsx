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
  const [, navigate] = useLocation();
  const task = useTask<PageCode>();
  const contacts = useMemo(() => readContacts(cards), [cards]);
  const drafts = cards.filter(({ kind, place }) => kind === "contact" && place === "draft");
  const declare = () =>
    task.run(
      () => journal.beginPractice({ kind: "contact" }),
      (draft) => navigate(`/contact/${draft}`),
    );
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
      <Lines cards={[...drafts, ...contacts.map(({ card }) => card)]} />
    </div>
  );
};

const Lines = ({ cards }: { readonly cards: readonly Card[] }) => {
  const { t } = useTranslation("contact");
  const dates = useDates();
  const names = usePartnerName();
  const says = ({ place, author, writtenAt, draft }: Card): string =>
    place === "draft"
      ? t(draft?.changes === undefined ? "onlyHere" : "changing")
      : `${t(author === "me" ? "by.me" : "by.partner", names)} · ${dates.day(writtenAt)}`;
  return cards.length === 0 ? null : (
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
  );
};
