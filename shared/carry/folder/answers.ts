import type { Cancel, Clock } from "../../base/clock.ts";
import type { SharedFiles } from "../../base/files.ts";
import { folderTimes } from "./times.ts";

/** The same files, one call at a time; `onSilence` where one has no answer for long. It is awaited all the same. */
export const watchAnswers = (
  files: SharedFiles,
  clock: Clock,
  onSilence: () => void,
): { readonly files: SharedFiles; readonly stop: () => void } => {
  let cancel: Cancel = () => {};
  const awaited = async <Value>(asked: () => Promise<Value>): Promise<Value> => {
    cancel();
    const mine = clock.after(folderTimes.answer, onSilence);
    cancel = mine;
    try {
      return await asked();
    } finally {
      mine();
    }
  };
  return {
    files: {
      list: () => awaited(files.list),
      read: (name) => awaited(() => files.read(name)),
      put: (name, bytes) => awaited(() => files.put(name, bytes)),
      remove: (name) => awaited(() => files.remove(name)),
      onChange: files.onChange,
    },
    stop: () => cancel(),
  };
};
