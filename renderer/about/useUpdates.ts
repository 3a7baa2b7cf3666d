import { useCallback, useEffect, useState } from "react";
import type { UpdateFacts, Updates } from "../../shared/bridge/updates.ts";

/** What is known of newer versions; undefined until the shell has answered. Asking for it contacts nobody. */
export const useUpdates = (
  updates: Pick<Updates, "facts" | "onChange">,
): readonly [UpdateFacts | undefined, () => Promise<void>] => {
  const [facts, setFacts] = useState<UpdateFacts>();
  const read = useCallback(
    () => updates.facts().then(setFacts, () => setFacts(undefined)),
    [updates],
  );
  useEffect(() => {
    void read();
    return updates.onChange(() => void read());
  }, [updates, read]);
  return [facts, read];
};
