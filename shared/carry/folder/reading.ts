import type { ListedFile, SharedFiles } from "../../base/files.ts";
import type { EnvelopeKey } from "../../envelope/envelope.ts";
import type { ChunkName } from "../../page/photo.ts";
import type { SealedChunk } from "../../page/photoSeal.ts";
import type { AirlockMirror } from "../airlockMirror.ts";
import type { CarrierCode } from "../carrier.ts";
import type { KnownFiles, SeenFile } from "./known.ts";
import { openFile, type FileContent, type OpenFileParts } from "./openFile.ts";
import type { ReadBudget } from "./patience.ts";
import { folderCounts, folderSizes } from "./times.ts";

export type ReadingParts = OpenFileParts & {
  readonly files: SharedFiles;
  readonly known: KnownFiles;
  readonly mirror: AirlockMirror;
  readonly budget: ReadBudget;
  readonly mostLying?: number;
};

/** `whole`: all that is listed is known by now. `crowded`: more lies there than is taken in. */
export type ReadingEnd = {
  readonly whole: boolean;
  readonly crowded: boolean;
  readonly trouble: CarrierCode | undefined;
};

export type Reading = {
  /** `onChunks`: what a file of the partner's holds of photos, when it is first read. */
  readonly readNew: (
    onChunks?: (chunks: readonly SealedChunk[]) => Promise<void>,
  ) => Promise<ReadingEnd>;
  /** Reads those files again that hold some of these, and gives what they hold of them. */
  readonly fetch: (
    missing: ReadonlySet<ChunkName>,
    take: (chunks: readonly SealedChunk[]) => Promise<boolean>,
  ) => Promise<void>;
};

/** Chunks taken at one go: 2 MiB. */
const chunksAtOnce = 32;

const wantsOf = ({ by, statement }: FileContent): number =>
  by === "partner" ? (statement?.wanted.length ?? 0) : 0;

/** Takes those that are in `still`, and takes them out of it. False: the disk refuses. */
export const takeMissing = async (
  chunks: readonly SealedChunk[],
  still: Set<ChunkName>,
  take: (chunks: readonly SealedChunk[]) => Promise<boolean>,
): Promise<boolean> => {
  const asked = chunks.filter(({ name }) => still.delete(name));
  for (let from = 0; from < asked.length; from += chunksAtOnce)
    if (!(await take(asked.slice(from, from + chunksAtOnce)))) return false;
  return true;
};

/** Takes in what the partner put there, for as long as one airlock lasts. */
export const createReading = (parts: ReadingParts): Reading => {
  const { files, known, mirror, budget, cancelled, mostLying = folderSizes.lying } = parts;
  /** What was brought is not brought again while it lies there, whatever the reader's app does with it. */
  let brought = new Set<EnvelopeKey>();
  /** By file: what was too much to be taken in. */
  const left = new Set<string>();

  const lyingBytes = (): number =>
    known
      .by("partner")
      .reduce((sum, { name, size, content }) => sum + (wordsIn(content, name) ? size : 0), 0);
  const wordsIn = ({ keys }: SeenFile["content"], name: string): boolean =>
    keys.length > 0 && !left.has(name);

  const namesWanted = (): number =>
    known.by("partner").reduce((sum, { content }) => sum + wantsOf(content), 0);

  /** Without what nobody asks for again: a folder full of names would fill the memory. */
  const toRemember = (name: string, content: FileContent): FileContent => {
    if (content.by === "me" && !content.passing)
      return { ...content, keys: [], chunks: [], statement: undefined };
    const slim = left.has(name) ? { ...content, keys: [] } : content;
    const isTooMuch = wantsOf(content) > 0 && namesWanted() > folderCounts.wanted;
    return isTooMuch ? { ...slim, statement: undefined } : slim;
  };

  const readOne = async (
    file: ListedFile,
    onChunks: Parameters<Reading["readNew"]>[0],
  ): Promise<CarrierCode | undefined> => {
    const read = await files.read(file.name);
    if (cancelled()) return undefined;
    if (!read.ok) {
      if (read.code === "FOLDER_GONE") return "NO_FOLDER";
      if (read.code === "FILE_GONE") known.unreadable(file.name);
      else known.foreign(file, read.code !== "TOO_LARGE");
      return undefined;
    }
    const opened = await openFile(read.value, parts);
    if (cancelled()) return undefined;
    if (!opened.ok) {
      known.foreign(file, opened.code === "BROKEN");
      return undefined;
    }
    const { content, envelopes } = opened.value;
    left.delete(file.name);
    if (content.by === "partner" && content.keys.length > 0) {
      if (lyingBytes() + file.size > mostLying) left.add(file.name);
      else {
        const fresh = envelopes.filter(({ key }) => !brought.has(key));
        for (const { key } of fresh) brought.add(key);
        mirror.bring(fresh);
      }
    }
    known.read(file, toRemember(file.name, content));
    if (content.by === "partner" && content.chunks.length > 0)
      await onChunks?.(opened.value.chunks);
    return undefined;
  };

  const forgetGone = (): void => {
    const lying = new Set<EnvelopeKey>();
    const theirs = known.by("partner");
    for (const { content } of theirs) for (const key of content.keys) lying.add(key);
    const there = new Set(theirs.map(({ name }) => name));
    for (const name of left) if (!there.has(name)) left.delete(name);
    brought = new Set([...brought].filter((key) => lying.has(key)));
    mirror.keepOnly(lying);
  };

  const tryLeft = (): void => {
    for (const { name, size } of known.by("partner")) {
      if (!left.has(name) || lyingBytes() + size > mostLying) continue;
      left.delete(name);
      known.forget(name);
    }
  };

  return {
    readNew: async (onChunks) => {
      tryLeft();
      const unread = known.unread();
      const some = [...unread]
        .toSorted((one, other) => other.changed - one.changed)
        .slice(0, folderCounts.looked)
        // What was written first is taken in first.
        .toReversed();
      for (const file of some) {
        if (!budget.spend(file.size)) return { whole: false, crowded: true, trouble: undefined };
        const trouble = await readOne(file, onChunks);
        if (cancelled() || trouble !== undefined) return { whole: false, crowded: false, trouble };
      }
      const whole = unread.length <= some.length;
      if (whole) forgetGone();
      return { whole, crowded: !whole || left.size > 0, trouble: undefined };
    },
    fetch: async (missing, take) => {
      const still = new Set(missing);
      for (const { name, size, content } of known.by("partner")) {
        if (!content.chunks.some((chunk) => still.has(chunk))) continue;
        if (cancelled() || !budget.spend(size)) return;
        const read = await files.read(name);
        if (cancelled()) return;
        if (!read.ok) continue;
        const opened = await openFile(read.value, parts);
        if (cancelled()) return;
        if (!opened.ok) continue;
        if (!(await takeMissing(opened.value.chunks, still, take)) || cancelled()) return;
      }
    },
  };
};
