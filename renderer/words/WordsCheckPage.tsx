import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { UnlockCode } from "../../shared/journal/doorCodes.ts";
import { Done } from "../keys/Done.tsx";
import { splitWords } from "../unlock/splitWords.ts";
import { BackLink } from "../ui/BackLink.tsx";
import { Field } from "../ui/Field.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useTask } from "../ui/useTask.ts";
import { settingsAt } from "../settings/parts.ts";

/** The words are typed from paper and tried on the vault. What was typed goes as soon as they fit. */
export const WordsCheckPage = () => {
  const { t } = useTranslation("keys");
  const [done, setDone] = useState(false);
  return (
    <div className="stack measured">
      {done ? (
        <Done title={t("check.doneTitle")} text={t("check.done")} go={t("check.toJournal")} />
      ) : (
        <>
          <BackLink to={settingsAt("words")}>{t("check.back")}</BackLink>
          <Ask onDone={() => setDone(true)} />
        </>
      )}
    </div>
  );
};

const Ask = ({ onDone }: { readonly onDone: () => void }) => {
  const { t } = useTranslation(["keys", "unlock"]);
  const { wordsCheck } = useJournal();
  const [text, setText] = useState("");
  const task = useTask<UnlockCode>();
  const words = splitWords(text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (words.length > 0) task.run(() => wordsCheck.check(words), onDone);
  };
  return (
    <form className="form" onSubmit={submit}>
      <PageTitle>{t("check.title")}</PageTitle>
      <p>{t("check.lead")}</p>
      <Field
        label={t("check.label")}
        value={text}
        onChange={(typed) => {
          task.forget();
          setText(typed);
        }}
        lines={3}
        plain
        help={t("unlock:words.count", { count: words.length })}
      />
      {task.code === undefined ? null : <Trouble group="wordsCheck" code={task.code} />}
      <div className="row">
        <TaskButton className="btn primary" type="submit" busy={task.busy}>
          {t("check.try")}
        </TaskButton>
        {task.code === undefined ? null : (
          <Link className="btn quiet" href="/settings/words">
            {t("check.make")}
          </Link>
        )}
      </div>
      <p className="help">{t("check.other")}</p>
    </form>
  );
};
