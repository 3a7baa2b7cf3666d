import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as Electron from "electron";
import { withEvents } from "./emitter.ts";
import { createStandInWindow, type StandInWindow } from "./standInContents.ts";
import { createStandInDesktop } from "./standInDesktop.ts";
import { createStandInIpc } from "./standInIpc.ts";
import { createStandInSafeStorage } from "./standInSafeStorage.ts";
import { createStandInSession } from "./standInSession.ts";

/**
 * Electron's binary is not needed for these tests: what the main process uses of Electron 45, in plain Node, with
 * Electron's own types wherever a member is not overloaded. Use: `vi.doMock("electron", () => standIn.electron)`.
 */
export const createStandIn = () => {
  const windows: StandInWindow[] = [];
  const session = createStandInSession();
  const ipc = createStandInIpc();
  const keychain = createStandInSafeStorage();
  const power = withEvents({});
  const desktop = createStandInDesktop();
  const appSide = createStandInApp(() => windows, desktop.loginItems);
  const clipboard = createStandInClipboard();
  const seen = {
    schemes: [] as Electron.CustomScheme[],
    menu: undefined as Electron.MenuItemConstructorOptions[] | undefined,
    errorBoxes: [] as string[],
    /** Given to other programs. */
    openedOutside: [] as string[],
    /** What a person chooses in the next dialog; empty: they close it. */
    chosen: "",
  };

  // Called with `new`, so that it must be a function and may answer with an object of its own.
  const BrowserWindow = function (options: Electron.BrowserWindowConstructorOptions) {
    const made = createStandInWindow(options);
    windows.push(made);
    made.emitter.on("closed", () => {
      windows.splice(windows.indexOf(made), 1);
      if (windows.length === 0) appSide.emitter.emit("window-all-closed");
    });
    appSide.emitter.emit("web-contents-created", {}, made.page.contents);
    return made.window;
  };

  const electron = {
    app: appSide.emitter,
    BrowserWindow,
    session: { defaultSession: session.session },
    protocol: {
      registerSchemesAsPrivileged: (schemes) => {
        if (appSide.seen.ready) throw new Error("schemes must be registered before ready");
        seen.schemes = schemes;
      },
    } satisfies Pick<Electron.Protocol, "registerSchemesAsPrivileged">,
    ipcMain: ipc.ipcMain,
    safeStorage: keychain.safeStorage,
    powerMonitor: power,
    clipboard: clipboard.clipboard,
    dialog: {
      showErrorBox: (_title, content) => {
        seen.errorBoxes.push(content);
      },
      showOpenDialog: async () => ({ canceled: seen.chosen === "", filePaths: [seen.chosen] }),
      showSaveDialog: async () => ({ canceled: seen.chosen === "", filePath: seen.chosen }),
      // Nobody answers: it stands until it is taken away, and then it is as if Esc had been pressed.
      showMessageBox: (_window: unknown, { signal }: Electron.MessageBoxOptions) =>
        new Promise<Electron.MessageBoxReturnValue>((resolve) => {
          signal?.addEventListener("abort", () => resolve({ response: 0, checkboxChecked: false }));
        }),
    } satisfies Pick<Electron.Dialog, "showErrorBox" | "showOpenDialog" | "showSaveDialog"> & {
      readonly showMessageBox: unknown;
    },
    shell: {
      openExternal: async (address) => {
        seen.openedOutside.push(address);
      },
    } satisfies Pick<Electron.Shell, "openExternal">,
    ...desktop.electron,
    Menu: {
      buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => template,
      setApplicationMenu: (menu: Electron.MenuItemConstructorOptions[]) => {
        seen.menu = menu;
      },
    },
  };
  return {
    electron,
    app: appSide,
    session,
    ipc,
    keychain,
    power,
    clipboard,
    desktop,
    windows,
    seen,
  };
};

const createStandInClipboard = () => {
  const seen = { text: "", broken: false };
  const stay = <Value>(value: () => Value): Promise<Value> =>
    seen.broken ? Promise.reject(new Error("the clipboard is held")) : Promise.resolve(value());
  const clipboard = {
    readText: () => stay(() => seen.text),
    writeText: (text) =>
      stay(() => {
        seen.text = text;
      }),
    clear: () => {
      seen.text = "";
    },
  } satisfies Pick<Electron.Clipboard, "readText" | "writeText" | "clear">;
  return { clipboard, seen };
};

const createStandInApp = (
  windows: () => readonly StandInWindow[],
  loginItems: ReturnType<typeof createStandInDesktop>["loginItems"],
) => {
  const appData = join(tmpdir(), `twofold-stand-in-${randomBytes(6).toString("hex")}`);
  const seen = {
    ready: false,
    /** As this system names them, the first one first. */
    languages: ["en-GB"],
    paths: new Map<string, string>([["appData", appData]]),
    switches: new Map<string, string | undefined>(),
    name: "twofold",
    sandboxed: false,
    hidden: false,
    quits: 0,
    ended: false,
    exitCode: undefined as number | undefined,
    otherInstance: false,
    protocolClient: undefined as string | undefined,
    hostResolver: undefined as Electron.ConfigureHostResolverOptions | undefined,
  };
  let becomeReady = () => {};
  const ready = new Promise<void>((resolve) => {
    becomeReady = resolve;
  });

  /** As Electron does: ask, then close every window, then end. */
  const quit = () => {
    seen.quits++;
    let prevented = false;
    emitter.emit("before-quit", { preventDefault: () => (prevented = true) });
    if (prevented) return;
    seen.ended = true;
    const open = windows().slice();
    for (const { window } of open) window.close();
  };

  const members = {
    ...loginItems,
    isPackaged: false as boolean,
    commandLine: {
      appendSwitch: (name: string, value?: string) => {
        if (seen.ready) throw new Error("switches must be set before ready");
        seen.switches.set(name, value);
      },
    } as Electron.CommandLine,
    getPath: (name) => seen.paths.get(name) ?? appData,
    setPath: (name, path) => {
      seen.paths.set(name, path);
    },
    setName: (name) => {
      seen.name = name;
    },
    getVersion: () => "0.1.0",
    getPreferredSystemLanguages: () => seen.languages,
    whenReady: () => ready,
    requestSingleInstanceLock: () => {
      if (!seen.paths.has("userData")) throw new Error("the lock lives in userData: set it first");
      return !seen.otherInstance;
    },
    setAsDefaultProtocolClient: (scheme) => {
      seen.protocolClient = scheme;
      return true;
    },
    enableSandbox: () => {
      if (seen.ready) throw new Error("enableSandbox must be called before ready");
      seen.sandboxed = true;
    },
    configureHostResolver: (options) => {
      if (!seen.ready) throw new Error("configureHostResolver must be called after ready");
      seen.hostResolver = options;
    },
    hide: () => {
      seen.hidden = true;
    },
    exit: (code) => {
      seen.exitCode = code ?? 0;
      seen.ended = true;
    },
    quit,
  } satisfies Partial<Electron.App>;
  const emitter = withEvents(members);
  return {
    emitter,
    app: emitter as unknown as Electron.App,
    seen,
    becomeReady: () => {
      seen.ready = true;
      becomeReady();
    },
  };
};
