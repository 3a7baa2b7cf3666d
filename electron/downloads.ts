import type { DownloadItem, Event, WebContents } from "electron";
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

/** Writing that is saved as a file, a sealed file for the partner, a copy of a photo. Nothing that a system would run. */
const kinds = /^[^/\\]*\.(?:md|zip|html|twofold|jpg|png|webp)$/;
