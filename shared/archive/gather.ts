import { isHidden, kindOf, type ArchivedFile, type Tree } from "./archivedFile.ts";
import { readDayOne } from "./dayOne.ts";
import type { EntrySource } from "./draftEntry.ts";
import { createNotes, type LeftOut } from "./leftOut.ts";
import { textEntry } from "./textFile.ts";

/** All that may become entries, and what of the files will not, before any of the entries is read. */
export type Gathered = {
  readonly sources: readonly EntrySource[];
  readonly leftOut: readonly LeftOut[];
  /** Paths of pictures that no journal of Day One brings along: somebody may show them, or nobody. */
  readonly pictures: readonly string[];
  /** A journal that could not be read. */
  readonly damaged: "JSON_DAMAGED" | "FILE_GONE" | "FILE_TOO_LARGE" | undefined;
};

export const gatherEntries = async (
  trees: readonly Tree[],
  rest: () => Promise<void>,
): Promise<Gathered> => {
  const sources: EntrySource[] = [];
  const pictures: string[] = [];
  const notes = createNotes();
  let damaged: Gathered["damaged"];
  let journals = 0;
  for (const { files } of trees) {
    const seen = files.filter(({ path }) => !isHidden(path));
    const byPath = new Map(seen.map((file) => [file.path, file]));
    const find = (path: string): ArchivedFile | undefined => byPath.get(path);
    const before = journals;
    for (const file of seen.filter(({ path }) => kindOf(path) === "json")) {
      const read = await readDayOne(file, find);
      await rest();
      if (read.ok) {
        journals += 1;
        for (const source of read.value) sources.push(source);
        continue;
      }
      if (read.code !== "NOT_DAY_ONE" && read.code !== "FILE_DAMAGED") damaged = read.code;
      notes.add(read.code === "NOT_DAY_ONE" ? "OTHER_KIND" : read.code, file.path);
    }
    const isDayOne = journals > before;
    for (const file of seen) {
      const kind = kindOf(file.path);
      if (kind === "text" || kind === "plain")
        sources.push(textEntry(file, kind === "text" ? "markdown" : "plain", find));
      else if (kind === "picture") pictures.push(file.path);
      else if (kind === "zip") notes.add("ZIP_WITHIN", file.path);
      else if (kind !== "json" && !(isDayOne && kind !== "other"))
        notes.add(
          kind === "video" ? "VIDEO" : kind === "audio" ? "AUDIO" : "OTHER_KIND",
          file.path,
        );
    }
  }
  if (journals > 1) notes.add("JOURNAL_NAMES", "");
  return { sources, leftOut: notes.list(), pictures, damaged };
};
