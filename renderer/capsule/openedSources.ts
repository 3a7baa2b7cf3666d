import type { ChosenFile } from "../../shared/archive/archivedFile.ts";
import { accept, refuse } from "../../shared/base/result.ts";
import type { OpenedFile, OpenedFiles } from "../../shared/bridge/openedFiles.ts";

/** Each begun now; one that cannot be read any more is among them and says so when it is read. */
export const openedSources = (
  shell: OpenedFiles,
  files: readonly OpenedFile[],
): Promise<readonly ChosenFile[]> =>
  Promise.all(
    files.map(async ({ ticket, name }): Promise<ChosenFile> => {
      const begun = await shell.begin(ticket);
      const source = {
        name,
        size: begun.ok ? begun.value : 0,
        read: async (from: number, length: number) => {
          const read = await shell.read(ticket, from, length);
          return read.ok ? accept(read.value) : refuse("FILE_GONE");
        },
      };
      return { path: name.replaceAll("/", "_"), modifiedAt: undefined, source };
    }),
  );

/** Nobody here wants them any more. */
export const letOpenedGo = (shell: OpenedFiles, files: readonly OpenedFile[]): void => {
  for (const { ticket } of files) void shell.done(ticket);
};
