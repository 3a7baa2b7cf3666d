import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { App } from "electron";
import { removeIfThere, writeAtomically } from "./atomicFile.ts";
import { desktopEntry, execLine, isSwitchedOff } from "./desktopEntry.ts";

/** Starting with the session. The system's own list is the only place where it stands. */
export type Autostart = {
  readonly offered: boolean;
  readonly read: () => Promise<boolean>;
  /** False where the system did not take it. May throw what the disk throws. */
  readonly set: (on: boolean) => Promise<boolean>;
  /** What is started may have moved since: an AppImage is a file that people put elsewhere. Never rejects. */
  readonly refresh: () => Promise<void>;
};

export type AutostartParts = {
  readonly app: Pick<App, "isPackaged" | "getPath"> &
    Pick<App, "getLoginItemSettings" | "setLoginItemSettings">;
  readonly platform: NodeJS.Platform;
  readonly profile: string;
  /** Of this process: where the AppImage lies is told by its environment. */
  readonly execPath: string;
  readonly appImage: string | undefined;
};

export const createAutostart = (parts: AutostartParts): Autostart => {
  // A development build would start a bare Electron.
  if (!parts.app.isPackaged) return notOffered;
  if (parts.platform === "linux") return inFolder(parts);
  if (parts.platform === "win32") return inRegistry(parts);
  // A login item of macOS has no words of its own, so that it can only open the usual profile.
  if (parts.platform === "darwin" && parts.profile === "default") return inLoginItems(parts);
  return notOffered;
};

const notOffered: Autostart = {
  offered: false,
  read: async () => false,
  set: async () => false,
  refresh: async () => {},
};

const wordsOf = (profile: string): string[] =>
  profile === "default" ? [] : ["--profile", profile];

const nameOf = (profile: string, between: string): string =>
  profile === "default" ? "" : `${between}${profile}`;

/** The folder that every Linux desktop reads when a session begins. */
const inFolder = ({ app, profile, execPath, appImage }: AutostartParts): Autostart => {
  // In an AppImage the program itself lies in a folder that is gone with the process.
  const program = [appImage ?? execPath, ...wordsOf(profile)];
  const path = join(app.getPath("appData"), "autostart", `twofold${nameOf(profile, "-")}.desktop`);
  const kept = (): Promise<string | undefined> => readFile(path, "utf8").catch(() => undefined);
  const put = async (): Promise<boolean> => {
    const entry = desktopEntry(program);
    if (entry === undefined) return false;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeAtomically(path, Buffer.from(entry));
    return true;
  };
  const read = async (): Promise<boolean> => {
    const text = await kept();
    return text !== undefined && !isSwitchedOff(text);
  };
  return {
    offered: true,
    read,
    set: async (on) => {
      if (on) return put();
      await removeIfThere(path);
      return true;
    },
    refresh: async () => {
      const text = await kept();
      if (text === undefined || isSwitchedOff(text)) return;
      if (text.split("\n").includes(execLine(program) ?? "")) return;
      await put().catch(() => false);
    },
  };
};

const inRegistry = ({ app, profile, execPath }: AutostartParts): Autostart => {
  const name = `Twofold${nameOf(profile, " ")}`;
  const read = async (): Promise<boolean> =>
    app
      .getLoginItemSettings({ path: execPath, args: wordsOf(profile) })
      .launchItems.some((item) => item.name === name && item.enabled);
  return {
    offered: true,
    read,
    set: async (on) => {
      const args = wordsOf(profile);
      app.setLoginItemSettings({ openAtLogin: on, path: execPath, args, name, enabled: on });
      return (await read()) === on;
    },
    // The installer always puts it into the same place.
    refresh: async () => {},
  };
};

const inLoginItems = ({ app }: AutostartParts): Autostart => {
  const read = async (): Promise<boolean> => app.getLoginItemSettings().openAtLogin;
  return {
    offered: true,
    read,
    set: async (on) => {
      app.setLoginItemSettings({ openAtLogin: on });
      return (await read()) === on;
    },
    refresh: async () => {},
  };
};
