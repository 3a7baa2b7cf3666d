import type { Result } from "../base/result.ts";
import type { BackupFiles } from "./backupFiles.ts";
import type { Desktop } from "./desktop.ts";
import type { Documents } from "./documents.ts";
import type { OpenedFiles } from "./openedFiles.ts";
import type { Outside } from "./outside.ts";
import type { SharedFolder } from "./sharedFolder.ts";
import type { Spelling } from "./spelling.ts";
import type { StartAnew } from "./startAnew.ts";
import type { Updates } from "./updates.ts";

/**
 * The one contract between the renderer and whatever shell it runs in: Electron's main process
 * (electron/preload.ts) or a plain browser (renderer/shell/browserBridge.ts). It carries no written word.
 */
export type Bridge = {
  readonly shell: ShellFacts;
  readonly safe: SafeFiles;
  readonly backups: BackupFiles;
  readonly sharedFolder: SharedFolder;
  readonly updates: Updates;
  readonly documents: Documents;
  readonly desktop: Desktop;
  readonly openedFiles: OpenedFiles;
  readonly deviceSecret: DeviceSecret;
  readonly rendezvous: EmbeddedRendezvous;
  readonly network: Network;
  readonly outside: Outside;
  readonly spelling: Spelling;
  readonly window: ShellWindow;
};

export type ShellFacts = {
  readonly kind: "electron" | "browser";
  readonly platform: "linux" | "macos" | "windows" | "other";
  /** Semantic version of Twofold. */
  readonly version: string;
  /** `--profile NAME`; "default" without it. */
  readonly profile: string;
};

/** The small sealed files of one profile; each at most 1 MiB. Their bytes are opaque to the shell. */
export const safeFileNames = [
  "vault",
  "keyring",
  "room-vault",
  "room-keyring",
  "restoring",
  "places",
] as const;
export type SafeFileName = (typeof safeFileNames)[number];
export const safeFileLimit = 1_048_576;

export type SafeFiles = {
  /** `undefined` where there is none yet. */
  readonly read: (name: SafeFileName) => Promise<Result<Uint8Array | undefined, SafeFileCode>>;
  /** Atomic (new file, fsync, rename): an interrupted write leaves the old bytes. */
  readonly write: (name: SafeFileName, bytes: Uint8Array) => Promise<Result<void, SafeFileCode>>;
  readonly remove: (name: SafeFileName) => Promise<Result<void, SafeFileCode>>;
};

export type SafeFileCode =
  | "DISK_FULL"
  | "NO_PERMISSION"
  | "TOO_LARGE"
  | "DISK_FAILED"
  | "BAD_REQUEST";

export type DeviceSecret = {
  /**
   * The 32 bytes that the OS keychain keeps for this profile, made on first use (PROTOCOL §3, DS).
   * `kept: "nowhere"` gives 32 zero bytes: a plain browser, or a Linux desktop without a real keychain.
   */
  readonly obtain: () => Promise<Result<ObtainedSecret, DeviceSecretCode>>;
  /**
   * Makes another one, which `obtain` gives from then on; those before stay beside it as `earlier`, so that whatever
   * is still sealed under them opens. Also where the one that was kept is lost: the way in by the recovery words.
   */
  readonly renew: () => Promise<Result<ObtainedSecret, DeviceSecretCode>>;
  /** For good. Only once nothing is sealed under them any more. */
  readonly forgetEarlier: () => Promise<Result<void, DeviceSecretCode>>;
};

/** `earlier`: newest first, left out where there are none; those that can no longer be read are not among them. */
export type ObtainedSecret = {
  readonly secret: Uint8Array;
  readonly kept: "keychain" | "nowhere";
  readonly earlier?: readonly Uint8Array[];
};

/** KEYCHAIN_LOST: a secret was kept once and can no longer be read; nothing is overwritten. */
export type DeviceSecretCode = "KEYCHAIN_LOST" | "KEYCHAIN_REFUSED" | "BAD_REQUEST";

/** The rendezvous that this app runs for two windows on one computer or two computers on one network. */
export type EmbeddedRendezvous = {
  /** Addresses at which it can be reached now, most local first, e.g. ["ws://127.0.0.1:47180"]. Empty: not running. */
  readonly addresses: () => Promise<readonly string[]>;
  /** Listen on the local network too (true), or on this computer only (false, the default). */
  readonly openToNetwork: (open: boolean) => Promise<Result<readonly string[], RendezvousCode>>;
};

export type RendezvousCode = "PORT_TAKEN" | "NOT_OFFERED_HERE" | "BAD_REQUEST";

export type Network = {
  /**
   * Names the rendezvous and mailbox addresses (ws: or wss:, at most 32) that a person chose; each call replaces the
   * list before. Electron cancels every request to any other host; the embedded rendezvous needs no naming.
   * A plain browser can refuse nothing and answers ok.
   */
  readonly allow: (addresses: readonly string[]) => Promise<Result<void, "BAD_REQUEST">>;
};

export type ShellWindow = {
  /** Hides or minimises the window at once; in a browser there is nothing to hide, and it answers false. */
  readonly hide: () => Promise<boolean>;
  /** Sleep, screen lock, quit. The listener flushes and locks; the shell waits at most 2,000 ms for it. */
  readonly onLockRequest: (listener: () => Promise<void>) => () => void;
  /** A twofold://pair# link that the system handed to this app, whole. */
  readonly onPairingLink: (listener: (link: string) => void) => () => void;
  /** Puts an invitation on the clipboard and clears it after 60 s if it is still there. */
  readonly copyInvitation: (text: string) => Promise<boolean>;
  /**
   * Loads the page anew, after everything is locked and written: what it held in memory goes with it. True: it is on
   * its way out. False: it stays. Opened files that nobody has begun with come again.
   */
  readonly startAnew: (how: StartAnew) => Promise<boolean>;
  /** The page may ask for the camera from here on, or not any more; never once it is locked or loaded anew. */
  readonly camera: (on: boolean) => Promise<boolean>;
};
