import type { Clock } from "../../shared/base/clock.ts";
import { accept, refuse } from "../../shared/base/result.ts";
import type { Bridge, ShellFacts } from "../../shared/bridge/bridge.ts";
import { parseAddresses } from "../../shared/bridge/parseCalls.ts";
import { readOutside } from "../../shared/bridge/outside.ts";
import { parseShellFacts } from "../../shared/bridge/parseShellFacts.ts";
import { awayQuery } from "../../shared/bridge/startAnew.ts";
import type { BackupPlaces } from "./backupPlaces.ts";
import { createBrowserBackups } from "./browserBackups.ts";
import { createBrowserSharedFolder, type SharedPlaces } from "./browserSharedFolder.ts";
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
  readonly sharedPlaces: SharedPlaces;
  /** The browser's own window for printing, where a PDF can be chosen; until it is closed. */
  readonly print: () => Promise<void>;
  /** In a window of its own, which learns nothing of this one. */
  readonly openBeside: (address: string) => void;
  /** Another page in this one's place; nothing of this one to come back to. */
  readonly loadAgain: (address: string) => void;
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
  const invitations = invitationClipboard(parts);
  return {
    shell,
    safe: createSafeDatabase({ name: "twofold-safe", askToPersist: parts.askToPersist }),
    backups: createBrowserBackups(parts.backupPlaces, parts.clock),
    sharedFolder: createBrowserSharedFolder(parts.sharedPlaces, parts.clock),
    // The window is the browser's: it has settings of its own for all of this.
    desktop: {
      look: async () => undefined,
      change: async () => refuse("NOT_OFFERED_HERE"),
      notify: async () => false,
      speak: async () => false,
      onStepOut: () => () => undefined,
    },
    updates: noUpdates,
    documents: {
      pdf: async () => {
        await parts.print();
        return accept("printing");
      },
      handed: async () => "unknown",
    },
    // A double click on the desktop opens no page of a plain browser: files come by the field or are dropped here.
    openedFiles: {
      onArrival: () => () => undefined,
      begin: async () => refuse("BAD_REQUEST"),
      read: async () => refuse("BAD_REQUEST"),
      done: async () => refuse("BAD_REQUEST"),
    },
    deviceSecret: {
      obtain: async () => accept({ secret: new Uint8Array(noSecret), kept: "nowhere" }),
      renew: async () => refuse("KEYCHAIN_REFUSED", "a plain browser has none"),
      forgetEarlier: async () => accept(undefined),
    },
    rendezvous: { addresses, openToNetwork: async () => refuse("NOT_OFFERED_HERE") },
    network: {
      allow: async (wanted) =>
        parseAddresses([wanted]).ok ? accept(undefined) : refuse("BAD_REQUEST"),
    },
    // What a browser's own checker does with words is not ours to know: fields say that they want none.
    outside: {
      asks: "page",
      open: async (address) => {
        const found = readOutside(address, (text) => new URL(text));
        if (found === undefined) return "refused";
        parts.openBeside(found.address);
        return "opened";
      },
    },
    spelling: { offered: false, judgeBy: () => undefined },
    window: {
      hide: async () => false,
      onLockRequest: (listener) => onPageEnd(parts, listener),
      // Links come by the clipboard here: a plain browser hands no twofold: links to a page.
      onPairingLink: () => () => undefined,
      copyInvitation: invitations.copy,
      startAnew: async ({ away }) => {
        // Without its server the page would give way to a complaint of the browser's, also where a blank sheet was.
        try {
          await parts.readShell();
        } catch {
          return false;
        }
        // The page that would clear it later is about to go, and the invitation ended with the locking.
        await invitations.clear();
        parts.loadAgain(away ? `/${awayQuery}` : "/");
        return true;
      },
      // Here the browser asks the person.
      camera: async () => true,
    },
  };
};

/** A page is as new as the program that serves it: it is exchanged where that one came from. */
const noUpdates: Bridge["updates"] = {
  facts: async () => ({ host: undefined, weekly: false, offer: undefined }),
  look: async () => refuse("NO_RELEASE_PLACE"),
  lookWeekly: async () => refuse("NO_RELEASE_PLACE"),
  bring: async () => refuse("NO_RELEASE_PLACE"),
  install: async () => refuse("NO_RELEASE_PLACE"),
  onChange: () => () => undefined,
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

const invitationClipboard = ({ clipboard, clock }: BrowserParts) => {
  let put: string | undefined;
  const clear = async (text = put): Promise<void> => {
    if (text === undefined) return;
    try {
      if ((await clipboard.read()) === text) await clipboard.write("");
    } catch {
      // Not ours to read any more: the person is elsewhere.
    }
  };
  const copy = async (text: string): Promise<boolean> => {
    try {
      await clipboard.write(text);
    } catch {
      return false;
    }
    put = text;
    clock.after(clearAfterMs, () => void clear(text));
    return true;
  };
  return { copy, clear };
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
