import type { Result } from "../base/result.ts";
import type { ShellLanguage } from "./shellLanguage.ts";

/**
 * How the app behaves on this computer's desktop. Chosen by each person for their own computer, needed before
 * anything is unlocked, and so kept in the clear: on and off, and names out of the lists below, nothing else.
 */
export type DesktopSettings = {
  /** A small picture in the tray (on a Mac: in the menu bar). */
  readonly tray: boolean;
  /** Closing the window locks and leaves the app in the tray; only while `tray` is on. */
  readonly staysInTray: boolean;
  readonly startsMinimised: boolean;
  /** The system's own list is the truth of this: whoever takes it out there finds it off here. */
  readonly startsAtLogin: boolean;
  /** That something new is there, without what, whose or how much. */
  readonly notices: boolean;
  /** Keys that step out while another program is in front. */
  readonly stepOutKeys: StepOutKeys;
  /** Asks the system to leave the window out of pictures and recordings of the screen. */
  readonly hidesFromCapture: boolean;
};

/** "none": a key for all programs is taken away from all others, so that nobody has one who did not choose it. */
export const stepOutKeys = ["none", "space", "backspace", "f9"] as const;
export type StepOutKeys = (typeof stepOutKeys)[number];

export type DesktopView = {
  readonly settings: DesktopSettings;
  /** What this shell on this system can do; the rest stands still and is not shown. */
  readonly offered: readonly (keyof DesktopSettings)[];
  /** Another program has the chosen keys. */
  readonly keysTaken: boolean;
};

/** One thing at a time. */
export type DesktopChange = {
  readonly [Name in keyof DesktopSettings]: {
    readonly name: Name;
    readonly to: DesktopSettings[Name];
  };
}[keyof DesktopSettings];

export type Desktop = {
  /** Undefined in a plain browser, whose window is not ours to set. */
  readonly look: () => Promise<DesktopView | undefined>;
  /** Refused, it stays as it was. */
  readonly change: (change: DesktopChange) => Promise<Result<DesktopView, DesktopCode>>;
  /**
   * Something of the partner's stands before the reader who is not looking. It takes no word on purpose. Whether
   * anything is shown is for the shell to say: not unless it was chosen, not to whoever looks, and once until they do.
   */
  readonly notify: () => Promise<boolean>;
  /** How the page speaks: menu, tray and notices say theirs in the same language. */
  readonly speak: (language: ShellLanguage) => Promise<boolean>;
  /** Somebody stepped out by keys of the whole system; the window is out of sight already. */
  readonly onStepOut: (listener: () => void) => () => void;
};

/** KEYS_TAKEN: another program has them. NOT_TAKEN: the system did not take what it was told. */
export type DesktopCode =
  | "KEYS_TAKEN"
  | "NOT_TAKEN"
  | "NOT_OFFERED_HERE"
  | "DISK_FULL"
  | "NO_PERMISSION"
  | "DISK_FAILED"
  | "BAD_REQUEST";
