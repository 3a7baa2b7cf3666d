import { createQueue } from "../shared/base/queue.ts";
import { accept, refuse, type Refused, type Result } from "../shared/base/result.ts";
import type {
  Desktop,
  DesktopChange,
  DesktopCode,
  DesktopSettings,
  DesktopView,
} from "../shared/bridge/desktop.ts";
import type { Autostart } from "./autostart.ts";
import {
  firstSettings,
  type KeptSettings,
  readDesktopFile,
  writeDesktopFile,
} from "./desktopFile.ts";
import { readDiskProblem } from "./diskProblem.ts";
import type { Notice } from "./notice.ts";
import type { StepOutShortcut } from "./stepOutShortcut.ts";
import type { TrayPart } from "./tray.ts";

export type DesktopParts = {
  readonly path: string;
  readonly packaged: boolean;
  readonly platform: NodeJS.Platform;
  readonly autostart: Autostart;
  readonly tray: TrayPart;
  readonly shortcut: StepOutShortcut;
  readonly notice: Pick<Notice, "notify">;
  /** Whether this system shows notices at all. */
  readonly showsNotices: () => boolean;
  readonly protect: (on: boolean) => void;
};

export type DesktopPart = Omit<Desktop, "onStepOut" | "speak"> & {
  readonly settings: () => KeptSettings;
  /** Once there is a window. */
  readonly apply: () => void;
  /** Gives back what belongs to the whole system. */
  readonly dispose: () => void;
};

type Offered = readonly (keyof DesktopSettings)[];

/** Reads before it is asked: how the window opens depends on it. */
export const openDesktop = async (parts: DesktopParts): Promise<DesktopPart> => {
  const { path, packaged, autostart, tray, shortcut, protect } = parts;
  let kept = await readDesktopFile(path, firstSettings(packaged));
  const offered = offeredBy(parts);
  let keysTaken = false;
  const inTurn = createQueue();

  const look = async (): Promise<DesktopView> => ({
    settings: { ...kept, startsAtLogin: await autostart.read() },
    offered,
    keysTaken,
  });
  const takeKeys = (): void => {
    keysTaken = !shortcut.set(kept.stepOutKeys);
  };
  const apply = (): void => {
    tray.set(kept.tray);
    protect(kept.hidesFromCapture);
  };

  const keep = async (changed: KeptSettings): Promise<Result<void, DesktopCode>> => {
    if (changed.stepOutKeys !== kept.stepOutKeys && !shortcut.set(changed.stepOutKeys)) {
      takeKeys();
      return refuse("KEYS_TAKEN");
    }
    if (changed.tray && !tray.set(true)) return refuse("NOT_TAKEN");
    try {
      await writeDesktopFile(path, changed);
    } catch (problem) {
      tray.set(kept.tray);
      if (changed.stepOutKeys !== kept.stepOutKeys) takeKeys();
      return readProblem(problem);
    }
    if (changed.stepOutKeys !== kept.stepOutKeys) keysTaken = false;
    kept = changed;
    apply();
    return accept(undefined);
  };

  const setStart = async (on: boolean): Promise<Result<void, DesktopCode>> => {
    try {
      return (await autostart.set(on)) ? accept(undefined) : refuse("NOT_TAKEN");
    } catch (problem) {
      return readProblem(problem);
    }
  };

  const change = async (wanted: DesktopChange): Promise<Result<DesktopView, DesktopCode>> => {
    if (!offered.includes(wanted.name)) return refuse("NOT_OFFERED_HERE");
    const done =
      wanted.name === "startsAtLogin"
        ? await setStart(wanted.to)
        : await keep({ ...kept, [wanted.name]: wanted.to });
    return done.ok ? accept(await look()) : done;
  };

  return {
    look,
    // One after the other: two at once would each write what it knew before the other.
    change: (wanted) => inTurn(() => change(wanted)),
    notify: async () => parts.notice.notify(),
    settings: () => kept,
    apply: () => {
      apply();
      takeKeys();
      void autostart.refresh();
    },
    dispose: () => {
      shortcut.dispose();
      tray.set(false);
    },
  };
};

const offeredBy = ({ autostart, platform, showsNotices }: DesktopParts): Offered => [
  ...(["tray", "staysInTray", "startsMinimised", "stepOutKeys"] as const),
  ...(autostart.offered ? (["startsAtLogin"] as const) : []),
  ...(showsNotices() ? (["notices"] as const) : []),
  // Elsewhere there is no way to ask for it.
  ...(platform === "darwin" || platform === "win32" ? (["hidesFromCapture"] as const) : []),
];

const readProblem = (problem: unknown): Refused<DesktopCode> => {
  const { code, detail } = readDiskProblem(problem);
  return refuse(code === "DISK_FULL" || code === "NO_PERMISSION" ? code : "DISK_FAILED", detail);
};
