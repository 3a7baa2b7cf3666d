import { applyUpdate, Doc, equalSnapshots, snapshot } from "yjs";
import { judgeUpdate } from "./judgeUpdate.ts";
import type { MailboxLimits } from "./limits.ts";
import type { BoxName } from "./names.ts";
import type { Rooms } from "./rooms.ts";
import type { Shelf, Stamp } from "./shelf.ts";
import { isHollow, knownOf, weighDocument } from "./weigh.ts";

/**
 * Where several processes write the same files: nobody overwrites what was not read before. A document takes in what
 * another process wrote into its file, and then is written whole.
 */
export type Merging = {
  /**
   * Of an open document. "level": what is in the file is in the document, and nothing is known that the file lacks.
   * "behind": the file lacks something. "unknown": it cannot be read now.
   */
  readonly takeIn: (name: BoxName, doc: Doc) => Promise<"level" | "behind" | "unknown">;
  /** This process has read or written the file that bears this stamp. */
  readonly seen: (name: BoxName, stamp: Stamp) => void;
  /** Of the file last read or written. */
  readonly stamp: (name: BoxName) => Stamp | undefined;
  readonly forget: (name: BoxName) => void;
};

export type MergingParts = {
  readonly shelf: Shelf;
  readonly rooms: Rooms;
  readonly limits: MailboxLimits;
};

/** As the Redis extension calls its own: it is not passed on again, since everybody can read the file. */
const fromTheFile = { source: "redis" } as const;

export const createMerging = ({ shelf, rooms, limits }: MergingParts): Merging => {
  const stamps = new Map<string, Stamp>();
  const keyOf = ({ couple, box }: BoxName) => `${couple}.${box}`;

  const holds = (state: Uint8Array, doc: Doc): boolean => {
    const file = new Doc();
    applyUpdate(file, state);
    const same = equalSnapshots(snapshot(doc), snapshot(file));
    file.destroy();
    return same;
  };

  return {
    takeIn: async (name, doc) => {
      const stamp = await shelf.stamp(name);
      if (!stamp.ok) return "unknown";
      if (stamp.value === stamps.get(keyOf(name))) return "level";
      const state = stamp.value === "" ? undefined : await shelf.read(name);
      if (state?.ok === false) return "unknown";
      stamps.set(keyOf(name), stamp.value);
      const bytes = state?.value;
      if (bytes === undefined) return isHollow(doc) ? "level" : "behind";
      if (!judgeUpdate(bytes, knownOf(doc), limits).ok) return "behind";
      applyUpdate(doc, bytes, fromTheFile);
      rooms.weighed(name, weighDocument(doc));
      return holds(bytes, doc) ? "level" : "behind";
    },
    seen: (name, stamp) => void stamps.set(keyOf(name), stamp),
    stamp: (name) => stamps.get(keyOf(name)),
    forget: (name) => void stamps.delete(keyOf(name)),
  };
};
