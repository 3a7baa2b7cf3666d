import { toHex } from "../../base/bytes.ts";
import type { SharedFiles, SharedFilesCode } from "../../base/files.ts";
import type { Random } from "../../base/random.ts";
import { slicesOf } from "../../base/slices.ts";
import type { EnvelopeKey } from "../../envelope/envelope.ts";
import type { ChunkName } from "../../page/photo.ts";
import type { SealedChunk } from "../../page/photoSeal.ts";
import type { Offered } from "../airlock.ts";
import { recordStartLength } from "../capsule/records.ts";
import type { KnownFiles, SeenFile } from "./known.ts";
import type { OpenFileParts, Statement } from "./openFile.ts";
import type { Patience } from "./patience.ts";
import { sealFile, type FileRecords } from "./sealFile.ts";
import { contentBytes } from "./times.ts";

export type WritingParts = OpenFileParts & {
  readonly files: SharedFiles;
  readonly known: KnownFiles;
  readonly patience: Patience;
  readonly random: Random;
  readonly hurried: () => boolean;
};

export type Saying = Omit<Statement, "turn"> | undefined;

/** Puts own files and takes them away; stops at the first refusal. Undefined: all of it is done. */
export type Writing = {
  readonly putWords: (
    words: readonly Offered[],
    saying: Saying,
  ) => Promise<SharedFilesCode | undefined>;
  readonly putPhotos: (chunks: readonly SealedChunk[]) => Promise<SharedFilesCode | undefined>;
  /** Those that come back again and again stay for a while. */
  readonly remove: (files: readonly SeenFile[]) => Promise<SharedFilesCode | undefined>;
};

export const createWriting = (parts: WritingParts): Writing => {
  const { files, known, patience, random, cancelled } = parts;

  let lastTurn = 0;
  const nextTurn = (): number => {
    for (const { content } of known.by("me"))
      if ((content.statement?.turn ?? 0) < mostTurns)
        lastTurn = Math.max(lastTurn, content.statement?.turn ?? 0);
    return ++lastTurn;
  };

  const put = async (
    records: Omit<FileRecords, "turn">,
    keys: readonly EnvelopeKey[],
    chunks: readonly ChunkName[],
  ): Promise<SharedFilesCode | undefined> => {
    const turn = nextTurn();
    const bytes = await sealFile({ ...records, turn }, parts);
    if (cancelled()) return undefined;
    // Neutral: it says neither whose nor when.
    const name = `${toHex(random(8))}.twofold`;
    const done = await files.put(name, bytes);
    if (!done.ok) return done.code;
    const { statement } = records;
    known.put(name, bytes.length, {
      by: "me",
      passing: true,
      id: idOf(bytes),
      keys,
      chunks,
      statement:
        statement === undefined || statement.heads.length === 0
          ? undefined
          : { ...statement, turn },
    });
    return undefined;
  };

  return {
    putWords: async (words, saying) => {
      const room = contentBytes - nameBytes * (saying?.wanted.length ?? 0);
      const packs = packsOf(words, room);
      for (const [at, pack] of packs.entries()) {
        if (cancelled()) return undefined;
        const code = await put(
          {
            // In the last alone: a file that says nothing of what is wanted would say that nothing is.
            statement: at === packs.length - 1 ? saying : undefined,
            envelopes: pack.map(({ envelope }) => envelope),
            chunks: [],
          },
          pack.map(({ key }) => key),
          [],
        );
        if (code !== undefined) return code;
      }
      return undefined;
    },
    putPhotos: (chunks) =>
      put(
        { statement: undefined, envelopes: [], chunks: chunks.map(({ bytes }) => bytes) },
        [],
        chunks.map(({ name }) => name),
      ),
    remove: async (gone) => {
      const ids = new Set<string>();
      for (const { name, content } of gone) {
        if (cancelled()) return undefined;
        if (!ids.has(content.id) && !patience.mayAct(content.id)) continue;
        const done = await files.remove(name);
        if (!done.ok) return done.code;
        known.removed(name);
        if (!ids.has(content.id)) patience.acted(content.id);
        ids.add(content.id);
      }
      return undefined;
    },
  };
};

const nameBytes = 32;

/** A turn beyond it is not mine, whatever is said: one after the last that there is would be refused. */
const mostTurns = 2 ** 40;

/** Up to the salt's end: see `FileContent.id`. */
const idOf = (bytes: Uint8Array): string => toHex(bytes.subarray(0, 40));

/** In order; at least one, which may be empty. */
const packsOf = (words: readonly Offered[], room: number): readonly (readonly Offered[])[] => {
  const packs = [
    ...slicesOf(words, ({ envelope }) => recordStartLength + envelope.length, { bytes: room }),
  ];
  return packs.length === 0 ? [[]] : packs;
};
