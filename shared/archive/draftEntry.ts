import type { ArchivedFile, ArchivedFileCode } from "./archivedFile.ts";
import type { LeftOutNotes } from "./leftOut.ts";
import { parseMarkdown, parsePlainText } from "./markdown.ts";
import type { Piece } from "../page/pieces.ts";
import type { MarkdownPart, MarkdownPicture } from "./markdownParts.ts";

/** One entry as its file says it; its pictures are still files. */
export type DraftEntry = {
  readonly source: string;
  readonly title: string;
  readonly writtenAt: number | undefined;
  readonly tags: readonly string[];
  readonly feelings: readonly string[];
  readonly parts: readonly DraftPart[];
};

export type DraftPart =
  | Extract<MarkdownPart, { kind: "piece" }>
  | { readonly kind: "picture"; readonly file: ArchivedFile; readonly words: string };

/** What is known of an entry before it is read; `where` names it to a person. */
export type EntrySource = {
  readonly where: string;
  readonly load: (
    notes: LeftOutNotes,
  ) => Promise<
    | { readonly ok: true; readonly value: DraftEntry }
    | { readonly ok: false; readonly code: ArchivedFileCode | "NOT_TEXT" | "ENTRY_DAMAGED" }
  >;
};

/** Characters of one entry's text: a long novel. */
export const longestText = 1_000_000;
/** Pictures of one entry (shared/page/photo.ts, `mostPhotosOnPage`). */
const mostPictures = 200;

export type TextParts = { readonly title: string; readonly parts: readonly DraftPart[] };

/** A picture's file; or what else is said of it in its place; undefined: neither. */
export type FindPicture = (picture: MarkdownPicture) => ArchivedFile | "left" | undefined;

export const readText = (
  text: string,
  kind: "markdown" | "plain",
  {
    where,
    notes,
    find,
  }: { readonly where: string; readonly notes: LeftOutNotes; readonly find: FindPicture },
): TextParts => {
  const read = kind === "plain" ? { parts: parsePlainText(text), plain: [] } : parseMarkdown(text);
  for (const code of read.plain) notes.add(code, where);
  const { title, rest } = takeTitle(read.parts);
  let pictures = 0;
  const parts = rest.flatMap((part): readonly DraftPart[] => {
    if (part.kind === "piece") {
      const short = shortened(part.piece);
      if (short.length > 1 && part.piece.kind !== "paragraph") notes.add("TANGLED", where);
      return short.map((piece) => ({ kind: "piece", piece }));
    }
    const file = find(part);
    if (file === "left") return [];
    if (file === undefined) return inPlaceOf(part, where, notes);
    pictures += 1;
    if (pictures <= mostPictures) return [{ kind: "picture", file, words: part.words }];
    notes.add("TOO_MANY_PICTURES", where);
    return [];
  });
  return { title, parts };
};

/** Characters of one paragraph or list: its letters must fit one message of the ledger (PROTOCOL §7). */
const longestPiece = 100_000;

/** What is longer becomes paragraphs, one behind the other. */
const shortened = (piece: Piece): readonly Piece[] => {
  const rows = rowsOf(piece);
  if (rows.reduce((sum, row) => sum + row.length, 0) <= longestPiece) return [piece];
  return rows.flatMap((row) => {
    const cuts: Piece[] = [];
    for (let at = 0; at < row.length;) {
      let end = Math.min(at + longestPiece, row.length);
      // Never between the two halves of a letter.
      if (/[\ud800-\udbff]/.test(row.charAt(end - 1)) && end < row.length) end -= 1;
      cuts.push(paragraph(row.slice(at, end)));
      at = end;
    }
    return cuts;
  });
};

/** The words of each paragraph, and of each line in one. */
const rowsOf = (piece: Piece): readonly string[] => {
  if (piece.kind === "words") return [piece.text];
  if (!("inside" in piece)) return [];
  const rows = [""];
  for (const part of piece.inside) {
    if (part.kind === "words") rows[rows.length - 1] += part.text;
    else rows.push(...rowsOf(part), "");
  }
  return rows.filter((row) => row !== "");
};

const paragraph = (text: string): Piece => ({
  kind: "paragraph",
  inside: [{ kind: "words", text, bold: false, italic: false, address: undefined }],
});

/** Nothing is fetched from anywhere: what a picture was called, and where it is, stay as words. */
const inPlaceOf = (
  { address, words }: MarkdownPicture,
  where: string,
  notes: LeftOutNotes,
): readonly DraftPart[] => {
  notes.add(/^[a-z][a-z0-9+.-]+:/i.test(address) ? "PICTURE_REMOTE" : "PICTURE_MISSING", where);
  const text = [words, address === "" ? "" : `(${address.slice(0, 500)})`]
    .filter((part) => part !== "")
    .join(" ");
  if (text === "") return [];
  return [{ kind: "piece", piece: paragraph(text) }];
};

/** Characters that a list shows of a title. */
const longestTitle = 200;

/** A heading of the first order at the very beginning is what the entry is called. */
const takeTitle = (parts: readonly MarkdownPart[]) => {
  const [first, ...rest] = parts;
  if (first?.kind !== "piece" || first.piece.kind !== "heading" || first.piece.level !== 2)
    return { title: "", rest: parts };
  if (first.top !== true) return { title: "", rest: parts };
  const title = first.piece.inside
    .map((piece) => (piece.kind === "words" ? piece.text : " "))
    .join("")
    .trim();
  return title === "" || title.length > longestTitle ? { title: "", rest: parts } : { title, rest };
};

export const fitsTitle = (title: string): boolean => title.length <= longestTitle;
