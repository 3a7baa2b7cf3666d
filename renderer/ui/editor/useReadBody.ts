import { useCallback, useRef, useSyncExternalStore } from "react";
import type { PageBody } from "../../../shared/page/card.ts";
import { watchWords } from "./watchWords.ts";

/** What `read` makes of a page's words, and anew after each change of them. `read` stays the same function. */
export const useReadBody = <Value>(body: PageBody, read: (body: PageBody) => Value): Value => {
  const kept = useRef<{ readonly body: PageBody; readonly value: Value }>(undefined);
  const subscribe = useCallback(
    (changed: () => void) =>
      watchWords(body, () => {
        kept.current = undefined;
        changed();
      }),
    [body],
  );
  const readKept = useCallback(() => {
    if (kept.current?.body !== body) kept.current = { body, value: read(body) };
    return kept.current.value;
  }, [body, read]);
  return useSyncExternalStore(subscribe, readKept);
};
