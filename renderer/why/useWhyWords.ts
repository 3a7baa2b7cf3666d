import { useTranslation } from "react-i18next";
import { useDates } from "../ui/useDates.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import type { WhyCard } from "./whyPages.ts";

/** "Sam wrote · Thursday" */
export const useWhyWords = (): ((card: WhyCard) => string) => {
  const { t } = useTranslation("why");
  const dates = useDates();
  const names = usePartnerName();
  return ({ kind, author, writtenAt }) =>
    `${t(`label.${kind}.${author}`, names)} · ${dates.day(writtenAt)}`;
};
