import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { UnlockCode } from "../../shared/journal/doorCodes.ts";
import { BackLink } from "../ui/BackLink.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { PassphraseField } from "../ui/PassphraseField.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useLive } from "../ui/useLive.ts";
import { useTask } from "../ui/useTask.ts";
import { Done } from "./Done.tsx";
import { settingsAt } from "../settings/parts.ts";

export const ComputerKeyPage = () => {
  const { t } = useTranslation("keys");
  const [done, setDone] = useState<Renewed>();
  return (
    <div className="stack measured">
      {done !== undefined ? (
        <Done
          title={t("computer.doneTitle")}
          text={t(done === "kept" ? "computer.doneKept" : "computer.done")}
          go={t("computer.toJournal")}
        />
      ) : (
        <>
          <BackLink to={settingsAt("key")}>{t("computer.back")}</BackLink>
          <PageTitle>{t("computer.page")}</PageTitle>
          <p>{t("computer.lead")}</p>
          <p>{t("computer.means")}</p>
          <p className="help">{t("computer.stays")}</p>
          <Renew onDone={setDone} />
        </>
      )}
    </div>
  );
};

/** What became of the old one. */
type Renewed = "deleted" | "kept";

const Renew = ({ onDone }: { readonly onDone: (renewed: Renewed) => void }) => {
  const { t } = useTranslation("keys");
  const { computerKey, room } = useJournal();
  const { made } = useLive(room.state);
  const [passphrase, setPassphrase] = useState("");
  const [roomPassphrase, setRoomPassphrase] = useState("");
  const task = useTask<UnlockCode | "ROOM_WRONG_SECRET">();
  const renew = async () => {
    const renewed = await computerKey.renew(passphrase, made ? roomPassphrase : undefined);
    setPassphrase("");
    setRoomPassphrase("");
    return renewed;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (passphrase !== "" && (!made || roomPassphrase !== "")) task.run(renew, onDone);
  };
  return (
    <form className="form" onSubmit={submit}>
      <PassphraseField
        label={t("computer.passphrase")}
        value={passphrase}
        onChange={setPassphrase}
      />
      {made ? (
        <PassphraseField
          label={t("computer.room")}
          help={t("computer.roomHelp")}
          value={roomPassphrase}
          onChange={setRoomPassphrase}
        />
      ) : null}
      {task.code === undefined ? null : <Trouble group="keys" code={task.code} />}
      <div className="row">
        <TaskButton className="btn primary" type="submit" busy={task.busy}>
          {t("computer.renew")}
        </TaskButton>
        <p className="quiet-state" role="status">
          {task.busy ? t("computer.working") : ""}
        </p>
      </div>
    </form>
  );
};
