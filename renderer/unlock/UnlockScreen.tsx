import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { Door, Journal } from "../../shared/journal/journal.ts";
import type { UnlockCode } from "../../shared/journal/doorCodes.ts";
import { Outside } from "../app/Outside.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { PassphraseField } from "../ui/PassphraseField.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useCountdown } from "../ui/useCountdown.ts";
import { useSurroundings } from "../ui/surroundings.ts";
import { useTask } from "../ui/useTask.ts";
import { AsideLines } from "./AsideLines.tsx";
import { Neither } from "./Neither.tsx";
import { WordsForm } from "./WordsForm.tsx";

type UnlockScreenProps = {
  readonly door: Door;
  /** No try before this moment, ms since 1970. */
  readonly waitUntil: number;
  readonly onWait: (until: number) => void;
  readonly onOpen: (journal: Journal) => void;
  /** Another journal is here now. */
  readonly onAgain: () => void;
};

export const UnlockScreen = ({
  below,
  ...props
}: UnlockScreenProps & { readonly below?: ReactNode }) => {
  const [at, setAt] = useState<"passphrase" | "words" | "neither">("passphrase");
  const { door, onOpen, onAgain } = props;
  return (
    <Outside>
      {at === "words" ? (
        <WordsForm
          door={door}
          onOpen={onOpen}
          onBack={() => setAt("passphrase")}
          onNeither={() => setAt("neither")}
        />
      ) : at === "neither" ? (
        <Neither
          door={door}
          from="forgotten"
          onAside={onAgain}
          onBack={() => setAt("passphrase")}
        />
      ) : (
        <>
          <PassphraseForm {...props} onForgotten={() => setAt("words")} />
          <AsideLines door={door} onBack={onAgain} />
        </>
      )}
      {below}
    </Outside>
  );
};

const PassphraseForm = ({
  door,
  waitUntil,
  onWait,
  onOpen,
  onForgotten,
}: UnlockScreenProps & { readonly onForgotten: () => void }) => {
  const { t } = useTranslation("unlock");
  const { clock } = useSurroundings();
  const [passphrase, setPassphrase] = useState("");
  const task = useTask<UnlockCode>();
  const seconds = useCountdown(waitUntil);

  const unlock = async () => {
    const opened = await door.unlock(passphrase);
    // Nothing was tried with it where Twofold itself could not be read: it need not be typed again.
    if (!opened.ok && opened.code !== "NOT_LOADED") {
      setPassphrase("");
      const view = await door.look();
      if (view.state === "locked") onWait(clock.now() + view.waitMs);
    }
    return opened;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (passphrase !== "" && seconds === 0) task.run(unlock, onOpen);
  };
  return (
    <form className="form" onSubmit={submit}>
      <PageTitle>{t("title")}</PageTitle>
      <PassphraseField
        label={t("passphrase")}
        value={passphrase}
        onChange={setPassphrase}
        autoFocus
      />
      {task.code === undefined ? null : <Trouble group="unlock" code={task.code} />}
      <WaitWords seconds={seconds} />
      <div className="row">
        <TaskButton className="btn primary" type="submit" busy={task.busy} isDisabled={seconds > 0}>
          {t("open")}
        </TaskButton>
        <Button className="btn quiet" onPress={onForgotten} isDisabled={task.busy}>
          {t("forgotten")}
        </Button>
      </div>
      <p className="quiet-state" role="status">
        {task.busy ? t("opening") : ""}
      </p>
    </form>
  );
};

/** Seconds are shown as they pass; a screen reader hears of the wait once, not each second. */
const WaitWords = ({ seconds }: { readonly seconds: number }) => {
  const { t } = useTranslation("unlock");
  if (seconds === 0) return null;
  const text =
    seconds > 90
      ? t("waitLong", { count: Math.round(seconds / 60) })
      : t("wait", { count: seconds });
  return <p className="quiet-state">{text}</p>;
};
