import type { BrowserWindow, Menu, MenuItemConstructorOptions } from "electron";
import { shellTexts } from "./texts.ts";

export type MenuChoices = {
  readonly platform: NodeJS.Platform;
  readonly devTools: boolean;
  readonly lock: () => void;
  /** The page that is open, by the system's own window. */
  readonly print: () => void;
};

export type MenuParts = Omit<MenuChoices, "print"> & {
  readonly menus: Pick<typeof Menu, "buildFromTemplate" | "setApplicationMenu">;
  readonly window: () => BrowserWindow | undefined;
};

export const putMenu = ({ menus, window, ...choices }: MenuParts): void => {
  const print = (): void => {
    const own = window();
    if (own?.isDestroyed() === false) own.webContents.print({ printBackground: false });
  };
  menus.setApplicationMenu(menus.buildFromTemplate(menuTemplate({ ...choices, print })));
};

const { name, menu: words } = shellTexts;

/**
 * Roles wherever there is one, so that the system words them. Left out on purpose: reload (it would drop what is
 * being written), macOS Services, speech and look-up (they hand words to other programs), and developer tools in
 * packaged builds.
 */
export const menuTemplate = (choices: MenuChoices): MenuItemConstructorOptions[] => [
  ...(choices.platform === "darwin" ? onMac(choices) : elsewhere(choices)),
  {
    role: "editMenu",
    label: words.edit,
    submenu: roles("undo", "redo", "|", "cut", "copy", "paste", "pasteAndMatchStyle", "selectAll"),
  },
  {
    label: words.view,
    submenu: [
      ...roles("resetZoom", "zoomIn", "zoomOut", "|", "togglefullscreen"),
      ...(choices.devTools ? roles("toggleDevTools") : []),
    ],
  },
  ...(choices.platform === "darwin" ? [{ role: "windowMenu" as const }] : []),
];

type Role = NonNullable<MenuItemConstructorOptions["role"]>;

const roles = (...names: readonly (Role | "|")[]): MenuItemConstructorOptions[] =>
  names.map((role) => (role === "|" ? { type: "separator" } : { role }));

const onMac = ({ lock, print }: MenuChoices): MenuItemConstructorOptions[] => [
  {
    label: name,
    submenu: [
      ...roles("about", "|"),
      { label: words.lock, click: lock },
      ...roles("|", "hide", "hideOthers", "unhide", "|", "quit"),
    ],
  },
  { label: words.file, submenu: [printItem(print), ...roles("|", "close")] },
];

const elsewhere = ({ lock, print }: MenuChoices): MenuItemConstructorOptions[] => [
  {
    label: name,
    submenu: [
      printItem(print),
      { type: "separator" },
      { label: words.lock, click: lock },
      ...roles("minimize", "close", "|", "quit"),
    ],
  },
];

const printItem = (print: () => void): MenuItemConstructorOptions => ({
  label: words.print,
  accelerator: "CommandOrControl+P",
  click: print,
});
