import { type FormEvent, type ReactNode, useState } from "react";
import { PassphraseField } from "../ui/PassphraseField.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";

type PassphraseFormProps = {
  readonly label: string;
  readonly help?: string;
  readonly action: string;
  readonly busy?: boolean;
  /** Where another button is the screen's first. */
  readonly quiet?: boolean;
  readonly onChosen: (passphrase: string) => void;
  readonly beside?: ReactNode;
  readonly children?: ReactNode;
};

/** One passphrase, given to whoever asked for it and not kept on the screen. */
export const PassphraseForm = ({
  label,
  help,
  action,
  busy = false,
  quiet = false,
  onChosen,
  beside,
  children,
}: PassphraseFormProps) => {
  const [passphrase, setPassphrase] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (passphrase === "" || busy) return;
    onChosen(passphrase);
    setPassphrase("");
  };
  return (
    <form className="form" onSubmit={submit}>
      <PassphraseField
        label={label}
        help={help}
        value={passphrase}
        onChange={setPassphrase}
        autoFocus
      />
      {children}
      <div className="row">
        <TaskButton className={quiet ? "btn" : "btn primary"} type="submit" busy={busy}>
          {action}
        </TaskButton>
        {beside}
      </div>
    </form>
  );
};
