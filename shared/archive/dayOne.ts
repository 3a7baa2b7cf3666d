import * as v from "valibot";
import { readUtf8, toHex, utf8 } from "../base/bytes.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { hash } from "../crypto/hash.ts";
import { mostTags } from "../page/card.ts";
import { readTags } from "../page/tags.ts";
import { folderOf, nameOf, type ArchivedFile } from "./archivedFile.ts";
import { longestText, readText, type DraftPart, type EntrySource } from "./draftEntry.ts";
import type { LeftOutCode, LeftOutNotes } from "./leftOut.ts";
import { isMoment, readMoment } from "./moments.ts";
import { readRichText } from "./richText.ts";

/**
 * Day One's JSON: `{ metadata, entries: [...] }`, one file a journal, the pictures beside it as `photos/<md5>.<type>`.
 * An entry's text is Markdown in which `![](dayone-moment://ID)` is a photo and `dayone-moment:/video/ID` something
 * else. What an entry has besides is known by its name and left out by name.
 */
const photoShape = v.object({
  identifier: v.optional(v.string()),
  md5: v.optional(v.string()),
  type: v.optional(v.string()),
});
const otherShape = v.object({ identifier: v.optional(v.string()) });
const list = <Shape extends v.GenericSchema>(shape: Shape) =>
  v.optional(v.fallback(v.array(v.fallback(v.nullable(shape), null)), []), []);

const entryShape = v.object({
  uuid: v.fallback(v.optional(v.string()), undefined),
  creationDate: v.fallback(v.optional(v.string()), undefined),
  text: v.fallback(v.optional(v.string()), undefined),
  richText: v.fallback(v.optional(v.string()), undefined),
  tags: v.fallback(v.optional(v.array(v.unknown())), undefined),
  photos: list(photoShape),
  videos: list(otherShape),
  audios: list(otherShape),
  pdfAttachments: list(otherShape),
  starred: v.optional(v.unknown()),
  isPinned: v.optional(v.unknown()),
  location: v.optional(v.unknown()),
  weather: v.optional(v.unknown()),
  userActivity: v.optional(v.unknown()),
  music: v.optional(v.unknown()),
});
type DayOneEntry = v.InferOutput<typeof entryShape>;

/** Bytes of one journal's file, without its pictures. */
const largestJournal = 160 * 1024 ** 2;

/**
 * NOT_DAY_ONE: JSON of something else. JSON_DAMAGED: not JSON, or cut short; nothing of it is taken, so that nobody
 * believes that half a journal were all of it.
 */
export type DayOneCode =
  | "NOT_DAY_ONE"
  | "JSON_DAMAGED"
  | "FILE_GONE"
  | "FILE_TOO_LARGE"
  | "FILE_DAMAGED";

export const readDayOne = async (
  file: ArchivedFile,
  find: (path: string) => ArchivedFile | undefined,
): Promise<Result<readonly EntrySource[], DayOneCode>> => {
  const bytes = await file.read(largestJournal);
  if (!bytes.ok) return bytes;
  const text = readUtf8(bytes.value);
  if (!text.ok) return refuse("JSON_DAMAGED");
  const parsed = parse(text.value.replace(/^\u{feff}/u, ""));
  if (parsed === undefined) return refuse("JSON_DAMAGED");
  const entries = (parsed.json as { readonly entries?: unknown } | null)?.entries;
  if (!Array.isArray(entries)) return refuse("NOT_DAY_ONE");
  const looksRight = (one: unknown): boolean =>
    typeof one === "object" && one !== null && ("creationDate" in one || "uuid" in one);
  if (entries.length > 0 && !entries.some(looksRight)) return refuse("NOT_DAY_ONE");
  return accept(entries.map((entry: unknown, index) => sourceOf(entry, index, file, find)));
};

