import { useTranslation } from "react-i18next";
import { Openers } from "../ui/editor/Openers.tsx";
import type { Pen } from "../ui/editor/pen.ts";

const firstLines = {
  again: ["hurts", "often", "same", "new"],
  first: ["plainly", "owe", "know", "hard"],
} as const;

type AnswerOpenersProps = {
  readonly lines: keyof typeof firstLines;
  /** Undefined until the editor is there. */
  readonly pen: Pen | undefined;
};

/** First lines for an answer, or for one more; and a place for what is hardest to say. */
export const AnswerOpeners = ({ lines, pen }: AnswerOpenersProps) => {
  const { t } = useTranslation("questions");
  return (
    <Openers
      label={t("answer.openers")}
      ready={pen !== undefined}
      openers={[
        ...firstLines[lines].map((line) => {
          const words = t(`answer.opener.${line}`);
          return { says: words, write: () => pen?.atStart(words) };
        }),
        { says: t("answer.hardestDo"), write: () => pen?.headAtEnd(t("answer.hardest")) },
      ]}
    />
  );
};
