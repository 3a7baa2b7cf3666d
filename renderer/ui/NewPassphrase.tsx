import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { estimateStrength, type Strength } from "../../shared/vault/strength.ts";
import { PassphraseField } from "./PassphraseField.tsx";
import { TaskButton } from "./TaskButton.tsx";

type NewPassphraseProps = {
  readonly action: string;
  readonly busy?: boolean;
  /** Where another button is the screen's first. */
  readonly quiet?: boolean;
  readonly onChosen: (passphrase: string) => void;
  readonly children?: ReactNode;
  /** Other buttons, after the one that matters. */
  readonly beside?: ReactNode;
};

/** A passphrase chosen: its strength in words, typed twice. Nothing but "too short" is refused. */
export const NewPassphrase = ({
  action,
  busy = false,
  quiet = false,
  onChosen,
  children,
  beside,
}: NewPassphraseProps) => {
  const { t } = useTranslation("passphrase");
  const [first, setFirst] = useState("");
  const [second, setSecond] = useState("");
  const [tried, setTried] = useState(false);
  const strength = estimateStrength(first);
  const short = strength.level === "short";

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!short && first === second && !busy) onChosen(first);
  };
  return (
    <form className="form" onSubmit={submit}>
      {children}
      <PassphraseField
        label={t("new")}
        value={first}
        onChange={setFirst}
        help={first === "" ? t("empty") : undefined}
        wrong={tried && short ? t("hints.longer") : undefined}
      />
      {first === "" || (tried && short) ? null : <StrengthWords strength={strength} />}
      <PassphraseField
        label={t("again")}
        value={second}
        onChange={setSecond}
        wrong={tried && !short && first !== second ? t("differ") : undefined}
      />
      <div className="row">
        <TaskButton className={quiet ? "btn" : "btn primary"} type="submit" busy={busy}>
          {action}
        </TaskButton>
        {beside}
      </div>
    </form>
  );
};

const steps: readonly Strength["level"][] = ["short", "weak", "fair", "strong"];

const StrengthWords = ({ strength }: { readonly strength: Strength }) => {
  const { t } = useTranslation("passphrase");
  const reached = steps.indexOf(strength.level);
  return (
    <div className="strength">
      <span className="strength-bars" aria-hidden="true">
        {steps.slice(1).map((step, index) => (
          <span key={step} className={index < reached ? "on" : "off"} />
        ))}
      </span>
      <p aria-live="polite">
        <strong>{t(`levels.${strength.level}`)}.</strong>{" "}
        {strength.hint === "longer" ? t("hints.longer") : t(`hints.${strength.hint}`)}
      </p>
    </div>
  );
};
