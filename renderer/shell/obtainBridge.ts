import { systemClock } from "../../shared/base/clock.ts";
import type { Bridge } from "../../shared/bridge/bridge.ts";
import { browserPlaces } from "./backupPlaces.ts";
import { browserSharedPlaces } from "./browserSharedFolder.ts";
import { type BrowserClipboard, createBrowserBridge } from "./browserBridge.ts";

declare global {
  interface Window {
    /** Put there by electron/preload.ts; absent in a plain browser. */
    readonly twofold?: Bridge;
  }
}

/** The bridge of the shell that this page runs in. Throws where it runs in neither. */
export const obtainBridge = async (): Promise<Bridge> =>
  window.twofold ??
  createBrowserBridge({
    readShell: async () => {
      const answer = await fetch("/shell.json", { cache: "no-store" });
      return answer.json();
    },
    window,
    document,
    clipboard: pageClipboard,
    askToPersist: () => navigator.storage.persist(),
    backupPlaces: browserPlaces(window),
    sharedPlaces: browserSharedPlaces(window),
    print: () =>
      new Promise((resolve) => {
        window.addEventListener("afterprint", () => resolve(), { once: true });
        window.print();
      }),
    openBeside: (address) => void window.open(address, "_blank", "noopener,noreferrer"),
    loadAgain: (address) => location.replace(address),
    clock: systemClock,
  });

const pageClipboard: BrowserClipboard = {
  write: (text) => navigator.clipboard.writeText(text),
  read: async () => {
    // Not every browser knows this name; asking for it there throws, which also means no.
    const name = "clipboard-read" as PermissionName;
    const { state } = await navigator.permissions.query({ name });
    return state === "granted" ? navigator.clipboard.readText() : undefined;
  },
};
