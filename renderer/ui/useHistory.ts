import { useEffect, useState } from "react";
import type { PageId } from "../../shared/base/ids.ts";
import type { BookCode, EntryBook } from "../../shared/journal/entryBook.ts";
import type { History } from "../../shared/journal/openPage.ts";

type HistoryReading =
  | { readonly state: "opening" }
  | { readonly state: "open"; readonly history: History }
  | { readonly state: "refused"; readonly code: BookCode };

/**
 * A page's earlier words while a screen shows them; they are forgotten afterwards, also when they come late.
 * @param asOf when it becomes another one, they are looked for anew
 */
export const useHistory = (
  openHistory: EntryBook["openHistory"],
  page: PageId,
  asOf: number | string,
): HistoryReading => {
  const [reading, setReading] = useState<HistoryReading>({ state: "opening" });
  useEffect(() => {
    let left = false;
    const answer = openHistory(page);
    void answer.then((opened) => {
      if (left) return;
      setReading(
        opened.ok
          ? { state: "open", history: opened.value }
          : { state: "refused", code: opened.code },
      );
    });
    return () => {
      left = true;
      setReading({ state: "opening" });
      void answer.then((opened) => (opened.ok ? opened.value.close() : undefined));
    };
  }, [openHistory, page, asOf]);
  return reading;
};
