import type {
  App,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  NativeTheme,
  WebContents,
} from "electron";
import type { Clock } from "../shared/base/clock.ts";
import type { ShellFacts } from "../shared/bridge/bridge.ts";
import { shellFactsArgument } from "./channels.ts";
import { type Rectangle, smallestWindow, usualWindow, type WindowPlace } from "./windowPlace.ts";

export type WindowChoices = {
  readonly dark: boolean;
  /** Only where this is not a packaged build. */
  readonly devTools: boolean;
  readonly preload: string;
  readonly facts: ShellFacts;
  /** Where it stood before; else in the middle. */
  readonly bounds?: Rectangle;
};

/** The paper of both themes (the renderer's tokens), so that no white flash comes before the first paint. */
const paper = { light: "#f6f2ea", dark: "#1b1a1e" } as const;

/** Also while it is hidden: the first thing seen when it comes back is this colour. */
export const followTheme = (
  theme: Pick<NativeTheme, "on" | "shouldUseDarkColors">,
  window: Pick<BrowserWindow, "setBackgroundColor" | "isDestroyed">,
): void => {
  theme.on("updated", () => {
    if (window.isDestroyed()) return;
    window.setBackgroundColor(theme.shouldUseDarkColors ? paper.dark : paper.light);
  });
};

/** Hidden until there is something to show. Everything that is a default elsewhere is said here, to be tested. */
export const windowOptions = (choices: WindowChoices): BrowserWindowConstructorOptions => ({
  title: "Twofold",
  ...(choices.bounds ?? usualWindow),
  minWidth: smallestWindow.width,
  minHeight: smallestWindow.height,
  show: false,
  autoHideMenuBar: true,
  backgroundColor: choices.dark ? paper.dark : paper.light,
  webPreferences: {
    preload: choices.preload,
    additionalArguments: [shellFactsArgument + JSON.stringify(choices.facts)],
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    plugins: false,
    navigateOnDragDrop: false,
    // Off until a dictionary comes with the app: Chromium would fetch one.
    spellcheck: false,
    devTools: choices.devTools,
  },
});

/** The page says the same once it has its turn. */
export const steppedOutTitle = "Notes";
/** What a page may call itself in the task bar. */
const neutralTitles: ReadonlySet<string> = new Set(["Twofold", steppedOutTitle]);

export type FirstShow = {
  /** How the window stood before. */
  readonly place?: WindowPlace | undefined;
  /** Asked when there is something to show: somebody may have asked for the window meanwhile. */
  readonly minimised?: () => boolean;
};

/** The title never says what is written inside, whatever a page calls itself. */
export const showWhenReady = (
  window: BrowserWindow,
  { place, minimised = () => false }: FirstShow = {},
): void => {
  window.on("page-title-updated", (event, title) => {
    if (!neutralTitles.has(title)) event.preventDefault();
  });
  const zoom = place?.zoom ?? 0;
  // Before the first paint, and before Chromium's own memory of it counts.
  if (zoom !== 0)
    window.webContents.once("did-navigate", () => window.webContents.setZoomLevel(zoom));
  const spread = () => {
    if (place?.maximised === 1) window.maximize();
    if (place?.fullScreen === 1) window.setFullScreen(true);
  };
  window.once("ready-to-show", () => {
    if (!minimised()) {
      spread();
      window.show();
      return;
    }
    window.once("restore", spread);
    window.minimize();
  });
};

/** Somebody started Twofold a second time, or clicked it in the dock. */
export const showAgain = (window: BrowserWindow | undefined): void => {
  if (window === undefined || window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
};

/** Out of sight at once, and to be found again in the task bar or dock: a hidden window without a tray could not be. */
export const hideWindow = (
  app: Pick<App, "hide">,
  window: BrowserWindow | undefined,
  platform: NodeJS.Platform,
): boolean => {
  if (window === undefined || window.isDestroyed()) return false;
  if (platform === "darwin") app.hide();
  else window.minimize();
  return true;
};

/** A second crash within this many ms is left alone: loading again would go round in circles. */
const crashPause = 10_000;

/** A renderer that is gone leaves an empty window; the page comes back locked, with what was saved. */
export const reopenAfterCrash = (contents: WebContents, clock: Clock, reopen: () => void): void => {
  let last = Number.NEGATIVE_INFINITY;
  contents.on("render-process-gone", (_event, { reason }) => {
    const isTooSoon = clock.now() - last < crashPause;
    last = clock.now();
    if (reason !== "clean-exit" && !isTooSoon) reopen();
  });
};
