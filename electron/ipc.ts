import type { IpcMain, IpcMainInvokeEvent } from "electron";
import { refuse } from "../shared/base/result.ts";
import type { Bridge } from "../shared/bridge/bridge.ts";
import {
  parseAddresses,
  parseBackupPlace,
  parseBackupRead,
  parseBackupTicket,
  parseBackupWrite,
  parseDesktopChange,
  parseDocumentName,
  parseHandedAddress,
  parseInvitation,
  parseLockTicket,
  parseNoArguments,
  parseOpenedFile,
  parseOpenedRead,
  parseOpenToNetwork,
  parseSafeFileName,
  parseSafeWrite,
  parseSharedFileName,
  parseSharedPut,
  parseShellLanguage,
  type Parsed,
} from "../shared/bridge/parseCalls.ts";
import { parseOutside } from "../shared/bridge/outside.ts";
import { parseStartAnew } from "../shared/bridge/startAnew.ts";
import { appOrigin, originOf } from "./appOrigin.ts";
import { channels, type Calls } from "./channels.ts";

/** The main process's half of the bridge: what can be asked of it. The rest is made in the preload. */
export type MainSide = Pick<
  Bridge,
  "safe" | "backups" | "documents" | "deviceSecret" | "rendezvous" | "network"
> & {
  readonly sharedFolder: Omit<Bridge["sharedFolder"], "onChange">;
  readonly outside: Pick<Bridge["outside"], "open">;
  readonly desktop: Omit<Bridge["desktop"], "onStepOut">;
  readonly updates: Omit<Bridge["updates"], "onChange">;
  readonly openedFiles: Omit<Bridge["openedFiles"], "onArrival">;
  readonly window: Pick<Bridge["window"], "hide" | "copyInvitation" | "startAnew" | "camera">;
};

export type IpcParts = {
  readonly ipcMain: Pick<IpcMain, "handle">;
  readonly main: MainSide;
  readonly lockDone: (ticket: number) => boolean;
  readonly pairingLinkAwaited: () => void;
  readonly openedFilesAwaited: () => void;
  /** Channel and kind of problem only: values may be secrets. */
  readonly log: (line: string) => void;
};

type Call<Channel extends keyof Calls> = {
  readonly parse: (values: readonly unknown[]) => Parsed<Parameters<Calls[Channel]>>;
  readonly run: Calls[Channel];
  /** What a foreign frame, malformed arguments or a bug of ours gets. */
  readonly refused: Awaited<ReturnType<Calls[Channel]>>;
};

/** Every call: own page, own main frame, arguments parsed. Whatever happens, the renderer gets a value. */
export const answerCalls = (parts: IpcParts): void => {
  const { main, lockDone, pairingLinkAwaited, openedFilesAwaited } = parts;
  const answer = createAnswerer(parts);
  const refused = refuse("BAD_REQUEST");
  answer(channels.safeRead, { parse: parseSafeFileName, run: main.safe.read, refused });
  answer(channels.safeWrite, { parse: parseSafeWrite, run: main.safe.write, refused });
  answer(channels.safeRemove, { parse: parseSafeFileName, run: main.safe.remove, refused });
  answerBackups(answer, main.backups);
  answerSharedFolder(answer, main.sharedFolder);
  answerDesktop(answer, main.desktop);
  answerUpdates(answer, main.updates);
  answer(channels.documentsPdf, { parse: parseDocumentName, run: main.documents.pdf, refused });
  answer(channels.documentsHanded, {
    parse: parseHandedAddress,
    run: main.documents.handed,
    refused: "refused",
  });
  answerDeviceSecret(answer, main.deviceSecret);
  answer(channels.rendezvousAddresses, {
    parse: parseNoArguments,
    run: main.rendezvous.addresses,
    refused: [],
  });
  answer(channels.rendezvousOpenToNetwork, {
    parse: parseOpenToNetwork,
    run: main.rendezvous.openToNetwork,
    refused,
  });
  answer(channels.networkAllow, { parse: parseAddresses, run: main.network.allow, refused });
  answerWindow(answer, main.window);
  answer(channels.outsideOpen, {
    parse: parseOutside,
    run: main.outside.open,
    refused: "refused",
  });
  answer(channels.lockDone, {
    parse: parseLockTicket,
    run: async (ticket) => lockDone(ticket),
    refused: false,
  });
  answer(channels.pairingLinkAwaited, {
    parse: parseNoArguments,
    run: async () => {
      pairingLinkAwaited();
      return true;
    },
    refused: false,
  });
  answerOpenedFiles(answer, main.openedFiles, openedFilesAwaited);
};

const answerWindow = (
  answer: ReturnType<typeof createAnswerer>,
  { hide, copyInvitation, startAnew, camera }: MainSide["window"],
): void => {
  const refused = false;
  answer(channels.windowHide, { parse: parseNoArguments, run: hide, refused });
  answer(channels.windowCopyInvitation, { parse: parseInvitation, run: copyInvitation, refused });
  answer(channels.windowStartAnew, { parse: parseStartAnew, run: startAnew, refused });
  // One yes or no, as with the rendezvous.
  answer(channels.windowCamera, { parse: parseOpenToNetwork, run: camera, refused });
};

