import { useTranslation } from "react-i18next";
import type { OpenPage } from "../../shared/journal/journal.ts";
import { Heard } from "../heard/Heard.tsx";
import { WordsOfPage } from "../ui/editor/WordsOfPage.tsx";
import { Changed } from "../ui/paper/Changed.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { Voice } from "../ui/Voice.tsx";
import { useDates } from "../ui/useDates.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";

/** The partner's entry. Reading leaves no trace that the other could learn of. */
export const EntryReading = ({ page }: { readonly page: OpenPage }) => {
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
        {wrote} <Changed card={card} />
      </Voice>
      <PageTitle hidden={card.title === ""}>
        <span dir="auto">{card.title === "" ? t("untitled") : card.title}</span>
      </PageTitle>
      {card.dateDoubtful ? <p className="note">{t("app:dates.doubtful")}</p> : null}
      <WordsOfPage body={page.body} />
      <Heard about={card} />
    </article>
  );
};
