import type { MenuItemConstructorOptions, NativeImage, Tray } from "electron";
import { appName } from "./texts.ts";
import type { ShellTexts } from "./textsEnglish.ts";
import icons from "./trayIcons.json" with { type: "json" };

export type TrayPart = {
  /** False where the desktop has no place for it. */
  readonly set: (on: boolean) => boolean;
  readonly isOn: () => boolean;
  /** In another language from now on. */
  readonly wordAgain: () => void;
};

export type TrayParts = {
  readonly make: (picture: NativeImage) => Pick<Tray, "setToolTip" | "destroy"> & {
    readonly on: (event: "click", listener: () => void) => unknown;
    readonly setContextMenu: (menu: Electron.Menu) => void;
  };
  readonly picture: () => NativeImage;
  readonly menu: (template: MenuItemConstructorOptions[]) => Electron.Menu;
  readonly platform: NodeJS.Platform;
  readonly texts: () => Pick<ShellTexts, "tray">;
  readonly open: () => void;
  readonly lock: () => void;
  readonly quit: () => void;
};

/** A small picture and three words. It says whose it is by its name alone, and never that something is there. */
export const createTray = (parts: TrayParts): TrayPart => {
  let tray: ReturnType<TrayParts["make"]> | undefined;
  const { make, picture, menu, platform, texts, open, lock, quit } = parts;
  const words = (): Electron.Menu => {
    const { tray: say } = texts();
    return menu([
      { label: say.open, click: open },
      { label: say.lock, click: lock },
      { type: "separator" },
      { label: say.quit, click: quit },
    ]);
  };
  const put = (): void => {
    const made = make(picture());
    made.setToolTip(appName);
    made.setContextMenu(words());
    // On a Mac a click opens the menu.
    if (platform !== "darwin") made.on("click", open);
    // Held on to: a tray that is collected goes out of sight.
    tray = made;
  };
  return {
    isOn: () => tray !== undefined,
    wordAgain: () => tray?.setContextMenu(words()),
    set: (on) => {
      if (on === (tray !== undefined)) return true;
      if (!on) {
        tray?.destroy();
        tray = undefined;
        return true;
      }
      try {
        put();
        return true;
      } catch {
        // Nothing of this may keep a journal from opening.
        return false;
      }
    },
  };
};

type Pictures = {
  readonly createEmpty: () => NativeImage;
};

/** On a Mac lines alone, which the system colours for its bar; elsewhere the app's own mark. */
export const trayPicture = (pictures: Pictures, platform: NodeJS.Platform): NativeImage => {
  const picture = pictures.createEmpty();
  const drawn = platform === "darwin" ? icons.lines : icons.tile;
  for (const [scale, png] of [drawn.once, drawn.twice].entries())
    picture.addRepresentation({
      scaleFactor: scale + 1,
      dataURL: `data:image/png;base64,${png}`,
    });
  if (platform === "darwin") picture.setTemplateImage(true);
  return picture;
};