const parse = (text: string): { readonly json: unknown } | undefined => {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

const sourceOf = (
  raw: unknown,
  index: number,
  file: ArchivedFile,
  find: (path: string) => ArchivedFile | undefined,
): EntrySource => {
  const journal = nameOf(file.path).replace(/\.json$/i, "");
  const read = v.safeParse(entryShape, raw);
  if (!read.success)
    return {
      where: `${journal}, ${index + 1}`,
      load: async () => ({ ok: false, code: "ENTRY_DAMAGED" }),
    };
  const entry = read.output;
  const where = `${journal}, ${entry.creationDate?.slice(0, 19).replace("T", " ") ?? index + 1}`;
  return {
    where,
    load: async (notes) => {
      const text = entry.text ?? richTextOf(entry, where, notes);
      if (text.length > longestText) return { ok: false, code: "FILE_TOO_LARGE" };
      const pictures = picturesOf(entry, folderOf(file.path), find);
      const { title, parts } = readText(text, "markdown", {
        where,
        notes,
        find: ({ address }) => pictures.at(address, where, notes),
      });
      noteTheRest(entry, where, notes);
      const writtenAt = readMoment(entry.creationDate ?? "");
      if (writtenAt === undefined || !isMoment(writtenAt)) notes.add("DATE_UNCLEAR", where);
      const tags = readTags(entry.tags ?? [], mostTags);
      if (tags.length < (entry.tags?.length ?? 0)) notes.add("TAGS", where);
      return accept({
        source:
          entry.uuid === undefined
            ? anonymous(entry)
            : `dayone:${entry.uuid.toUpperCase().slice(0, 64)}`,
        title,
        writtenAt,
        tags,
        feelings: [],
        parts: [...parts, ...pictures.rest(where, notes)],
      });
    },
  };
};

/** An entry that says no uuid is known by its words and its date. */
const anonymous = ({ creationDate = "", text = "", richText = "" }: DayOneEntry): string =>
  `dayone:${toHex(hash("TF/1 imported text", utf8(creationDate), utf8(text), utf8(richText)))}`;

const richTextOf = ({ richText }: DayOneEntry, where: string, notes: LeftOutNotes): string => {
  if (richText === undefined) return "";
  notes.add("RICH_TEXT", where);
  return readRichText(richText);
};

const others = [
  ["VIDEO", "videos"],
  ["AUDIO", "audios"],
  ["DOCUMENT", "pdfAttachments"],
] as const;

const noteTheRest = (entry: DayOneEntry, where: string, notes: LeftOutNotes): void => {
  const has: readonly (readonly [LeftOutCode, boolean])[] = [
    ["PLACE", isThere(entry.location)],
    ["WEATHER", isThere(entry.weather)],
    ["STARRED", entry.starred === true || entry.isPinned === true],
    ["DETAILS", isThere(entry.userActivity) || isThere(entry.music)],
    ...others.map(([code, name]) => [code, entry[name].length > 0] as const),
  ];
  for (const [code, there] of has) if (there) notes.add(code, where);
};

const isThere = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).length > 0;

/** The pictures of one entry: at their places in its text, and those that its text does not name. */
const picturesOf = (
  entry: DayOneEntry,
  folder: string,
  find: (path: string) => ArchivedFile | undefined,
) => {
  const photos = entry.photos.filter((photo) => photo !== null);
  const placed = new Set<(typeof photos)[number]>();
  const notPhotos = new Set(
    others.flatMap(([, name]) =>
      entry[name].flatMap((one) => one?.identifier?.toUpperCase() ?? []),
    ),
  );
  const fileOf = ({ md5, identifier, type = "jpeg" }: (typeof photos)[number]) => {
    const types = [type, "jpeg", "jpg", "png", "heic"];
    const names = [md5, identifier].filter((name) => name !== undefined);
    return names
      .flatMap((name) => types.map((each) => `${folder}photos/${name}.${each}`.normalize("NFC")))
      .map(find)
      .find((file) => file !== undefined);
  };
  return {
    at: (address: string, where: string, notes: LeftOutNotes) => {
      const moment = /^dayone-moment:\/(?:([a-z]+)\/|\/)([0-9a-z-]+)$/i.exec(address);
      if (moment === null) return undefined;
      const [, kind, id = ""] = moment;
      if ((kind !== undefined && kind !== "photo") || notPhotos.has(id.toUpperCase()))
        return "left";
      const photo = photos.find(
        ({ identifier, md5 }) =>
          identifier?.toUpperCase() === id.toUpperCase() || md5?.toUpperCase() === id.toUpperCase(),
      );
      const file = photo === undefined ? undefined : fileOf(photo);
      if (photo !== undefined) placed.add(photo);
      if (file === undefined) notes.add("PICTURE_MISSING", where);
      return file ?? "left";
    },
    rest: (where: string, notes: LeftOutNotes): readonly DraftPart[] =>
      photos
        .filter((photo) => !placed.has(photo))
        .slice(0, 200)
        .flatMap((photo): readonly DraftPart[] => {
          const file = fileOf(photo);
          if (file === undefined) notes.add("PICTURE_MISSING", where);
          return file === undefined ? [] : [{ kind: "picture", file, words: "" }];
        }),
  };
};
