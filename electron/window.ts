import type { App, BrowserWindow, BrowserWindowConstructorOptions, WebContents } from "electron";
import type { Clock } from "../shared/base/clock.ts";
import type { ShellFacts } from "../shared/bridge/bridge.ts";
import { shellFactsArgument } from "./channels.ts";

export type WindowChoices = {
  readonly dark: boolean;
  /** Only where this is not a packaged build. */
  readonly devTools: boolean;
  readonly preload: string;
  readonly facts: ShellFacts;
};

/** The paper of both themes (the renderer's tokens), so that no white flash comes before the first paint. */
const paper = { light: "#f6f2ea", dark: "#1b1a1e" } as const;

/** Hidden until there is something to show. Everything that is a default elsewhere is said here, to be tested. */
export const windowOptions = (choices: WindowChoices): BrowserWindowConstructorOptions => ({
  title: "Twofold",
  width: 1180,
  height: 820,
  minWidth: 360,
  minHeight: 480,
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

/** What a page may call itself in the task bar: the second is for after stepping out. */
const neutralTitles: ReadonlySet<string> = new Set(["Twofold", "Notes"]);

/** The title never says what is written inside, whatever a page calls itself. */
export const showWhenReady = (window: BrowserWindow): void => {
  window.on("page-title-updated", (event, title) => {
    if (!neutralTitles.has(title)) event.preventDefault();
  });
  window.once("ready-to-show", () => window.show());
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
