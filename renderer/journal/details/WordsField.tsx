import { type FocusEvent, type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  Button,
  Input,
  Label,
  Tag,
  TagGroup,
  TagList,
  Text,
  TextField,
} from "react-aria-components";
import { longestTag } from "../../../shared/page/tags.ts";
import { keptFromTheBrowser } from "../../ui/keptFromTheBrowser.ts";
import { asHeard } from "../list/filters.ts";
import { suggest } from "./suggest.ts";

type WordsFieldProps = {
  readonly label: string;
  readonly help?: string;
  readonly chosen: readonly string[];
  /** Words that were used in this place before, the newest first. */
  readonly known: readonly string[];
  readonly most: number;
  readonly onChange: (words: readonly string[]) => void;
};

/** Words of one's own: typed and kept with Enter or a comma, taken away with Backspace or their button. */
export const WordsField = ({ label, help, chosen, known, most, onChange }: WordsFieldProps) => {
  const { t } = useTranslation("entries");
  const [text, setText] = useState("");
  const [said, setSaid] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const full = chosen.length >= most;

  const add = (typed: string) => {
    const word = typed.trim();
    setText("");
    if (word === "" || full) return;
    // Spelled as it was before, so that one word does not become two.
    const before = [...chosen, ...known].find((each) => asHeard(each) === asHeard(word)) ?? word;
    if (chosen.includes(before)) return;
    onChange([...chosen, before]);
    setSaid(t("words.added", { word: before }));
  };
  const remove = (word: string) => {
    onChange(chosen.filter((each) => each !== word));
    setSaid(t("words.removed", { word }));
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While letters are being composed, Enter belongs to the input method.
    if (event.nativeEvent.isComposing) return;
    const last = chosen.at(-1);
    if ((event.key === "Enter" || event.key === ",") && text.trim() !== "") {
      event.preventDefault();
      add(text);
    } else if (event.key === "Backspace" && text === "" && last !== undefined) remove(last);
  };
  /** What was typed and left is kept; a press on a suggestion is no leaving. */
  const leave = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (!currentTarget.contains(relatedTarget)) add(text);
  };
  const offered = full ? [] : suggest(known, chosen, text);
  return (
    <div className="words-field" onBlur={leave}>
      <TextField className="field" value={text} onChange={setText} isDisabled={full}>
        <Label>{label}</Label>
        <div className="field-line">
          <Input
            ref={field}
            className="input"
            dir="auto"
            maxLength={longestTag}
            autoComplete="off"
            onKeyDown={onKeyDown}
            {...keptFromTheBrowser.field}
          />
        </div>
        {help === undefined ? null : (
          <Text slot="description" className="help">
            {full ? t("words.full") : help}
          </Text>
        )}
      </TextField>
      {chosen.length === 0 ? null : (
        <TagGroup
          aria-label={t("words.chosen", { label })}
          onRemove={(ids) => {
            const [word] = ids;
            if (word !== undefined) remove(String(word));
          }}
        >
          <TagList className="chips">
            {chosen.map((word) => (
              <Tag key={word} id={word} textValue={word} className="chip">
                <bdi>{word}</bdi>
                <Button slot="remove" className="chip-remove">
                  <span aria-hidden="true">×</span>
                </Button>
              </Tag>
            ))}
          </TagList>
        </TagGroup>
      )}
      {offered.length === 0 ? null : (
        <ul className="chips" aria-label={t("words.offered", { label })}>
          {offered.map((word) => (
            <li key={word}>
              <Button
                className="chip offered"
                onPress={() => {
                  add(word);
                  field.current?.focus();
                }}
              >
                <bdi>{word}</bdi>
              </Button>
            </li>
          ))}
        </ul>
      )}
      <p role="status" className="for-readers">
        {said}
      </p>
    </div>
  );
};
