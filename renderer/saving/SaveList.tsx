import { maySave } from "../../shared/archive/savedEntry.ts";
import type { EntryBook } from "../../shared/journal/entryBook.ts";
import { isNarrowed, narrow } from "../journal/list/filters.ts";
import { useListMemory } from "../journal/list/listMemory.tsx";
import { useLive } from "../ui/useLive.ts";
import { SaveAsFile } from "./SaveAsFile.tsx";

/** From a list: what it shows, or everything; of mine alone. */
export const SaveList = ({ book }: { readonly book: EntryBook }) => {
  const memory = useListMemory(book.place);
  const cards = useLive(book.cards);
  if (!cards.some(maySave)) return null;
  const choose = () => {
    const all = book.cards.read().filter(maySave);
    const { filters } = memory;
    return { all, shown: isNarrowed(filters) ? narrow(all, filters) : undefined };
  };
  return <SaveAsFile book={book} choose={choose} many />;
};
