import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { UnlockCode } from "../../shared/journal/doorCodes.ts";
import { BackLink } from "../ui/BackLink.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { PassphraseField } from "../ui/PassphraseField.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useTask } from "../ui/useTask.ts";
import { KeepWords } from "./KeepWords.tsx";
import { settingsAt } from "../settings/parts.ts";

type Step =
  | { readonly at: "passphrase" }
  | { readonly at: "keeping"; readonly words: readonly string[] }
  | { readonly at: "done" };

/** `onWriting`: somebody writes on paper, and neither types nor moves meanwhile. */
export const NewWordsPage = ({ onWriting }: { readonly onWriting: (writing: boolean) => void }) => {
  const journal = useJournal();
  const [step, setStep] = useState<Step>({ at: "passphrase" });
  const writing = step.at === "keeping";
  useEffect(() => {
    onWriting(writing);
    return () => onWriting(false);
  }, [writing, onWriting]);
  return (
    <div className="stack measured">
      {step.at === "passphrase" ? (
        <AskPassphrase onMade={(words) => setStep({ at: "keeping", words })} />
      ) : step.at === "keeping" ? (
        <KeepWords journal={journal} words={step.words} onDone={() => setStep({ at: "done" })} />
      ) : (
        <Kept />
      )}
    </div>
  );
};

const AskPassphrase = ({ onMade }: { readonly onMade: (words: readonly string[]) => void }) => {
  const { t } = useTranslation("words");
  const journal = useJournal();
  const [passphrase, setPassphrase] = useState("");
  const task = useTask<UnlockCode>();
  const make = async () => {
    const made = await journal.newRecoveryWords(passphrase);
    setPassphrase("");
    return made;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (passphrase !== "") task.run(make, onMade);
  };
  return (
    <>
      <BackLink to={settingsAt("words")}>{t("new.back")}</BackLink>
      <form className="form" onSubmit={submit}>
        <PageTitle>{t("new.title")}</PageTitle>
        <div className="stack">
          <p>{t("new.lead")}</p>
          <p className="note">{t("new.warning")}</p>
        </div>
        <PassphraseField label={t("new.passphrase")} value={passphrase} onChange={setPassphrase} />
        {task.code === undefined ? null : <Trouble group="words" code={task.code} />}
        <div className="row">
          <TaskButton className="btn primary" type="submit" busy={task.busy}>
            {t("new.make")}
          </TaskButton>
          <p className="quiet-state" role="status">
            {task.busy ? t("new.making") : ""}
          </p>
        </div>
      </form>
    </>
  );
};

const Kept = () => {
  const { t } = useTranslation("words");
  return (
    <>
      <PageTitle>{t("new.doneTitle")}</PageTitle>
      <p>{t("new.done")}</p>
      <div className="row">
        <Link className="btn primary" href="/journal">
          {t("new.toJournal")}
        </Link>
      </div>
    </>
  );
};
