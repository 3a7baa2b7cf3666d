import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Room, RoomCode } from "../../shared/journal/journal.ts";
import { BringRoomBack } from "../backup/RoomBackup.tsx";
import { Fold } from "../ui/Fold.tsx";
import { NewPassphrase } from "../ui/NewPassphrase.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { PassphraseField } from "../ui/PassphraseField.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useTask } from "../ui/useTask.ts";

/** The same door whether the room was ever made or not: nobody can tell by looking. */
export const RoomDoor = ({ room }: { readonly room: Room }) => {
  const { t } = useTranslation("room");
  return (
    <div className="stack measured">
      <PageTitle>{t("title")}</PageTitle>
      <p>{t("door.lead")}</p>
      <p className="help">{t("door.both")}</p>
      <OpenRoom room={room} />
      <Fold title={t("door.new")}>
        <MakeRoom room={room} />
      </Fold>
      <BringRoomBack room={room} />
    </div>
  );
};

const OpenRoom = ({ room }: { readonly room: Room }) => {
  const { t } = useTranslation("room");
  const [passphrase, setPassphrase] = useState("");
  const task = useTask<RoomCode>();
  const unlock = async () => {
    const opened = await room.unlock(passphrase);
    setPassphrase("");
    return opened;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (passphrase !== "") task.run(unlock);
  };
  return (
    <form className="form" onSubmit={submit}>
      <PassphraseField label={t("door.passphrase")} value={passphrase} onChange={setPassphrase} />
      {task.code === undefined ? null : <Trouble group="room" code={task.code} />}
      <div className="row">
        <TaskButton className="btn primary" type="submit" busy={task.busy}>
          {t("door.open")}
        </TaskButton>
        <p className="quiet-state" role="status">
          {task.busy ? t("door.opening") : ""}
        </p>
      </div>
    </form>
  );
};

const MakeRoom = ({ room }: { readonly room: Room }) => {
  const { t } = useTranslation("room");
  const task = useTask<RoomCode>();
  return (
    <NewPassphrase
      action={t("door.create")}
      busy={task.busy}
      quiet
      onChosen={(passphrase) => task.run(() => room.setUp(passphrase))}
    >
      <p>{t("door.newLead")}</p>
      {task.code === undefined ? null : <Trouble group="room" code={task.code} />}
      <p className="quiet-state" role="status">
        {task.busy ? t("door.creating") : ""}
      </p>
    </NewPassphrase>
  );
};
