import type { FileSource } from "../base/files.ts";
import { accept, refuse, type Result } from "../base/result.ts";

/** A file in a folder or an archive that somebody chose. */
export type ArchivedFile = {
  /** With forward slashes, from where the choosing began. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** ms; undefined where nobody knows. */
  readonly modifiedAt: number | undefined;
  /** All of it; refused before anything is read where it has more than `most` bytes. */
  readonly read: (most: number) => Promise<Result<Uint8Array, ArchivedFileCode>>;
};

/** A folder, an archive, or files that were chosen one by one. */
export type Tree = { readonly files: readonly ArchivedFile[] };

/** FILE_DAMAGED: what comes out of the archive is not what went in. */
export type ArchivedFileCode = "FILE_GONE" | "FILE_TOO_LARGE" | "FILE_DAMAGED";

/** One that a person chose by itself or with its folder. */
export type ChosenFile = {
  readonly path: string;
  readonly modifiedAt: number | undefined;
  readonly source: FileSource;
};

export const asArchived = ({ path, modifiedAt, source }: ChosenFile): ArchivedFile => ({
  path: path.normalize("NFC"),
  size: source.size,
  modifiedAt,
  read: async (most) => {
    if (source.size > most) return refuse("FILE_TOO_LARGE");
    const read = await source.read(0, source.size);
    if (!read.ok) return read;
    return read.value.length === source.size ? accept(read.value) : refuse("FILE_GONE");
  },
});

export type FileKind = "text" | "plain" | "json" | "zip" | "picture" | "video" | "audio" | "other";

const kinds: readonly (readonly [FileKind, RegExp])[] = [
  ["text", /\.(?:md|markdown|mdown|mkd)$/i],
  ["plain", /\.(?:txt|text)$/i],
  ["json", /\.json$/i],
  ["zip", /\.zip$/i],
  ["picture", /\.(?:jpe?g|png|webp|gif|heic|heif|avif|bmp|tiff?)$/i],
  ["video", /\.(?:mov|mp4|m4v|webm|avi|mkv)$/i],
  ["audio", /\.(?:m4a|mp3|wav|aac|ogg|flac|caf)$/i],
];

export const kindOf = (path: string): FileKind =>
  kinds.find(([, shape]) => shape.test(path))?.[0] ?? "other";

/** What systems and apps put beside a person's files for themselves. */
export const isHidden = (path: string): boolean =>
  path
    .split("/")
    .some(
      (part) =>
        part.startsWith(".") || part === "__MACOSX" || /^(?:thumbs\.db|desktop\.ini)$/i.test(part),
    );

export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);
export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
