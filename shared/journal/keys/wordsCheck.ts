import { createCell, type Cell } from "../../base/live.ts";
import { refuse, type Result } from "../../base/result.ts";
import type { UnlockCode } from "../doorCodes.ts";
import type { WordsCheck } from "../journal.ts";
import type { JsonObject } from "../../people/keyringContent.ts";
import type { KeyringKeeper } from "./keyringKeeper.ts";

const day = 86_400_000;
/** After the words were written down; after they were read back from paper; after "not now". Milliseconds. */
export const firstCheckAfter = 14 * day;
export const nextCheckAfter = 365 * day;
export const putOffFor = 30 * day;

export type WordsCheckParts = {
  readonly vault: {
    readonly fits: (words: readonly string[]) => Promise<Result<void, UnlockCode>>;
  };
  readonly keyring: KeyringKeeper;
  readonly wordsKept: Cell<boolean>;
  readonly now: () => number;
};

export type WordsCheckDesk = WordsCheck & {
  /** What the keyring's settings say from the moment that words were written down. */
  readonly firstTime: () => JsonObject;
  readonly look: () => void;
};

/**
 * Asks, some time after, whether the paper can still be found and read. All twelve words are typed and tried on the
 * recovery half of the vault itself: nothing is stored to compare with, which would be one thing more to guess at.
 */
export const createWordsCheck = ({
  vault,
  keyring,
  wordsKept,
  now,
}: WordsCheckParts): WordsCheckDesk => {
  const isDue = (): boolean => {
    if (!wordsKept.read()) return false;
    const { wordsAskAt } = keyring.content.read().settings;
    if (typeof wordsAskAt !== "number") return true;
    // A date that a wrong clock has put far ahead would mean never.
    return wordsAskAt <= now() || wordsAskAt > now() + nextCheckAfter + day;
  };
  const due = createCell(isDue());
  const look = (): void => due.set(isDue());
  const askIn = async (ms: number, kept: boolean) => {
    const saved = await keyring.change((was) => ({
      ...was,
      settings: { ...was.settings, ...(kept ? { wordsKept: true } : {}), wordsAskAt: now() + ms },
    }));
    if (!saved.ok) return saved;
    if (kept) wordsKept.set(true);
    look();
    return saved;
  };

  return {
    due,
    later: () => askIn(putOffFor, false),
    check: async (words) => {
      const fits = await vault.fits(words);
      if (!fits.ok) return fits;
      const noted = await askIn(nextCheckAfter, true);
      return noted.ok ? noted : refuse("DISK_FAILED", noted.code);
    },
    firstTime: () => ({ wordsAskAt: now() + firstCheckAfter }),
    look,
  };
};
