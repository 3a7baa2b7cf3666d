import type { TryBook } from "../shared/journal/vaultView.ts";

const triesKey = "twofold-tries";

/** How often in a row a wrong passphrase was given, and when: nothing else of it is kept. */
export const storedTries: TryBook = {
  read: () => {
    const [wrong, at] = (localStorage.getItem(triesKey) ?? "0 0").split(" ").map(Number);
    return Number.isSafeInteger(wrong) && Number.isSafeInteger(at)
      ? { wrong: Math.max(0, wrong ?? 0), at: at ?? 0 }
      : { wrong: 0, at: 0 };
  },
  write: ({ wrong, at }) => localStorage.setItem(triesKey, `${wrong} ${Math.floor(at)}`),
};
