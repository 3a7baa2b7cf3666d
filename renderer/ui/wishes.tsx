import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";

/**
 * What the palette asks of a screen: go to its search field, open its calendar, offer letters, begin a page, write with nothing
 * around, show the keys, the two halves of the page about files.
 */
export type Wish =
  | "find"
  | "jump"
  | "letter"
  | "agreement"
  | "promise"
  | "why"
  | "whenThen"
  | "setback"
  | "builds"
  | "talk"
  | "together"
  | "memory"
  | "hand"
  | "alone"
  | "keys"
  | "sendFile"
  | "takeFile";

/** One who wishes for something that no screen does yet waits for the screen that it goes to. */
export type Wishes = {
  readonly wish: (wish: Wish) => void;
  readonly isHeard: (wish: Wish) => boolean;
  readonly listen: (wish: Wish, fulfil: () => void) => () => void;
};

export const createWishes = (): Wishes => {
  const listeners = new Map<Wish, () => void>();
  let waiting: Wish | undefined;
  return {
    wish: (wish) => {
      const fulfil = listeners.get(wish);
      waiting = fulfil === undefined ? wish : undefined;
      fulfil?.();
    },
    isHeard: (wish) => listeners.has(wish),
    listen: (wish, fulfil) => {
      listeners.set(wish, fulfil);
      if (waiting === wish) {
        waiting = undefined;
        fulfil();
      }
      return () => {
        if (listeners.get(wish) === fulfil) listeners.delete(wish);
      };
    },
  };
};

const WishesContext = createContext<Wishes | undefined>(undefined);

/** Inside what the lock takes away. */
export const WishesProvider = ({ children }: { readonly children: ReactNode }) => {
  const [wishes] = useState(createWishes);
  return <WishesContext value={wishes}>{children}</WishesContext>;
};

/** Undefined where a piece of a screen stands alone. */
export const useWishes = (): Wishes | undefined => useContext(WishesContext);

export const useWish = (wish: Wish, fulfil: () => void): void => {
  const wishes = useWishes();
  const latest = useRef(fulfil);
  useEffect(() => {
    latest.current = fulfil;
  }, [fulfil]);
  useEffect(() => wishes?.listen(wish, () => latest.current()), [wishes, wish]);
};
