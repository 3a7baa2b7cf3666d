import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, FileTrigger } from "react-aria-components";
import type { CheckCode, RoomBackups } from "../../shared/journal/backups.ts";
import { fileSource } from "../moving/chosenFiles.ts";
import { Trouble } from "../ui/Trouble.tsx";
import { useDates } from "../ui/useDates.ts";
import { useTask } from "../ui/useTask.ts";
import { megabytes, WorkBar } from "./WorkBar.tsx";

/** Reads any file through and says whether it is a whole backup of what is open: also of what was downloaded. */
export const CheckBackup = ({ backups }: { readonly backups: Pick<RoomBackups, "check"> }) => {
  const { t } = useTranslation("backup");
  const dates = useDates();
  const task = useTask<CheckCode>();
  const [madeAt, setMadeAt] = useState<number>();
  const [read, setRead] = useState({ done: 0, all: 0 });
  const stopped = useRef(false);
  const check = (files: FileList | null) => {
    const file = files?.[0];
    if (file === undefined) return;
    stopped.current = false;
    setMadeAt(undefined);
    setRead({ done: 0, all: file.size });
    const work = {
      progress: (done: number, all: number) => setRead({ done, all }),
      cancelled: () => stopped.current,
    };
    task.run(
      () => backups.check(fileSource(file), work),
      (whole) => setMadeAt(whole.madeAt),
    );
  };
  return (
    <div className="stack">
      {task.busy ? (
        <WorkBar
          text={t("check.working", { done: megabytes(read.done), all: megabytes(read.all) })}
          {...read}
          onStop={() => (stopped.current = true)}
        />
      ) : (
        <div className="check-file">
          <FileTrigger onSelect={check}>
            <Button className="btn">{t("check.button")}</Button>
          </FileTrigger>
          <p className="help">{t("check.help")}</p>
        </div>
      )}
      <p role="status" className="quiet-state">
        {madeAt === undefined ? "" : t("check.whole", { day: dates.moment(madeAt) })}
      </p>
      {task.code === undefined || task.code === "CANCELLED" ? null : (
        <Trouble group="backup" code={task.code} />
      )}
    </div>
  );
};
