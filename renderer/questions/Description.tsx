import { useTranslation } from "react-i18next";
import type { QuestionDescription } from "../../shared/journal/journal.ts";
import { depths, needs, type QuestionCard } from "../../shared/page/card.ts";
import { Choice } from "../ui/Choice.tsx";
import { HelpsBy } from "./HelpsBy.tsx";

type DescriptionProps = {
  readonly question: QuestionCard;
  readonly describe: (change: QuestionDescription) => void;
};

/** What goes with a question: the need behind it, how much is wanted, and by when it would help. */
export const Description = ({ question, describe }: DescriptionProps) => {
  const { t } = useTranslation("questions");
  return (
    <>
      <Choice
        across
        label={t("need.label")}
        options={needs.map((value) => ({ value, label: capital(t(`need.${value}`)) }))}
        value={question.need}
        onChange={(need) => describe({ need })}
      />
      <Choice
        label={t("depth.label")}
        options={depths.map((value) => ({ value, label: capital(t(`depth.${value}`)) }))}
        value={question.depth}
        onChange={(depth) => describe({ depth })}
      />
      <HelpsBy day={question.helpsBy} onChange={(helpsBy) => describe({ helpsBy })} />
    </>
  );
};

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);
