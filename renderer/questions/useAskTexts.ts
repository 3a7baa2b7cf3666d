import { useTranslation } from "react-i18next";
import { usePartnerName } from "../ui/usePartnerName.ts";

type AskTexts = {
  readonly heading: string;
  readonly note: string;
  readonly untouched: string;
  readonly send: string;
  readonly leave: string;
  readonly discard: { readonly text: string; readonly title?: string };
  readonly preview: {
    readonly title: string;
    readonly confirm: string;
    readonly busy: string;
    readonly note: string;
  };
};

/** The composer's sentences: for a question that is not asked yet, and for changing one that was. */
export const useAskTexts = (changing: boolean): AskTexts => {
  const { t } = useTranslation(["ask", "questions", "journal"]);
  const names = usePartnerName();
  const copies = t("journal:share.note", names);
  if (changing)
    return {
      heading: t("change.heading"),
      note: t("change.note"),
      untouched: t("journal:saved.untouched"),
      send: t("change.send"),
      leave: t("change.leave"),
      discard: { title: t("change.discardTitle"), text: t("change.discardText") },
      preview: {
        title: t("change.preview"),
        confirm: t("change.confirm"),
        busy: t("change.saving"),
        note: `${t("change.note")} ${copies}`,
      },
    };
  return {
    heading: t("questions:compose.heading"),
    note: t("compose.parked"),
    untouched: t("compose.parked"),
    send: t("questions:compose.send"),
    leave: t("compose.leave"),
    discard: { text: t("journal:discard.text") },
    preview: {
      title: t("questions:compose.preview", names),
      confirm: t("questions:compose.confirm", names),
      busy: t("questions:compose.sending"),
      note: copies,
    },
  };
};
