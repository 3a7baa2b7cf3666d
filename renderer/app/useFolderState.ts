import { useEffect, useState } from "react";
import type { ChosenFolder } from "../../shared/bridge/chosenFolder.ts";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";

/** How the shared folder stands, where the journal uses one; "none" until the shell has answered. */
export const useFolderState = (): ChosenFolder["state"] => {
  const { sharedFolder } = useSurroundings().bridge;
  const used = useLive(useJournal().settings).sharedFolder;
  const [state, setState] = useState<ChosenFolder["state"]>("none");
  useEffect(() => {
    if (!used) return undefined;
    let here = true;
    const look = (): void => {
      void sharedFolder.folder().then((now) => {
        if (here) setState(now.state);
      });
    };
    look();
    // A browser tells of its being allowed again in this way as well.
    const stop = sharedFolder.onChange(look);
    return () => {
      here = false;
      stop();
    };
  }, [sharedFolder, used]);
  return used ? state : "none";
};
