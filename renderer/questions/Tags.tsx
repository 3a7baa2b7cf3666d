import { useTranslation } from "react-i18next";
import type { QuestionCard } from "../../shared/page/card.ts";

/** What is needed and how much is wanted, in words. */
export const Tags = ({
  question,
  whose,
}: {
  readonly question: QuestionCard;
  readonly whose: "mine" | "theirs";
}) => {
  const { t } = useTranslation("questions");
  const need = t(`need.${question.need}`);
  return (
    <ul className="tags">
      <li className={`tag ${whose}`}>
        {whose === "mine" ? t("need.tag", { need }) : t("need.tagTheirs", { need })}
      </li>
      <li className={`tag ${whose}`}>{t("depth.tag", { depth: t(`depth.${question.depth}`) })}</li>
    </ul>
  );
};
