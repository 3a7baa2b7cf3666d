import type { ShellFacts } from "../../shared/bridge/bridge.ts";

/** A key as a sheet of keys names it: how it looks, and how it is said where a sign alone says nothing. */
export type KeyName = { readonly shown: string; readonly said: string | undefined };

/** Signs as they stand on the keys of a Mac; elsewhere keys have their names. */
const onMac: Readonly<Record<string, KeyName>> = {
  Mod: { shown: "⌘", said: "Command" },
  Alt: { shown: "⌥", said: "Option" },
  Shift: { shown: "⇧", said: "Shift" },
  Enter: { shown: "↩", said: "Return" },
};
const elsewhere: Readonly<Record<string, KeyName>> = {
  Mod: { shown: "Ctrl", said: undefined },
};
const everywhere: Readonly<Record<string, KeyName>> = {
  ArrowDown: { shown: "↓", said: "Arrow down" },
  ArrowUp: { shown: "↑", said: "Arrow up" },
};

export type Platform = ShellFacts["platform"];

/** `key`: "Mod", "Alt", "Shift", or what is on the key. */
export const nameOfKey = (key: string, platform: Platform): KeyName =>
  (platform === "macos" ? onMac : elsewhere)[key] ??
  everywhere[key] ?? { shown: key, said: undefined };

/** For aria-keyshortcuts. */
export const shortcutOf = (keys: readonly string[], platform: Platform): string =>
  keys.map((key) => (key === "Mod" ? (platform === "macos" ? "Meta" : "Control") : key)).join("+");

/** Whether this press is the platform's own key for commands together with that letter, and nothing else. */
export const isModKey = (
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">,
  letter: string,
  platform: Platform,
): boolean => {
  const mac = platform === "macos";
  return (
    event.key.toLowerCase() === letter &&
    event.metaKey === mac &&
    event.ctrlKey === !mac &&
    !event.altKey &&
    !event.shiftKey
  );
};
