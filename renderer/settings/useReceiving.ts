import { useState } from "react";
import type { Settings } from "../../shared/journal/journal.ts";
import type { StoreCode } from "../../shared/ledger/stores.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";

/** As useSetting, but a change that follows quickly on another, as with two times side by side, waits its turn. */
export const useReceiving = (): {
  readonly settings: Settings;
  readonly change: (change: Partial<Settings>) => void;
  /** Of the last change that is done. */
  readonly code: StoreCode | undefined;
} => {
  const journal = useJournal();
  const settings = useLive(journal.settings);
  const [code, setCode] = useState<StoreCode>();
  const change = (part: Partial<Settings>) =>
    void journal
      .changeSettings(part)
      .then((changed) => setCode(changed.ok ? undefined : changed.code));
  return { settings, change, code };
};
