import { useTranslation } from "react-i18next";
import type { EntryBook } from "../../shared/journal/entryBook.ts";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import { Heard } from "../heard/Heard.tsx";
import { EarlierVersions } from "../history/EarlierVersions.tsx";
import { WordsOfPage } from "../ui/editor/WordsOfPage.tsx";
import { CameBack } from "../ui/paper/CameBack.tsx";
import { Changed } from "../ui/paper/Changed.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { Voice } from "../ui/Voice.tsx";
import { useDates } from "../ui/useDates.ts";
import { AboutLine, EntryMarks } from "./details/EntryMarks.tsx";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";

type EntryReadingProps = { readonly book: EntryBook; readonly page: OpenPage };

/** The partner's entry. Reading leaves no trace that the other could learn of. */
export const EntryReading = ({ book, page }: EntryReadingProps) => {
  const { t } = useTranslation(["journal", "app"]);
  const card = useLive(page.card);
  const dates = useDates();
  const { Partner } = usePartnerName();
  const mine = card.author === "me";
  const wrote = t(mine ? "wroteBy.me" : "wroteBy.partner", {
    partner: Partner,
    day: dates.day(card.writtenAt),
  });
  return (
    <article className="stack">
      <Voice who={mine ? "mine" : "theirs"}>
        {wrote} <Changed card={card} versions={<EarlierVersions book={book} card={card} />} />
      </Voice>
      <PageTitle hidden={card.title === ""}>
        <span dir="auto">{card.title === "" ? t("untitled") : card.title}</span>
      </PageTitle>
      <AboutLine card={card} />
      {card.dateDoubtful ? <p className="note">{t("app:dates.doubtful")}</p> : null}
      <CameBack card={card} />
      <WordsOfPage body={page.body} photos={page.photos} />
      <EntryMarks card={card} />
      <Heard about={card} />
    </article>
  );
};
