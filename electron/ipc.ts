import type { IpcMain, IpcMainInvokeEvent } from "electron";
import { refuse } from "../shared/base/result.ts";
import type { Bridge } from "../shared/bridge/bridge.ts";
import {
  parseAddresses,
  parseBackupPlace,
  parseBackupRead,
  parseBackupTicket,
  parseBackupWrite,
  parseDocumentName,
  parseInvitation,
  parseLockTicket,
  parseNoArguments,
  parseOpenToNetwork,
  parseSafeFileName,
  parseSafeWrite,
  type Parsed,
} from "../shared/bridge/parseCalls.ts";
import { appOrigin, originOf } from "./appOrigin.ts";
import { channels, type Calls } from "./channels.ts";

/** The main process's half of the bridge: what can be asked of it. The rest is made in the preload. */
export type MainSide = Pick<
  Bridge,
  "safe" | "backups" | "documents" | "deviceSecret" | "rendezvous" | "network"
> & {
  readonly window: Pick<Bridge["window"], "hide" | "copyInvitation">;
};

export type IpcParts = {
  readonly ipcMain: Pick<IpcMain, "handle">;
  readonly main: MainSide;
  readonly lockDone: (ticket: number) => boolean;
  readonly pairingLinkAwaited: () => void;
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
  const { main, lockDone, pairingLinkAwaited } = parts;
  const answer = createAnswerer(parts);
  const refused = refuse("BAD_REQUEST");
  answer(channels.safeRead, { parse: parseSafeFileName, run: main.safe.read, refused });
  answer(channels.safeWrite, { parse: parseSafeWrite, run: main.safe.write, refused });
  answer(channels.safeRemove, { parse: parseSafeFileName, run: main.safe.remove, refused });
  answerBackups(answer, main.backups);
  answer(channels.documentsPdf, { parse: parseDocumentName, run: main.documents.pdf, refused });
  answer(channels.deviceSecretObtain, {
    parse: parseNoArguments,
    run: main.deviceSecret.obtain,
    refused,
  });
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
  answer(channels.windowHide, { parse: parseNoArguments, run: main.window.hide, refused: false });
  answer(channels.windowCopyInvitation, {
    parse: parseInvitation,
    run: main.window.copyInvitation,
    refused: false,
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
