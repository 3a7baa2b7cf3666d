import type { FileSink } from "../../shared/base/files.ts";
import { concatBytes } from "../../shared/base/bytes.ts";
import { systemClock } from "../../shared/base/clock.ts";
import type { PageId } from "../../shared/base/ids.ts";
import { accept, refuse } from "../../shared/base/result.ts";
import type { Work } from "../../shared/base/work.ts";
import type { WrittenEntry } from "../../shared/archive/savedEntry.ts";
import { saveEntries, type EntriesFile, type Write } from "../../shared/archive/saveEntries.ts";
import type { SavedTexts } from "../../shared/archive/saveHtml.ts";
import type { Card } from "../../shared/page/card.ts";
import type { ChunkName, PhotoRef } from "../../shared/page/photo.ts";
import type { Piece } from "../../shared/page/pieces.ts";
import { noWork } from "./archives.ts";
import { plainCard } from "./fakeJournal.ts";

export const pageAt = (number: number): PageId => number.toString(16).padStart(32, "0") as PageId;

export const said = (text: string): Piece => ({
  kind: "paragraph",
  inside: [{ kind: "words", text, bold: false, italic: false, address: undefined }],
});

/** Each with a key of its own; `bytes` are kept by `entryOf`. */
export const photoOf = (number: number, more: Partial<PhotoRef> = {}): PhotoRef => ({
  key: `${number.toString().padStart(42, "k")}A`,
  chunks: [`${"c".repeat(42)}A` as ChunkName],
  size: 5,
  width: 4,
  height: 3,
  type: "image/jpeg",
  words: "",
  ...more,
});

/** Its photos by their keys; one without bytes is missing. */
export const entryOf = (
  number: number,
  pieces: readonly Piece[],
  card: Partial<Card> = {},
  photos: ReadonlyMap<string, Uint8Array> = new Map(),
): WrittenEntry => ({
  card: { ...plainCard(pageAt(number), Date.UTC(2026, 2, 4, 19, 15, number)), ...card },
  pieces,
  photos: {
    read: async ({ key }) => {
      const bytes = photos.get(key);
      return bytes === undefined ? refuse("PHOTO_MISSING") : accept(bytes);
    },
  },
});

export type KeptSink = FileSink & {
  readonly bytes: () => Uint8Array;
  readonly end: () => "open" | "finished" | "aborted";
};

export const keptSink = (full = Number.POSITIVE_INFINITY): KeptSink => {
  const parts: Uint8Array[] = [];
  let length = 0;
  let end: "open" | "finished" | "aborted" = "open";
  return {
    write: async (bytes) => {
      length += bytes.length;
      if (length > full) return refuse("DISK_FULL");
      parts.push(bytes.slice());
      return accept(undefined);
    },
    finish: async () => {
      end = "finished";
      return accept(undefined);
    },
    abort: async () => {
      parts.length = 0;
      end = "aborted";
    },
    bytes: () => concatBytes(...parts),
    end: () => end,
  };
};

export const saveTo = async (
  sink: FileSink,
  entries: readonly WrittenEntry[],
  open: (write: Write) => EntriesFile,
  work: Work = noWork,
) =>
  saveEntries(
    {
      cards: entries.map(({ card }) => card),
      read: async (page) => {
        const entry = entries.find(({ card }) => card.id === page);
        return entry === undefined ? refuse("NO_PAGE") : accept(entry);
      },
      clock: systemClock,
      work,
    },
    sink,
    open,
  );

export const plainTexts: SavedTexts = {
  language: "en",
  direction: "ltr",
  title: "Journal",
  untitled: "Without a title",
  done: "Done",
  open: "Open",
  marks: (card) => [new Date(card.aboutAt).toISOString(), ...card.tags],
};
