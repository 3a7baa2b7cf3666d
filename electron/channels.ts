import type { Bridge } from "../shared/bridge/bridge.ts";

/** The one table of names that preload and main process share. */
export const channels = {
  safeRead: "safe.read",
  safeWrite: "safe.write",
  safeRemove: "safe.remove",
  deviceSecretObtain: "deviceSecret.obtain",
  rendezvousAddresses: "rendezvous.addresses",
  rendezvousOpenToNetwork: "rendezvous.openToNetwork",
  networkAllow: "network.allow",
  windowHide: "window.hide",
  windowCopyInvitation: "window.copyInvitation",
  lockDone: "lock.done",
  pairingLinkAwaited: "pairingLink.awaited",
} as const;

export const notices = {
  lockRequest: "lock.request",
  pairingLink: "pairingLink.arrived",
} as const;

/** Renderer → main, each answered. The last two are the preload's own and do not show in the bridge. */
export type Calls = {
  [channels.safeRead]: Bridge["safe"]["read"];
  [channels.safeWrite]: Bridge["safe"]["write"];
  [channels.safeRemove]: Bridge["safe"]["remove"];
  [channels.deviceSecretObtain]: Bridge["deviceSecret"]["obtain"];
  [channels.rendezvousAddresses]: Bridge["rendezvous"]["addresses"];
  [channels.rendezvousOpenToNetwork]: Bridge["rendezvous"]["openToNetwork"];
  [channels.networkAllow]: Bridge["network"]["allow"];
  [channels.windowHide]: Bridge["window"]["hide"];
  [channels.windowCopyInvitation]: Bridge["window"]["copyInvitation"];
  /** The ticket that came with the lock request. */
  [channels.lockDone]: (ticket: number) => Promise<boolean>;
  /** Somebody listens for pairing links now; those that came earlier may be sent. */
  [channels.pairingLinkAwaited]: () => Promise<boolean>;
};

/** Main → renderer, not answered. */
export type Notices = {
  [notices.lockRequest]: (ticket: number) => void;
  [notices.pairingLink]: (link: string) => void;
};

/** The command-line word by which the main process hands the preload its facts; JSON follows. */
export const shellFactsArgument = "--twofold-shell=";
