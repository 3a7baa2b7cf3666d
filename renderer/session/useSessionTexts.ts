import { useTranslation } from "react-i18next";
import type { SavedTexts } from "../../shared/archive/saveHtml.ts";
import { isOfBoth } from "../../shared/page/bringing.ts";
import type { Card } from "../../shared/page/card.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";

/** What stands around the words on the paper: whose they are, when, and that nobody signed them. */
export const useSessionTexts = (): SavedTexts => {
  const { t, i18n } = useTranslation(["session", "saving", "app"]);
  const me = useLive(useJournal().me);
  const names = usePartnerName();
  const format = new Intl.DateTimeFormat(t("app:dates.locale"), { dateStyle: "full" });
  const whose = (card: Card): string => {
    if (isOfBoth(card)) return t("paper.both", { name: me.name, partner: names.partner });
    return card.author === "me" ? me.name : names.Partner;
  };
  return {
    language: i18n.language,
    direction: i18n.dir(),
    title: t("paper.title"),
    note: t("paper.unsigned"),
    untitled: t("paper.untitled"),
    done: t("saving:file.done"),
    open: t("saving:file.open"),
    marks: (card: Card) => [[whose(card), format.format(card.aboutAt)].join(" · ")],
  };
};
