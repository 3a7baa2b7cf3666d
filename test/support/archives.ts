import { utf8 } from "../../shared/base/bytes.ts";
import { systemClock } from "../../shared/base/clock.ts";
import type { Result } from "../../shared/base/result.ts";
import type { Work } from "../../shared/base/work.ts";
import {
  openArchive,
  type Archive,
  type ArchiveCode,
  type PreparePhoto,
} from "../../shared/archive/archive.ts";
import type { ChosenFile } from "../../shared/archive/archivedFile.ts";
import type { Imported } from "../../shared/archive/imported.ts";
import { createNotes, type LeftOut } from "../../shared/archive/leftOut.ts";
import type { Piece } from "../../shared/page/pieces.ts";
import { sourceOf } from "./zipFiles.ts";

export const noWork: Work = { progress: () => {}, cancelled: () => false };

export const chosen = (
  path: string,
  content: string | Uint8Array,
  more: { readonly modifiedAt?: number; readonly goneAfter?: number } = {},
): ChosenFile => ({
  path,
  modifiedAt: more.modifiedAt,
  source: sourceOf(path, typeof content === "string" ? utf8(content) : content, more.goneAfter),
});

export const open = (
  files: readonly ChosenFile[],
  work: Work = noWork,
): Promise<Result<Archive, ArchiveCode>> => openArchive(files, systemClock, work);

export const opened = async (files: readonly ChosenFile[]): Promise<Archive> => {
  const archive = await open(files);
  if (!archive.ok) throw new Error(archive.code);
  return archive.value;
};

/** "ÿØ…" stands for a picture; whatever else it is given is none. */
export const preparePicture: PreparePhoto = async (bytes) =>
  bytes[0] === 0xff && bytes[1] === 0xd8
    ? { bytes, width: 4, height: 3, type: "image/jpeg" }
    : undefined;

export const picture = Uint8Array.of(0xff, 0xd8, 1, 2, 3);

export type Brought = { readonly entries: readonly Imported[]; readonly left: readonly LeftOut[] };

/** All of it, its pictures too. */
export const bring = async (
  archive: Archive,
  prepare: PreparePhoto | undefined = preparePicture,
): Promise<Brought & { readonly pictures: number }> => {
  const notes = createNotes(archive.before);
  const entries: Imported[] = [];
  let pictures = 0;
  for await (const entry of archive.entries({ prepare, notes })) {
    entries.push(entry);
    for (const part of entry.parts)
      if (part.kind === "picture" && (await part.read()) !== undefined) pictures += 1;
  }
  return { entries, left: notes.list(), pictures };
};

export const codesOf = (left: readonly LeftOut[]): readonly string[] =>
  left.map(({ code }) => code).toSorted();

/** The words of it, paragraphs on lines of their own. */
export const wordsOf = (entry: Imported): string =>
  entry.parts
    .map((part) => (part.kind === "picture" ? "[picture]" : textOf(part.piece)))
    .join("\n");

const textOf = (piece: Piece): string => {
  if (piece.kind === "words") return piece.text;
  if (piece.kind === "break") return "/";
  return "inside" in piece ? piece.inside.map(textOf).join("") : "";
};

export const dayOne = (entries: readonly object[]): string =>
  JSON.stringify({ metadata: { version: "1.0" }, entries });
