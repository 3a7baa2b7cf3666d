import { useRef, useState } from "react";
import type { FileSource } from "../../shared/base/files.ts";
import type { Result } from "../../shared/base/result.ts";
import type { Work } from "../../shared/base/work.ts";
import { fileSource } from "../moving/chosenFiles.ts";
import { type Task, useTask } from "../ui/useTask.ts";

export type Restoring<Code extends string> = {
  readonly file: File | undefined;
  readonly choose: (files: FileList | null) => void;
  readonly task: Task<Code>;
  /** Bytes; `all` is 0 until the passphrase has opened it. */
  readonly read: { readonly done: number; readonly all: number };
  readonly run: <Value>(
    restore: (file: FileSource, work: Work) => Promise<Result<Value, Code>>,
    then?: (value: Value) => void,
  ) => void;
  readonly stop: () => void;
};

/** A file that was chosen, and the way from it to something that is open. */
export const useRestoring = <Code extends string>(): Restoring<Code> => {
  const [file, setFile] = useState<File>();
  const [read, setRead] = useState({ done: 0, all: 0 });
  const task = useTask<Code>();
  const stopped = useRef(false);
  return {
    file,
    choose: (files) => {
      const chosen = files?.[0];
      if (chosen === undefined) return;
      task.forget();
      setFile(chosen);
    },
    task,
    read,
    run: (restore, then) => {
      if (file === undefined) return;
      stopped.current = false;
      setRead({ done: 0, all: 0 });
      const work: Work = {
        progress: (done, all) => setRead({ done, all }),
        cancelled: () => stopped.current,
      };
      task.run(() => restore(fileSource(file), work), then);
    },
    stop: () => {
      stopped.current = true;
    },
  };
};
