import type { SharedFolder } from "../../shared/bridge/sharedFolder.ts";
import type { Carrier } from "../../shared/carry/carrier.ts";
import {
  createFolderCarrier,
  type FolderCarrierParts,
} from "../../shared/carry/folder/folderCarrier.ts";

type CarryByFolderParts = Omit<FolderCarrierParts, "files"> & { readonly folder: SharedFolder };

/**
 * None where no folder is chosen. A browser that has to ask its person first says so, and carries nothing; so does a
 * shell that cannot say what it has. The other carriers go on either way.
 */
export const carryByFolder = async ({
  folder,
  ...parts
}: CarryByFolderParts): Promise<readonly Carrier[]> => {
  const state = await folder.folder().then(
    (chosen) => chosen.state,
    () => "asks" as const,
  );
  if (state === "ready") return [createFolderCarrier({ ...parts, files: folder })];
  return state === "asks" ? [refusedFolder(parts)] : [];
};

const refusedFolder = ({ clock }: Pick<FolderCarrierParts, "clock">): Carrier => ({
  name: "folder",
  carry: (_, tell) => {
    const cancel = clock.after(0, () => tell({ type: "trouble", code: "FOLDER_REFUSED" }));
    return { stop: async () => cancel() };
  },
});
