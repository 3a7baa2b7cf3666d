import * as Y from "yjs";
import type { DeviceId } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { checkContents, type HeavyCode } from "./boundedYjs.ts";

/** Which device a Yjs client id belongs to in one page: bound on first use, never rebound. */
export type Hands = ReadonlyMap<number, DeviceId>;

/**
 * NOT_YOUR_PAGE: the page has another owner. NOT_YOUR_HAND: a client id that belongs to the other.
 * PAGE_REMADE: it would become another page than its reader was shown (lasting.ts).
 * UPDATE_HEAVY: made to keep Yjs busy, as no editor makes it.
 */
export type GuardCode =
  | "UPDATE_TOO_LARGE"
  | "UPDATE_MALFORMED"
  | "NOT_YOUR_PAGE"
  | "NOT_YOUR_HAND"
  | "PAGE_REMADE"
  | HeavyCode;

/** Bytes of one Yjs update, PROTOCOL §7. */
export const updateLimit = 512 * 1024;

/** Client ids of one page, all its life long; a window open on it is one. They are stored with it. */
const mostHands = 16_384;

/**
 * Whose hand wrote this? Yjs knows no authors, so an update is decoded apart, before it can touch a
 * document: every struct and every deletion must belong to a client id of its author (PROTOCOL §7).
 * Returns the author's client ids that are new, to be bound once the update is applied.
 */
export const checkHand = (
  update: Uint8Array,
  author: DeviceId,
  owner: DeviceId | undefined,
  hands: Hands,
): Result<Checked, GuardCode> => {
  if (owner !== undefined && owner !== author) return refuse("NOT_YOUR_PAGE");
  if (update.length > updateLimit) return refuse("UPDATE_TOO_LARGE");
  const decoded = decodeUpdate(update);
  if (!decoded.ok) return decoded;
  const contents = checkContents(decoded.value);
  if (!contents.ok) return contents;
  const touched = touchedClients(decoded.value);
  const fresh = new Set<number>();
  for (const client of touched.writes) {
    const hand = hands.get(client);
    if (hand !== undefined && hand !== author) return refuse("NOT_YOUR_HAND");
    if (hand === undefined) fresh.add(client);
  }
  if (hands.size + fresh.size > mostHands) return refuse("UPDATE_HEAVY", "writers");
  for (const client of touched.deletes) {
    if (hands.get(client) !== author && !fresh.has(client)) return refuse("NOT_YOUR_HAND");
  }
  return accept({ fresh, decoded: decoded.value });
};

type Decoded = ReturnType<typeof Y.decodeUpdate>;

export type Checked = { readonly fresh: ReadonlySet<number>; readonly decoded: Decoded };

type Touched = { readonly writes: ReadonlySet<number>; readonly deletes: ReadonlySet<number> };

const touchedClients = ({ structs, ds }: Decoded): Touched => ({
  writes: new Set(structs.map((struct) => struct.id.client)),
  deletes: new Set(ds.clients.keys()),
});

/**
 * Bounded by the bytes there are: a count in the header that lies ends at the last byte. What has no length is refused:
 * no editor writes it, Yjs takes it in, and then cannot read back what it has written of that page itself.
 */
export const decodeUpdate = (update: Uint8Array): Result<Decoded, "UPDATE_MALFORMED"> => {
  try {
    const decoded = Y.decodeUpdate(update);
    return isSomewhere(decoded) ? accept(decoded) : refuse("UPDATE_MALFORMED");
  } catch {
    return refuse("UPDATE_MALFORMED");
  }
};

const isSomewhere = ({ structs, ds }: Decoded): boolean =>
  structs.every(({ length }) => length > 0) &&
  [...ds.clients.values()].every((deletions) => deletions.every(({ len }) => len > 0));
