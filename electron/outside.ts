import type { BrowserWindow, Dialog, Shell } from "electron";
import { type Outside, readOutside } from "../shared/bridge/outside.ts";
import type { ShellTexts } from "./textsEnglish.ts";

export type OutsideParts = {
  readonly dialog: Pick<Dialog, "showMessageBox">;
  readonly shell: Pick<Shell, "openExternal">;
  readonly window: () => BrowserWindow | undefined;
  readonly texts: () => Pick<ShellTexts, "outside">;
};

/** The end of a very long address says little, and would push the buttons off the screen. */
const shownLetters = 300;

/**
 * The one place that hands an address to another program: https and nothing else, one question at a time, and Enter
 * or Esc stays.
 */
export const createOutside = ({
  dialog,
  shell,
  window,
  texts,
}: OutsideParts): Outside & {
  /** Locking, hiding, another page: the question shows an address from a page that is to be seen no more. */
  readonly end: () => void;
} => {
  let asking: AbortController | undefined;
  return {
    asks: "shell",
    end: () => asking?.abort(),
    open: async (wanted) => {
      const found = readOutside(wanted, (address) => new URL(address));
      const own = window();
      if (found === undefined || own === undefined || own.isDestroyed() || asking !== undefined)
        return "refused";
      const { host, address } = found;
      const shown = address.length > shownLetters ? `${address.slice(0, shownLetters)}…` : address;
      const { outside: words } = texts();
      const question = new AbortController();
      asking = question;
      try {
        const { response } = await dialog.showMessageBox(own, {
          type: "question",
          message: words.title(host),
          detail: `${shown}\n\n${words.text}`,
          buttons: [words.stay, words.open],
          defaultId: 0,
          cancelId: 0,
          noLink: true,
          signal: question.signal,
        });
        if (response !== 1 || question.signal.aborted) return "stayed";
        await shell.openExternal(address);
        return "opened";
      } catch {
        return "refused";
      } finally {
        asking = undefined;
      }
    },
  };
};
