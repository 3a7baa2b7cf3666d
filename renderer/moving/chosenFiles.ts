import type { DirectoryDropItem, DropItem, FileDropItem } from "react-aria-components";
import type { ChosenFile } from "../../shared/archive/archivedFile.ts";
import type { FileSource } from "../../shared/base/files.ts";
import { accept, refuse } from "../../shared/base/result.ts";

/** A file of the browser's, read piece by piece: it may be larger than memory, and it may vanish meanwhile. */
export const fileSource = (file: File): FileSource => ({
  name: file.name,
  size: file.size,
  read: async (from, length) => {
    try {
      return accept(new Uint8Array(await file.slice(from, from + length).arrayBuffer()));
    } catch {
      return refuse("FILE_GONE");
    }
  },
});

/** `path`: where it lay in what was chosen, with forward slashes. */
const chosenFile = (file: File, path: string): ChosenFile => ({
  path,
  modifiedAt: file.lastModified,
  source: fileSource(file),
});

/** From a file field; of a folder, each file says its own way. */
export const fromField = (files: FileList): readonly ChosenFile[] =>
  [...files].map((file) =>
    chosenFile(file, file.webkitRelativePath === "" ? file.name : file.webkitRelativePath),
  );

/** Folders within folders to this depth, and files: whoever drops a whole disk is told so. */
const deepest = 32;
const mostFiles = 200_000;

export const fromDrop = async (items: readonly DropItem[]): Promise<readonly ChosenFile[]> => {
  const files: ChosenFile[] = [];
  const take = async (item: DropItem, folder: string, depth: number): Promise<void> => {
    if (files.length >= mostFiles || depth > deepest) return;
    if (isFile(item)) files.push(chosenFile(await item.getFile(), `${folder}${item.name}`));
    else if (isFolder(item))
      for await (const inside of item.getEntries())
        await take(inside, `${folder}${item.name}/`, depth + 1);
  };
  for (const item of items) await take(item, "", 0);
  return files;
};

const isFile = (item: DropItem): item is FileDropItem => item.kind === "file";
const isFolder = (item: DropItem): item is DirectoryDropItem => item.kind === "directory";
