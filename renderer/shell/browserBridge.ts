import type { Clock } from "../../shared/base/clock.ts";
import { accept, refuse } from "../../shared/base/result.ts";
import type { Bridge, ShellFacts } from "../../shared/bridge/bridge.ts";
import { parseAddresses } from "../../shared/bridge/parseCalls.ts";
import { parseShellFacts } from "../../shared/bridge/parseShellFacts.ts";
import type { BackupPlaces } from "./backupPlaces.ts";
import { createBrowserBackups } from "./browserBackups.ts";
import { createSafeDatabase } from "./safeDatabase.ts";

/** What a page of a plain browser has; tests bring their own. */
export type BrowserParts = {
  /** `/shell.json` of the server that this page came from (scripts/shell/main.ts), parsed as JSON. */
  readonly readShell: () => Promise<unknown>;
  readonly window: EventTarget;
  readonly document: EventTarget;
  readonly clipboard: BrowserClipboard;
  readonly askToPersist: () => Promise<unknown>;
  readonly backupPlaces: BackupPlaces;
  /** The browser's own window for printing, where a PDF can be chosen; until it is closed. */
  readonly print: () => Promise<void>;
  readonly clock: Clock;
};

export type BrowserClipboard = {
  readonly write: (text: string) => Promise<void>;
  /** Undefined where reading would ask the person, or is not allowed. */
  readonly read: () => Promise<string | undefined>;
};

const clearAfterMs = 60_000;
const noSecret = 32;

/** Twofold in a plain browser: no keychain, no window to hide, no network guard but the page's policy. */
export const createBrowserBridge = async (parts: BrowserParts): Promise<Bridge> => {
  const shell = readFacts(await parts.readShell());
  let known: readonly string[] = [];
  const addresses = async (): Promise<readonly string[]> => {
    try {
      known = readAddresses(await parts.readShell());
    } catch {
      // The page outlives its server by a moment when both are closed.
    }
    return known;
  };
  return {
    shell,
    safe: createSafeDatabase({ name: "twofold-safe", askToPersist: parts.askToPersist }),
    backups: createBrowserBackups(parts.backupPlaces, parts.clock),
    documents: {
      pdf: async () => {
        await parts.print();
        return accept("printing");
      },
    },
    deviceSecret: {
      obtain: async () => accept({ secret: new Uint8Array(noSecret), kept: "nowhere" }),
    },
    rendezvous: { addresses, openToNetwork: async () => refuse("NOT_OFFERED_HERE") },
    network: {
      allow: async (wanted) =>
        parseAddresses([wanted]).ok ? accept(undefined) : refuse("BAD_REQUEST"),
    },
    window: {
      hide: async () => false,
      onLockRequest: (listener) => onPageEnd(parts, listener),
      // Links come by the clipboard here: a plain browser hands no twofold: links to a page.
      onPairingLink: () => () => undefined,
      copyInvitation: (text) => copyForAWhile(parts, text),
    },
  };
};

/**
 * Closing, leaving or freezing the page. A browser waits for nobody at that moment: what the listener starts
 * may be cut off, and what was saved before stays.
 */
const onPageEnd = (
  { window, document }: BrowserParts,
  listener: () => Promise<void>,
): (() => void) => {
  const lock = (): void => {
    void listener();
  };
  window.addEventListener("pagehide", lock);
  document.addEventListener("freeze", lock);
  return () => {
    window.removeEventListener("pagehide", lock);
    document.removeEventListener("freeze", lock);
  };
};

const copyForAWhile = async (
  { clipboard, clock }: BrowserParts,
  text: string,
): Promise<boolean> => {
  try {
    await clipboard.write(text);
  } catch {
    return false;
  }
  const clear = async (): Promise<void> => {
    try {
      if ((await clipboard.read()) === text) await clipboard.write("");
    } catch {
      // Not ours to read any more: the person is elsewhere.
    }
  };
  clock.after(clearAfterMs, () => void clear());
  return true;
};

const readFacts = (answer: unknown): ShellFacts => {
  const facts = parseShellFacts(field(answer, "facts"));
  if (!facts.ok) throw new Error("the server of this page gave no facts about itself");
  return facts.value;
};

const readAddresses = (answer: unknown): readonly string[] => {
  const parsed = parseAddresses([field(answer, "rendezvous")]);
  return parsed.ok ? parsed.value[0] : [];
};

const field = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
