import type { Clock } from "../../shared/base/clock.ts";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import { createMeter, type Meter } from "../meter.ts";
import type { Judged } from "./judgeUpdate.ts";
import type { MailboxLimits } from "./limits.ts";
import type { BoxName } from "./names.ts";
import type { Shelf } from "./shelf.ts";

/** Why somebody is not let in, or something is not taken: what the client is told, word for word. */
export type Refusal = "full" | "busy" | "not yours";

/** Who is here of each couple, what is open, and what it costs. A couple is remembered while somebody of it is here. */
export type Rooms = {
  /** Whoever got in leaves once for every time. `guest` is one connection. */
  readonly enter: (name: BoxName, guest: object) => Promise<Result<void, Refusal>>;
  readonly leave: (name: BoxName, guest: object) => void;
  /** False when there is no memory for a document of this size now. */
  readonly hasSpace: (bytes: number) => boolean;
  readonly opened: (name: BoxName, weight: Weight) => void;
  readonly closed: (name: BoxName) => void;
  /** After a look at what it really takes. */
  readonly weighed: (name: BoxName, weight: Weight) => void;
  /** Whether it has a file now. */
  readonly written: (name: BoxName, isStored: boolean) => void;
  /**
   * Takes up the room that an update needs. What another process has let in counts against twice the limits of a
   * couple and a document: refused, the two would stay apart.
   */
  readonly add: (
    name: BoxName,
    judged: Judged,
    from?: "guest" | "neighbour",
  ) => Result<void, "full" | "NOT_OURS">;
  /** False when the couple has had more sent to it than it may for now. */
  readonly mayRead: (name: BoxName) => boolean;
  /** Entries of an open document. */
  readonly structs: (name: BoxName) => number;
  readonly stats: () => RoomStats;
};

/** Of a document: bytes as a file, entries, entries under a key that is taken, and who wrote them. */
export type Weight = Pick<Judged, "bytes" | "structs" | "crowd" | "clients">;

export type RoomStats = { readonly couples: number; readonly openBytes: number };

type Box = { weight: Weight; holders: number; isOpen: boolean; isStored: boolean };

type Room = {
  readonly boxes: Map<string, Box>;
  readonly listed: Promise<Result<void, "UNREADABLE">>;
  /** How many documents each connection has. */
  readonly guests: Map<object, number>;
  readonly reading: Meter;
  coming: number;
};

export type RoomsParts = {
  readonly shelf: Shelf;
  readonly limits: MailboxLimits;
  readonly clock: Clock;
};

/** What Yjs makes of an entry in memory, beside its bytes. */
const structBytes = 320;
const nothing: Weight = { bytes: 0, structs: 0, crowd: 0, clients: 0 };

