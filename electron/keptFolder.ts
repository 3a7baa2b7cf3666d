import { randomBytes } from "node:crypto";
import { basename, dirname, isAbsolute } from "node:path";
import * as v from "valibot";
import { isBackupMark } from "../shared/bridge/backupNames.ts";
import type { ChosenFolder } from "../shared/bridge/chosenFolder.ts";
import { removeIfThere, syncFolder } from "./atomicFile.ts";
import { readSmallFile, writeSmallFile } from "./smallFile.ts";

/** `mark`: tells this profile's files from another's in the same folder. */
const noteSchema = v.strictObject({
  folder: v.pipe(v.string(), v.check(isAbsolute)),
  mark: v.pipe(v.string(), v.check(isBackupMark)),
});
export type FolderNote = v.InferOutput<typeof noteSchema>;

export type KeptFolderParts = {
  /** Where the chosen folder is remembered. */
  readonly path: string;
  /** The system's dialog; undefined where the person closed it. */
  readonly askFolder: () => Promise<string | undefined>;
};

/** A folder that a person chose, from one start to the next. Its path stays here: what is told is its own name. */
export type KeptFolder = {
  readonly read: () => Promise<FolderNote | undefined>;
  readonly tell: () => Promise<ChosenFolder>;
  /** Throws what the disk throws, as does `forget`. */
  readonly choose: () => Promise<ChosenFolder>;
  readonly forget: () => Promise<void>;
};

export const createKeptFolder = ({ path, askFolder }: KeptFolderParts): KeptFolder => {
  /** A note that cannot be read is no folder: it is chosen again. */
  const read = () => readSmallFile(path, noteSchema);
  const tell = async (): Promise<ChosenFolder> => {
    const note = await read();
    return note === undefined
      ? { state: "none" }
      : { state: "ready", name: basename(note.folder) || note.folder };
  };
  return {
    read,
    tell,
    choose: async () => {
      const folder = await askFolder();
      if (folder === undefined) return tell();
      const mark = (await read())?.mark ?? newMark();
      await writeSmallFile(path, { folder, mark });
      return tell();
    },
    forget: async () => {
      await removeIfThere(path);
      await syncFolder(dirname(path));
    },
  };
};

export const newMark = (): string => randomBytes(4).toString("hex");
