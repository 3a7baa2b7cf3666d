import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Agreement } from "../../shared/page/agreements.ts";
import type { Card } from "../../shared/page/card.ts";
import { LineList } from "../ui/LineList.tsx";
import { Voice } from "../ui/Voice.tsx";
import { useStandingWords } from "./useStandingWords.ts";

/** Agreements as lines, newest first. How many there are is not said. */
export const AgreementLines = ({
  title,
  agreements,
}: {
  readonly title?: string;
  readonly agreements: readonly Agreement[];
}) => {
  const words = useStandingWords();
  return agreements.length === 0 ? null : (
    <section>
      {title === undefined ? null : <h2 className="month">{title}</h2>}
      <LineList items={agreements}>
        {(agreement) => (
          <Line key={agreement.card.id} card={agreement.card} says={words(agreement)} />
        )}
      </LineList>
    </section>
  );
};

export const DraftLines = ({ drafts }: { readonly drafts: readonly Card[] }) => {
  const { t } = useTranslation("agreements");
  return drafts.length === 0 ? null : (
    <section>
      <h2 className="month">{t("place.writing")}</h2>
      <LineList items={drafts}>
        {(card) => <Line key={card.id} card={card} says={t("state.onlyHere")} />}
      </LineList>
    </section>
  );
};

const Line = ({ card, says }: { readonly card: Card; readonly says: string }) => (
  <li>
    <Link href={`/agreements/${card.id}`} className="line">
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
);
