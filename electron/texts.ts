/**
 * What the main process says by itself: in the system's own places, where the page cannot speak. Few, and neutral:
 * a tray, a menu and a notice are seen by whoever passes by.
 */
export const shellTexts = {
  name: "Twofold",
  menu: { file: "File", edit: "Edit", view: "View", lock: "Lock", print: "Print…" },
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
} as const;
