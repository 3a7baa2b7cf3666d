import { useState } from "react";
import type { EntryDescription } from "../../../shared/journal/openPage.ts";
import type { OpenPage } from "../../../shared/journal/openPage.ts";
import type { Card } from "../../../shared/page/card.ts";

type Described = Pick<Card, "aboutAt" | "tags" | "feelings">;

/** What is chosen shows at once; the card follows when the disk has it, which is later than the next choice. */
export const useDescription = (page: OpenPage) => {
  const [said, setSaid] = useState<Described>(() => {
    const { aboutAt, tags, feelings } = page.card.read();
    return { aboutAt, tags, feelings };
  });
  const describe = (change: Partial<Described>, kept: EntryDescription = change): void => {
    setSaid((before) => ({ ...before, ...change }));
    page.describe(kept);
  };
  return [said, describe] as const;
};
