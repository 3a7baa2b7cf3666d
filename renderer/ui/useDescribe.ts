import { useState } from "react";
import type { PageId } from "../../shared/base/ids.ts";
import { createQueue } from "../../shared/base/queue.ts";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { PracticeSaid } from "../../shared/journal/practising.ts";
import { useJournal } from "./surroundings.ts";

/** What a draft says beside its words, one after another, so that a slow disk ends with what was chosen last. */
export const useDescribe = (draft: PageId) => {
  const journal = useJournal();
  const [inTurn] = useState(createQueue);
  const [code, setCode] = useState<PageCode>();
  const describe = (said: PracticeSaid): void => {
    void inTurn(() => journal.describePractice(draft, said)).then((kept) =>
      setCode(kept.ok ? undefined : kept.code),
    );
  };
  return { code, describe };
};
