import type { MenuItemConstructorOptions } from "electron";

export type MenuChoices = {
  readonly platform: NodeJS.Platform;
  readonly devTools: boolean;
};

/**
 * Roles only, so that the system words them. Left out on purpose: reload (it would drop what is being written),
 * macOS Services, speech and look-up (they hand words to other programs), and developer tools in packaged builds.
 */
export const menuTemplate = ({ platform, devTools }: MenuChoices): MenuItemConstructorOptions[] => [
  ...(platform === "darwin"
    ? [macMenu]
    : [{ label: "Twofold", submenu: roles("minimize", "quit") }]),
  {
    role: "editMenu",
    label: "Edit",
    submenu: roles("undo", "redo", "|", "cut", "copy", "paste", "pasteAndMatchStyle", "selectAll"),
  },
  {
    label: "View",
    submenu: [
      ...roles("resetZoom", "zoomIn", "zoomOut", "|", "togglefullscreen"),
      ...(devTools ? roles("toggleDevTools") : []),
    ],
  },
  ...(platform === "darwin" ? [{ role: "windowMenu" as const }] : []),
];

type Role = NonNullable<MenuItemConstructorOptions["role"]>;

const roles = (...names: readonly (Role | "|")[]): MenuItemConstructorOptions[] =>
  names.map((name) => (name === "|" ? { type: "separator" } : { role: name }));

const macMenu: MenuItemConstructorOptions = {
  label: "Twofold",
  submenu: roles("about", "|", "hide", "hideOthers", "unhide", "|", "quit"),
};
