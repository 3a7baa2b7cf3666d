import { useCallback, useEffect, useState } from "react";
import type { BackupFilesCode, BackupFolder } from "../../shared/bridge/backupFiles.ts";
import { useSurroundings } from "../ui/surroundings.ts";
import { type Task, useTask } from "../ui/useTask.ts";

export type Folder = {
  /** Undefined while the shell is asked. */
  readonly now: BackupFolder | undefined;
  readonly task: Task<BackupFilesCode>;
  readonly choose: () => void;
  readonly allow: () => Promise<void>;
  readonly forget: () => void;
};

/** The folder as the shell knows it. */
export const useFolder = (): Folder => {
  const { backups } = useSurroundings().bridge;
  const [now, setNow] = useState<BackupFolder>();
  const task = useTask<BackupFilesCode>();
  const look = useCallback(() => void backups.folder().then(setNow), [backups]);
  useEffect(look, [look]);
  return {
    now,
    task,
    choose: () => task.run(backups.chooseFolder, setNow),
    allow: () => backups.askAgain().then(setNow),
    forget: () => task.run(backups.forgetFolder, look),
  };
};
