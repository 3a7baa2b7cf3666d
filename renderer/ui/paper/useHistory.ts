import { useEffect, useState } from "react";
import type { PageId } from "../../../shared/base/ids.ts";
import type { History, PageCode } from "../../../shared/journal/openPage.ts";
import { useJournal } from "../surroundings.ts";

type Reading =
  | { readonly state: "opening" }
  | { readonly state: "open"; readonly history: History }
  | { readonly state: "refused"; readonly code: PageCode };

/**
 * A page's earlier words while a screen shows them; they are forgotten afterwards, also when they come late.
 * @param changedAt when the page changes meanwhile, its words are looked for anew
 */
export const useHistory = (page: PageId, changedAt: number): Reading => {
  const { openHistory } = useJournal();
  const [reading, setReading] = useState<Reading>({ state: "opening" });
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
  }, [openHistory, page, changedAt]);
  return reading;
};
