import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link } from "wouter";
import type { StoreCode } from "../../shared/ledger/stores.ts";
import { Section } from "../settings/Section.tsx";
import { Choice } from "../ui/Choice.tsx";
import { FolderChoice } from "../ui/FolderChoice.tsx";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { Trouble } from "../ui/Trouble.tsx";
import { useDates } from "../ui/useDates.ts";
import { useFolder } from "../ui/useFolder.ts";
import { useLive } from "../ui/useLive.ts";
import { useTask } from "../ui/useTask.ts";
import { AskPassphrase } from "./AskPassphrase.tsx";
import { CheckBackup } from "./CheckBackup.tsx";
import { MakingNow } from "./MakingNow.tsx";

export const BackupSection = () => {
  const { t } = useTranslation(["backup", "keys"]);
  const { backups } = useJournal();
  const { ready, madeAt } = useLive(backups.state);
  const dates = useDates();
  return (
    <Section title={t("title")} part="backup">
      <p>{t("lead")}</p>
      <p className="help">{t("opens")}</p>
      <p>{madeAt === undefined ? t("never") : t("made", { day: dates.moment(madeAt) })}</p>
      {ready ? <Ready /> : <SetUp />}
      <CheckBackup backups={backups} />
      <p>
        <Link href="/settings/new-computer">{t("keys:newComputer.link")}</Link>
      </p>
    </Section>
  );
};

const SetUp = () => {
  const { t } = useTranslation("backup");
  const { backups } = useJournal();
  const [asks, setAsks] = useState(false);
  const close = () => setAsks(false);
  return (
    <div className="stack">
      <p>{t("notReady")}</p>
      <div>
        <Button className="btn" onPress={() => setAsks(true)}>
          {t("setUp.open")}
        </Button>
      </div>
      <AskPassphrase
        title={t("setUp.title")}
        label={t("setUp.passphrase")}
        open={asks}
        setUp={backups.setUp}
        onDone={close}
        onClose={close}
      />
    </div>
  );
};

const Ready = () => {
  const { t } = useTranslation("backup");
  const folder = useFolder(useSurroundings().bridge.backups);
  const { now } = folder;
  const hasFolder = now?.state === "ready" || now?.state === "asks";
  return (
    <div className="stack">
      <FolderChoice
        folder={folder}
        group="backup"
        words={{
          none: t("folder.none"),
          ready: (name) => t("folder.kept", { name }),
          asks: (name) => t("folder.asks", { name }),
          notOffered: t("folder.notOffered"),
          choose: t("folder.choose"),
          other: t("folder.other"),
          forget: t("folder.forget"),
          allow: t("folder.allow"),
        }}
      />
      {hasFolder ? <HowOften /> : null}
      {now === undefined ? null : <MakingNow folder={now} onAllow={folder.allow} />}
    </div>
  );
};

const HowOften = () => {
  const { t } = useTranslation("backup");
  const { backups } = useJournal();
  const { every } = useLive(backups.state);
  const task = useTask<StoreCode>();
  return (
    <>
      <Choice
        label={t("every.label")}
        help={t("every.help")}
        options={(["never", "day", "week"] as const).map((value) => ({
          value,
          label: t(`every.${value}`),
        }))}
        value={every}
        onChange={(value) => task.run(() => backups.setEvery(value))}
        across
      />
      {task.code === undefined ? null : <Trouble group="store" code={task.code} />}
    </>
  );
};
