import * as Y from "yjs";
import { equalBytes } from "../base/bytes.ts";
import type { DeviceId } from "../base/ids.ts";
import { createQueue } from "../base/queue.ts";
import { chunkLength, isChunkName, type ChunkName } from "../page/photo.ts";
import { isChunkUnder, type SealedChunk } from "../page/photoSeal.ts";

/**
 * The photos' part of an airlock (docs/protocol.md, "Photos"): each side writes the names of what it wants into one
 * map of its own, and what it hands over into another. A want that goes again says that the chunk is on the disk.
 */
export type ChunkExchange = {
  /** May the other side put this into the document? Undefined: it is in none of these maps. */
  readonly allows: (item: Y.Item) => boolean | undefined;
  /** Asks for what is missing by now, tries the disk again, and hands over what may go out by now. */
  readonly refresh: () => void;
  readonly close: () => void;
};

/** What stands behind it. */
export type ChunkDesk = {
  /** In the order in which they are to be asked for. */
  readonly missing: () => Iterable<ChunkName>;
  /** Undefined: not mine to give, or not here. */
  readonly give: (name: ChunkName) => Promise<Uint8Array | undefined>;
  /** False while something of more weight waits for the other side. */
  readonly mayGive: () => boolean;
  /** Each was asked for and is what its name says. False: the disk refuses; they are held until `refresh`. */
  readonly take: (chunks: readonly SealedChunk[]) => Promise<boolean>;
  /** What the other side wants by now. */
  readonly asked: (names: ReadonlySet<ChunkName>) => void;
  /** The other side does not have it, or does not give it. */
  readonly refused: (name: ChunkName) => void;
};

/** Which maps are whose: both sides come to the same, and the document says nothing of their devices. */
export type Side = "a" | "b";
export const sideOf = (me: DeviceId, partner: DeviceId): Side => (me < partner ? "a" : "b");

export const wantedMap = (side: Side): string => `wanted ${side}`;
export const chunksMap = (side: Side): string => `chunks ${side}`;

export type ExchangeParts = {
  readonly doc: Y.Doc;
  readonly side: Side;
  readonly desk: ChunkDesk;
  readonly write: (change: () => void) => void;
  readonly isOwn: (transaction: Y.Transaction) => boolean;
  /** Something that no app of ours does. */
  readonly onJunk: () => void;
  readonly onRepair: () => void;
  /** So many bytes that came were asked for. */
  readonly onWelcome: (bytes: number) => void;
  readonly giveUp: () => void;
};

/** Names that are asked for at one time. */
const mostWants = 64;
/** Chunks of mine that lie in the document at one time: 1 MiB. */
const mostGiven = 16;
/** The other side's wants at one time, and all that one document ever sees. */
const mostTheirWants = 256;
const mostTheirAsks = 65_536;

const isWanted = 1;
const isNotHere = 0;
type Given = Uint8Array | typeof isNotHere;

