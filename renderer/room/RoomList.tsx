import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { useLocation } from "wouter";
import type { Room, RoomCode } from "../../shared/journal/journal.ts";
import { CardLine } from "../journal/CardLine.tsx";
import { byMonth } from "../journal/months.ts";
import { EmptyPlace } from "../ui/EmptyPlace.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { findEmptyDraft } from "../ui/emptyDraft.ts";
import { useSurroundings } from "../ui/surroundings.ts";
import { useDates } from "../ui/useDates.ts";
import { useLive } from "../ui/useLive.ts";
import { useTask } from "../ui/useTask.ts";

export const RoomList = ({ room }: { readonly room: Room }) => {
  const { t } = useTranslation("room");
  const { clock } = useSurroundings();
  const dates = useDates();
  const [, navigate] = useLocation();
  const cards = useLive(room.cards);
  const months = useMemo(() => byMonth(cards, clock.now()), [cards, clock]);
  const task = useTask<RoomCode>();
  const write = () => {
    const begun = findEmptyDraft(cards, "entry");
    if (begun !== undefined) navigate(`/room/${begun.id}`);
    else task.run(room.draftEntry, (id) => navigate(`/room/${id}`));
  };
  return (
    <div className="stack measured">
      <div className="heading-row">
        <PageTitle>{t("title")}</PageTitle>
        {months.length === 0 ? null : (
          <Button className="btn primary" onPress={write}>
            {t("write")}
          </Button>
        )}
      </div>
      {task.code === undefined ? null : <Trouble group="room" code={task.code} />}
      {months.length === 0 ? (
        <EmptyPlace
          title={t("empty.title")}
          text={t("empty.text")}
          first={t("empty.first")}
          onFirst={write}
        />
      ) : (
        months.map((month) => (
          <section key={month.start} aria-label={dates.month(month.start)}>
            <h2 className="month">{dates.month(month.start)}</h2>
            <ul className="lines">
              {month.cards.map((card) => (
                <CardLine key={card.id} card={card} to={`/room/${card.id}`} />
              ))}
            </ul>
          </section>
        ))
      )}
    </div>
  );
};
