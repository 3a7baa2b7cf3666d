import type { BrowserWindow, Dialog, WebContents } from "electron";
import { accept, refuse } from "../shared/base/result.ts";
import type { Documents } from "../shared/bridge/documents.ts";
import { writeAtomically } from "./atomicFile.ts";
import { readDiskProblem } from "./diskProblem.ts";

export type DocumentsParts = {
  readonly dialog: Pick<Dialog, "showSaveDialog">;
  readonly window: () =>
    | (Pick<BrowserWindow, "isDestroyed"> & {
        readonly webContents: Pick<WebContents, "printToPDF">;
      })
    | undefined;
};

/** Laid out before the person is asked where to: what they see then is what is in the file, also once it is locked. */
export const createDocuments = ({ dialog, window }: DocumentsParts): Pick<Documents, "pdf"> => ({
  pdf: async (name) => {
    const own = window();
    if (own === undefined || own.isDestroyed()) return refuse("PRINT_REFUSED");
    let bytes: Uint8Array;
    try {
      bytes = await own.webContents.printToPDF({
        pageSize: "A4",
        preferCSSPageSize: true,
        printBackground: false,
        displayHeaderFooter: false,
        generateTaggedPDF: true,
        generateDocumentOutline: true,
      });
    } catch {
      return refuse("PRINT_REFUSED");
    }
    const { canceled, filePath } = await dialog.showSaveDialog(own as BrowserWindow, {
      defaultPath: `${name}.pdf`,
      filters: [{ name: "PDF", extensions: ["pdf"] }],
      properties: ["showOverwriteConfirmation", "createDirectory"],
    });
    if (canceled || filePath === "") return accept("closed");
    try {
      await writeAtomically(filePath, bytes);
      return accept("saved");
    } catch (problem) {
      return readDiskProblem(problem);
    }
  },
});
