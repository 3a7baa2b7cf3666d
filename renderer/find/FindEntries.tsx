import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { EntryBook } from "../../shared/journal/entryBook.ts";
import { useListMemory } from "../journal/list/listMemory.tsx";
import { FindField } from "../ui/FindField.tsx";
import { useWish } from "../ui/wishes.tsx";
import { FoundEntries } from "./FoundEntries.tsx";

type FindEntriesProps = {
  readonly book: EntryBook;
  /** "/journal" or "/room". */
  readonly base: string;
  /** Whether something is looked for: then the list makes room for what is found. */
  readonly onFinding: (finding: boolean) => void;
};

/**
 * Looks for words in the entries of one place, on this computer only. What was typed is remembered until it is
 * taken out or the place is locked, and nowhere but in memory.
 */
export const FindEntries = ({ book, base, onFinding }: FindEntriesProps) => {
  const { t } = useTranslation("find");
  const memory = useListMemory(book.place);
  const [words, setWords] = useState(memory.sought);
  const field = useRef<HTMLInputElement>(null);
  const results = useRef<HTMLUListElement>(null);
  const finding = words.trim() !== "";
  const change = (next: string) => {
    memory.keep({ sought: next });
    setWords(next);
  };
  useWish("find", () => {
    setWords(memory.sought);
    field.current?.focus();
    field.current?.select();
  });
  useEffect(() => onFinding(finding), [finding, onFinding]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape" && words !== "") return change("");
    if (event.key !== "ArrowDown" && event.key !== "Enter") return;
    const first = results.current?.querySelector("a");
    if (first === null || first === undefined) return;
    event.preventDefault();
    first.focus();
  };
  return (
    <search aria-label={t(`region.${book.place}`)} className="find finding">
      <FindField
        field={field}
        label={t("label")}
        clearLabel={t("clear")}
        value={words}
        onChange={change}
        onClear={words === "" ? undefined : () => change("")}
        // Reading begins before the first letter.
        onFocus={() => void book.find("").catch(() => undefined)}
        onKeyDown={onKeyDown}
      />
      {finding ? (
        <FoundEntries
          {...{ book, base, results }}
          words={words.trim()}
          onLeave={() => field.current?.focus()}
        />
      ) : null}
    </search>
  );
};
