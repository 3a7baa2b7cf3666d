import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { Door, Journal } from "../../shared/journal/journal.ts";
import type { UnlockCode } from "../../shared/journal/doorCodes.ts";
import { Field } from "../ui/Field.tsx";
import { NewPassphrase } from "../ui/NewPassphrase.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useTask } from "../ui/useTask.ts";
import { splitWords } from "./splitWords.ts";

type WordsFormProps = {
  readonly door: Door;
  readonly onOpen: (journal: Journal) => void;
  readonly onBack: () => void;
  /** The words are not there either. */
  readonly onNeither: () => void;
};

export const WordsForm = ({ door, onOpen, onBack, onNeither }: WordsFormProps) => {
  const { t } = useTranslation("unlock");
  const [text, setText] = useState("");
  const task = useTask<UnlockCode>();
  const words = splitWords(text);
  return (
    <NewPassphrase
      action={t("words.open")}
      busy={task.busy}
      onChosen={(passphrase) => task.run(() => door.unlockWithWords(words, passphrase), onOpen)}
      beside={
        <>
          <Button className="btn quiet" onPress={onBack} isDisabled={task.busy}>
            {t("words.back")}
          </Button>
          <Button className="btn quiet" onPress={onNeither} isDisabled={task.busy}>
            {t("words.neither")}
          </Button>
        </>
      }
    >
      <PageTitle>{t("words.title")}</PageTitle>
      <p>{t("words.lead")}</p>
      <Field
        label={t("words.label")}
        value={text}
        onChange={setText}
        lines={3}
        plain
        autoFocus
        help={t("words.count", { count: words.length })}
      />
      {task.code === undefined ? null : <Trouble group="unlock" code={task.code} />}
      <p className="quiet-state" role="status">
        {task.busy ? t("opening") : ""}
      </p>
    </NewPassphrase>
  );
};
