import { breathe, type Clock } from "../base/clock.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { Work } from "../base/work.ts";
import type { NewPhoto } from "../page/photo.ts";
import { largestPhoto } from "../page/photo.ts";
import {
  asArchived,
  kindOf,
  type ArchivedFile,
  type ChosenFile,
  type Tree,
} from "./archivedFile.ts";
import { gatherEntries, type Gathered } from "./gather.ts";
import { rememberLoads } from "./rememberLoads.ts";
import type { DraftEntry, DraftPart, EntrySource } from "./draftEntry.ts";
import type { Imported, ImportedPart } from "./imported.ts";
import { createNotes, type LeftOut, type LeftOutNotes } from "./leftOut.ts";
import { openZip, type ZipCode } from "./zip.ts";

/**
 * NOTHING_HERE: none of it is writing that can be brought in. KIND: a file of a kind that holds none. FILE_TOO_LARGE: a
 * journal in one file of more than 160 MiB.
 */
export type ArchiveCode =
  | ZipCode
  | "NOTHING_HERE"
  | "KIND"
  | "JSON_DAMAGED"
  | "FILE_TOO_LARGE"
  | "TOO_MANY"
  | "CANCELLED";

export type ArchivePreview = {
  readonly entries: number;
  readonly pictures: number;
  /** ms; undefined where no entry has a date. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** The first titles there are, a few. */
  readonly titles: readonly string[];
  readonly leftOut: readonly LeftOut[];
};

/** Writing of another app, looked through once. Nothing of it is anywhere yet. */
export type Archive = {
  readonly preview: ArchivePreview;
  /** Of whole files: what the notes of a taking begin with. */
  readonly before: readonly LeftOut[];
  /** One entry after the other, read once more where there were too many to keep; what does not come is noted. */
  readonly entries: (taking: Taking) => AsyncIterable<Imported>;
};

/** `prepare`: scales a picture and takes out what its camera wrote into it; undefined where it is no picture. */
export type PreparePhoto = (bytes: Uint8Array) => Promise<NewPhoto | undefined>;

export type Taking = { readonly prepare: PreparePhoto | undefined; readonly notes: LeftOutNotes };

const mostEntries = 100_000;
const titlesShown = 5;
/** Bytes of a picture as it came from a camera. */
const largestPicture = 64 * 1024 ** 2;
/** Milliseconds of work before the screen has its turn. */
const turn = 24;

/** Reads everything there is once, and changes nothing. Progress in entries. */
export const openArchive = async (
  chosen: readonly ChosenFile[],
  clock: Clock,
  work: Work,
): Promise<Result<Archive, ArchiveCode>> => {
  const trees = await openTrees(chosen);
  if (!trees.ok) return trees;
  const gathered: Gathered = await gatherEntries(trees.value, () => breathe(clock));
  const { damaged } = gathered;
  const sources = rememberLoads(gathered.sources);
  if (sources.length === 0) {
    if (damaged !== undefined) return refuse(damaged);
    return refuse(chosen.length === 1 && trees.value.length === 0 ? "KIND" : "NOTHING_HERE");
  }
  if (sources.length > mostEntries) return refuse("TOO_MANY");
  const notes = createNotes(gathered.leftOut);
  const looked = await lookThrough(sources, notes, clock, work);
  if (!looked.ok) return looked;
  for (const path of gathered.pictures)
    if (!looked.value.shown.has(path)) notes.add("PICTURE_UNUSED", path);
  const unused = notes.list().filter(({ code }) => code === "PICTURE_UNUSED");
  return accept({
    preview: { ...looked.value.preview, leftOut: notes.list() },
    before: [...gathered.leftOut, ...unused],
    entries: (taking) => readAgain(sources, taking, clock),
  });
};

