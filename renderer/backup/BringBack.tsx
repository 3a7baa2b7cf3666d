import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { BackupSecret, RestoreCode } from "../../shared/journal/backups.ts";
import type { Door, Journal } from "../../shared/journal/journal.ts";
import { splitWords } from "../unlock/splitWords.ts";
import { Choice } from "../ui/Choice.tsx";
import { Field } from "../ui/Field.tsx";
import { NewPassphrase } from "../ui/NewPassphrase.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { BroughtBack } from "./BroughtBack.tsx";
import { ChosenBackup } from "./ChosenBackup.tsx";
import { PassphraseForm } from "./PassphraseForm.tsx";
import { RestoreWork } from "./RestoreWork.tsx";
import { useRestoring } from "./useRestoring.ts";

type BringBackProps = {
  readonly door: Door;
  /** As soon as there are keys in memory: stepping out has to lock them. */
  readonly onJournal: (journal: Journal) => void;
  readonly onDone: (journal: Journal) => void;
  readonly onBack: () => void;
};

type With = "passphrase" | "words";

/** From a backup, where there is nothing yet: the file, what opens it, and then it is here. */
export const BringBack = ({ door, onJournal, onDone, onBack }: BringBackProps) => {
  const { t } = useTranslation("backup");
  const restoring = useRestoring<RestoreCode>();
  const [using, setUsing] = useState<With>("passphrase");
  const [journal, setJournal] = useState<Journal>();
  const { task, file } = restoring;
  const open = (secret: BackupSecret) =>
    restoring.run(
      (source, work) => door.restore(source, secret, work),
      (opened) => {
        onJournal(opened);
        setJournal(opened);
      },
    );
  const trouble = task.code === undefined ? null : <Trouble group="restore" code={task.code} />;
  const back = (
    <Button className="btn quiet" onPress={onBack}>
      {t("restore.back")}
    </Button>
  );

  if (journal !== undefined)
    return <BroughtBack journal={journal} onOpen={() => onDone(journal)} />;
  if (task.busy) return <RestoreWork {...restoring.read} onStop={restoring.stop} />;
  return (
    <div className="stack">
      <PageTitle>{t("restore.title")}</PageTitle>
      <p>{t("restore.lead")}</p>
      <ChosenBackup file={file} onChoose={restoring.choose} />
      {file === undefined ? (
        <div className="row">{back}</div>
      ) : (
        <>
          <Choice
            label={t("restore.with")}
            options={(["passphrase", "words"] as const).map((value) => ({
              value,
              label: t(`restore.${value}`),
            }))}
            value={using}
            onChange={setUsing}
            across
          />
          {using === "passphrase" ? (
            <PassphraseForm
              label={t("restore.passphrase")}
              help={t("restore.passphraseHelp")}
              action={t("restore.go")}
              onChosen={(passphrase) => open({ passphrase })}
              beside={back}
            >
              {trouble}
            </PassphraseForm>
          ) : (
            <WithWords onChosen={open} beside={back}>
              {trouble}
            </WithWords>
          )}
        </>
      )}
    </div>
  );
};

type WithWordsProps = {
  readonly onChosen: (secret: BackupSecret) => void;
  readonly beside: ReactNode;
  readonly children: ReactNode;
};

const WithWords = ({ onChosen, beside, children }: WithWordsProps) => {
  const { t } = useTranslation(["backup", "unlock"]);
  const [text, setText] = useState("");
  const words = splitWords(text);
  return (
    <NewPassphrase
      action={t("restore.go")}
      onChosen={(newPassphrase) => onChosen({ words, newPassphrase })}
      beside={beside}
    >
      <p>{t("restore.wordsHelp")}</p>
      <Field
        label={t("restore.wordsLabel")}
        value={text}
        onChange={setText}
        lines={3}
        plain
        help={t("unlock:words.count", { count: words.length })}
      />
      {children}
    </NewPassphrase>
  );
};
