import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { UnlockCode } from "../../shared/journal/doorCodes.ts";
import type { AddingDesk, PairingDesk } from "../../shared/journal/journal.ts";
import { PageTitle } from "../ui/PageTitle.tsx";
import { PassphraseField } from "../ui/PassphraseField.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useTask } from "../ui/useTask.ts";
import { BackFromMeeting } from "./BeforeMeeting.tsx";

type AskPassphraseProps = {
  readonly desk: PairingDesk;
  readonly onOpened: (ways: AddingDesk) => void;
};

/** Before a computer is added: somebody may have left this one unlocked. */
export const AskPassphrase = ({ desk, onOpened }: AskPassphraseProps) => {
  const { t } = useTranslation("pair");
  const [passphrase, setPassphrase] = useState("");
  const task = useTask<UnlockCode>();
  const open = async () => {
    const opened = await desk.adding(passphrase);
    setPassphrase("");
    return opened;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (passphrase !== "") task.run(open, onOpened);
  };
  return (
    <div className="stack measured">
      <BackFromMeeting kind="adds" />
      <PageTitle key="passphrase">{t("adds.passphraseTitle")}</PageTitle>
      <p>{t("adds.passphraseWhy")}</p>
      <form className="form" onSubmit={submit}>
        <PassphraseField label={t("adds.passphrase")} value={passphrase} onChange={setPassphrase} />
        {task.code === undefined ? null : <Trouble group="keys" code={task.code} />}
        <div className="row">
          <TaskButton className="btn primary" type="submit" busy={task.busy}>
            {t("meetAgain.go")}
          </TaskButton>
          <p className="quiet-state" role="status">
            {task.busy ? t("adds.passphraseWorking") : ""}
          </p>
        </div>
      </form>
    </div>
  );
};
