import type { Clock } from "../../base/clock.ts";
import type { SharedFilesCode } from "../../base/files.ts";
import type { ChunkName } from "../../page/photo.ts";
import type { SealedChunk } from "../../page/photoSeal.ts";
import { mostWanted } from "../capsule/records.ts";
import type { KnownFiles, SeenFile } from "./known.ts";
import { newestStatement, type Statement } from "./openFile.ts";
import type { Patience } from "./patience.ts";
import { planPhotos, type FolderPhotos, type PhotosNow } from "./photos.ts";
import { takeMissing, type Reading } from "./reading.ts";
import { folderTimes } from "./times.ts";
import type { Saying, Writing } from "./writing.ts";

export type PhotoFilesParts = {
  readonly photos: FolderPhotos;
  readonly known: KnownFiles;
  readonly reading: Reading;
  readonly writing: Writing;
  readonly patience: Patience;
  readonly clock: Clock;
  readonly lookAt: (time: number) => void;
  readonly cancelled: () => boolean;
};

export type PhotoFiles = {
  /** Takes what is missing here of what was just read. */
  readonly takeRead: (chunks: readonly SealedChunk[]) => Promise<void>;
  /** Takes what is missing here from the partner's files, and hears what they say. */
  readonly takeIn: () => Promise<void>;
  readonly saying: () => Saying;
  /** The partner knows my state: photos of theirs lay there, and they have taken them away. */
  readonly silent: () => boolean;
  /** My state is to be said by now, where `said` is what my files say of it. */
  readonly states: (said: Statement | undefined) => boolean;
  readonly stated: () => void;
  /** These files of mine went without my doing. */
  readonly vanished: (files: readonly SeenFile[]) => void;
  /** Puts a file of photos where one is needed, and takes away those that are not. */
  readonly carryOut: (mayPut: boolean) => Promise<SharedFilesCode | undefined>;
  readonly close: () => void;
};

/**
 * Photos go in files of their own, behind the words. What is to be put, and what is said of one's own state, waits until
 * nothing about it has changed for a while: what goes by a connection meanwhile does not go here as well.
 */
