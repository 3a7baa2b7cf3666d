/**
 * What the main process says by itself: in the system's own places, where the page cannot speak. Few, and neutral:
 * a tray, a menu and a notice are seen by whoever passes by.
 */
export const englishTexts = {
  menu: {
    file: "File",
    edit: "Edit",
    view: "View",
    window: "Window",
    lock: "Lock",
    print: "Print…",
  },
  /** Electron's own words for what its menu does are English on every system. */
  roles: {
    about: "About Twofold",
    hide: "Hide Twofold",
    hideOthers: "Hide Others",
    unhide: "Show All",
    quit: "Quit Twofold",
    minimize: "Minimize",
    zoom: "Zoom",
    front: "Bring All to Front",
    close: "Close Window",
    undo: "Undo",
    redo: "Redo",
    cut: "Cut",
    copy: "Copy",
    paste: "Paste",
    pasteAndMatchStyle: "Paste and Match Style",
    selectAll: "Select All",
    resetZoom: "Actual Size",
    zoomIn: "Zoom In",
    zoomOut: "Zoom Out",
    togglefullscreen: "Toggle Full Screen",
  },
  tray: { open: "Open", lock: "Lock", quit: "Quit" },
  notice: "There is something new.",
  /** The page asks the same in a browser, in the same words (renderer/i18n/en/outside.json). */
  outside: {
    title: (host: string) => `Open ${host} in your browser?`,
    text: "Your browser will contact it, and remembers that. Whoever runs it sees that somebody opened this address.",
    open: "Open in the browser",
    stay: "Stay here",
  },
  notOpened: "Twofold could not open. Nothing was changed. Start it once more.",
  badProfile:
    "A profile's name has 1 to 32 small letters, digits or hyphens. Nothing was opened. Start again with --profile NAME.",
  refusedSwitch: (name: string) =>
    name === "--no-sandbox"
      ? "Twofold does not open without the system's sandbox (--no-sandbox). Nothing was opened. On this Linux, install the deb or rpm package in place of the AppImage."
      : `Twofold does not open with ${name}, which would let another program look in. Nothing was opened. Start it without that.`,
};

/** A sentence that another language lacks does not compile. */
export type ShellTexts = typeof englishTexts;
