import { type KeyboardEvent, type RefObject, useEffect, useId, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { EntryBook } from "../../shared/journal/entryBook.ts";
import { searchWords } from "../../shared/journal/find/searchWords.ts";
import { useListMemory } from "../journal/list/listMemory.tsx";
import { useLive } from "../ui/useLive.ts";
import { FoundLine } from "./FoundLine.tsx";
import { useFoundEntries } from "./useFoundEntries.ts";

type FoundEntriesProps = {
  readonly book: EntryBook;
  readonly base: string;
  readonly words: string;
  readonly results: RefObject<HTMLUListElement | null>;
  /** From the first line up again. */
  readonly onLeave: () => void;
};

/** What was found, best first. A number of them is said nowhere. */
export const FoundEntries = ({ book, base, words, results, onLeave }: FoundEntriesProps) => {
  const { t } = useTranslation("find");
  const heading = useId();
  const memory = useListMemory(book.place);
  const reading = useLive(book.reading);
  const cards = useLive(book.cards);
  const shown = useFoundEntries(book, words);
  const found = shown.state === "found" ? shown.found : none;
  const wanted = useMemo(
    () => searchWords(shown.state === "found" ? shown.words : words),
    [shown, words],
  );
  const byPage = useMemo(() => new Map(cards.map((card) => [card.id, card])), [cards]);

  // Coming back from one that was opened.
  const waiting = memory.opened;
  useEffect(() => {
    if (waiting === undefined || found.length === 0) return;
    memory.keep({ opened: undefined });
    const link = results.current?.querySelector<HTMLElement>(`a[data-page="${waiting}"]`);
    link?.focus();
  }, [waiting, found, memory, results]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const links = [...(results.current?.querySelectorAll("a") ?? [])];
    const at = links.findIndex((link) => link === document.activeElement);
    const to = placeAfter(event.key, at, links.length);
    if (to === undefined) return;
    event.preventDefault();
    if (to < 0) onLeave();
    else links[Math.min(to, links.length - 1)]?.focus();
  };

  const says = (): string => {
    if (shown.state === "stopped") return t("stopped");
    if (shown.state === "looking" || shown.words !== words) return t("looking");
    if (reading) return t(found.length === 0 ? "readingNothing" : "reading");
    if (found.length === 0) return t("nothing");
    return t(found.length < mostShown ? "shown" : "nearest");
  };
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading} className="month">
        {t("results")}
      </h2>
      <p role="status" className="quiet-state">
        {says()}
      </p>
      {/* The keys are for the links inside; the list around them is no control. */}
      <div role="presentation" onKeyDown={onKeyDown}>
        <ul className="lines found" ref={results}>
          {found.map(({ page, around }) => {
            const card = byPage.get(page);
            return card === undefined || card.withdrawnAt !== undefined ? null : (
              <FoundLine
                key={page}
                {...{ card, base, around, wanted }}
                onOpen={() => memory.keep({ opened: page })}
              />
            );
          })}
        </ul>
      </div>
    </section>
  );
};

const none: readonly never[] = [];

/** As many as a search gives: then there may be more. */
const mostShown = 100;

const placeAfter = (key: string, at: number, count: number): number | undefined => {
  switch (key) {
    case "ArrowDown":
      return at + 1;
    case "ArrowUp":
      return at - 1;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
};
