import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Card } from "../../shared/page/card.ts";
import { Fold } from "../ui/Fold.tsx";
import { PageWords } from "../ui/PageWords.tsx";
import { useDates } from "../ui/useDates.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";

/** Own words that stood beside pages of the partner: their places went with those, the words did not. */
export const OwnBesideTheirs = () => {
  const { t } = useTranslation("ending");
  const cards = useLive(useJournal().cards);
  const names = usePartnerName();
  const dates = useDates();
  const left = useMemo(() => findLeftAlone(cards), [cards]);
  if (left.length === 0) return null;
  return (
    <section className="ending-part">
      <h2>{t("own.title", names)}</h2>
      <p>{t("own.text")}</p>
      {left.map(({ id, kind, writtenAt }) => (
        <Fold
          key={id}
          title={t(kind === "answer" ? "own.answer" : "own.heard", { day: dates.day(writtenAt) })}
        >
          <PageWords id={id} />
        </Fold>
      ))}
    </section>
  );
};

/** Answers and "what I heard" of mine whose page is not among the cards, newest first. */
export const findLeftAlone = (cards: readonly Card[]): readonly Card[] => {
  const there = new Set(cards.map(({ id }) => id));
  return cards.filter(({ author, kind, answer, of, withdrawnAt }) => {
    const about = kind === "answer" ? answer?.question : kind === "heard" ? of : undefined;
    return author === "me" && withdrawnAt === undefined && about !== undefined && !there.has(about);
  });
};
