import type {
  App,
  BrowserWindow,
  GlobalShortcut,
  Menu,
  NativeImage,
  Notification,
  Tray,
} from "electron";
import type { Desktop } from "../shared/bridge/desktop.ts";
import { createAutostart } from "./autostart.ts";
import { pushes } from "./channels.ts";
import { type DesktopPart, openDesktop } from "./desktop.ts";
import type { Lock } from "./lock.ts";
import { createNotice, type Notice } from "./notice.ts";
import type { Speech } from "./speech.ts";
import { createStepOutShortcut } from "./stepOutShortcut.ts";
import type { TellPage } from "./tellPage.ts";
import { createTray, trayPicture } from "./tray.ts";
import { hideWindow, showAgain, steppedOutTitle } from "./window.ts";

/** What Electron has for the desktop, and what of ours it acts on. */
export type DesktopShell = {
  readonly app: Pick<App, "isPackaged" | "getPath" | "hide" | "quit"> &
    Pick<App, "getLoginItemSettings" | "setLoginItemSettings">;
  readonly electron: {
    readonly globalShortcut: Pick<GlobalShortcut, "register" | "unregister">;
    readonly Menu: Pick<typeof Menu, "buildFromTemplate">;
    readonly nativeImage: { readonly createEmpty: () => NativeImage };
    readonly Notification: typeof Notification;
    readonly Tray: typeof Tray;
  };
  readonly platform: NodeJS.Platform;
  readonly path: string;
  readonly profile: string;
  readonly window: () => BrowserWindow | undefined;
  readonly tellPage: TellPage;
  readonly lock: Pick<Lock, "request">;
  readonly speech: Speech;
};

export type WiredDesktop = DesktopPart & {
  readonly speak: Desktop["speak"];
  /** Out of sight, from the page or by the keys of the whole system. */
  readonly hide: () => boolean;
  readonly notice: Notice;
  /** Into the tray, for whoever chose that; false: closing it ends the app. */
  readonly putAway: () => boolean;
};

export const wireDesktop = async (shell: DesktopShell): Promise<WiredDesktop> => {
  const { app, electron, platform, window, tellPage, lock, path, profile, speech } = shell;
  const { texts } = speech;
  const open = (): void => showAgain(window());
  const notice = createNotice({
    make: (options) => new electron.Notification(options),
    window,
    isWanted: () => desktop.settings().notices,
    open,
    texts,
  });
  const lockNow = (): void => {
    notice.clear();
    void lock.request();
  };
  const tray = createTray({
    make: (picture) => new electron.Tray(picture),
    picture: () => trayPicture(electron.nativeImage, platform),
    menu: (template) => electron.Menu.buildFromTemplate(template),
    platform,
    texts,
    open,
    lock: lockNow,
    quit: () => app.quit(),
  });
  speech.onChange(tray.wordAgain);
  const hide = (): boolean => {
    const own = window();
    // In the tray it is out of sight; minimised it would come back into the task bar.
    const isAway = tray.isOn() && own?.isDestroyed() === false && !own.isVisible();
    return isAway || hideWindow(app, own, platform);
  };
  const desktop = await openDesktop({
    path,
    packaged: app.isPackaged,
    platform,
    autostart: createAutostart({
      app,
      platform,
      profile,
      execPath: process.execPath,
      appImage: process.env["APPIMAGE"],
    }),
    tray,
    shortcut: createStepOutShortcut(electron.globalShortcut, () => {
      stepOut({ window, tellPage, hide, lockNow });
    }),
    notice,
    showsNotices: () => electron.Notification.isSupported(),
    protect: (on) => {
      const own = window();
      if (own?.isDestroyed() === false) own.setContentProtection(on);
    },
  });
  return {
    ...desktop,
    speak: async (language) => {
      speech.speak(language);
      return true;
    },
    hide,
    notice,
    putAway: () => {
      const own = window();
      if (!tray.isOn() || !desktop.settings().staysInTray || own === undefined) return false;
      leaveSight(own, platform);
      return true;
    },
  };
};

/** A Mac that hides a window in full screen leaves a black screen behind. */
const leaveSight = (window: BrowserWindow, platform: NodeJS.Platform): void => {
  if (platform !== "darwin" || !window.isFullScreen()) return window.hide();
  window.once("leave-full-screen", () => window.hide());
  window.setFullScreen(false);
};

/** The window goes first, in the same turn as the key; the page and the lock follow, whatever state they are in. */
const stepOut = ({
  window,
  tellPage,
  hide,
  lockNow,
}: {
  readonly window: () => BrowserWindow | undefined;
  readonly tellPage: TellPage;
  readonly hide: () => boolean;
  readonly lockNow: () => void;
}): void => {
  hide();
  const own = window();
  if (own === undefined || own.isDestroyed()) return;
  own.setTitle(steppedOutTitle);
  tellPage(pushes.stepOut);
  lockNow();
};
