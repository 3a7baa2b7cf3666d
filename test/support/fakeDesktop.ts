import { accept, refuse } from "../../shared/base/result.ts";
import type { ShellFacts } from "../../shared/bridge/bridge.ts";
import type { Desktop, DesktopSettings, DesktopView } from "../../shared/bridge/desktop.ts";

export type FakeDesktop = Desktop & {
  /** How often the page asked for a notice. */
  readonly asked: () => number;
  /** As after a press of the keys of the whole system. */
  readonly stepOut: () => void;
};

const systems: Readonly<Record<string, DesktopView["offered"]>> = {
  linux: ["notices", "stepOutKeys", "tray", "staysInTray", "startsAtLogin", "startsMinimised"],
  macos: [
    ...(["notices", "stepOutKeys", "hidesFromCapture", "tray", "staysInTray"] as const),
    ...(["startsAtLogin", "startsMinimised"] as const),
  ],
  windows: [
    ...(["notices", "stepOutKeys", "hidesFromCapture", "tray", "staysInTray"] as const),
    ...(["startsAtLogin", "startsMinimised"] as const),
  ],
};

export const platformOf = (system: string | null): ShellFacts["platform"] =>
  system?.startsWith("macos") === true
    ? "macos"
    : system?.startsWith("windows") === true
      ? "windows"
      : "linux";

/** `system`: null for a plain browser; linux, macos or windows; with -taken another program has every key. */
export const createFakeDesktop = (system: string | null): FakeDesktop => {
  const listeners = new Set<() => void>();
  const taken = system?.endsWith("-taken") === true;
  let asked = 0;
  let settings: DesktopSettings = {
    tray: taken,
    staysInTray: false,
    startsMinimised: false,
    startsAtLogin: false,
    notices: false,
    stepOutKeys: taken ? "space" : "none",
    hidesFromCapture: true,
  };
  const offered = system === null ? undefined : systems[platformOf(system)];
  const look = () => ({
    settings,
    offered: offered ?? [],
    keysTaken: taken && settings.stepOutKeys !== "none",
  });
  return {
    asked: () => asked,
    stepOut: () => {
      for (const listener of listeners) listener();
    },
    look: async () => (offered === undefined ? undefined : look()),
    change: async ({ name, to }) => {
      if (offered?.includes(name) !== true) return refuse("NOT_OFFERED_HERE");
      if (taken && name === "stepOutKeys" && to !== "none") return refuse("KEYS_TAKEN");
      settings = { ...settings, [name]: to };
      return accept(look());
    },
    notify: async () => {
      asked++;
      return false;
    },
    speak: async () => offered !== undefined,
    onStepOut: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
};
