import { contextBridge, ipcRenderer } from "electron";
import type { Bridge } from "../shared/bridge/bridge.ts";
import { parseShellFacts } from "../shared/bridge/parseShellFacts.ts";
import { channels, notices, shellFactsArgument, type Calls, type Notices } from "./channels.ts";

/**
 * The only thing the renderer is given. It must never hand out ipcRenderer, an event object or a channel name of
 * the caller's choice: each member below speaks on one fixed channel.
 */
const ask = <Channel extends keyof Calls>(
  channel: Channel,
  ...values: Parameters<Calls[Channel]>
) => ipcRenderer.invoke(channel, ...values) as ReturnType<Calls[Channel]>;

const hear = <Channel extends keyof Notices>(
  channel: Channel,
  listener: (...values: Parameters<Notices[Channel]>) => void,
): (() => void) => {
  // The event is dropped here: its `sender` would be a raw ipcRenderer.
  const receive = (_event: unknown, ...values: Parameters<Notices[Channel]>) => listener(...values);
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
hear(notices.lockRequest, (ticket) => {
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
  documents: { pdf: (name) => ask(channels.documentsPdf, name) },
  deviceSecret: { obtain: () => ask(channels.deviceSecretObtain) },
  rendezvous: {
    addresses: () => ask(channels.rendezvousAddresses),
    openToNetwork: (open) => ask(channels.rendezvousOpenToNetwork, open),
  },
  network: { allow: (addresses) => ask(channels.networkAllow, addresses) },
  window: {
    hide: () => ask(channels.windowHide),
    onLockRequest: (listener) => {
      lockListeners.add(listener);
      return () => {
        lockListeners.delete(listener);
      };
    },
    onPairingLink: (listener) => {
      const stop = hear(notices.pairingLink, (link) => listener(link));
      void ask(channels.pairingLinkAwaited);
      return stop;
    },
    copyInvitation: (text) => ask(channels.windowCopyInvitation, text),
  },
};

contextBridge.exposeInMainWorld("twofold", bridge);
