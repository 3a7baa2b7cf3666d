import { useCallback, useEffect, useState } from "react";
import type { Result } from "../../shared/base/result.ts";
import type { ChosenFolder } from "../../shared/bridge/chosenFolder.ts";
import { type Task, useTask } from "./useTask.ts";

/** A folder that a shell keeps for something. */
export type FolderPort<Code extends string> = {
  readonly folder: () => Promise<ChosenFolder>;
  readonly chooseFolder: () => Promise<Result<ChosenFolder, Code>>;
  readonly askAgain: () => Promise<ChosenFolder>;
  readonly forgetFolder: () => Promise<Result<void, Code>>;
};

export type Folder<Code extends string> = {
  /** Undefined while the shell is asked. */
  readonly now: ChosenFolder | undefined;
  readonly task: Task<Code>;
  readonly choose: () => void;
  readonly allow: () => Promise<void>;
  readonly forget: () => void;
};

/** The folder as the shell knows it. `port` is the same one each time. */
export const useFolder = <Code extends string>(port: FolderPort<Code>): Folder<Code> => {
  const [now, setNow] = useState<ChosenFolder>();
  const task = useTask<Code>();
  const look = useCallback(() => void port.folder().then(setNow), [port]);
  useEffect(look, [look]);
  return {
    now,
    task,
    choose: () => task.run(port.chooseFolder, setNow),
    allow: () => port.askAgain().then(setNow),
    forget: () => task.run(port.forgetFolder, look),
  };
};
