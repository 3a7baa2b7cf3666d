import * as Y from "yjs";
import type { DeviceId } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";

/** Which device a Yjs client id belongs to in one page: bound on first use, never rebound. */
export type Hands = ReadonlyMap<number, DeviceId>;

/** NOT_YOUR_PAGE: the page has another owner. NOT_YOUR_HAND: a client id that belongs to the other. */
export type GuardCode = "UPDATE_TOO_LARGE" | "UPDATE_MALFORMED" | "NOT_YOUR_PAGE" | "NOT_YOUR_HAND";

/** Bytes of one Yjs update, PROTOCOL §7. */
export const updateLimit = 512 * 1024;

/**
 * Whose hand wrote this? Yjs knows no authors, so an update is decoded apart, before it can touch a
 * document: every struct and every deletion must belong to a client id of its author (PROTOCOL §7).
 * Returns the hands with the author's new client ids bound.
 */
export const checkHand = (
  update: Uint8Array,
  author: DeviceId,
  owner: DeviceId | undefined,
  hands: Hands,
): Result<Hands, GuardCode> => {
  if (owner !== undefined && owner !== author) return refuse("NOT_YOUR_PAGE");
  if (update.length > updateLimit) return refuse("UPDATE_TOO_LARGE");
  const touched = touchedClients(update);
  if (!touched.ok) return touched;
  const bound = new Map(hands);
  for (const client of touched.value.writes) {
    const hand = bound.get(client);
    if (hand !== undefined && hand !== author) return refuse("NOT_YOUR_HAND");
    bound.set(client, author);
  }
  for (const client of touched.value.deletes) {
    if (bound.get(client) !== author) return refuse("NOT_YOUR_HAND");
  }
  return accept(bound);
};

type Touched = { readonly writes: ReadonlySet<number>; readonly deletes: ReadonlySet<number> };

const touchedClients = (update: Uint8Array): Result<Touched, "UPDATE_MALFORMED"> => {
  try {
    const decoded = Y.decodeUpdate(update);
    return accept({
      writes: new Set(decoded.structs.map((struct) => struct.id.client)),
      deletes: new Set(decoded.ds.clients.keys()),
    });
  } catch {
    return refuse("UPDATE_MALFORMED");
  }
};
