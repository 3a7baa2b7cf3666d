import { useEffect, useState } from "react";
import type { PageId } from "../../shared/base/ids.ts";
import type { Card } from "../../shared/page/card.ts";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";

/** How long nothing is typed before it is looked for, ms. */
const typingPause = 250;

type Found = {
  readonly words: string;
  readonly pages: ReadonlySet<PageId>;
};

/** Where the words stand; for a moment the answer to earlier words. Undefined before the first answer. */
export const useFound = (words: string, cards: readonly Card[]): Found | undefined => {
  const journal = useJournal();
  const { clock } = useSurroundings();
  const [found, setFound] = useState<Found>();
  useEffect(() => {
    if (words === "") {
      setFound(undefined);
      return undefined;
    }
    let left = false;
    const stop = clock.after(typingPause, () => {
      void journal.find(words).then((pages) => (left ? undefined : setFound({ words, pages })));
    });
    return () => {
      left = true;
      stop();
    };
  }, [clock, journal, words, cards]);
  return words === "" ? undefined : found;
};
