import type { PageId } from "../../base/ids.ts";
import type { Statement } from "../../carry/folder/openFile.ts";
import type { FolderPhotos, PhotosNow } from "../../carry/folder/photos.ts";
import type { ChunkName } from "../../page/photo.ts";
import { offeredChains, wordChains, type Chain } from "../sharedChains.ts";
import type { SharedShelf } from "../sharedShelf.ts";
import { isNewestWord } from "./capsuleTaking.ts";
import type { Delivery, PeerDelivery } from "./delivery.ts";
import { waitingLines } from "./waitingLines.ts";

export type FolderPhotosParts = {
  readonly shelf: SharedShelf;
  readonly delivery: Pick<Delivery, "due" | "dueUpTo" | "takePhotos">;
  readonly peer: PeerDelivery;
};

/**
 * What the photos of the shared shelf mean for a folder between this device and another: which go along, which may go,
 * which are missing here.
 */
export const createFolderPhotos = ({ shelf, delivery, peer }: FolderPhotosParts): FolderPhotos => {
  const { ledger, chains, pages, photos } = shelf;
  let loaded = false;
  const hearers = new Set<() => void>();

  const load = async (): Promise<void> => {
    const done = await photos.load();
    if (loaded || !done.ok) return;
    loaded = true;
    for (const hear of [...hearers]) hear();
  };

  const missing = (): readonly ChunkName[] => {
    const { shown, earlier } = photos.missing();
    return [...shown, ...earlier];
  };

  /** Shown now, or in an earlier version. */
  const namesOn = (some: Iterable<PageId>): readonly ChunkName[] =>
    [...new Set(some)].flatMap((id) => {
      const facts = pages.facts.read().get(id);
      return facts === undefined ? [] : [...facts.chunks, ...facts.chunksBefore];
    });

  const onTheirWay = (): readonly ChunkName[] => {
    const due = delivery.dueUpTo();
    return namesOn(
      waitingLines(shelf, offeredChains(chains, peer.device), peer.acked.read())
        .filter(({ line }) => line.device !== chains.me || line.seq <= due)
        .filter(({ line }) => line.notebook !== chains.ours)
        .map(({ line }) => line.page),
    );
  };

  /** On pages of which the other did not hold everything yet when they spoke. */
  const unheard = (theirs: Statement | undefined): readonly ChunkName[] => {
    const heldOf = ({ notebook, device }: Chain): number =>
      theirs?.heads.find((head) => head.notebook === notebook && head.device === device)?.seq ?? 0;
    return namesOn(
      wordChains(chains, peer.device).flatMap((chain) =>
        ledger
          .linesOf(chain.notebook, chain.device)
          .slice(heldOf(chain), chain.upTo)
          .map(({ page }) => page),
      ),
    );
  };

  const named = (): ReadonlySet<ChunkName> =>
    new Set(
      [...pages.facts.read().values()].flatMap((facts) => [...facts.chunks, ...facts.chunksBefore]),
    );

  return {
    now: (theirs): PhotosNow | undefined => {
      if (!loaded) {
        void load();
        return undefined;
      }
      const speaksLast = theirs !== undefined && isNewestWord(shelf, peer.device, theirs.heads);
      const wanted = speaksLast ? theirs.wanted : [];
      const needed = [...new Set([...wanted, ...onTheirWay()])].filter(photos.has);
      let staying: ReadonlySet<ChunkName> | undefined;
      let ofPages: ReadonlySet<ChunkName> | undefined;
      return {
        heads: ledger.heads(),
        missing: missing(),
        needed,
        stays: (name) => {
          staying ??= new Set([...needed, ...unheard(theirs)]);
          // What they wanted when they last spoke here may have come since, or may not.
          return staying.has(name) || (theirs !== undefined && !speaksLast);
        },
        isNamed: (name) => {
          ofPages ??= named();
          return ofPages.has(name);
        },
      };
    },
    give: async (name) => {
      if (!photos.has(name)) return undefined;
      const chunk = await photos.chunk(name);
      return chunk.ok ? chunk.value : undefined;
    },
    take: async (chunks) => {
      const still = new Set(missing());
      const taken = await delivery.takePhotos(chunks.filter(({ name }) => still.has(name)));
      return taken.ok;
    },
    hear: (theirs) => {
      if (isNewestWord(shelf, peer.device, theirs.heads)) peer.heard(new Set(theirs.wanted));
    },
    onChange: (listener) => {
      hearers.add(listener);
      const ends = [
        pages.facts.subscribe(listener),
        peer.acked.subscribe(listener),
        delivery.due.subscribe(listener),
        photos.onArrival(listener),
      ];
      return () => {
        hearers.delete(listener);
        for (const end of ends) end();
      };
    },
  };
};
