import { contextBridge, ipcRenderer, webFrame } from "electron";
import type { Bridge } from "../shared/bridge/bridge.ts";
import { parseShellFacts } from "../shared/bridge/parseShellFacts.ts";
import { judgeSpelling } from "./judgeSpelling.ts";
import { channels, pushes, shellFactsArgument, type Calls, type Pushes } from "./channels.ts";

/**
 * The only thing the renderer is given. It must never hand out ipcRenderer, an event object or a channel name of
 * the caller's choice: each member below speaks on one fixed channel.
 */
const ask = <Channel extends keyof Calls>(
  channel: Channel,
  ...values: Parameters<Calls[Channel]>
) => ipcRenderer.invoke(channel, ...values) as ReturnType<Calls[Channel]>;

const hear = <Channel extends keyof Pushes>(
  channel: Channel,
  listener: (...values: Parameters<Pushes[Channel]>) => void,
): (() => void) => {
  // The event is dropped here: its `sender` would be a raw ipcRenderer.
  const receive = (_event: unknown, ...values: Parameters<Pushes[Channel]>) => listener(...values);
  ipcRenderer.on(channel, receive);
  return () => {
    ipcRenderer.removeListener(channel, receive);
  };
};

const readShellFacts = () => {
  const word = process.argv.find((argument) => argument.startsWith(shellFactsArgument)) ?? "";
  const facts = parseShellFacts(JSON.parse(word.slice(shellFactsArgument.length)));
  if (!facts.ok) throw new Error("the main process gave no facts about itself");
  return facts.value;
};

const lockListeners = new Set<() => Promise<void>>();

// One answer a request, after every listener has settled: a listener that throws does not hold up the others.
hear(pushes.lockRequest, (ticket) => {
  const locking = [...lockListeners].map(async (listener) => listener());
  void Promise.allSettled(locking).then(() => ask(channels.lockDone, ticket));
});

const bridge: Bridge = {
  shell: readShellFacts(),
  safe: {
    read: (name) => ask(channels.safeRead, name),
    write: (name, bytes) => ask(channels.safeWrite, name, bytes),
    remove: (name) => ask(channels.safeRemove, name),
  },
  backups: {
    folder: () => ask(channels.backupsFolder),
    chooseFolder: () => ask(channels.backupsChooseFolder),
    askAgain: () => ask(channels.backupsAskAgain),
    forgetFolder: () => ask(channels.backupsForgetFolder),
    begin: (where) => ask(channels.backupsBegin, where),
    write: (ticket, bytes) => ask(channels.backupsWrite, ticket, bytes),
    finish: (ticket) => ask(channels.backupsFinish, ticket),
    read: (ticket, from, length) => ask(channels.backupsRead, ticket, from, length),
    keep: (ticket) => ask(channels.backupsKeep, ticket),
    discard: (ticket) => ask(channels.backupsDiscard, ticket),
  },
  sharedFolder: {
    folder: () => ask(channels.sharedFolder),
    chooseFolder: () => ask(channels.sharedChooseFolder),
    askAgain: () => ask(channels.sharedAskAgain),
    forgetFolder: () => ask(channels.sharedForgetFolder),
    list: () => ask(channels.sharedList),
    read: (name) => ask(channels.sharedRead, name),
    put: (name, bytes) => ask(channels.sharedPut, name, bytes),
    remove: (name) => ask(channels.sharedRemove, name),
    onChange: (listener) => hear(pushes.sharedFolderChanged, () => listener()),
  },
  desktop: {
    look: () => ask(channels.desktopLook),
    change: (change) => ask(channels.desktopChange, change),
    notify: () => ask(channels.desktopNotify),
    speak: (language) => ask(channels.desktopSpeak, language),
    onStepOut: (listener) => hear(pushes.stepOut, () => listener()),
  },
  updates: {
    facts: () => ask(channels.updatesFacts),
    look: () => ask(channels.updatesLook),
    lookWeekly: (on) => ask(channels.updatesWeekly, on),
    bring: () => ask(channels.updatesBring),
    install: () => ask(channels.updatesInstall),
    onChange: (listener) => hear(pushes.updatesChanged, () => listener()),
  },
  documents: {
    pdf: (name) => ask(channels.documentsPdf, name),
    handed: (address) => ask(channels.documentsHanded, address),
  },
  openedFiles: {
    onArrival: (listener) => {
      const stop = hear(pushes.openedFiles, (arrived) => listener(arrived));
      void ask(channels.openedFilesAwaited);
      return stop;
    },
    begin: (ticket) => ask(channels.openedFilesBegin, ticket),
    read: (ticket, from, length) => ask(channels.openedFilesRead, ticket, from, length),
    done: (ticket) => ask(channels.openedFilesDone, ticket),
  },
  deviceSecret: {
    obtain: () => ask(channels.deviceSecretObtain),
    renew: () => ask(channels.deviceSecretRenew),
    forgetEarlier: () => ask(channels.deviceSecretForgetEarlier),
  },
  rendezvous: {
    addresses: () => ask(channels.rendezvousAddresses),
    openToNetwork: (open) => ask(channels.rendezvousOpenToNetwork, open),
  },
  network: { allow: (addresses) => ask(channels.networkAllow, addresses) },
  outside: { asks: "shell", open: (address) => ask(channels.outsideOpen, address) },
  spelling: {
    offered: true,
    judgeBy: (language, judge) => judgeSpelling(webFrame, language, judge),
  },
  window: {
    hide: () => ask(channels.windowHide),
    onLockRequest: (listener) => {
      lockListeners.add(listener);
      return () => {
        lockListeners.delete(listener);
      };
    },
    onPairingLink: (listener) => {
      const stop = hear(pushes.pairingLink, (link) => listener(link));
      void ask(channels.pairingLinkAwaited);
      return stop;
    },
    copyInvitation: (text) => ask(channels.windowCopyInvitation, text),
    startAnew: (how) => ask(channels.windowStartAnew, how),
    camera: (on) => ask(channels.windowCamera, on),
  },
};

contextBridge.exposeInMainWorld("twofold", bridge);
