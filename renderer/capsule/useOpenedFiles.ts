import { useCallback, useEffect, useState } from "react";
import type { Bridge } from "../../shared/bridge/bridge.ts";
import type { ArrivedFiles } from "../../shared/bridge/openedFiles.ts";

export type WaitingFiles = {
  readonly waiting: ArrivedFiles;
  /** They are in somebody's hands now. */
  readonly forget: () => void;
};

const none: ArrivedFiles = { files: [], more: false };

export const anyWaits = ({ files, more }: ArrivedFiles): boolean => files.length > 0 || more;

/** What was opened on the desktop waits here, unread, until somebody has unlocked. */
export const useOpenedFiles = ({ openedFiles }: Bridge): WaitingFiles => {
  const [waiting, setWaiting] = useState(none);
  useEffect(
    () =>
      openedFiles.onArrival(({ files, more }) =>
        setWaiting((before) => ({
          files: [...before.files, ...files],
          more: before.more || more,
        })),
      ),
    [openedFiles],
  );
  return { waiting, forget: useCallback(() => setWaiting(none), []) };
};
