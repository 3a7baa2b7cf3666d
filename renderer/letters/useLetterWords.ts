import { useTranslation } from "react-i18next";
import { useDates } from "../ui/useDates.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import type { Paper } from "./papers.ts";

type LetterWords = {
  /** What it is: "A letter from Sam". Theirs are not sorted into kinds before they are read. */
  readonly name: (paper: Paper) => string;
  /** With its day: "A letter from Sam · Thursday". */
  readonly label: (paper: Paper) => string;
};

export const useLetterWords = (): LetterWords => {
  const { t } = useTranslation("letters");
  const dates = useDates();
  const names = usePartnerName();
  const name = (paper: Paper): string =>
    paper.author === "partner"
      ? t(`from.${paper.kind}`, names)
      : t(`mine.${paper.letter?.about ?? mineKind(paper)}`, names);
  return { name, label: (paper) => `${name(paper)} · ${dates.day(paper.writtenAt)}` };
};

const mineKind = ({ kind }: Paper) => (kind === "letter" ? "responsibility" : kind);
