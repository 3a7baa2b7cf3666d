import { parsePairingLink } from "../shared/bridge/parsePairingLink.ts";

export type PairingLinks = {
  /** One link from the system. Anything else is dropped without a word, since it may hold a secret. */
  readonly arrive: (link: string) => boolean;
  /** The pairing link among the words of a command line, if there is one. */
  readonly arriveIn: (argv: readonly string[]) => boolean;
  /** The renderer listens: it gets the latest link that came before. */
  readonly awaited: () => void;
  /** The page was loaded anew and does not listen yet. */
  readonly pageGone: () => void;
};

/** Holds the latest link until the renderer listens; an older one is of no use once a newer was opened. */
export const createPairingLinks = (send: (link: string) => void): PairingLinks => {
  let waiting: string | undefined;
  let isAwaited = false;
  const arrive = (text: string): boolean => {
    const link = parsePairingLink(text);
    if (!link.ok) return false;
    if (isAwaited) send(link.value);
    else waiting = link.value;
    return true;
  };
  return {
    arrive,
    arriveIn: (argv) => argv.some((word) => arrive(word)),
    awaited: () => {
      isAwaited = true;
      if (waiting !== undefined) send(waiting);
      waiting = undefined;
    },
    pageGone: () => {
      isAwaited = false;
    },
  };
};