export const createRooms = ({ shelf, limits, clock }: RoomsParts): Rooms => {
  const rooms = new Map<string, Room>();
  let openBytes = 0;

  const openRoom = (couple: string): Room => {
    const boxes = new Map<string, Box>();
    const listed = shelf.list(couple).then((sizes): Result<void, "UNREADABLE"> => {
      if (!sizes.ok) return sizes;
      for (const [box, bytes] of sizes.value) {
        const weight = { ...nothing, bytes };
        boxes.set(box, { weight, holders: 0, isOpen: false, isStored: true });
      }
      return accept(undefined);
    });
    const reading = createMeter(limits.reading, clock);
    const room = { boxes, listed, guests: new Map<object, number>(), reading, coming: 0 };
    rooms.set(couple, room);
    return room;
  };

  const tidy = (couple: string, room: Room) => {
    const isUsed = room.coming > 0 || room.guests.size > 0;
    if (isUsed || [...room.boxes.values()].some(({ isOpen }) => isOpen)) return;
    // What it still owes for reading is owed by whoever comes next.
    if (room.reading.isFull()) rooms.delete(couple);
  };

  const find = ({ couple, box }: BoxName): Box | undefined => rooms.get(couple)?.boxes.get(box);

  const forget = ({ couple, box }: BoxName) => {
    const room = rooms.get(couple);
    const known = room?.boxes.get(box);
    if (room === undefined || known === undefined) return;
    if (known.holders === 0 && !known.isOpen && !known.isStored) room.boxes.delete(box);
    tidy(couple, room);
  };

  const weigh = (box: Box, weight: Weight) => {
    if (box.isOpen) openBytes += inMemory(weight) - inMemory(box.weight);
    box.weight = weight;
  };

  const admit = (room: Room, box: string, guest: object): Result<void, Refusal> => {
    const documents = room.guests.get(guest) ?? 0;
    if (documents === 0 && room.guests.size >= limits.connectionsPerCouple) return refuse("busy");
    const known = room.boxes.get(box);
    const isMore = known === undefined;
    if (isMore && room.boxes.size >= limits.documentsPerCouple) return refuse("full");
    const fresh = known ?? { weight: nothing, holders: 0, isOpen: false, isStored: false };
    if (!fresh.isOpen && openBytes + fresh.weight.bytes > limits.openBytes) return refuse("busy");
    room.boxes.set(box, fresh);
    fresh.holders++;
    room.guests.set(guest, documents + 1);
    return accept(undefined);
  };

  const stored = (room: Room): number => {
    let sum = 0;
    for (const { weight } of room.boxes.values()) sum += weight.bytes;
    return sum;
  };

  return {
    enter: async ({ couple, box }, guest) => {
      const room = rooms.get(couple) ?? openRoom(couple);
      room.coming++;
      const listed = await room.listed;
      room.coming--;
      const admitted = listed.ok ? admit(room, box, guest) : refuse("busy" as const);
      if (!listed.ok) rooms.delete(couple);
      else if (!admitted.ok) tidy(couple, room);
      return admitted;
    },
    leave: (name, guest) => {
      const room = rooms.get(name.couple);
      const box = room?.boxes.get(name.box);
      if (room === undefined || box === undefined) return;
      box.holders--;
      const left = (room.guests.get(guest) ?? 1) - 1;
      if (left > 0) room.guests.set(guest, left);
      else room.guests.delete(guest);
      forget(name);
    },
    hasSpace: (bytes) => openBytes + bytes <= limits.openBytes,
    opened: (name, weight) => {
      const box = find(name);
      if (box === undefined) return;
      box.weight = weight;
      box.isOpen = true;
      openBytes += inMemory(weight);
    },
    closed: (name) => {
      const box = find(name);
      if (box?.isOpen !== true) return;
      openBytes -= inMemory(box.weight);
      box.isOpen = false;
      forget(name);
    },
    weighed: (name, weight) => {
      const box = find(name);
      if (box !== undefined) weigh(box, weight);
    },
    written: (name, isStored) => {
      const box = find(name);
      if (box === undefined) return;
      box.isStored = isStored;
      forget(name);
    },
    add: (name, { bytes, structs, crowd, clients }, from = "guest") => {
      const times = from === "guest" ? 1 : 2;
      const room = rooms.get(name.couple);
      const box = room?.boxes.get(name.box);
      if (room === undefined || box === undefined) return refuse("full");
      const next: Weight = {
        bytes: box.weight.bytes + bytes,
        structs: box.weight.structs + structs,
        crowd: box.weight.crowd + crowd,
        clients: box.weight.clients + clients,
      };
      if (next.crowd > times * limits.crowd) return refuse("NOT_OURS");
      const totals = shelf.totals();
      const hasSome = [...room.boxes.values()].some(({ isStored }) => isStored);
      const share = hasSome ? 1 : limits.newcomersUntil;
      const isNew = !box.isStored && totals.documents >= limits.documents;
      const isTooMuch =
        next.bytes > times * limits.documentBytes ||
        next.structs > times * limits.structs ||
        next.clients > times * limits.clients ||
        stored(room) + bytes > times * limits.coupleBytes ||
        totals.bytes + bytes > share * limits.storedBytes ||
        openBytes + bytes + structs * structBytes > limits.openBytes;
      if (isNew || isTooMuch) return refuse("full");
      weigh(box, next);
      return accept(undefined);
    },
    mayRead: (name) => {
      const room = rooms.get(name.couple);
      return room?.reading.take(room.boxes.get(name.box)?.weight.bytes ?? 0) ?? false;
    },
    structs: (name) => find(name)?.weight.structs ?? 0,
    stats: () => {
      let couples = 0;
      for (const [couple, room] of rooms) {
        if (room.guests.size > 0) couples++;
        else tidy(couple, room);
      }
      return { couples, openBytes };
    },
  };
};

const inMemory = ({ bytes, structs }: Weight): number => bytes + structs * structBytes;