const answerOpenedFiles = (
  answer: ReturnType<typeof createAnswerer>,
  { begin, read, done }: MainSide["openedFiles"],
  awaited: () => void,
): void => {
  const refused = refuse("BAD_REQUEST");
  answer(channels.openedFilesBegin, { parse: parseOpenedFile, run: begin, refused });
  answer(channels.openedFilesRead, { parse: parseOpenedRead, run: read, refused });
  answer(channels.openedFilesDone, { parse: parseOpenedFile, run: done, refused });
  answer(channels.openedFilesAwaited, {
    parse: parseNoArguments,
    run: async () => {
      awaited();
      return true;
    },
    refused: false,
  });
};

const answerDeviceSecret = (
  answer: ReturnType<typeof createAnswerer>,
  { obtain, renew, forgetEarlier }: MainSide["deviceSecret"],
): void => {
  const refused = refuse("BAD_REQUEST");
  const parse = parseNoArguments;
  answer(channels.deviceSecretObtain, { parse, run: obtain, refused });
  answer(channels.deviceSecretRenew, { parse, run: renew, refused });
  answer(channels.deviceSecretForgetEarlier, { parse, run: forgetEarlier, refused });
};

const answerBackups = (
  answer: ReturnType<typeof createAnswerer>,
  backups: MainSide["backups"],
): void => {
  const refused = refuse("BAD_REQUEST");
  const none = { state: "none" } as const;
  const parse = parseNoArguments;
  answer(channels.backupsFolder, { parse, run: backups.folder, refused: none });
  answer(channels.backupsChooseFolder, { parse, run: backups.chooseFolder, refused });
  answer(channels.backupsAskAgain, { parse, run: backups.askAgain, refused: none });
  answer(channels.backupsForgetFolder, { parse, run: backups.forgetFolder, refused });
  answer(channels.backupsBegin, { parse: parseBackupPlace, run: backups.begin, refused });
  answer(channels.backupsWrite, { parse: parseBackupWrite, run: backups.write, refused });
  answer(channels.backupsFinish, { parse: parseBackupTicket, run: backups.finish, refused });
  answer(channels.backupsRead, { parse: parseBackupRead, run: backups.read, refused });
  answer(channels.backupsKeep, { parse: parseBackupTicket, run: backups.keep, refused });
  answer(channels.backupsDiscard, { parse: parseBackupTicket, run: backups.discard, refused });
};

const answerSharedFolder = (
  answer: ReturnType<typeof createAnswerer>,
  shared: MainSide["sharedFolder"],
): void => {
  const refused = refuse("BAD_REQUEST");
  const none = { state: "none" } as const;
  const parse = parseNoArguments;
  answer(channels.sharedFolder, { parse, run: shared.folder, refused: none });
  answer(channels.sharedChooseFolder, { parse, run: shared.chooseFolder, refused });
  answer(channels.sharedAskAgain, { parse, run: shared.askAgain, refused: none });
  answer(channels.sharedForgetFolder, { parse, run: shared.forgetFolder, refused });
  answer(channels.sharedList, { parse, run: shared.list, refused });
  answer(channels.sharedRead, { parse: parseSharedFileName, run: shared.read, refused });
  answer(channels.sharedPut, { parse: parseSharedPut, run: shared.put, refused });
  answer(channels.sharedRemove, { parse: parseSharedFileName, run: shared.remove, refused });
};

const answerDesktop = (
  answer: ReturnType<typeof createAnswerer>,
  { look, change, notify, speak }: MainSide["desktop"],
): void => {
  const parse = parseNoArguments;
  answer(channels.desktopLook, { parse, run: look, refused: undefined });
  answer(channels.desktopChange, {
    parse: parseDesktopChange,
    run: change,
    refused: refuse("BAD_REQUEST"),
  });
  answer(channels.desktopNotify, { parse, run: notify, refused: false });
  answer(channels.desktopSpeak, { parse: parseShellLanguage, run: speak, refused: false });
};

const answerUpdates = (
  answer: ReturnType<typeof createAnswerer>,
  { facts, look, lookWeekly, bring, install }: MainSide["updates"],
): void => {
  const refused = refuse("BAD_REQUEST");
  const parse = parseNoArguments;
  answer(channels.updatesFacts, {
    parse,
    run: facts,
    refused: { host: undefined, weekly: false, offer: undefined },
  });
  answer(channels.updatesLook, { parse, run: look, refused });
  // One yes or no, as with the rendezvous.
  answer(channels.updatesWeekly, { parse: parseOpenToNetwork, run: lookWeekly, refused });
  answer(channels.updatesBring, { parse, run: bring, refused });
  answer(channels.updatesInstall, { parse, run: install, refused });
};

const createAnswerer =
  ({ ipcMain, log }: Pick<IpcParts, "ipcMain" | "log">) =>
  <Channel extends keyof Calls>(channel: Channel, { parse, run, refused }: Call<Channel>): void => {
    const runWith = run as (...values: Parameters<Calls[Channel]>) => ReturnType<Calls[Channel]>;
    ipcMain.handle(channel, async (event, ...values: unknown[]) => {
      if (!isOwnMainFrame(event)) return refused;
      const parsed = parse(values);
      if (!parsed.ok) return refused;
      try {
        return await runWith(...parsed.value);
      } catch (problem) {
        log(`${channel}: ${problem instanceof Error ? problem.name : "thrown value"}`);
        return refused;
      }
    });
  };

/** A frame that has navigated away or died meanwhile has no senderFrame, and is refused. */
const isOwnMainFrame = ({ senderFrame }: IpcMainInvokeEvent): boolean =>
  senderFrame !== null &&
  senderFrame.parent === null &&
  originOf(senderFrame.url) === appOrigin &&
  senderFrame.origin === appOrigin;
