import { useId } from "react";
import { useTranslation } from "react-i18next";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { asHeard } from "../list/filters.ts";
import { useFeelingWords } from "./useFeelingWords.ts";
import { WordsField } from "./WordsField.tsx";

type FeelingChoiceProps = {
  readonly label?: string;
  readonly chosen: readonly string[];
  readonly known: readonly string[];
  readonly most: number;
  readonly onChange: (words: readonly string[]) => void;
};

/** Words to pick from, in no order of good and bad, and room for one's own. They are kept as words. */
export const FeelingChoice = ({ label, chosen, known, most, onChange }: FeelingChoiceProps) => {
  const { t } = useTranslation("entries");
  const id = useId();
  const groups = useFeelingWords();
  const base = new Set(groups.flatMap(({ words }) => words.map(asHeard)));
  const isOwn = (word: string) => !base.has(asHeard(word));
  const heard = new Set(chosen.map(asHeard));
  const pick = (words: readonly string[], picked: ReadonlySet<unknown>) => {
    const here = new Set(words.map(asHeard));
    const others = chosen.filter((word) => !here.has(asHeard(word)));
    const next = [...others, ...words.filter((word) => picked.has(word))];
    if (next.length <= most) onChange(next);
  };
  return (
    <div className="feelings" role="group" aria-labelledby={id}>
      <p id={id} className="label">
        {label ?? t("feelings.label")}
      </p>
      {groups.map(({ name, words }) => (
        <div key={name} className="feeling-group">
          <p className="help" id={`${id}-${name}`}>
            {t(`feelings.groups.${name}`)}
          </p>
          <ToggleButtonGroup
            className="chips"
            aria-labelledby={`${id}-${name}`}
            selectionMode="multiple"
            selectedKeys={words.filter((word) => heard.has(asHeard(word)))}
            onSelectionChange={(picked) => pick(words, picked)}
          >
            {words.map((word) => (
              <ToggleButton key={word} id={word} className="chip pick">
                {word}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
        </div>
      ))}
      <WordsField
        label={t("feelings.own")}
        help={t("feelings.ownHelp")}
        chosen={chosen.filter(isOwn)}
        known={known.filter(isOwn)}
        most={most - chosen.filter((word) => !isOwn(word)).length}
        onChange={(own) => onChange([...chosen.filter((word) => !isOwn(word)), ...own])}
      />
    </div>
  );
};
