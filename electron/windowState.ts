import type { BrowserWindow, Screen } from "electron";
import type { Cancel, Clock } from "../shared/base/clock.ts";
import { createQueue } from "../shared/base/queue.ts";
import { readSmallFile, writeSmallFile } from "./smallFile.ts";
import { placeOn, placeSchema, type Rectangle, type WindowPlace } from "./windowPlace.ts";

/** A window that is being drawn about is written down once it has stood still for so long, ms. */
export const placeRests = 1_000;

export type WindowState = {
  /** From now on; `dispose` writes what is not written yet. */
  readonly follow: (window: BrowserWindow) => void;
  /** Never rejects: where a window stood is not worth a word to anybody. */
  readonly dispose: () => Promise<void>;
};

export type WindowStateParts = {
  readonly path: string;
  readonly clock: Clock;
};

/** How the window stood, where that is on the displays there are now, and what follows it from here on. */
export const recallWindow = async ({
  screen,
  ...parts
}: WindowStateParts & { readonly screen: Parameters<typeof freeAreas>[0] }) => {
  const place = await readPlace(parts.path);
  const where = place === undefined ? {} : { bounds: placeOn(place, freeAreas(screen)) };
  return { place, where, ...createWindowState(parts) };
};

/** Undefined at the first start, and for a file that was damaged: then the window stands as it does by itself. */
export const readPlace = (path: string): Promise<WindowPlace | undefined> =>
  readSmallFile(path, placeSchema);

/** What of each display windows may stand on, the main one first. After `ready`. */
export const freeAreas = (
  screen: Pick<Screen, "getPrimaryDisplay" | "getAllDisplays">,
): readonly Rectangle[] => {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  return [main, ...others].map(({ workArea }) => workArea);
};

const moments = [
  "resize",
  "move",
  "maximize",
  "unmaximize",
  "enter-full-screen",
  "leave-full-screen",
  // The menu tells nobody of a zoom: it is seen when one turns away.
  "blur",
] as const;

/** Where the window stands, for the next start: debounced, one write at a time, the newest last. */
export const createWindowState = ({ path, clock }: WindowStateParts): WindowState => {
  let window: BrowserWindow | undefined;
  let newest: WindowPlace | undefined;
  let written: string | undefined;
  const inTurn = createQueue();
  let cancel: Cancel = () => {};

  const look = (): void => {
    // Minimised it is nowhere, and the system no longer says whether it filled the screen.
    if (window === undefined || window.isDestroyed() || window.isMinimized()) return;
    newest = placeOf(window);
  };
  const write = (): Promise<void> => {
    cancel();
    return inTurn(async () => {
      const text = JSON.stringify(newest);
      if (newest === undefined || text === written) return;
      try {
        await writeSmallFile(path, newest);
        written = text;
      } catch {
        // Next time.
      }
    });
  };
  const note = (): void => {
    look();
    cancel();
    cancel = clock.after(placeRests, () => void write());
  };

  return {
    follow: (followed) => {
      window = followed;
      const emitter: NodeJS.EventEmitter = followed;
      for (const moment of moments) emitter.on(moment, note);
      followed.webContents.on("zoom-changed", note);
      emitter.on("close", look);
    },
    dispose: () => {
      look();
      return write();
    },
  };
};

const placeOf = (window: BrowserWindow): WindowPlace => {
  const { x, y, width, height } = window.getNormalBounds();
  return {
    ...{ x: Math.round(x), y: Math.round(y) },
    ...{ width: Math.round(width), height: Math.round(height) },
    maximised: window.isMaximized() ? 1 : 0,
    fullScreen: window.isFullScreen() ? 1 : 0,
    zoom: window.webContents.isDestroyed() ? 0 : window.webContents.getZoomLevel(),
  };
};
