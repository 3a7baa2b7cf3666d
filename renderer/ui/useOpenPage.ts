import { useCallback, useEffect, useState } from "react";
import type { PageId } from "../../shared/base/ids.ts";
import type { Result } from "../../shared/base/result.ts";
import type { OpenPage } from "../../shared/journal/openPage.ts";

export type Opening<Code extends string> =
  | { readonly state: "opening" }
  | {
      readonly state: "open";
      readonly page: OpenPage;
      /** After a share or a discard that was refused: the journal has closed the page, and nothing typed would be kept. */
      readonly reopen: () => void;
    }
  | { readonly state: "refused"; readonly code: Code };

/**
 * Opens a page while a screen shows it and closes it afterwards, also when the answer comes late.
 * @param open must stay the same function from render to render: another one opens the page anew.
 */
export const useOpenPage = <Code extends string>(
  open: (page: PageId) => Promise<Result<OpenPage, Code>>,
  page: PageId,
): Opening<Code> => {
  const [opening, setOpening] = useState<Opening<Code>>({ state: "opening" });
  const [times, setTimes] = useState(0);
  const reopen = useCallback(() => setTimes((before) => before + 1), []);
  useEffect(() => {
    let left = false;
    const answer = openPatiently(open, page);
    void answer.then((opened) => {
      if (left) return;
      setOpening(
        opened.ok
          ? { state: "open", page: opened.value, reopen }
          : { state: "refused", code: opened.code },
      );
    });
    return () => {
      left = true;
      setOpening({ state: "opening" });
      void answer.then((opened) => (opened.ok ? opened.value.close() : undefined));
    };
  }, [open, page, times, reopen]);
  return opening;
};

/** A new page is in the list a moment before it can be read: what is not there yet is looked for once more. */
const openPatiently = async <Code extends string>(
  open: (page: PageId) => Promise<Result<OpenPage, Code>>,
  page: PageId,
): Promise<Result<OpenPage, Code>> => {
  const opened = await open(page);
  const absent: string = "NO_PAGE";
  return opened.ok || opened.code !== absent ? opened : open(page);
};
