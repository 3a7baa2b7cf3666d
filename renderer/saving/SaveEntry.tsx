import type { PageId } from "../../shared/base/ids.ts";
import type { EntryBook } from "../../shared/journal/entryBook.ts";
import { maySave } from "../../shared/archive/savedEntry.ts";
import { useLive } from "../ui/useLive.ts";
import { SaveAsFile } from "./SaveAsFile.tsx";

/** From one entry of mine. */
export const SaveEntry = ({ book, id }: { readonly book: EntryBook; readonly id: PageId }) => {
  const card = useLive(book.cards).find((each) => each.id === id);
  if (card === undefined || !maySave(card)) return null;
  return <SaveAsFile book={book} choose={() => ({ all: [card], shown: undefined })} />;
};
