import { createContext, useContext } from "react";

/** While true is the last that was said, Twofold does not lock by itself: somebody waits for long work. */
export const KeepsOpenContext = createContext<(working: boolean) => void>(() => {});

export const useKeepsOpen = (): ((working: boolean) => void) => useContext(KeepsOpenContext);
