import type { BrowserWindow, Dialog } from "electron";
import { backupEnding } from "../shared/bridge/backupNames.ts";
import type { BackupFilesParts } from "./backupFiles.ts";

/** The system's own windows to choose a folder or a file in; nothing of them reaches the page. */
export const backupDialogs = (
  dialog: Pick<Dialog, "showOpenDialog" | "showSaveDialog">,
  window: () => BrowserWindow | undefined,
): Pick<BackupFilesParts, "askFolder" | "askFile"> => ({
  askFolder: async () => {
    const over = window();
    if (over === undefined) return undefined;
    const { canceled, filePaths } = await dialog.showOpenDialog(over, {
      properties: ["openDirectory", "createDirectory"],
    });
    return canceled ? undefined : filePaths[0];
  },
  askFile: async (suggested) => {
    const over = window();
    if (over === undefined) return undefined;
    const { canceled, filePath } = await dialog.showSaveDialog(over, {
      defaultPath: suggested,
      filters: [{ name: "Twofold", extensions: [backupEnding.slice(1)] }],
      properties: ["showOverwriteConfirmation", "createDirectory"],
    });
    return canceled || filePath === "" ? undefined : filePath;
  },
});
