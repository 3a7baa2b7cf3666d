import { useCallback, useEffect, useState } from "react";
import type { DesktopChange, DesktopCode, DesktopView } from "../../shared/bridge/desktop.ts";
import { useSurroundings } from "../ui/surroundings.ts";
import { type Task, useTask } from "../ui/useTask.ts";

/** How the app behaves on this computer. Undefined while the shell is asked, and in a shell that has none of it. */
export const useDesktop = (): {
  readonly view: DesktopView | undefined;
  readonly change: (change: DesktopChange) => void;
  readonly task: Task<DesktopCode>;
} => {
  const { desktop } = useSurroundings().bridge;
  const [view, setView] = useState<DesktopView>();
  const task = useTask<DesktopCode>();
  useEffect(() => {
    let gone = false;
    void desktop.look().then((now) => {
      if (!gone) setView(now);
    });
    return () => {
      gone = true;
    };
  }, [desktop]);
  const { run } = task;
  const change = useCallback(
    (wanted: DesktopChange) => run(() => desktop.change(wanted), setView),
    [desktop, run],
  );
  return { view, change, task };
};
