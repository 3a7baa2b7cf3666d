import { useEffect, useState } from "react";
import type { PageId } from "../../shared/base/ids.ts";
import type { BookCode, EntryBook } from "../../shared/journal/entryBook.ts";
import type { History } from "../../shared/journal/openPage.ts";

export type VersionsReading =
  | { readonly state: "opening" }
  | { readonly state: "open"; readonly history: History }
  | { readonly state: "refused"; readonly code: BookCode };

/**
 * An entry's earlier words while a screen shows them; they are forgotten afterwards, also when they come late.
 * @param asOf another value: they are looked for anew
 */
export const useVersions = (
  openHistory: EntryBook["openHistory"],
  page: PageId,
  asOf: string,
): VersionsReading => {
  const [reading, setReading] = useState<VersionsReading>({ state: "opening" });
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

/** Whether it may be asked how a page stood before. A new one without words has no before; one that was emptied has. */
export const useHasBefore = (
  openHistory: EntryBook["openHistory"],
  page: PageId,
  empty: boolean,
): boolean => {
  const [has, setHas] = useState(!empty);
  useEffect(() => {
    let left = false;
    if (!empty) setHas(true);
    else
      void openHistory(page).then((opened) => {
        if (!opened.ok) return;
        if (!left && opened.value.versions.length > 1) setHas(true);
        opened.value.close();
      });
    return () => {
      left = true;
    };
  }, [openHistory, page, empty]);
  return has;
};
