import type { BrowserWindow, Menu, MenuItemConstructorOptions } from "electron";
import { appName } from "./texts.ts";
import type { ShellTexts } from "./textsEnglish.ts";

export type MenuChoices = {
  readonly platform: NodeJS.Platform;
  readonly devTools: boolean;
  readonly texts: ShellTexts;
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

/**
 * Roles wherever there is one, so that the system does them. Left out on purpose: reload (it would drop what is
 * being written), macOS Services, speech and look-up (they hand words to other programs), and developer tools in
 * packaged builds.
 */
export const menuTemplate = (choices: MenuChoices): MenuItemConstructorOptions[] => {
  const { menu: words } = choices.texts;
  const items = itemsIn(choices.texts);
  return [
    ...(choices.platform === "darwin" ? onMac(choices, items) : elsewhere(choices, items)),
    {
      role: "editMenu",
      label: words.edit,
      submenu: items(
        ...(["undo", "redo", "|", "cut", "copy", "paste", "pasteAndMatchStyle"] as const),
        "selectAll",
      ),
    },
    {
      label: words.view,
      submenu: [
        ...items("resetZoom", "zoomIn", "zoomOut", "|", "togglefullscreen"),
        ...(choices.devTools ? [{ role: "toggleDevTools" as const }] : []),
      ],
    },
    ...(choices.platform === "darwin"
      ? [
          {
            role: "windowMenu" as const,
            label: words.window,
            submenu: items("minimize", "zoom", "|", "front"),
          },
        ]
      : []),
  ];
};

type Named = keyof ShellTexts["roles"];
type Items = (...names: readonly (Named | "|")[]) => MenuItemConstructorOptions[];

const itemsIn =
  ({ roles }: ShellTexts): Items =>
  (...names) =>
    names.map((role) => (role === "|" ? { type: "separator" } : { role, label: roles[role] }));

const onMac = (choices: MenuChoices, items: Items): MenuItemConstructorOptions[] => [
  {
    label: appName,
    submenu: [
      ...items("about", "|"),
      lockItem(choices),
      ...items("|", "hide", "hideOthers", "unhide", "|", "quit"),
    ],
  },
  {
    label: choices.texts.menu.file,
    submenu: [printItem(choices), ...items("|", "close")],
  },
];

const elsewhere = (choices: MenuChoices, items: Items): MenuItemConstructorOptions[] => [
  {
    label: appName,
    submenu: [
      printItem(choices),
      { type: "separator" },
      lockItem(choices),
      ...items("minimize", "close", "|", "quit"),
    ],
  },
];

const lockItem = ({ texts, lock }: MenuChoices): MenuItemConstructorOptions => ({
  label: texts.menu.lock,
  click: lock,
});

const printItem = ({ texts, print }: MenuChoices): MenuItemConstructorOptions => ({
  label: texts.menu.print,
  accelerator: "CommandOrControl+P",
  click: print,
});
