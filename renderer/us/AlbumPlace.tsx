import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link, useLocation } from "wouter";
import type { PageCode } from "../../shared/journal/openPage.ts";
import { readAlbum } from "../../shared/page/album.ts";
import type { Card } from "../../shared/page/card.ts";
import { dayAt } from "../../shared/page/day.ts";
import { saidOf } from "../../shared/page/said.ts";
import { EmptyPlace } from "../ui/EmptyPlace.tsx";
import { LineList } from "../ui/LineList.tsx";
import { Nearby } from "../ui/Nearby.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Voice } from "../ui/Voice.tsx";
import { useDates } from "../ui/useDates.ts";
import { useDayWords } from "../ui/useDayWords.ts";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { useTask } from "../ui/useTask.ts";
import { useWish } from "../ui/wishes.tsx";
import { MemoryTile } from "./MemoryTile.tsx";

/** Months that stand there at first, and that come with each press. */
const monthsAtOnce = 6;

/** What the two keep, by month. It lies here and comes to nobody by itself. */
export const AlbumPlace = () => {
  const { t } = useTranslation(["us", "app"]);
  const journal = useJournal();
  const dates = useDates();
  const { clock } = useSurroundings();
  const cards = useLive(journal.cards);
  const [, navigate] = useLocation();
  const [shown, setShown] = useState(monthsAtOnce);
  const task = useTask<PageCode>();
  const months = useMemo(() => readAlbum(cards), [cards]);
  const drafts = cards.filter(({ kind, place }) => kind === "memory" && place === "draft");
  const begun = drafts.find((card) => isUntouched(card));
  const add = () => {
    if (begun !== undefined) return navigate(`/us/album/${begun.id}`);
    return task.run(
      () => journal.beginPractice({ kind: "memory", day: dayAt(clock.now()) }),
      (draft) => navigate(`/us/album/${draft}`),
    );
  };
  useWish("memory", add);
  const none = months.length + drafts.length === 0;
  return (
    <div className="stack measured">
      <div className="heading-row">
        <PageTitle>{t("album.title")}</PageTitle>
        {none ? null : (
          <TaskButton className="btn primary" busy={task.busy} onPress={add}>
            {t("album.add")}
          </TaskButton>
        )}
      </div>
      <Nearby side="us" />
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      {none ? (
        <EmptyPlace
          title={t("album.empty.title")}
          text={t("album.empty.text")}
          first={t("album.empty.first")}
          onFirst={add}
        />
      ) : null}
      <Drafts drafts={drafts} />
      {months.slice(0, shown).map(({ month, memories }) => (
        <section key={month}>
          <h2 className="month">{dates.month(memories[0]?.at ?? 0)}</h2>
          <ul className="album">
            {memories.map((memory) => (
              <MemoryTile key={memory.card.id} memory={memory} />
            ))}
          </ul>
        </section>
      ))}
      {months.length <= shown ? null : (
        <Button className="btn quiet earlier" onPress={() => setShown(shown + monthsAtOnce)}>
          {t("app:earlier")}
        </Button>
      )}
    </div>
  );
};

const isUntouched = ({ title, excerpt, hasPhotos, draft }: Card): boolean =>
  title === "" && excerpt === "" && !hasPhotos && draft?.changes === undefined;

const Drafts = ({ drafts }: { readonly drafts: readonly Card[] }) => {
  const { t } = useTranslation("us");
  const dayWords = useDayWords();
  return drafts.length === 0 ? null : (
    <section>
      <h2 className="month">{t("album.writing")}</h2>
      <LineList items={drafts}>
        {(card) => {
          const day = saidOf("memory", card.said)?.day;
          const says = t(card.draft?.changes === undefined ? "album.onlyHere" : "album.changing");
          return (
            <li key={card.id}>
              <Link href={`/us/album/${card.id}`} className="line">
                <Voice who="mine">{day === undefined ? says : `${says} · ${dayWords(day)}`}</Voice>
                <p className="line-words" dir="auto">
                  {card.title === "" ? card.excerpt : card.title}
                </p>
              </Link>
            </li>
          );
        }}
      </LineList>
    </section>
  );
};
