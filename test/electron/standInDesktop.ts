import type * as Electron from "electron";
import { withEvents } from "./emitter.ts";

/** What the desktop has besides the window: tray, notices, keys of the whole system, displays, colours, logins. */
export const createStandInDesktop = () => {
  const shortcuts = new Map<string, () => void>();
  const seen = {
    trays: [] as StandInTray[],
    notices: [] as StandInNotice[],
    showsNotices: true,
    hasTray: true,
    /** Accelerators that another program has. */
    taken: new Set<string>(),
    dark: false,
    displays: [{ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
    loginItems: [] as Electron.Settings[],
    /** What the system makes of it. */
    takesLoginItem: true,
  };

  const Tray = function () {
    if (!seen.hasTray) throw new Error("no place for a tray");
    const made = { tip: "", menu: [] as Electron.MenuItemConstructorOptions[], destroyed: false };
    const tray = withEvents({
      setToolTip: (tip: string) => {
        made.tip = tip;
      },
      setContextMenu: (menu: Electron.MenuItemConstructorOptions[]) => {
        made.menu = menu;
      },
      destroy: () => {
        made.destroyed = true;
      },
    });
    seen.trays.push({ made, tray });
    return tray;
  };

  const Notification = Object.assign(
    function (options: Electron.NotificationConstructorOptions) {
      const made = { options, shown: 0, closed: 0 };
      const notice = withEvents({
        show: () => made.shown++,
        close: () => made.closed++,
      });
      seen.notices.push({ made, notice });
      return notice;
    },
    { isSupported: () => seen.showsNotices },
  );

  const globalShortcut = {
    register: (accelerator: string, run: () => void) => {
      if (seen.taken.has(accelerator) || shortcuts.has(accelerator)) return false;
      shortcuts.set(accelerator, run);
      return true;
    },
    unregister: (accelerator: string) => {
      shortcuts.delete(accelerator);
    },
  } satisfies Pick<Electron.GlobalShortcut, "register" | "unregister">;

  const picture = () => {
    const drawn = { representations: [] as Electron.AddRepresentationOptions[], template: false };
    return {
      drawn,
      addRepresentation: (one: Electron.AddRepresentationOptions) => {
        drawn.representations.push(one);
      },
      setTemplateImage: (template: boolean) => {
        drawn.template = template;
      },
    };
  };

  const nativeTheme = Object.defineProperty(
    withEvents({ shouldUseDarkColors: false }),
    "shouldUseDarkColors",
    { get: () => seen.dark },
  );

  return {
    seen,
    shortcuts,
    nativeTheme,
    electron: {
      Tray,
      Notification,
      globalShortcut,
      nativeImage: { createEmpty: picture },
      nativeTheme,
      screen: {
        getPrimaryDisplay: () => seen.displays[0],
        getAllDisplays: () => seen.displays,
      },
    },
    loginItems: {
      setLoginItemSettings: (settings: Electron.Settings) => {
        if (seen.takesLoginItem) seen.loginItems.push(settings);
      },
      getLoginItemSettings: () => {
        const last = seen.loginItems.at(-1);
        const { openAtLogin = false, name = "" } = last ?? {};
        return {
          openAtLogin,
          launchItems: openAtLogin ? [{ name, enabled: last?.enabled ?? true }] : [],
        } as unknown as Electron.LoginItemSettings;
      },
    } satisfies Pick<Electron.App, "setLoginItemSettings" | "getLoginItemSettings">,
  };
};

type StandInTray = {
  readonly made: {
    readonly tip: string;
    readonly menu: readonly Electron.MenuItemConstructorOptions[];
    readonly destroyed: boolean;
  };
  readonly tray: NodeJS.EventEmitter;
};

type StandInNotice = {
  readonly made: {
    readonly options: Electron.NotificationConstructorOptions;
    readonly shown: number;
    readonly closed: number;
  };
  readonly notice: NodeJS.EventEmitter;
};
