import { useTranslation } from "react-i18next";
import type { QuestionCard } from "../../shared/page/card.ts";
import { useDayWords } from "../ui/useDayWords.ts";

type TagsProps = {
  readonly question: QuestionCard;
  readonly whose: "mine" | "theirs";
  /** In the words in which the partner reads mine. */
  readonly asRead?: boolean;
};

/** What is needed, how much is wanted, and by when it would help, in words. */
export const Tags = ({ question, whose, asRead = false }: TagsProps) => {
  const { t } = useTranslation(["questions", "ask"]);
  const dayWords = useDayWords();
  const { need, depth, helpsBy } = question;
  const needed = t(`need.${need}`);
  return (
    <ul className="tags">
      <li className={`tag ${whose}`}>
        {whose === "mine" && !asRead
          ? t("need.tag", { need: needed })
          : t("need.tagTheirs", { need: needed })}
      </li>
      <li className={`tag ${whose}`}>{t("depth.tag", { depth: t(`depth.${depth}`) })}</li>
      {helpsBy === undefined ? null : (
        <li className={`tag ${whose}`}>{t("ask:helpsBy.tag", { day: dayWords(helpsBy) })}</li>
      )}
    </ul>
  );
};
