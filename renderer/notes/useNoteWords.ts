import { useTranslation } from "react-i18next";
import { saidOf } from "../../shared/page/said.ts";
import { useDates } from "../ui/useDates.ts";
import { useDayWords } from "../ui/useDayWords.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import type { NoteCard } from "./noteKinds.ts";

/** "Sam wrote · Thursday · about Monday 16 November", and what has helped. */
export const useNoteWords = () => {
  const { t } = useTranslation(["notes", "letters"]);
  const dates = useDates();
  const dayWords = useDayWords();
  const names = usePartnerName();
  const day = (card: NoteCard): string | undefined => {
    const said = saidOf("setback", card.said)?.day;
    return said && t("of", { day: dayWords(said) });
  };
  const label = (card: NoteCard): string =>
    [
      card.place === "draft" ? t("letters:state.onlyHere") : t(`by.${card.author}`, names),
      ...(card.draft?.changes === undefined ? [] : [t("letters:state.change")]),
      dates.day(card.writtenAt),
      ...[day(card) ?? []].flat(),
    ].join(" · ");
  const helped = (card: NoteCard): string | undefined => {
    const words = saidOf("setback", card.said)?.helped;
    return words === undefined ? undefined : t("helped", { words });
  };
  return { label, day, helped };
};
