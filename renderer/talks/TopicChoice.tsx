import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { PageId } from "../../shared/base/ids.ts";
import { readThreads } from "../questions/threads.ts";
import { Toggle } from "../ui/Toggle.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { useTopicName } from "./TopicList.tsx";

/** As many as a talk may have. */
const mostTopics = 32;
const atFirst = 6;

type TopicChoiceProps = {
  readonly chosen: readonly PageId[];
  readonly onChange: (topics: readonly PageId[]) => void;
};

/** Questions of either, newest first, to have among the topics. */
export const TopicChoice = ({ chosen, onChange }: TopicChoiceProps) => {
  const { t } = useTranslation("talks");
  const cards = useLive(useJournal().cards);
  const nameOf = useTopicName();
  const [all, setAll] = useState(false);
  const questions = useMemo(() => {
    const { mine, theirs } = readThreads(cards);
    return [...mine, ...theirs]
      .map(({ question }) => question)
      .filter(({ withdrawnAt }) => withdrawnAt === undefined)
      .toSorted((one, other) => other.writtenAt - one.writtenAt);
  }, [cards]);
  if (questions.length === 0) return null;
  const shown = all
    ? questions
    : questions.filter(({ id }, at) => at < atFirst || chosen.includes(id));
  return (
    <fieldset className="topic-choice">
      <legend>{t("fields.topics")}</legend>
      {shown.map((question) => (
        <Toggle
          key={question.id}
          label={nameOf(question)}
          on={chosen.includes(question.id)}
          onChange={(on) =>
            onChange(
              on
                ? [...chosen, question.id].slice(0, mostTopics)
                : chosen.filter((topic) => topic !== question.id),
            )
          }
        />
      ))}
      {shown.length === questions.length ? null : (
        <Button className="btn quiet" onPress={() => setAll(true)}>
          {t("fields.more")}
        </Button>
      )}
    </fieldset>
  );
};
