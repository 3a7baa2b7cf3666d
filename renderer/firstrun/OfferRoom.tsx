import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { Room, RoomCode } from "../../shared/journal/journal.ts";
import { NewPassphrase } from "../ui/NewPassphrase.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useTask } from "../ui/useTask.ts";

export const OfferRoom = ({
  room,
  onDone,
}: {
  readonly room: Room;
  readonly onDone: () => void;
}) => {
  const { t } = useTranslation("firstRun");
  const [now, setNow] = useState(false);
  return (
    <div className="stack">
      <PageTitle>{t("room.title")}</PageTitle>
      <div className="reading">
        <p>{t("room.p1")}</p>
        <p>{t("room.p2")}</p>
        <p>{t("room.p3")}</p>
      </div>
      {now ? (
        <MakeRoom room={room} onDone={onDone} />
      ) : (
        <div className="row">
          <Button className="btn primary" onPress={() => setNow(true)}>
            {t("room.now")}
          </Button>
          <Button className="btn" onPress={onDone}>
            {t("room.later")}
          </Button>
        </div>
      )}
    </div>
  );
};

/** Made and locked again: what comes next is the journal. */
const MakeRoom = ({ room, onDone }: { readonly room: Room; readonly onDone: () => void }) => {
  const { t } = useTranslation("firstRun");
  const task = useTask<RoomCode>();
  const make = async (passphrase: string) => {
    const made = await room.setUp(passphrase);
    if (made.ok) await room.lock();
    return made;
  };
  return (
    <NewPassphrase
      action={t("room.create")}
      busy={task.busy}
      onChosen={(passphrase) => task.run(() => make(passphrase), onDone)}
      beside={
        <Button className="btn quiet" onPress={onDone} isDisabled={task.busy}>
          {t("room.later")}
        </Button>
      }
    >
      {task.code === undefined ? null : <Trouble group="room" code={task.code} />}
      {task.busy ? (
        <p className="quiet-state" role="status">
          {t("working.lead")}
        </p>
      ) : null}
    </NewPassphrase>
  );
};