export const createPhotoFiles = (parts: PhotoFilesParts): PhotoFiles => {
  const { photos, known, reading, writing, patience, clock, cancelled } = parts;
  let looksLike = "";
  let steadySince = clock.now();
  let lastStated = -Infinity;
  let lastSaid = "";
  let heard: string | undefined;
  const notGiven = new Set<ChunkName>();
  const putBefore = new Set<ChunkName>();
  let lay = false;

  const theirs = () => newestStatement(known.by("partner").map(({ content }) => content));

  const withPhotos = (who: "me" | "partner"): readonly SeenFile[] =>
    known.by(who).filter(({ content }) => content.passing && content.chunks.length > 0);

  /** How it is, and since when nothing of it has changed. */
  const look = (): PhotosNow | undefined => {
    const now = photos.now(theirs()?.statement);
    const like = now === undefined ? "" : [...now.missing, "", ...now.needed].join();
    if (like !== looksLike) steadySince = clock.now();
    looksLike = like;
    return now;
  };
  const steadyAt = (): number => steadySince + folderTimes.steady;

  const lying = ({ missing }: PhotosNow): ReadonlySet<ChunkName> => {
    const there = new Set(known.by("partner").flatMap(({ content }) => content.chunks));
    return new Set(missing.filter((name) => there.has(name)));
  };

  const unsubscribe = photos.onChange(() => {
    const before = looksLike;
    const now = look();
    if (now === undefined || looksLike === before) return;
    parts.lookAt(lying(now).size > 0 ? clock.now() + folderTimes.gather : steadyAt());
  });

  return {
    takeRead: async (chunks) => {
      const now = photos.now(theirs()?.statement);
      const take = async (some: readonly SealedChunk[]): Promise<boolean> =>
        !cancelled() && photos.take(some);
      if (now !== undefined) await takeMissing(chunks, new Set(now.missing), take);
    },
    takeIn: async () => {
      const now = look();
      if (now === undefined) return;
      const there = lying(now);
      if (there.size > 0) await reading.fetch(there, photos.take);
      const newest = theirs();
      if (cancelled() || newest === undefined || newest.id === heard) return;
      heard = newest.id;
      photos.hear(newest.statement);
    },
    saying: () => {
      const now = photos.now(theirs()?.statement);
      return now === undefined || now.heads.length === 0
        ? undefined
        : { heads: now.heads, wanted: now.missing.slice(0, mostWanted) };
    },
    silent: () => {
      const lie = withPhotos("partner").length > 0;
      lay ||= lie;
      return lay && !lie && look()?.missing.length === 0;
    },
    states: (said) => {
      const now = look();
      if (now === undefined || now.heads.length === 0) return false;
      const missing = new Set(now.missing);
      const wanted = new Set(now.missing.slice(0, mostWanted));
      const same =
        wanted.size === (said?.wanted.length ?? 0) &&
        (said?.wanted ?? []).every((name) => wanted.has(name));
      const waitsForWord =
        missing.size > 0 ||
        withPhotos("partner").some(({ content }) =>
          content.chunks.every((name) => !missing.has(name)),
        );
      if (same && !(waitsForWord && isPast(said, now))) return false;
      const at = Math.max(
        steadyAt(),
        lastStated + folderTimes.betweenStates,
        stateLike(now) === lastSaid ? patience.when("state") : 0,
      );
      if (clock.now() >= at) return true;
      parts.lookAt(at);
      return false;
    },
    stated: () => {
      lastStated = clock.now();
      const now = look();
      lastSaid = now === undefined ? "" : stateLike(now);
      lay = false;
    },
    vanished: (files) => {
      if (files.some(({ content }) => content.statement !== undefined)) patience.acted("state");
      if (files.some(({ content }) => content.chunks.length > 0)) patience.acted("photos");
    },
    carryOut: async (mayPut) => {
      const now = look();
      if (now === undefined) return undefined;
      const needed = now.needed.filter((name) => !notGiven.has(name));
      const plan = planPhotos(withPhotos("me"), { ...now, needed });
      const put = new Set<ChunkName>();
      let code: SharedFilesCode | undefined;
      const isNew = plan.write.some((name) => !putBefore.has(name));
      const putAt = Math.max(steadyAt(), isNew ? 0 : patience.when("photos"));
      if (plan.write.length > 0 && clock.now() < putAt) parts.lookAt(putAt);
      else if (plan.write.length > 0 && mayPut) {
        const chunks: SealedChunk[] = [];
        for (const name of plan.write) {
          const bytes = await photos.give(name);
          if (cancelled()) return undefined;
          if (bytes === undefined) notGiven.add(name);
          else chunks.push({ name, bytes });
        }
        if (chunks.length > 0) code = await writing.putPhotos(chunks);
        if (cancelled()) return undefined;
        if (code === undefined) {
          for (const { name } of chunks) {
            put.add(name);
            putBefore.add(name);
          }
          parts.lookAt(clock.now() + folderTimes.gather);
        }
      }
      const dropped = new Set(plan.drop.map(({ name }) => name));
      for (const { name, content } of withPhotos("me"))
        if (!dropped.has(name)) for (const chunk of content.chunks) put.add(chunk);
      const removable = plan.drop.filter(
        ({ content: { chunks } }) =>
          !chunks.every(now.isNamed) || chunks.every((name) => put.has(name) || !now.stays(name)),
      );
      const refused = await writing.remove(removable);
      return code ?? refused;
    },
    close: unsubscribe,
  };
};

const stateLike = ({ heads, missing }: PhotosNow): string =>
  [
    ...heads.map(({ notebook, device, seq }) => [notebook, device, seq].join()),
    "",
    ...missing,
  ].join();

const isPast = (said: Statement | undefined, { heads }: PhotosNow): boolean =>
  heads.some(
    (head) =>
      !(said?.heads ?? []).some(
        ({ notebook, device, seq }) =>
          notebook === head.notebook && device === head.device && seq >= head.seq,
      ),
  );
