import type { Clock } from "../../base/clock.ts";
import type { SharedFilesCode } from "../../base/files.ts";
import type { EnvelopeKey } from "../../envelope/envelope.ts";
import type { Offered } from "../airlock.ts";
import type { AirlockMirror } from "../airlockMirror.ts";
import type { KnownFiles, SeenFile } from "./known.ts";
import type { Patience } from "./patience.ts";
import { planWords, type WordsPlan } from "./planWords.ts";
import { folderTimes } from "./times.ts";
import type { Saying, Writing } from "./writing.ts";

export type OwnFilesParts = {
  readonly known: KnownFiles;
  readonly mirror: AirlockMirror;
  readonly writing: Writing;
  readonly patience: Patience;
  readonly clock: Clock;
  /** What is said of my state with whatever is written; undefined: nothing ever is. */
  readonly saying: () => Saying;
  readonly lookAt: (time: number) => void;
  readonly cancelled: () => boolean;
};

export type CarriedOut = {
  /** Something was written, and my state with it. */
  readonly put: boolean;
  readonly refused: SharedFilesCode | undefined;
};

export type OwnFiles = {
  /** Something of mine waits, or waits no more. */
  readonly offered: () => void;
  readonly released: (keys: readonly EnvelopeKey[]) => void;
  /** Some of my files went without my doing. */
  readonly vanished: () => void;
  readonly plan: (states: boolean, silent: boolean) => WordsPlan;
  readonly carryOut: (plan: WordsPlan, states: boolean) => Promise<CarriedOut>;
  /** All that waits stands in files. */
  readonly isDone: () => boolean;
  /** Puts what waits and stands nowhere, whatever the time. */
  readonly hurry: () => Promise<unknown>;
};

/** Keeps my files of words in step with what waits in the airlock. */
export const createOwnFiles = (parts: OwnFilesParts): OwnFiles => {
  const { known, mirror, writing, patience, clock } = parts;
  /** Was offered to this carrier, and is no more. */
  const gone = new Set<EnvelopeKey>();
  const putBefore = new Set<EnvelopeKey>();
  let dueAt = clock.now() + folderTimes.gather;
  let lastPut = -Infinity;
  let changed = false;

  const mine = (): readonly SeenFile[] =>
    known.by("me").filter(({ content }) => content.passing && content.chunks.length === 0);

  const isSettled = (): boolean => clock.now() >= mirror.changedAt() + folderTimes.quiet;
  const isGone = (key: EnvelopeKey): boolean =>
    !mirror.mine.has(key) && (gone.has(key) || isSettled());

  const touched = (): void => {
    if (!changed) dueAt = clock.now() + folderTimes.gather;
    changed = true;
    parts.lookAt(dueAt);
  };

  const offer = (keys: readonly EnvelopeKey[]): readonly Offered[] =>
    keys.flatMap((key) => {
      const envelope = mirror.envelopeAt(key);
      return envelope === undefined ? [] : [{ key, envelope }];
    });

  const put = async (keys: readonly EnvelopeKey[]): Promise<SharedFilesCode | undefined> => {
    const code = await writing.putWords(offer(keys), parts.saying());
    lastPut = clock.now();
    if (code !== undefined) return code;
    for (const key of keys) putBefore.add(key);
    // So that what happens to it from now on shows.
    parts.lookAt(lastPut + folderTimes.gather);
    return undefined;
  };

  const standingIn = (files: readonly SeenFile[]): ReadonlySet<EnvelopeKey> =>
    new Set(files.flatMap(({ content }) => content.keys));

  const missing = (): readonly EnvelopeKey[] => {
    const standing = standingIn(mine());
    return [...mirror.mine].filter((key) => !standing.has(key));
  };

  /** When what is to be written may be. */
  const putAt = (write: readonly EnvelopeKey[]): number => {
    const paced = Math.max(dueAt, lastPut + folderTimes.between);
    const isNew = write.length === 0 || write.some((key) => !putBefore.has(key));
    return isNew ? paced : Math.max(paced, patience.when("put"));
  };

  const write = async (
    keys: readonly EnvelopeKey[],
  ): Promise<SharedFilesCode | "later" | undefined> => {
    const at = putAt(keys);
    if (clock.now() < at) {
      parts.lookAt(at);
      return "later";
    }
    changed = false;
    return put(keys);
  };

  /** Those of which nothing that waits is lost; where the disk is full, also those that somebody withdrew words of. */
  const removable = (drop: readonly SeenFile[], written: boolean, full: boolean) => {
    const dropped = new Set(drop.map(({ name }) => name));
    const standing = standingIn(mine().filter(({ name }) => !dropped.has(name)));
    return drop.filter(({ content: { keys } }) =>
      keys.length === 0
        ? written
        : keys.every((key) => standing.has(key) || isGone(key)) || (full && keys.some(isGone)),
    );
  };

  const lookWhenSettled = (): void => {
    const files = mine();
    const lying = standingIn(files);
    for (const key of gone) if (!lying.has(key)) gone.delete(key);
    if ([...lying].some((key) => !mirror.mine.has(key) && !isGone(key)))
      parts.lookAt(mirror.changedAt() + folderTimes.quiet);
  };

  return {
    offered: touched,
    released: (keys) => {
      for (const key of keys) gone.add(key);
      touched();
    },
    vanished: () => patience.acted("put"),
    plan: (states, silent) =>
      planWords({
        ...{ files: mine(), waiting: mirror.mine, isGone, states, silent },
        speaks: parts.saying() !== undefined,
      }),
    carryOut: async (plan, states) => {
      const needed = states || plan.write.length > 0;
      if (!needed) changed = false;
      const code = needed ? await write(plan.write) : undefined;
      const isPut = needed && code === undefined;
      if (parts.cancelled()) return { put: isPut, refused: undefined };
      const drop = removable(plan.drop, code === undefined, code === "DISK_FULL");
      const refused = await writing.remove(drop);
      if (!parts.cancelled()) lookWhenSettled();
      return {
        put: isPut,
        refused: code === undefined || code === "later" ? refused : code,
      };
    },
    isDone: () => missing().length === 0,
    hurry: async () => {
      const keys = missing();
      return keys.length === 0 ? undefined : put(keys);
    },
  };
};