export const createChunkExchange = (parts: ExchangeParts): ChunkExchange => {
  const { doc, side, desk, write } = parts;
  const other: Side = side === "a" ? "b" : "a";
  const wants = doc.getMap<unknown>(wantedMap(side));
  const gives = doc.getMap<unknown>(chunksMap(side));
  const theirWants = doc.getMap<unknown>(wantedMap(other));
  const theirGives = doc.getMap<unknown>(chunksMap(other));
  const giving = createQueue();
  const taking = createQueue();
  const wanted = new Set<ChunkName>();
  /** Asked for once in this document: not again, and what still comes of it is no junk. */
  const askedOnce = new Set<ChunkName>();
  let held = new Map<ChunkName, Uint8Array>();
  const asks = new Set<ChunkName>();
  let asksEver = 0;
  const given = new Map<ChunkName, Given>();
  let closed = false;

  const ask = (): void => {
    const fresh: ChunkName[] = [];
    const missing = new Set<ChunkName>();
    for (const name of desk.missing()) {
      missing.add(name);
      if (!askedOnce.has(name) && wanted.size + fresh.length < mostWants) fresh.push(name);
    }
    const gone = [...wanted].filter((name) => !missing.has(name));
    if (gone.length + fresh.length === 0) return;
    for (const name of gone) forget(name);
    for (const name of fresh) {
      wanted.add(name);
      askedOnce.add(name);
    }
    write(() => {
      for (const name of gone) wants.delete(name);
      for (const name of fresh) wants.set(name, isWanted);
    });
    // Where the other side has not noticed that this is a new document, it may lie here already.
    const lying = fresh.filter((name) => theirGives.has(name));
    if (lying.length > 0) takeGiven(lying);
  };

  const forget = (name: ChunkName): void => {
    wanted.delete(name);
    held.delete(name);
  };

  const takeHeld = (): Promise<void> =>
    taking(async () => {
      const chunks = [...held].map(([name, bytes]) => ({ name, bytes }));
      if (closed || chunks.length === 0 || !(await desk.take(chunks)) || closed) return;
      const names = chunks.map(({ name }) => name).filter((name) => wanted.has(name));
      for (const name of names) forget(name);
      write(() => {
        for (const name of names) wants.delete(name);
      });
      ask();
    });

  const give = (): Promise<void> =>
    giving(async () => {
      for (const name of asks) {
        const lying = [...given.values()].filter((one) => one !== isNotHere).length;
        if (closed || lying >= mostGiven || !desk.mayGive()) return;
        if (given.has(name)) continue;
        const bytes = await desk.give(name);
        if (closed) return;
        if (!asks.has(name) || given.has(name)) continue;
        const one: Given = bytes ?? isNotHere;
        given.set(name, one);
        write(() => gives.set(name, one));
      }
    });

  const takeGiven = (changed: Iterable<string>): void => {
    const refused: ChunkName[] = [];
    for (const key of changed) {
      const value = theirGives.get(key);
      const name = key as ChunkName;
      if (value === undefined || held.has(name)) continue;
      if (!wanted.has(name)) {
        if (!askedOnce.has(name)) parts.onJunk();
      } else if (value instanceof Uint8Array && isChunkUnder(key, value)) {
        held.set(name, value.slice());
        parts.onWelcome(value.length);
      } else {
        if (value !== isNotHere) parts.onJunk();
        refused.push(name);
      }
    }
    for (const name of refused) {
      forget(name);
      desk.refused(name);
    }
    if (refused.length > 0) {
      write(() => {
        for (const name of refused) wants.delete(name);
      });
      ask();
    }
    if (held.size > 0) void takeHeld();
  };

  const hearWants = (changed: Iterable<string>): void => {
    const over: ChunkName[] = [];
    for (const key of changed) {
      const name = key as ChunkName;
      if (theirWants.get(key) === isWanted) asks.add(name);
      else {
        asks.delete(name);
        if (given.delete(name)) over.push(name);
      }
    }
    if (asks.size > mostTheirWants) return parts.giveUp();
    if (over.length > 0)
      write(() => {
        for (const name of over) gives.delete(name);
      });
    desk.asked(new Set(asks));
    void give();
  };

  /** In my own maps nobody else writes; what an earlier document of mine left there goes. */
  const mend = (
    map: Y.Map<unknown>,
    changed: Iterable<string>,
    mine: (name: ChunkName) => unknown,
  ): void => {
    for (const key of changed) {
      const right = mine(key as ChunkName);
      if (isSame(map.get(key), right)) continue;
      parts.onRepair();
      write(() => {
        if (right === undefined) map.delete(key);
        else map.set(key, right);
      });
    }
  };

  const listen = (map: Y.Map<unknown>, hear: (changed: Iterable<string>) => void): void => {
    map.observe((event, transaction) => {
      if (!closed && !parts.isOwn(transaction)) hear(event.keysChanged as Set<string>);
    });
  };
  listen(theirGives, takeGiven);
  listen(theirWants, hearWants);
  listen(wants, (changed) =>
    mend(wants, changed, (name) => (wanted.has(name) ? isWanted : undefined)),
  );
  listen(gives, (changed) => mend(gives, changed, (name) => given.get(name)));

  return {
    allows: ({ parent, parentSub, content }) => {
      const isWant = parent === wants || parent === theirWants;
      if (!isWant && parent !== gives && parent !== theirGives) return undefined;
      if (parentSub === null || !isChunkName(parentSub)) return false;
      if (parent === theirWants) asksEver += 1;
      if (asksEver > mostTheirAsks) return false;
      if (content instanceof Y.ContentDeleted) return true;
      if (content instanceof Y.ContentBinary)
        return !isWant && content.content.length === chunkLength;
      const right = isWant ? isWanted : isNotHere;
      return (
        content instanceof Y.ContentAny && content.arr.length === 1 && content.arr[0] === right
      );
    },
    refresh: () => {
      if (closed) return;
      ask();
      void takeHeld();
      void give();
    },
    close: () => {
      closed = true;
      held = new Map();
      given.clear();
    },
  };
};

const isSame = (one: unknown, other: unknown): boolean =>
  one instanceof Uint8Array && other instanceof Uint8Array ? equalBytes(one, other) : one === other;
