import type { Cancel, Clock } from "../../base/clock.ts";
import type { DeviceId } from "../../base/ids.ts";
import { sideOf, type ChunkDesk, type Side } from "../../carry/chunkExchange.ts";
import type { ChunkName } from "../../page/photo.ts";

/** What another device wants of photos, and what it does not have: the part of the exchange that is between two. */
export type PeerPhotos = {
  /** What it is known to want; undefined while nothing was heard. */
  readonly wanted: () => ReadonlySet<ChunkName> | undefined;
  /** It does not have this, or does not give it. */
  readonly lacks: (name: ChunkName) => boolean;
  /** What it wants by now, as a file says it: nothing beside what it says itself while it is there. */
  readonly heard: (names: ReadonlySet<ChunkName>) => void;
  /** For one document. */
  readonly open: () => { readonly side: Side; readonly desk: ChunkDesk };
  /** It is there: what it wants now is heard soon, and what it wanted before counts no more. */
  readonly met: () => void;
  /** It is there no more: what comes from it comes in files again. */
  readonly parted: () => void;
  readonly stop: () => void;
};

export type PeerPhotosParts = Pick<ChunkDesk, "missing" | "give" | "take" | "mayGive"> & {
  readonly me: DeviceId;
  readonly peer: DeviceId;
  readonly clock: Clock;
  /** Something of this may be another by now. */
  readonly onChange: () => void;
};

/** Long enough for the wants of whoever was met to come, ms. */
const meetingMs = 2_000;

export const createPeerPhotos = (parts: PeerPhotosParts): PeerPhotos => {
  const { me, peer, clock, onChange } = parts;
  /** By each document; the last one's wants stay known while it is away. */
  let asked: ReadonlySet<ChunkName> | undefined;
  let isThere = false;
  let askedSinceMet = false;
  let notThere = new Set<ChunkName>();
  let cancelMeeting: Cancel = () => {};
  let stopped = false;

  const wants = (names: ReadonlySet<ChunkName>): void => {
    if (stopped) return;
    asked = names;
    onChange();
  };

  const desk: ChunkDesk = {
    missing: parts.missing,
    mayGive: () => !stopped && parts.mayGive(),
    give: parts.give,
    take: parts.take,
    asked: (names) => {
      askedSinceMet = true;
      wants(names);
    },
    refused: (name) => {
      notThere.add(name);
      onChange();
    },
  };

  return {
    wanted: () => asked,
    lacks: (name) => notThere.has(name),
    // It may have been written long before, and be taken away with nothing in its place.
    heard: (names) => {
      if (!isThere || !askedSinceMet) wants(names);
    },
    open: () => {
      notThere = new Set();
      return { side: sideOf(me, peer), desk };
    },
    met: () => {
      isThere = true;
      askedSinceMet = false;
      cancelMeeting();
      cancelMeeting = clock.after(meetingMs, () => {
        if (!askedSinceMet) wants(new Set());
        askedSinceMet = true;
      });
    },
    parted: () => {
      isThere = false;
    },
    stop: () => {
      stopped = true;
      cancelMeeting();
    },
  };
};
