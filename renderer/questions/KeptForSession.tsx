import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Card } from "../../shared/page/card.ts";
import { Voice } from "../ui/Voice.tsx";
import { useDates } from "../ui/useDates.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";

/** What this reader wants to open in company: a way to each, and nothing more. */
export const KeptForSession = ({ cards }: { readonly cards: readonly Card[] }) => {
  const { t } = useTranslation("ask");
  const dates = useDates();
  const { partner } = usePartnerName();
  const kept = cards.filter(
    ({ putOff, withdrawnAt }) => putOff === "session" && withdrawnAt === undefined,
  );
  if (kept.length === 0) return null;
  return (
    <section>
      <h2 className="month">{t("session.title")}</h2>
      <ul className="kept">
        {kept.map((card) => (
          <li key={card.id}>
            <Link href={placeOf(card)} className="kept-line">
              <Voice who="theirs">
                {t(`session.${nameOf(card)}`, { partner, day: dates.day(card.writtenAt) })}
              </Voice>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
};

const named = ["answer", "letter", "reply", "addition", "disclosure", "told"] as const;

const nameOf = ({ kind }: Card) => named.find((name) => name === kind) ?? "other";

const placeOf = ({ id, answer }: Card): string =>
  answer === undefined ? `/letters/${id}` : `/questions/${answer.question}`;
