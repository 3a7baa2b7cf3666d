import { useEffect, useState } from "react";
import type { EntryBook, Found } from "../../shared/journal/entryBook.ts";
import { useSurroundings } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";

/** How long nothing is typed before it is looked for; and how often again while older entries are read, ms. */
const typingPause = 120;
const readingPause = 800;

export type FoundEntries =
  | { readonly state: "looking" }
  | { readonly state: "stopped" }
  | { readonly state: "found"; readonly words: string; readonly found: readonly Found[] };

/** Follows what is typed, what changes, and what is still being read. An answer to earlier words stays till the next. */
export const useFoundEntries = (book: EntryBook, words: string): FoundEntries => {
  const { clock } = useSurroundings();
  const cards = useLive(book.cards);
  const reading = useLive(book.reading);
  const [shown, setShown] = useState<FoundEntries>(looking);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let left = false;
    const show = (next: FoundEntries): void => (left ? undefined : setShown(next));
    const stop = clock.after(typingPause, () => {
      book.find(words).then(
        (found) => show({ state: "found", words, found }),
        () => show({ state: "stopped" }),
      );
    });
    return () => {
      left = true;
      stop();
    };
  }, [clock, book, words, cards, reading, turn]);
  useEffect(
    () => (reading ? clock.after(readingPause, () => setTurn((now) => now + 1)) : undefined),
    [clock, reading, turn],
  );
  return shown;
};

const looking: FoundEntries = { state: "looking" };
