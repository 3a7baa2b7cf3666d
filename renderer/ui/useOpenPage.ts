import { useEffect, useState } from "react";
import type { PageId } from "../../shared/base/ids.ts";
import type { Result } from "../../shared/base/result.ts";
import type { OpenPage } from "../../shared/journal/journal.ts";

export type Opening<Code extends string> =
  | { readonly state: "opening" }
  | { readonly state: "open"; readonly page: OpenPage }
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
  useEffect(() => {
    let left = false;
    const answer = open(page);
    void answer.then((opened) => {
      if (left) return;
      setOpening(
        opened.ok ? { state: "open", page: opened.value } : { state: "refused", code: opened.code },
      );
    });
    return () => {
      left = true;
      setOpening({ state: "opening" });
      void answer.then((opened) => (opened.ok ? opened.value.close() : undefined));
    };
  }, [open, page]);
  return opening;
};
