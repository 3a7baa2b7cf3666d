import { ZipWriter } from "@zip.js/zip.js/lib/zip-core-writer.js";
import { utf8 } from "../base/bytes.ts";
import type { PhotoRef } from "../page/photo.ts";
import { writeFrontMatter } from "./frontMatter.ts";
import { writeMarkdown } from "./markdown.ts";
import { photosIn, wordsForMissing, type WrittenEntry } from "./savedEntry.ts";
import type { AddTools, EntriesFile, Write } from "./saveEntries.ts";

/**
 * A zip with one Markdown file an entry and its photos under `photos/`: what `openArchive` brings in again as it was.
 * In the oldest form of a zip, with every size before its bytes, so that every system opens it.
 */
export const markdownZip = (write: Write): EntriesFile => {
  const zip = new ZipWriter(new WritableStream<Uint8Array>({ write }), {
    useWebWorkers: false,
    keepOrder: true,
    bufferedWrite: true,
    dataDescriptor: false,
    extendedTimestamp: false,
  });
  const put = async (name: string, bytes: Uint8Array, at: number, level: number): Promise<void> => {
    await zip.add(name, readerOf(bytes), { lastModDate: zipDate(at), level });
  };
  return {
    add: async (entry, name, tools) => {
      const at = entry.card.aboutAt;
      const text = await entryText(entry, tools, name, async (path, bytes) => {
        await put(path, bytes, at, 0);
      });
      await put(`${name}.md`, utf8(text), at, 6);
    },
    finish: async () => {
      await zip.close();
    },
  };
};

/** Of one entry without photos. */
export const markdownFile = (write: Write): EntriesFile => ({
  add: async (entry, name, tools) => write(utf8(await entryText(entry, tools, name, undefined))),
  finish: async () => {},
});

type PutPhoto = (path: string, bytes: Uint8Array) => Promise<void>;

const entryText = async (
  { card, pieces, photos }: WrittenEntry,
  { notes, rest }: AddTools,
  name: string,
  put: PutPhoto | undefined,
): Promise<string> => {
  const paths = new Map<string, string>();
  const missing = new Set<PhotoRef>();
  for (const photo of photosIn(pieces)) {
    if (paths.has(photo.key)) continue;
    const bytes = put === undefined ? undefined : await photos.read(photo);
    if (put === undefined || bytes === undefined || !bytes.ok) {
      missing.add(photo);
      notes.add("PHOTO", name);
      continue;
    }
    const path = `photos/${name} ${paths.size + 1}.${endings[photo.type]}`;
    paths.set(photo.key, path);
    await put(path, bytes.value);
    await rest();
  }
  const front = {
    title: card.title,
    date: card.aboutAt,
    tags: card.tags,
    feelings: card.feelings,
    shared: card.place === "shared",
  };
  const body = writeMarkdown(wordsForMissing(pieces, missing), {
    photo: ({ key }) => paths.get(key)?.split("/").map(encodeURIComponent).join("/"),
  });
  return writeFrontMatter(front) + body;
};

const endings = { "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp" } as const;

/** What a zip has dates for. */
const zipDate = (at: number): Date =>
  new Date(Math.min(Math.max(at, Date.UTC(1980, 0, 2)), Date.UTC(2107, 11, 30)));

/** As the zip's writer takes what is at hand. */
const readerOf = (bytes: Uint8Array) => ({
  size: bytes.length,
  init: async () => {},
  readUint8Array: async (from: number, length: number) => bytes.slice(from, from + length),
  get readable() {
    let at = 0;
    return new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        const some = bytes.subarray(at, at + atOnce);
        at += some.length;
        if (some.length > 0) controller.enqueue(some);
        if (at >= bytes.length) controller.close();
      },
    });
  },
});

const atOnce = 256 * 1024;
