import { useCallback, useRef, useState } from "react";
import type { Result } from "../../shared/base/result.ts";

export type Task<Code extends string> = {
  readonly busy: boolean;
  /** Of the last try; undefined while a new one is under way. */
  readonly code: Code | undefined;
  /** Runs one at a time: a second press while the first is under way does nothing. */
  readonly run: <Value>(
    work: () => Promise<Result<Value, Code>>,
    then?: (value: Value) => void,
  ) => void;
  readonly forget: () => void;
};

/** Something that a person started, that takes a while, and that can be refused with a code. */
export const useTask = <Code extends string>(): Task<Code> => {
  const [state, setState] = useState<{ busy: boolean; code: Code | undefined }>(idle);
  const running = useRef(false);
  const run = useCallback<Task<Code>["run"]>((work, then) => {
    if (running.current) return;
    running.current = true;
    setState({ busy: true, code: undefined });
    void work()
      .then((result) => {
        setState({ busy: false, code: result.ok ? undefined : result.code });
        if (result.ok) then?.(result.value);
      })
      .finally(() => (running.current = false));
  }, []);
  const forget = useCallback(() => setState(idle), []);
  return { ...state, run, forget };
};

const idle = { busy: false, code: undefined };
