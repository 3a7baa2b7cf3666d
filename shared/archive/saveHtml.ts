import { utf8 } from "../base/bytes.ts";
import type { Card } from "../page/card.ts";
import type { PhotoRef } from "../page/photo.ts";
import { htmlStyle, htmlStyleHash } from "./htmlStyle.ts";
import { element, escaped, htmlOf, piecesMarkup, type Markup } from "./markup.ts";
import { photosIn, wordsForMissing, type WrittenEntry } from "./savedEntry.ts";
import type { AddTools, EntriesFile, Write } from "./saveEntries.ts";

/** What is said around the words, in the language of the app. */
export type SavedTexts = {
  /** BCP 47. */
  readonly language: string;
  readonly direction: "ltr" | "rtl";
  /** Over all of it; undefined where one entry stands alone. */
  readonly title: string | undefined;
  /** Under that title. */
  readonly note?: string;
  readonly untitled: string;
  readonly done: string;
  readonly open: string;
  /** Under an entry's title: its date, whether it is shared, tags and feelings. */
  readonly marks: (card: Card) => readonly string[];
};

/** A photo's address in what is made; undefined: it is not there. */
export type PhotoAddress = (photo: PhotoRef) => Promise<string | undefined>;

/** One file with all of it, photos too. Nothing in it runs, and it fetches nothing. */
export const htmlFile =
  (texts: SavedTexts) =>
  (write: Write): EntriesFile => {
    let begun = false;
    const begin = async (card: Card | undefined): Promise<void> => {
      if (begun) return;
      begun = true;
      const title = texts.title ?? (card === undefined ? "" : titleOf(card, texts));
      await write(utf8(head(texts, title)));
      if (texts.title !== undefined)
        await write(utf8(`${htmlOf(element("h1", [texts.title], { dir: "auto" }))}\n`));
    };
    return {
      add: async (entry, name, tools) => {
        await begin(entry.card);
        await write(utf8("<article>\n"));
        const address: PhotoAddress = async (photo) => {
          const bytes = await entry.photos.read(photo);
          return bytes.ok ? dataAddress(photo, bytes.value, tools) : undefined;
        };
        for await (const part of entryMarkup(entry, name, texts, { address, ...tools }))
          await write(utf8(`${htmlOf(part)}\n`));
        await write(utf8("</article>\n"));
      },
      finish: async () => {
        await begin(undefined);
        await write(utf8("</body>\n</html>\n"));
      },
    };
  };

/** Block by block, so that no more than one block's photos are held at a time. */
export const entryMarkup = async function* (
  { card, pieces }: WrittenEntry,
  name: string,
  texts: SavedTexts,
  { address, notes, rest }: AddTools & { readonly address: PhotoAddress },
): AsyncGenerator<Markup> {
  const level = texts.title === undefined ? 1 : 2;
  yield element("header", [
    element(`h${level}`, [titleOf(card, texts)], { dir: "auto" }),
    ...texts.marks(card).map((mark) => element("p", [mark], { dir: "auto" })),
  ]);
  for (const piece of pieces) {
    const found = new Map<PhotoRef, string>();
    const missing = new Set<PhotoRef>();
    for (const photo of photosIn([piece])) {
      const at = await address(photo);
      if (at === undefined) {
        missing.add(photo);
        notes.add("PHOTO", name);
      } else found.set(photo, at);
      await rest();
    }
    yield* piecesMarkup(wordsForMissing([piece], missing), {
      level,
      done: texts.done,
      open: texts.open,
      photo: (photo) => found.get(photo),
    });
    await rest();
  }
};

const titleOf = ({ title }: Card, { untitled }: SavedTexts): string =>
  title.trim() === "" ? untitled : title;

/** No script, no frame, no request to anywhere; the style is the one whose hash stands here, and no other. */
const policy = [
  "default-src 'none'",
  "img-src data:",
  `style-src '${htmlStyleHash}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const head = ({ language, direction }: SavedTexts, title: string): string =>
  [
    "<!doctype html>",
    `<html lang="${escaped(language)}" dir="${direction}">`,
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="referrer" content="no-referrer">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title>`,
    `<style>${htmlStyle}</style>`,
    "</head>",
    "<body>",
    "",
  ].join("\n");

const dataAddress = async (
  { type }: PhotoRef,
  bytes: Uint8Array,
  { rest }: AddTools,
): Promise<string> => {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += atOnce) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + atOnce))));
    await rest();
  }
  return `data:${type};base64,${parts.join("")}`;
};

/** Bytes; a multiple of three, so that the parts can stand behind each other. */
const atOnce = 24_576;
