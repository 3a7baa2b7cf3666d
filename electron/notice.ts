import type { BrowserWindow, Notification, NotificationConstructorOptions } from "electron";
import { appName } from "./texts.ts";
import type { ShellTexts } from "./textsEnglish.ts";

/** As much of Electron's own as is used. */
type Shown = Pick<Notification, "show" | "close" | "removeAllListeners"> & {
  readonly on: (event: "click", listener: () => void) => unknown;
};

export type NoticeParts = {
  readonly make: (options: NotificationConstructorOptions) => Shown;
  readonly window: () => Pick<BrowserWindow, "isFocused" | "isDestroyed"> | undefined;
  readonly isWanted: () => boolean;
  readonly open: () => void;
  readonly texts: () => Pick<ShellTexts, "notice">;
};

export type Notice = {
  readonly notify: () => boolean;
  /** Takes down what stands: somebody looks, stepped out, or locked. */
  readonly clear: () => void;
  /** Somebody looked: what comes after this may be said again. */
  readonly looked: () => void;
};

/**
 * Says that something is there and nothing else. Once until somebody looks: how often it rang would tell how much
 * came, and when the other one writes. Without a sound.
 */
export const createNotice = ({ make, window, isWanted, open, texts }: NoticeParts): Notice => {
  let standing: Shown | undefined;
  let isSaid = false;
  const clear = (): void => {
    standing?.removeAllListeners();
    standing?.close();
    standing = undefined;
  };
  return {
    notify: () => {
      const own = window();
      if (own === undefined || own.isDestroyed()) return false;
      if (!isWanted() || isSaid || own.isFocused()) return false;
      clear();
      const shown = make({ title: appName, body: texts().notice, silent: true });
      shown.on("click", () => {
        clear();
        open();
      });
      // Held on to: one that is collected is not clicked any more.
      standing = shown;
      isSaid = true;
      shown.show();
      return true;
    },
    clear,
    looked: () => {
      isSaid = false;
      clear();
    },
  };
};
