import type { PageId } from "../../shared/base/ids.ts";
import type { Found } from "../../shared/journal/entryBook.ts";
import type { IndexedPage } from "../../shared/journal/find/entryIndex.ts";

/** What the journal asks of the worker, one after the other; each is answered by its number. */
export type SearchAsk =
  | { readonly do: "put"; readonly pages: readonly IndexedPage[] }
  | { readonly do: "drop"; readonly pages: readonly PageId[] }
  | { readonly do: "find"; readonly words: string };

export type NumberedAsk = { readonly number: number; readonly ask: SearchAsk };
export type SearchAnswer = { readonly number: number; readonly found: readonly Found[] };
