import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { Result } from "../../shared/base/result.ts";
import type { UnlockCode } from "../../shared/journal/doorCodes.ts";
import { PassphraseField } from "../ui/PassphraseField.tsx";
import { Sheet } from "../ui/Sheet.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useTask } from "../ui/useTask.ts";

type AskPassphraseProps = {
  readonly title: string;
  readonly label: string;
  readonly open: boolean;
  readonly setUp: (passphrase: string) => Promise<Result<void, UnlockCode | "ROOM_LOCKED">>;
  readonly onDone: () => void;
  readonly onClose: () => void;
};

/** The passphrase, once, so that a backup opens with it on any computer. */
export const AskPassphrase = (props: AskPassphraseProps) => (
  <Sheet title={props.title} open={props.open} onClose={props.onClose}>
    <AskForm {...props} />
  </Sheet>
);

const AskForm = ({ label, setUp, onDone, onClose }: AskPassphraseProps) => {
  const { t } = useTranslation("backup");
  const [passphrase, setPassphrase] = useState("");
  const task = useTask<UnlockCode | "ROOM_LOCKED">();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (passphrase === "") return;
    task.run(async () => {
      const done = await setUp(passphrase);
      setPassphrase("");
      return done;
    }, onDone);
  };
  return (
    <form className="form" onSubmit={submit}>
      <p>{t("setUp.lead")}</p>
      <PassphraseField label={label} value={passphrase} onChange={setPassphrase} autoFocus />
      {task.code === undefined ? null : <Trouble group="backup" code={task.code} />}
      <div className="row">
        <TaskButton className="btn primary" type="submit" busy={task.busy}>
          {t("setUp.confirm")}
        </TaskButton>
        <Button className="btn" onPress={onClose}>
          {t("setUp.cancel")}
        </Button>
        <p className="quiet-state" role="status">
          {task.busy ? t("setUp.busy") : ""}
        </p>
      </div>
    </form>
  );
};
