import type { Bridge } from "../shared/bridge/bridge.ts";

/** The one table of names that preload and main process share. */
export const channels = {
  safeRead: "safe.read",
  safeWrite: "safe.write",
  safeRemove: "safe.remove",
  backupsFolder: "backups.folder",
  backupsChooseFolder: "backups.chooseFolder",
  backupsAskAgain: "backups.askAgain",
  backupsForgetFolder: "backups.forgetFolder",
  backupsBegin: "backups.begin",
  backupsWrite: "backups.write",
  backupsFinish: "backups.finish",
  backupsRead: "backups.read",
  backupsKeep: "backups.keep",
  backupsDiscard: "backups.discard",
  documentsPdf: "documents.pdf",
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
  [channels.backupsFolder]: Bridge["backups"]["folder"];
  [channels.backupsChooseFolder]: Bridge["backups"]["chooseFolder"];
  [channels.backupsAskAgain]: Bridge["backups"]["askAgain"];
  [channels.backupsForgetFolder]: Bridge["backups"]["forgetFolder"];
  [channels.backupsBegin]: Bridge["backups"]["begin"];
  [channels.backupsWrite]: Bridge["backups"]["write"];
  [channels.backupsFinish]: Bridge["backups"]["finish"];
  [channels.backupsRead]: Bridge["backups"]["read"];
  [channels.backupsKeep]: Bridge["backups"]["keep"];
  [channels.backupsDiscard]: Bridge["backups"]["discard"];
  [channels.documentsPdf]: Bridge["documents"]["pdf"];
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
