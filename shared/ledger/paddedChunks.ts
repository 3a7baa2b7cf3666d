import { concatBytes } from "../base/bytes.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { Chest } from "./paddedChest.ts";
import { drawerRoom } from "./paddedDrawers.ts";
import type { ChunkStore, StoreCode } from "./stores.ts";

/**
 * Pieces of photos in drawers. They are sealed once more there: a photo that was copied out and shared has the same
 * pieces elsewhere, and whoever holds those could look for them on this disk.
 */
export const createPaddedChunks = (chest: Chest): ChunkStore => {
  let closed = false;
  const unlessClosed = async <Value>(
    work: () => Promise<Result<Value, StoreCode>>,
  ): Promise<Result<Value, StoreCode>> => (closed ? refuse("STORE_CLOSED") : work());
  return {
    put: (chunks) =>
      unlessClosed(() => {
        const all = new Map(chunks.map(({ name, bytes }) => [name, bytes]));
        return chest.write({
          changes: () =>
            [...all].map(([name, bytes]) => ({ kind: "chunk", name, from: 0, parts: cut(bytes) })),
        });
      }),
    get: (name) =>
      unlessClosed(async () => {
        const parts = await chest.read("chunk", name);
        if (!parts.ok) return parts;
        if (parts.value.length === 0) return accept(undefined);
        const whole = parts.value.filter((part) => part !== undefined);
        return whole.length < parts.value.length
          ? refuse("STORE_FAILED", "a damaged drawer")
          : accept(concatBytes(...whole.map(({ bytes }) => bytes)));
      }),
    names: () => unlessClosed(async () => accept(new Set(chest.names("chunk")))),
    remove: (names) =>
      unlessClosed(() => {
        const all = new Set(names);
        return chest.write({
          changes: () =>
            chest
              .names("chunk")
              .filter((name) => all.has(name))
              .map((name) => ({ kind: "chunk", name, from: 0, parts: [] })),
        });
      }),
    close: async () => {
      closed = true;
    },
  };
};

const cut = (bytes: Uint8Array) =>
  Array.from({ length: Math.max(1, Math.ceil(bytes.length / drawerRoom)) }, (_, index) => ({
    bytes: bytes.subarray(index * drawerRoom, (index + 1) * drawerRoom),
    next: undefined,
  }));
