import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { EntryBook } from "../../../shared/journal/entryBook.ts";
import type { Card } from "../../../shared/page/card.ts";
import { BackLink } from "../../ui/BackLink.tsx";
import { LineList } from "../../ui/LineList.tsx";
import { PageTitle } from "../../ui/PageTitle.tsx";
import { useDates } from "../../ui/useDates.ts";
import { useLive } from "../../ui/useLive.ts";
import { usePlaceName } from "../usePlaceName.ts";

export type TrashProps = { readonly book: EntryBook; readonly base: string };

/** What was put away, for as long as it can be taken out again. */
export const TrashPage = ({ book, base }: TrashProps) => {
  const { t } = useTranslation("entries");
  const trash = useLive(book.trash);
  const place = usePlaceName(book);
  return (
    <div className="stack measured">
      <BackLink to={base}>{place}</BackLink>
      <PageTitle>{t("trash.title")}</PageTitle>
      <p className="help">{t("trash.lead")}</p>
      {trash.length === 0 ? (
        <p className="lead">{t("trash.empty")}</p>
      ) : (
        <LineList items={trash}>
          {(card) => <TrashLine key={card.id} card={card} base={base} />}
        </LineList>
      )}
    </div>
  );
};

const TrashLine = ({ card, base }: { readonly card: Card; readonly base: string }) => {
  const { t } = useTranslation(["entries", "journal"]);
  const dates = useDates();
  const title = card.title.trim();
  return (
    <li>
      <Link href={`${base}/trash/${card.id}`} className="line trashed">
        <p className="voice">{t("trash.since", { day: dates.day(card.trashedAt ?? 0) })}</p>
        {title === "" ? null : (
          <h2 className="line-title" dir="auto">
            {title}
          </h2>
        )}
        <p className="line-words" dir="auto">
          {card.excerpt === "" && title === "" ? t("journal:untitled") : card.excerpt}
        </p>
      </Link>
    </li>
  );
};
