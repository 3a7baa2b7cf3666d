import { useMemo, useState, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { RestoreCode } from "../../shared/journal/backups.ts";
import type { Room, RoomCode } from "../../shared/journal/journal.ts";
import { Fold } from "../ui/Fold.tsx";
import { useSurroundings } from "../ui/surroundings.ts";
import { Trouble } from "../ui/Trouble.tsx";
import { useLive } from "../ui/useLive.ts";
import { AskPassphrase } from "./AskPassphrase.tsx";
import { CheckBackup } from "./CheckBackup.tsx";
import { ChosenBackup } from "./ChosenBackup.tsx";
import { createBackupKeeper } from "./keeper.ts";
import { Outcome } from "./MakingNow.tsx";
import { PassphraseForm } from "./PassphraseForm.tsx";
import { useRestoring } from "./useRestoring.ts";
import { megabytes, WorkBar } from "./WorkBar.tsx";

/** Inside the room, at its foot: made by hand, with the room's own passphrase, to a place that is said each time. */
export const RoomBackup = ({ room }: { readonly room: Room }) => {
  const { t } = useTranslation("backup");
  const { backups } = room;
  const { bridge, clock } = useSurroundings();
  const { ready } = useLive(backups.state);
  const [asks, setAsks] = useState(false);
  const keeper = useMemo(
    () => createBackupKeeper({ ...backups, isDue: () => false }, bridge.backups, clock),
    [backups, bridge, clock],
  );
  useEffect(() => keeper.start(), [keeper]);
  const state = useLive(keeper.state);
  const save = () => void keeper.begin("ask");
  return (
    <Fold title={t("room.title")}>
      <div className="stack">
        <p>{t("room.lead")}</p>
        <p>{t("room.where")}</p>
        {state.at === "working" ? (
          <WorkBar
            text={t("now.working", { done: megabytes(state.done), all: megabytes(state.all) })}
            done={state.done}
            all={state.all}
            onStop={keeper.stop}
          />
        ) : (
          <div>
            <Button className="btn" onPress={ready ? save : () => setAsks(true)}>
              {t("room.open")}
            </Button>
          </div>
        )}
        <Outcome state={state} />
        <CheckBackup backups={backups} />
        <AskPassphrase
          title={t("setUp.roomTitle")}
          label={t("setUp.room")}
          open={asks}
          setUp={backups.setUp}
          onDone={() => {
            setAsks(false);
            save();
          }}
          onClose={() => setAsks(false)}
        />
      </div>
    </Fold>
  );
};

/** At the room's door, the same whether a room was ever made or not. */
export const BringRoomBack = ({ room }: { readonly room: Room }) => {
  const { t } = useTranslation("backup");
  const restoring = useRestoring<RestoreCode | RoomCode>();
  const { task, file, read } = restoring;
  return (
    <Fold title={t("room.offer")}>
      <div className="stack">
        <p>{t("room.offerLead")}</p>
        {task.busy ? (
          <WorkBar
            text={
              read.all === 0
                ? t("restore.opening")
                : t("restore.progress", { done: megabytes(read.done), all: megabytes(read.all) })
            }
            {...read}
            onStop={restoring.stop}
          />
        ) : (
          <>
            <ChosenBackup file={file} onChoose={restoring.choose} quiet />
            {file === undefined ? null : (
              <PassphraseForm
                label={t("room.passphrase")}
                action={t("room.go")}
                quiet
                onChosen={(passphrase) =>
                  restoring.run((source, work) => room.restore(source, passphrase, work))
                }
              >
                {task.code === undefined ? null : <Trouble group="restore" code={task.code} />}
              </PassphraseForm>
            )}
          </>
        )}
      </div>
    </Fold>
  );
};
