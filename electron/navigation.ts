import type { WebContents } from "electron";

/**
 * Our page is loaded once by the main process and goes nowhere: its routes are in the hash, which is not a
 * navigation. Drops of files and links, redirects, frames, new windows and web views all end here.
 */
export const keepInPlace = (contents: WebContents): void => {
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
  contents.on("will-navigate", (event) => event.preventDefault());
  contents.on("will-frame-navigate", (event) => event.preventDefault());
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.on("did-create-window", (window) => window.destroy());
  contents.on("select-bluetooth-device", (event, _devices, choose) => {
    event.preventDefault();
    choose("");
  });
  // Here preventDefault means "leave anyway": a page must not be able to keep the window open.
  contents.on("will-prevent-unload", (event) => event.preventDefault());
};
