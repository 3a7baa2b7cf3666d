import type { Settings } from "../../shared/journal/journal.ts";
import type { StoreCode } from "../../shared/ledger/stores.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { type Task, useTask } from "../ui/useTask.ts";

/** The settings as they are kept, and a way to change them that says when it could not be kept. */
export const useSetting = (): {
  readonly settings: Settings;
  readonly change: (change: Partial<Settings>) => void;
  readonly task: Task<StoreCode>;
} => {
  const journal = useJournal();
  const settings = useLive(journal.settings);
  const task = useTask<StoreCode>();
  return { settings, task, change: (change) => task.run(() => journal.changeSettings(change)) };
};
