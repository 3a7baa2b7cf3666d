import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  NavigationHistory,
  WebContents,
} from "electron";
import { withEvents } from "./emitter.ts";

type Sent = { readonly channel: string; readonly values: readonly unknown[] };
type OpenHandler = Parameters<WebContents["setWindowOpenHandler"]>[0];

/** The page of a window, as far as the main process touches it. */
export const createStandInContents = () => {
  const seen = {
    sent: [] as Sent[],
    openHandler: undefined as OpenHandler | undefined,
    ipPolicy: undefined as string | undefined,
    destroyed: false,
    zoom: 0,
    printed: 0,
    pastCleared: 0,
  };
  const members = {
    getZoomLevel: () => seen.zoom,
    setZoomLevel: (level: number) => {
      seen.zoom = level;
    },
    print: () => {
      seen.printed++;
    },
    navigationHistory: {
      clear: () => {
        seen.pastCleared++;
      },
    },
    send: (channel: string, ...values: unknown[]) => {
      if (seen.destroyed) throw new TypeError("Object has been destroyed");
      seen.sent.push({ channel, values });
    },
    setWindowOpenHandler: (handler: OpenHandler) => {
      seen.openHandler = handler;
    },
    setWebRTCIPHandlingPolicy: (policy) => {
      seen.ipPolicy = policy;
    },
    isDestroyed: () => seen.destroyed,
  } satisfies Pick<
    WebContents,
    | "send"
    | "setWindowOpenHandler"
    | "setWebRTCIPHandlingPolicy"
    | "isDestroyed"
    | "getZoomLevel"
    | "setZoomLevel"
    | "print"
  > & { readonly navigationHistory: Pick<NavigationHistory, "clear"> };
  const emitter = withEvents(members);
  return { contents: emitter as unknown as WebContents, emitter, seen };
};

/** A window: `ready-to-show` and `close` come when the test says so; `close` destroys unless it is prevented. */
export const createStandInWindow = (options: BrowserWindowConstructorOptions = {}) => {
  const page = createStandInContents();
  const seen = {
    options,
    loaded: [] as string[],
    shown: options.show !== false,
    minimized: false,
    maximized: false,
    fullScreen: false,
    focused: false,
    protected: false,
    title: options.title ?? "",
    background: options.backgroundColor ?? "",
    bounds: {
      x: options.x ?? 0,
      y: options.y ?? 0,
      width: options.width ?? 800,
      height: options.height ?? 600,
    },
    destroyed: false,
  };
  const destroy = () => {
    seen.destroyed = true;
    page.seen.destroyed = true;
    emitter.emit("closed");
  };
  const members = {
    webContents: page.contents,
    loadURL: async (url: string) => {
      seen.loaded.push(url);
    },
    show: () => {
      seen.shown = true;
    },
    hide: () => {
      seen.shown = false;
      seen.focused = false;
    },
    maximize: () => {
      seen.maximized = true;
      seen.shown = true;
    },
    setFullScreen: (fullScreen: boolean) => {
      seen.fullScreen = fullScreen;
    },
    setTitle: (title: string) => {
      seen.title = title;
    },
    setBackgroundColor: (colour: string) => {
      seen.background = colour;
    },
    setContentProtection: (on: boolean) => {
      seen.protected = on;
    },
    getNormalBounds: () => seen.bounds,
    isVisible: () => seen.shown,
    isFocused: () => seen.focused,
    // A minimised window fills no screen, as far as systems say.
    isMaximized: () => seen.maximized && !seen.minimized,
    isFullScreen: () => seen.fullScreen,
    minimize: () => {
      seen.minimized = true;
    },
    restore: () => {
      seen.minimized = false;
    },
    focus: () => {
      seen.focused = true;
    },
    isMinimized: () => seen.minimized,
    isDestroyed: () => seen.destroyed,
    destroy,
    close: () => {
      let prevented = false;
      emitter.emit("close", { preventDefault: () => (prevented = true) });
      if (!prevented) destroy();
    },
  } satisfies Pick<
    BrowserWindow,
    | "webContents"
    | "loadURL"
    | "hide"
    | "maximize"
    | "setFullScreen"
    | "setTitle"
    | "setBackgroundColor"
    | "setContentProtection"
    | "getNormalBounds"
    | "isVisible"
    | "isFocused"
    | "isMaximized"
    | "isFullScreen"
    | "show"
    | "minimize"
    | "restore"
    | "focus"
    | "isMinimized"
    | "isDestroyed"
    | "destroy"
    | "close"
  >;
  const emitter = withEvents(members);
  return { window: emitter as unknown as BrowserWindow, emitter, seen, page };
};

export type StandInWindow = ReturnType<typeof createStandInWindow>;
