import type { DownloadItem, Event, WebContents } from "electron";
import { isHandedAddress, type Documents, type HandedEnd } from "../shared/bridge/documents.ts";
import { appOrigin, originOf } from "./appOrigin.ts";

/**
 * Only what our own page has made in memory, and of the kinds that it makes. Where to is never the page's to say: no
 * path is set, so Electron asks the person in the system's own window.
 */
export const judgeDownload = (
  event: Pick<Event, "preventDefault">,
  item?: Pick<DownloadItem, "getURL" | "getFilename" | "setSaveDialogOptions">,
  contents?: Pick<WebContents, "getURL">,
): void => {
  const name = item?.getFilename() ?? "";
  if (
    item === undefined ||
    contents === undefined ||
    !item.getURL().startsWith("blob:app://twofold/") ||
    originOf(contents.getURL()) !== appOrigin ||
    !kinds.test(name)
  ) {
    event.preventDefault();
    return;
  }
  item.setSaveDialogOptions({
    defaultPath: name,
    properties: ["showOverwriteConfirmation", "createDirectory"],
  });
};

export type Downloads = Pick<Documents, "handed"> & {
  /** After it was judged. */
  readonly follow: (
    event: Pick<Event, "defaultPrevented">,
    item: Pick<DownloadItem, "getURL" | "once">,
  ) => void;
};

type Ending = {
  readonly promise: Promise<HandedEnd>;
  readonly resolve: (end: HandedEnd) => void;
};

const createEnding = (): Ending => {
  let resolve: Ending["resolve"] = () => {};
  const promise = new Promise<HandedEnd>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
};

/** Downloads that nobody asks about are forgotten beyond so many. */
const followedAtOnce = 16;

/** Whether the page asks first or the download begins first depends on the moment: both are waited for. */
export const createDownloads = (): Downloads => {
  const ends = new Map<string, Ending>();
  const endOf = (address: string): Ending => {
    const known = ends.get(address);
    if (known !== undefined) return known;
    const [oldest] = ends;
    if (ends.size >= followedAtOnce && oldest !== undefined) {
      ends.delete(oldest[0]);
      oldest[1].resolve("refused");
    }
    const fresh = createEnding();
    ends.set(address, fresh);
    return fresh;
  };
  return {
    follow: (event, item) => {
      const address = item.getURL();
      if (!isHandedAddress(address)) return;
      const { resolve } = endOf(address);
      if (event.defaultPrevented) resolve("refused");
      else
        item.once("done", (_event, state) =>
          resolve(state === "completed" ? "saved" : state === "cancelled" ? "closed" : "refused"),
        );
    },
    handed: async (address) => {
      const end = await endOf(address).promise;
      ends.delete(address);
      return end;
    },
  };
};

/** Writing that is saved as a file, a sealed file for the partner, a copy of a photo. Nothing that a system would run. */
const kinds = /^[^/\\]*\.(?:md|zip|html|twofold|jpg|png|webp)$/;
