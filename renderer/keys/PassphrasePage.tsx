import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { UnlockCode } from "../../shared/journal/doorCodes.ts";
import type { RoomCode } from "../../shared/journal/journal.ts";
import { BackLink } from "../ui/BackLink.tsx";
import { Choice } from "../ui/Choice.tsx";
import { NewPassphrase } from "../ui/NewPassphrase.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { PassphraseField } from "../ui/PassphraseField.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { Trouble } from "../ui/Trouble.tsx";
import { useLive } from "../ui/useLive.ts";
import { useTask } from "../ui/useTask.ts";
import { Done } from "./Done.tsx";
import { settingsAt } from "../settings/parts.ts";

type Which = "journal" | "room";

/** Of the journal, or of my room where there is one. */
export const PassphrasePage = () => {
  const { t } = useTranslation("keys");
  const { room } = useJournal();
  const { made } = useLive(room.state);
  const [which, setWhich] = useState<Which>("journal");
  const [done, setDone] = useState(false);
  return (
    <div className="stack measured">
      {done ? (
        <Done
          title={t("passphrase.doneTitle")}
          text={t(which === "room" ? "passphrase.doneRoom" : "passphrase.done")}
          go={t("passphrase.toJournal")}
        />
      ) : (
        <>
          <BackLink to={settingsAt("passphrase")}>{t("passphrase.back")}</BackLink>
          <PageTitle>{t("passphrase.page")}</PageTitle>
          <p>{t("passphrase.lead")}</p>
          {made ? (
            <Choice
              across
              label={t("passphrase.which")}
              options={(["journal", "room"] as const).map((value) => ({
                value,
                label: t(`passphrase.${value}`),
              }))}
              value={which}
              onChange={setWhich}
            />
          ) : null}
          <p className="note">
            {t(which === "room" ? "passphrase.roomNote" : "passphrase.backups")}
          </p>
          {/* What was typed for one is not carried to the other. */}
          <Change key={which} which={which} onDone={() => setDone(true)} />
        </>
      )}
    </div>
  );
};

const Change = ({ which, onDone }: { readonly which: Which; readonly onDone: () => void }) => {
  const { t } = useTranslation("keys");
  const journal = useJournal();
  const [current, setCurrent] = useState("");
  const task = useTask<UnlockCode | RoomCode>();
  const change = async (next: string) => {
    const side = which === "room" ? journal.room : journal;
    const changed = await side.changePassphrase(current, next);
    if (!changed.ok) setCurrent("");
    return changed;
  };
  return (
    <NewPassphrase
      action={t("passphrase.save")}
      busy={task.busy}
      onChosen={(next) => task.run(() => change(next), onDone)}
    >
      <PassphraseField label={t("passphrase.current")} value={current} onChange={setCurrent} />
      {task.code === undefined ? null : (
        <Trouble group={which === "room" ? "room" : "keys"} code={task.code} />
      )}
      <p className="quiet-state" role="status">
        {task.busy ? t("passphrase.working") : ""}
      </p>
    </NewPassphrase>
  );
};
