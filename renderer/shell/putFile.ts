import type { SharedFilesCode } from "../../shared/base/files.ts";
import { createQueue } from "../../shared/base/queue.ts";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import { halfEnding, type Kept, nameOf, type PickedFolder } from "./chosenPlace.ts";

/** A name under which a file is being written. */
export type LaidFile = { readonly folder: PickedFolder; readonly name: string };

export type Putting = {
  /** Throws what the browser throws, and then nothing of it is there. */
  readonly put: (
    folder: PickedFolder,
    name: string,
    bytes: Uint8Array,
  ) => Promise<Result<void, SharedFilesCode>>;
  /** Of a page that was closed while it wrote. What cannot be cleared now is cleared the next time. */
  readonly clearLeftover: () => Promise<void>;
};

/**
 * A browser lays an empty file under the name, writes beside it, and puts it in place when it is closed. Which name
 * that is, is written down before, so that an empty one can be told from somebody else's and cleared.
 */
export const createPutting = (laid: Kept<LaidFile>): Putting => {
  const inTurn = createQueue();
  let clean = false;

  const clear = async (): Promise<void> => {
    if (clean) return;
    try {
      const file = await laid.read();
      if (file !== undefined) await removeUnfinished(file);
      await laid.write(undefined);
      clean = true;
    } catch {
      // Not now: the folder is gone, or may not be written to.
    }
  };

  return {
    clearLeftover: () => inTurn(clear),
    put: (folder, name, bytes) =>
      inTurn(async () => {
        await clear();
        if (await isThere(folder, name)) return refuse("BAD_REQUEST", "there already");
        await laid.write({ folder, name });
        clean = false;
        try {
          await write(await folder.getFileHandle(name, { create: true }), bytes);
        } catch (problem) {
          await clear();
          throw problem;
        }
        await laid.write(undefined);
        clean = true;
        return accept(undefined);
      }),
  };
};

const write = async (handle: FileSystemFileHandle, bytes: Uint8Array): Promise<void> => {
  const stream = await handle.createWritable();
  try {
    await stream.write(bytes.slice());
    await stream.close();
  } catch (problem) {
    await stream.abort().catch(() => undefined);
    throw problem;
  }
};

const isThere = async (folder: PickedFolder, name: string): Promise<boolean> => {
  try {
    await folder.getFileHandle(name);
    return true;
  } catch (problem) {
    if (nameOf(problem) === "NotFoundError") return false;
    if (nameOf(problem) === "TypeMismatchError") return true;
    throw problem;
  }
};

/** A file with something in it was closed, and is whole. */
const removeUnfinished = async ({ folder, name }: LaidFile): Promise<void> => {
  // Throws where the folder is gone: then it is not known what is there.
  await folder.keys().next();
  const handle = await folder.getFileHandle(name).catch(() => undefined);
  if (handle !== undefined && (await handle.getFile()).size === 0) await folder.removeEntry(name);
  await folder.removeEntry(name + halfEnding).catch(() => undefined);
};
