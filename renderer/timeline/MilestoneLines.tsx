import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Card } from "../../shared/page/card.ts";
import { LineList } from "../ui/LineList.tsx";
import { Voice } from "../ui/Voice.tsx";
import { usePartnerName } from "../ui/usePartnerName.ts";

type MilestoneLinesProps = {
  /** Proposed by either. */
  readonly asked: readonly Card[];
  readonly drafts: readonly Card[];
};

/** What is not on the timeline yet: it waits for a yes, or is still being written. */
export const MilestoneLines = ({ asked, drafts }: MilestoneLinesProps) => {
  const { t } = useTranslation("timeline");
  const names = usePartnerName();
  const theirs = asked.filter(({ author }) => author === "partner");
  const mine = asked.filter(({ author }) => author === "me");
  return (
    <>
      <Lines title={t("place.asked", names)} cards={theirs} says={t("milestone.asked")} />
      <Lines title={t("place.proposed")} cards={mine} says={t("milestone.proposed", names)} />
      <Lines title={t("place.writing")} cards={drafts} says={t("milestone.onlyHere")} />
    </>
  );
};

type LinesProps = {
  readonly title: string;
  readonly cards: readonly Card[];
  readonly says: string;
};

const Lines = ({ title, cards, says }: LinesProps) =>
  cards.length === 0 ? null : (
    <section>
      <h2 className="month">{title}</h2>
      <LineList items={cards}>
        {(card) => (
          <li key={card.id}>
            <Link href={`/timeline/${card.id}`} className="line">
              <Voice who={card.author === "me" ? "mine" : "theirs"}>{says}</Voice>
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
        )}
      </LineList>
    </section>
  );
