import { useCallback, useEffect, useRef, useState } from "react";
import { createQueue } from "../../shared/base/queue.ts";
import type { Result } from "../../shared/base/result.ts";
import type { PageCode } from "../../shared/journal/openPage.ts";
import { useSurroundings } from "./surroundings.ts";

/** After so long without a key, ms. */
const pauseMs = 400;

/**
 * A line that is typed: kept a moment after the last key, at once when its field is left, and when the screen goes.
 * `settled` waits until the disk has it.
 */
export const useKeptText = (
  first: string,
  keep: (text: string) => Promise<Result<void, PageCode>>,
) => {
  const { clock } = useSurroundings();
  const [text, setText] = useState(first);
  const [code, setCode] = useState<PageCode>();
  const [inTurn] = useState(createQueue);
  const latest = useRef({ keep, waiting: undefined as string | undefined });
  useEffect(() => {
    latest.current.keep = keep;
  }, [keep]);
  const settled = useCallback(
    (): Promise<Result<void, PageCode>> =>
      inTurn(async () => {
        const { waiting } = latest.current;
        if (waiting === undefined) return { ok: true, value: undefined };
        latest.current.waiting = undefined;
        const kept = await latest.current.keep(waiting);
        // What the disk refused goes along with the next.
        if (!kept.ok) latest.current.waiting ??= waiting;
        setCode(kept.ok ? undefined : kept.code);
        return kept;
      }),
    [inTurn],
  );
  useEffect(() => clock.after(pauseMs, () => void settled()), [clock, settled, text]);
  useEffect(() => () => void settled(), [settled]);
  const change = (typed: string) => {
    latest.current.waiting = typed;
    setText(typed);
  };
  return { text, change, settled, code };
};
