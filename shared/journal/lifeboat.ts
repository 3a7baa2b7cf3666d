import { concatBytes } from "../base/bytes.ts";
import { idBytes, idFrom, type PageId } from "../base/ids.ts";
import type { Random } from "../base/random.ts";
import { openXChaCha, sealXChaCha } from "../crypto/aead.ts";
import { subKey, type MasterKey } from "../vault/masterKey.ts";
import type { Shelf } from "../page/shelf.ts";

/**
 * Words that a full disk refused until the journal was locked. Locking forgets every key and every word, so they
 * wait in memory as ciphertext, and are written at the next unlocking. Gone only with the process itself.
 */
export type Lifeboat = {
  readonly put: (tree: LifeboatTree, sealed: Uint8Array) => void;
  readonly take: (tree: LifeboatTree) => readonly Uint8Array[];
  /** While false, the process's memory must not be let go. */
  readonly isEmpty: () => boolean;
};

/** By whose master key it is sealed. */
export type LifeboatTree = "shared" | "room";

export const createLifeboat = (): Lifeboat => {
  const waiting: Record<LifeboatTree, Uint8Array[]> = { shared: [], room: [] };
  return {
    put: (tree, sealed) => void waiting[tree].push(sealed),
    take: (tree) => waiting[tree].splice(0),
    isEmpty: () => Object.values(waiting).every(({ length }) => length === 0),
  };
};

/** Sealed: `nonce24 ‖ XChaCha20-Poly1305(K(MK, "TF/1 lifeboat"), shelf u8 ‖ page16 ‖ update)`. */
export const boardLifeboat = (
  { masterKey, random }: { readonly masterKey: MasterKey; readonly random: Random },
  shelf: LifeboatShelf,
  page: PageId,
  update: Uint8Array,
): Uint8Array => {
  const nonce = random(24);
  const words = concatBytes(Uint8Array.of(lifeboatShelves.indexOf(shelf)), idBytes(page), update);
  return concatBytes(nonce, sealXChaCha(subKey(masterKey, label), nonce, words, new Uint8Array()));
};

const label = "TF/1 lifeboat";
const lifeboatShelves = ["drafts", "carried", "room", "vision"] as const;
export type LifeboatShelf = (typeof lifeboatShelves)[number];

/**
 * Writes what was rescued; what the disk refuses again stays in the boat, as do words for a shelf that is not open.
 * False where anything stayed.
 */
export const landLifeboat = async (
  boat: Lifeboat,
  tree: LifeboatTree,
  masterKey: MasterKey,
  shelves: { readonly [shelf in LifeboatShelf]?: Pick<Shelf, "write"> | undefined },
): Promise<boolean> => {
  let landed = true;
  const stay = (sealed: Uint8Array): void => {
    boat.put(tree, sealed);
    landed = false;
  };
  for (const sealed of boat.take(tree)) {
    const opened = openXChaCha(
      subKey(masterKey, label),
      sealed.slice(0, 24),
      sealed.slice(24),
      new Uint8Array(),
    );
    if (!opened.ok) {
      stay(sealed);
      continue;
    }
    const shelf = shelves[lifeboatShelves[opened.value[0] ?? lifeboatShelves.length] ?? "room"];
    const page = idFrom<PageId>(opened.value.slice(1, 17));
    const update = opened.value.slice(17);
    const written = await shelf?.write(page, "change", update);
    if (written?.ok !== true) stay(sealed);
  }
  return landed;
};
