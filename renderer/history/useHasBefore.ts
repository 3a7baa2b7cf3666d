import { useEffect, useState } from "react";
import type { PageId } from "../../shared/base/ids.ts";
import type { EntryBook } from "../../shared/journal/entryBook.ts";

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
