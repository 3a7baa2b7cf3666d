import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import type { VirtualItem } from "@tanstack/react-virtual";
import type { PageId } from "../../../shared/base/ids.ts";
import type { EntryBook } from "../../../shared/journal/entryBook.ts";
import { useJournal } from "../../ui/surroundings.ts";
import { useLive } from "../../ui/useLive.ts";
import { type Filters, noFilters } from "./filters.ts";

type Left = {
  filters: Filters;
  /** Words that are looked for. */
  sought: string;
  /** The line that was opened: coming back, the focus is there again. */
  opened: PageId | undefined;
  scrolled: number;
  sizes: VirtualItem[];
  /** What has just been put in the trash, until the next act. */
  trashed: PageId | undefined;
};

/** How a list was left. In memory, gone with the lock; my room's is gone when the room is closed. */
export type ListMemory = Left & { readonly keep: (change: Partial<Left>) => void };

const asNew = (): Left => ({
  filters: noFilters,
  sought: "",
  opened: undefined,
  scrolled: 0,
  sizes: [],
  trashed: undefined,
});

const newMemory = (): ListMemory => {
  const memory: ListMemory = {
    ...asNew(),
    keep: (change) => void Object.assign(memory, change),
  };
  return memory;
};

type Place = EntryBook["place"];
type Memories = { readonly [Name in Place]: ListMemory };

const MemoryContext = createContext<Memories | undefined>(undefined);

/** Stands around the routes, inside what the lock takes away. */
export const ListMemories = ({ children }: { readonly children: ReactNode }) => {
  const [memories] = useState<Memories>(() => ({ journal: newMemory(), room: newMemory() }));
  const { state } = useLive(useJournal().room.state);
  useEffect(() => {
    if (state !== "open") memories.room.keep(asNew());
  }, [state, memories]);
  return <MemoryContext value={memories}>{children}</MemoryContext>;
};

export const useListMemory = (place: Place): ListMemory => {
  const memories = useContext(MemoryContext);
  if (memories === undefined) throw new Error("a list outside of the unlocked journal");
  return memories[place];
};