/** Each archive apart, and all files that were chosen beside them together. */
const openTrees = async (
  chosen: readonly ChosenFile[],
): Promise<Result<readonly Tree[], ArchiveCode>> => {
  const loose: ArchivedFile[] = [];
  const trees: Tree[] = [];
  const [only] = chosen;
  for (const file of chosen) {
    if (kindOf(file.path) !== "zip") loose.push(asArchived(file));
    else if (chosen.length > 1 && file.path.includes("/")) loose.push(asArchived(file));
    else {
      const opened = await openZip(file.source);
      if (!opened.ok) return opened;
      trees.push({ files: opened.value });
    }
  }
  if (chosen.length === 1 && only !== undefined && loose.length === 1) {
    const kind = kindOf(only.path);
    if (kind !== "text" && kind !== "plain" && kind !== "json") return accept([]);
  }
  return accept(loose.length === 0 ? trees : [{ files: loose }, ...trees]);
};

const lookThrough = async (
  sources: readonly EntrySource[],
  notes: LeftOutNotes,
  clock: Clock,
  work: Work,
) => {
  const known = new Set<string>();
  const shown = new Set<string>();
  const titles: string[] = [];
  let pictures = 0;
  let from: number | undefined;
  let to: number | undefined;
  let rested = clock.now();
  for (const [index, source] of sources.entries()) {
    if (work.cancelled()) return refuse("CANCELLED");
    const entry = await loadEntry(source, known, notes);
    if (entry !== undefined) {
      for (const part of entry.parts) {
        if (part.kind !== "picture") continue;
        shown.add(part.file.path);
        pictures += 1;
      }
      const at = entry.writtenAt;
      if (at !== undefined) {
        from = Math.min(at, from ?? at);
        to = Math.max(at, to ?? at);
      }
      if (titles.length < titlesShown && entry.title !== "") titles.push(entry.title);
    }
    if (clock.now() - rested >= turn || index % 64 === 0) {
      work.progress(index, sources.length);
      await breathe(clock);
      rested = clock.now();
    }
  }
  return accept({ preview: { entries: known.size, pictures, from, to, titles }, shown });
};

/** Undefined, and noted, where it does not come. */
const loadEntry = async (
  source: EntrySource,
  known: Set<string>,
  notes: LeftOutNotes,
): Promise<DraftEntry | undefined> => {
  // What is nested beyond the stack costs that entry and no other; anything else that throws is a bug of ours.
  const loaded = await source.load(notes).catch((thrown: unknown) => {
    if (thrown instanceof RangeError) return refuse("ENTRY_DAMAGED");
    throw thrown;
  });
  if (!loaded.ok) {
    notes.add(loaded.code, source.where);
    return undefined;
  }
  const entry = loaded.value;
  if (entry.parts.length === 0 && entry.title === "") {
    notes.add("EMPTY", source.where);
    return undefined;
  }
  if (known.has(entry.source)) {
    notes.add("TWICE", source.where);
    return undefined;
  }
  known.add(entry.source);
  return entry;
};

const readAgain = async function* (
  sources: readonly EntrySource[],
  { prepare, notes }: Taking,
  clock: Clock,
): AsyncGenerator<Imported> {
  const known = new Set<string>();
  let rested = clock.now();
  for (const source of sources) {
    const entry = await loadEntry(source, known, notes);
    if (entry !== undefined)
      yield {
        ...entry,
        parts: entry.parts.map((part) => takePart(part, source.where, prepare, notes)),
      };
    if (clock.now() - rested < turn) continue;
    await breathe(clock);
    rested = clock.now();
  }
};

const takePart = (
  part: DraftPart,
  where: string,
  prepare: PreparePhoto | undefined,
  notes: LeftOutNotes,
): ImportedPart => {
  if (part.kind === "piece") return { kind: "piece", piece: part.piece };
  return {
    kind: "picture",
    read: async () => {
      const refused = (code: Parameters<LeftOutNotes["add"]>[0]): undefined =>
        notes.add(code, `${part.file.path} (${where})`) as undefined;
      if (prepare === undefined) return refused("PICTURE_NOT_TAKEN");
      const bytes = await part.file.read(largestPicture);
      if (!bytes.ok)
        return refused(bytes.code === "FILE_TOO_LARGE" ? "PICTURE_TOO_LARGE" : bytes.code);
      const photo = await prepare(bytes.value).catch(() => undefined);
      if (photo === undefined) return refused("NOT_A_PICTURE");
      if (photo.bytes.length > largestPhoto) return refused("PICTURE_TOO_LARGE");
      return part.words === "" ? photo : { ...photo, words: part.words };
    },
  };
};
