import type { ChainHead } from "../../envelope/chain.ts";
import { chunkLength, type ChunkName } from "../../page/photo.ts";
import type { SealedChunk } from "../../page/photoSeal.ts";
import { recordStartLength } from "../capsule/records.ts";
import type { SeenFile } from "./known.ts";
import type { Statement } from "./openFile.ts";
import { contentBytes, folderCounts, folderSizes } from "./times.ts";

/** The journal as a folder's carrier sees it, beside the airlock: without it no photos go through the folder. */
export type FolderPhotos = {
  /** Undefined: it is not known yet what is here. `theirs`: what the partner's files say last. */
  readonly now: (theirs: Statement | undefined) => PhotosNow | undefined;
  /** Undefined: it is not here, or damaged. */
  readonly give: (name: ChunkName) => Promise<Uint8Array | undefined>;
  /** Each is missing here and is what its name says. False: the disk refuses; they come again. */
  readonly take: (chunks: readonly SealedChunk[]) => Promise<boolean>;
  readonly hear: (theirs: Statement) => void;
  /** Something of `now` may have changed. */
  readonly onChange: (listener: () => void) => () => void;
};

export type PhotosNow = {
  /** Up to where this device holds every chain. */
  readonly heads: readonly ChainHead[];
  readonly missing: readonly ChunkName[];
  /** Here, and to be put: what the partner wants, and what belongs to words on their way. */
  readonly needed: readonly ChunkName[];
  /** What lies there already stays until the partner has said, knowing its page, that it is not wanted. */
  readonly stays: (name: ChunkName) => boolean;
  /** False: withdrawn, or it never was of a shared page. */
  readonly isNamed: (name: ChunkName) => boolean;
};

export type PhotosPlan = {
  readonly write: readonly ChunkName[];
  readonly drop: readonly SeenFile[];
};

/** Chunks in the largest file. */
const mostChunks = Math.floor(contentBytes / (recordStartLength + chunkLength));

/** At most one file to be written; the next when that one stands. `files`: mine, written for a folder, with photos. */
export const planPhotos = (
  files: readonly SeenFile[],
  { needed, stays, isNamed }: Pick<PhotosNow, "needed" | "stays" | "isNamed">,
): PhotosPlan => {
  const drop: SeenFile[] = [];
  const kept: SeenFile[] = [];
  const standing = new Set<ChunkName>();
  for (const file of files.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    const { chunks } = file.content;
    const left =
      !chunks.some((name) => stays(name)) ||
      !chunks.every(isNamed) ||
      chunks.every((name) => standing.has(name));
    (left ? drop : kept).push(file);
    if (!left) for (const name of chunks) standing.add(name);
  }
  const missing = needed.filter((name) => !standing.has(name));
  const small = kept.filter(({ size }) => size <= folderSizes.smallPhotos);
  if (missing.length === 0 || kept.length - small.length >= folderCounts.photos)
    return { write: [], drop };
  const rest = small.flatMap(({ content }) => content.chunks.filter((name) => stays(name)));
  const write = [...new Set([...rest, ...missing])].slice(0, mostChunks);
  return { write, drop: [...drop, ...small] };
};
