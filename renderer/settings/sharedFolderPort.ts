import type { SharedFilesCode } from "../../shared/base/files.ts";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import type { SharedFolder } from "../../shared/bridge/sharedFolder.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import type { FolderPort } from "../ui/useFolder.ts";

/** NOT_KEPT: the journal could not write down that the folder is used, or is not any more. */
export type SharedFolderTrouble = SharedFilesCode | "NOT_KEPT";

/** The folder with whether the journal uses it: the shell knows the one, the settings the other. */
export const sharedFolderPort = (
  shell: Pick<SharedFolder, "folder" | "chooseFolder" | "askAgain" | "forgetFolder">,
  { settings, changeSettings }: Pick<Journal, "settings" | "changeSettings">,
): FolderPort<SharedFolderTrouble> => {
  const isUsed = (): boolean => settings.read().sharedFolder;

  const use = async (sharedFolder: boolean): Promise<Result<void, SharedFolderTrouble>> => {
    const kept = await changeSettings({ sharedFolder });
    return kept.ok ? accept(undefined) : refuse("NOT_KEPT", kept.code);
  };

  return {
    folder: async () => {
      const now = await shell.folder();
      return now.state === "notOffered" || isUsed() ? now : { state: "none" };
    },
    chooseFolder: async () => {
      // One from before, which is not used: whoever closes the window does not bring it back.
      const before = isUsed() ? accept(undefined) : await shell.forgetFolder();
      if (!before.ok) return before;
      const chosen = await shell.chooseFolder();
      if (!chosen.ok || !("name" in chosen.value)) return chosen;
      // Carriers begin anew when a setting of theirs changes, and another folder is none by itself.
      const off = isUsed() ? await use(false) : accept(undefined);
      const on = off.ok ? await use(true) : off;
      return on.ok ? chosen : on;
    },
    askAgain: shell.askAgain,
    forgetFolder: async () => {
      const off = await use(false);
      return off.ok ? shell.forgetFolder() : off;
    },
  };
};
