import type { Bridge } from "../shared/bridge/bridge.ts";
import type { ArrivedFiles } from "../shared/bridge/openedFiles.ts";

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
  sharedFolder: "sharedFolder.folder",
  sharedChooseFolder: "sharedFolder.chooseFolder",
  sharedAskAgain: "sharedFolder.askAgain",
  sharedForgetFolder: "sharedFolder.forgetFolder",
  sharedList: "sharedFolder.list",
  sharedRead: "sharedFolder.read",
  sharedPut: "sharedFolder.put",
  sharedRemove: "sharedFolder.remove",
  desktopLook: "desktop.look",
  desktopChange: "desktop.change",
  desktopNotify: "desktop.notify",
  desktopSpeak: "desktop.speak",
  updatesFacts: "updates.facts",
  updatesLook: "updates.look",
  updatesWeekly: "updates.weekly",
  updatesBring: "updates.bring",
  updatesInstall: "updates.install",
  documentsPdf: "documents.pdf",
  documentsHanded: "documents.handed",
  openedFilesBegin: "openedFiles.begin",
  openedFilesRead: "openedFiles.read",
  openedFilesDone: "openedFiles.done",
  openedFilesAwaited: "openedFiles.awaited",
  deviceSecretObtain: "deviceSecret.obtain",
  deviceSecretRenew: "deviceSecret.renew",
  deviceSecretForgetEarlier: "deviceSecret.forgetEarlier",
  rendezvousAddresses: "rendezvous.addresses",
  rendezvousOpenToNetwork: "rendezvous.openToNetwork",
  networkAllow: "network.allow",
  windowHide: "window.hide",
  windowCopyInvitation: "window.copyInvitation",
  outsideOpen: "outside.open",
  windowStartAnew: "window.startAnew",
  windowCamera: "window.camera",
  lockDone: "lock.done",
  pairingLinkAwaited: "pairingLink.awaited",
} as const;

/** What the main process says to the page by itself. */
export const pushes = {
  lockRequest: "lock.request",
  stepOut: "stepOut",
  pairingLink: "pairingLink.arrived",
  openedFiles: "openedFiles.arrived",
  sharedFolderChanged: "sharedFolder.changed",
  updatesChanged: "updates.changed",
} as const;

/** Renderer → main, each answered. The last three are the preload's own and do not show in the bridge. */
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
  [channels.sharedFolder]: Bridge["sharedFolder"]["folder"];
  [channels.sharedChooseFolder]: Bridge["sharedFolder"]["chooseFolder"];
  [channels.sharedAskAgain]: Bridge["sharedFolder"]["askAgain"];
  [channels.sharedForgetFolder]: Bridge["sharedFolder"]["forgetFolder"];
  [channels.sharedList]: Bridge["sharedFolder"]["list"];
  [channels.sharedRead]: Bridge["sharedFolder"]["read"];
  [channels.sharedPut]: Bridge["sharedFolder"]["put"];
  [channels.sharedRemove]: Bridge["sharedFolder"]["remove"];
  [channels.desktopLook]: Bridge["desktop"]["look"];
  [channels.desktopChange]: Bridge["desktop"]["change"];
  [channels.desktopNotify]: Bridge["desktop"]["notify"];
  [channels.desktopSpeak]: Bridge["desktop"]["speak"];
  [channels.updatesFacts]: Bridge["updates"]["facts"];
  [channels.updatesLook]: Bridge["updates"]["look"];
  [channels.updatesWeekly]: Bridge["updates"]["lookWeekly"];
  [channels.updatesBring]: Bridge["updates"]["bring"];
  [channels.updatesInstall]: Bridge["updates"]["install"];
  [channels.documentsPdf]: Bridge["documents"]["pdf"];
  [channels.documentsHanded]: Bridge["documents"]["handed"];
  [channels.openedFilesBegin]: Bridge["openedFiles"]["begin"];
  [channels.openedFilesRead]: Bridge["openedFiles"]["read"];
  [channels.openedFilesDone]: Bridge["openedFiles"]["done"];
  [channels.deviceSecretObtain]: Bridge["deviceSecret"]["obtain"];
  [channels.deviceSecretRenew]: Bridge["deviceSecret"]["renew"];
  [channels.deviceSecretForgetEarlier]: Bridge["deviceSecret"]["forgetEarlier"];
  [channels.rendezvousAddresses]: Bridge["rendezvous"]["addresses"];
  [channels.rendezvousOpenToNetwork]: Bridge["rendezvous"]["openToNetwork"];
  [channels.networkAllow]: Bridge["network"]["allow"];
  [channels.windowHide]: Bridge["window"]["hide"];
  [channels.windowCopyInvitation]: Bridge["window"]["copyInvitation"];
  [channels.outsideOpen]: Bridge["outside"]["open"];
  [channels.windowStartAnew]: Bridge["window"]["startAnew"];
  [channels.windowCamera]: Bridge["window"]["camera"];
  /** The ticket that came with the lock request. */
  [channels.lockDone]: (ticket: number) => Promise<boolean>;
  /** Somebody listens for pairing links now; those that came earlier may be sent. */
  [channels.pairingLinkAwaited]: () => Promise<boolean>;
  /** The same for files that were opened on the desktop. */
  [channels.openedFilesAwaited]: () => Promise<boolean>;
};

/** Main → renderer, not answered. */
export type Pushes = {
  [pushes.lockRequest]: (ticket: number) => void;
  [pushes.stepOut]: () => void;
  [pushes.pairingLink]: (link: string) => void;
  [pushes.openedFiles]: (arrived: ArrivedFiles) => void;
  /** That something did, never what. */
  [pushes.sharedFolderChanged]: () => void;
  [pushes.updatesChanged]: () => void;
};

/** The command-line word by which the main process hands the preload its facts; JSON follows. */
export const shellFactsArgument = "--twofold-shell=";
