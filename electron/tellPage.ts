import type { BrowserWindow } from "electron";
import type { Pushes } from "./channels.ts";

/** False where there is no page to tell: not yet, or no longer. Then nothing is thrown. */
export type TellPage = <Channel extends keyof Pushes>(
  channel: Channel,
  ...values: Parameters<Pushes[Channel]>
) => boolean;

export const createTellPage =
  (window: () => BrowserWindow | undefined): TellPage =>
  (channel, ...values) => {
    const own = window();
    if (own === undefined || own.isDestroyed() || own.webContents.isDestroyed()) return false;
    own.webContents.send(channel, ...values);
    return true;
  };
