import type { BrowserWindow } from "electron";
import { awayQuery, type StartAnew } from "../shared/bridge/startAnew.ts";
import { appPage } from "./appOrigin.ts";

export type StartAnewParts = {
  readonly window: () => BrowserWindow | undefined;
  /** What has to be told that the page is gone, before another is loaded. */
  readonly pageGone: () => void;
  readonly keepLink: (link: string) => unknown;
  /** Kind of problem only. */
  readonly log: (line: string) => void;
};

/**
 * Loads the page anew once everything is locked and written, which is the page's to say: what it held in memory
 * goes with it. By a query and not by a hash, which would only move within the page that is to go.
 */
export const createStartAnew =
  ({ window, pageGone, keepLink, log }: StartAnewParts) =>
  async ({ away, link }: StartAnew): Promise<boolean> => {
    const own = window();
    if (own === undefined || own.isDestroyed()) return false;
    pageGone();
    if (link !== undefined) keepLink(link);
    // After this answer has left: the page that asked is still there to hear it.
    setImmediate(() => {
      if (own.isDestroyed()) return;
      own.loadURL(away ? appPage + awayQuery : appPage).then(
        // Going back would load a page over one in which somebody writes.
        () => own.isDestroyed() || own.webContents.navigationHistory.clear(),
        (problem: unknown) => log(problem instanceof Error ? problem.name : "thrown value"),
      );
    });
    return true;
  };
