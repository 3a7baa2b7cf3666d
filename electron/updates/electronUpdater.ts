import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { App } from "electron";
import type {
  AppImageUpdater,
  MacUpdater,
  NsisUpdater,
  Provider,
  UpdateInfo,
} from "electron-updater";
import type { Clock } from "../../shared/base/clock.ts";
import { accept, refuse, type Refused } from "../../shared/base/result.ts";
import { bringFile, isWhatWasSigned, type BringCode } from "./bringFile.ts";
import type { Installer, WantedFile } from "./installer.ts";
import type { UpdateWire } from "./wire.ts";

export type ElectronInstallerParts = {
  readonly own: Installer["file"];
  readonly app: Pick<App, "getVersion" | "quit" | "relaunch" | "once">;
  readonly wire: UpdateWire;
  readonly clock: Clock;
  /** Where what is brought lies until it is installed; made when something is brought. */
  readonly folder: string;
  readonly appImage: string | undefined;
  /** Loaded when something is brought and not before: the program starts without it. */
  readonly loadUpdater: () => Promise<Updaters>;
};

type Updaters = {
  readonly NsisUpdater: typeof NsisUpdater;
  readonly MacUpdater: typeof MacUpdater;
  readonly AppImageUpdater: typeof AppImageUpdater;
};
type Updater = NsisUpdater | MacUpdater | AppImageUpdater;

/**
 * electron-updater with its network taken away: it is told what the signed manifest says instead of asking for a
 * latest.yml, and every byte it fetches comes by our wire. It keeps its own check of the hash, and knows how Windows
 * and macOS exchange a program. An AppImage is exchanged here: electron-updater deletes the old one first.
 */
export const createElectronInstaller = (parts: ElectronInstallerParts): Installer => {
  const { own, app, appImage } = parts;
  let ready: Ready | undefined;
  return {
    file: own,
    bring: async (wanted) => {
      ready = undefined;
      if (own === undefined) return refuse("NOTHING_OFFERED");
      const seen: { code: BringCode } = { code: "RELEASE_REFUSED" };
      const updater = makeUpdater(await parts.loadUpdater(), parts, wanted, (code) => {
        seen.code = code;
      });
      const path = await download(updater);
      if (path === undefined) return refuse(seen.code);
      // The last look is ours, at the bytes that lie on the disk.
      if (!(await isWhatWasSigned(path, wanted.file))) return refuse("RELEASE_REFUSED", "on disk");
      ready = { path, wanted, updater };
      return accept(undefined);
    },
    install: async () => {
      if (ready === undefined || own === undefined) return refuse("NOTHING_OFFERED");
      const { path, wanted, updater } = ready;
      if (!(await isWhatWasSigned(path, wanted.file))) {
        ready = undefined;
        return refuse("RELEASE_REFUSED", "changed on disk");
      }
      // Squirrel ends the program itself, by the same events, or says why it does not.
      if (own.kind === "zip") return handToSquirrel(updater);
      if (appImage !== undefined && !mayWriteBeside(appImage)) return refuse("SYSTEM_REFUSED");
      app.once("quit", () => {
        try {
          if (appImage !== undefined) exchangeFile(path, appImage);
          else if ("install" in updater) updater.install(true, true);
        } catch {
          // Everything is locked and this version is still whole: it is what opens again.
        }
      });
      if (appImage !== undefined) app.relaunch({ execPath: appImage });
      app.quit();
      return accept(undefined);
    },
  };
};

type Ready = {
  readonly path: string;
  readonly wanted: WantedFile;
  readonly updater: Updater;
};

const handToSquirrel = (updater: Updater): Promise<Refused<"SYSTEM_REFUSED">> =>
  new Promise((tell) => {
    updater.once("error", () => tell(refuse("SYSTEM_REFUSED")));
    updater.quitAndInstall();
  });

const mayWriteBeside = (path: string): boolean => {
  try {
    accessSync(dirname(path), constants.W_OK);
    return true;
  } catch {
    return false;
  }
};

const download = async (updater: Updater): Promise<string | undefined> => {
  try {
    const seen = await updater.checkForUpdates();
    return seen?.isUpdateAvailable === true ? (await updater.downloadUpdate())[0] : undefined;
  } catch {
    return undefined;
  }
};

/** On one disk a rename: at every moment there is the old program or the new one. */
export const exchangeFile = (fresh: string, old: string): void => {
  const beside = join(dirname(old), ".twofold-new.AppImage");
  copyFileSync(fresh, beside);
  chmodSync(beside, 0o755);
  const file = openSync(beside, "r+");
  fsyncSync(file);
  closeSync(file);
  renameSync(beside, old);
};

const makeUpdater = (
  { NsisUpdater, MacUpdater, AppImageUpdater }: Updaters,
  { own, app, wire, clock, folder }: ElectronInstallerParts,
  { address, file, offer }: WantedFile,
  refused: (code: BringCode) => void,
): Updater => {
  const Chosen =
    own?.kind === "zip" ? MacUpdater : own?.kind === "exe" ? NsisUpdater : AppImageUpdater;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const updater = new Chosen(undefined, {
    version: app.getVersion(),
    name: "twofold",
    isPackaged: true,
    appUpdateConfigPath: join(folder, "none.yml"),
    userDataPath: folder,
    baseCachePath: folder,
    whenReady: async () => {},
    relaunch: () => {},
    quit: () => app.quit(),
    onQuit: () => {},
  });
  updater.logger = null;
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.allowDowngrade = false;
  updater.allowPrerelease = false;
  updater.disableWebInstaller = true;
  updater.disableDifferentialDownload = true;
  updater.on("error", () => {});
  const info: UpdateInfo = {
    version: offer.version,
    releaseDate: offer.date,
    path: file.name,
    sha512: file.sha512,
    files: [{ url: file.name, sha512: file.sha512, size: file.size }],
  };
  replaceInside(updater, {
    // A number of its own for this computer, sent with every request: never made.
    stagingUserIdPromise: { value: Promise.resolve("") },
    configOnDisk: { value: Promise.resolve({ updaterCacheDirName: "brought" }) },
    clientPromise: Promise.resolve(tellSigned(info, address)),
    httpExecutor: {
      download: async (url: URL, path: string): Promise<string> => {
        if (url.href !== address) throw new Error("another address than the signed one");
        const brought = await bringFile(address, path, file, { wire, clock });
        if (brought.ok) return path;
        refused(brought.code);
        throw new Error(brought.code);
      },
    },
  });
  return updater;
};

/** In the place of a provider: what the signed manifest said, and the one address it stands for. */
const tellSigned = (
  info: UpdateInfo,
  address: string,
): Pick<
  Provider<UpdateInfo>,
  "getLatestVersion" | "resolveFiles" | "setRequestHeaders" | "fileExtraDownloadHeaders"
> => ({
  getLatestVersion: async () => info,
  resolveFiles: () => info.files.map((file) => ({ url: new URL(address), info: file })),
  setRequestHeaders: () => {},
  fileExtraDownloadHeaders: null,
});

/** Members that electron-updater keeps to itself. One that is gone after a new version of it is a bug, said at once. */
const replaceInside = (updater: object, members: Readonly<Record<string, unknown>>): void => {
  for (const [name, value] of Object.entries(members)) {
    if (!(name in updater)) throw new Error(`electron-updater has no ${name}`);
    Reflect.set(updater, name, value);
  }
};
