import type { PlainCode } from "./markdownParts.ts";

/** What did not come as it was, and why. The first are whole files or entries; the rest are parts of an entry. */
export const leftOutCodes = [
  "OTHER_KIND",
  "NOT_TEXT",
  "FILE_TOO_LARGE",
  "FILE_DAMAGED",
  "FILE_GONE",
  "JSON_DAMAGED",
  "ZIP_WITHIN",
  "ENTRY_DAMAGED",
  "EMPTY",
  "TWICE",
  "OLD_LETTERS",
  "DATE_UNCLEAR",
  "FRONT_MATTER",
  "FRONT_MATTER_MORE",
  "TAGS",
  "PLACE",
  "WEATHER",
  "STARRED",
  "DETAILS",
  "JOURNAL_NAMES",
  "RICH_TEXT",
  "VIDEO",
  "AUDIO",
  "DOCUMENT",
  "PICTURE_MISSING",
  "PICTURE_REMOTE",
  "PICTURE_UNUSED",
  "PICTURE_TOO_LARGE",
  "NOT_A_PICTURE",
  "PICTURE_NOT_TAKEN",
  "TOO_MANY_PICTURES",
] as const;
export type LeftOutCode = (typeof leftOutCodes)[number] | PlainCode;

/** `where`: files, or entries by their date or title; the first so many of `count`. */
export type LeftOut = {
  readonly code: LeftOutCode;
  readonly count: number;
  readonly where: readonly string[];
};

/** What is noted while an archive is read, by its code, in the order in which each was first met. */
export type LeftOutNotes = {
  readonly add: (code: LeftOutCode, where: string) => void;
  readonly list: () => readonly LeftOut[];
};

const mostNamed = 200;
const longestName = 160;

export const createNotes = (before: readonly LeftOut[] = []): LeftOutNotes => {
  const notes = new Map(before.map((one) => [one.code, { ...one, where: [...one.where] }]));
  return {
    add: (code, where) => {
      const note = notes.get(code) ?? { code, count: 0, where: [] };
      const named = where.length > longestName ? `${where.slice(0, longestName)}…` : where;
      if (note.where.at(-1) === named) return;
      note.count += 1;
      if (note.where.length < mostNamed) note.where.push(named);
      notes.set(code, note);
    },
    list: () => [...notes.values()].map((note) => ({ ...note, where: [...note.where] })),
  };
};
