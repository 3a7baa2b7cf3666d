import type { Cancel, Clock } from "../../base/clock.ts";
import { createCell, type Live } from "../../base/live.ts";
import { refuse, type Result } from "../../base/result.ts";
import type { ChunkDesk } from "../../carry/chunkExchange.ts";
import type { StoreCode } from "../../ledger/stores.ts";
import type { ChunkName } from "../../page/photo.ts";
import type { SealedChunk } from "../../page/photoSeal.ts";
import type { Peer } from "../sharedChains.ts";
import type { SharedShelf } from "../sharedShelf.ts";
import { createPeerPhotos, type PeerPhotos } from "./peerPhotos.ts";

/**
 * What one's own side of the exchange of photos rests on: what the pages of the shared shelf name, and what of that is
 * on the disk (docs/protocol.md, "Photos"). Drafts and my room are no part of it: their boxes are never asked.
 */
export type PhotoCarrying = {
  readonly truth: Live<PhotoTruth>;
  /** Another device takes part, whosever it is; before `start`. `hasWords`: it has what goes before photos. */
  readonly join: (peer: Peer, hasWords: () => boolean) => PeerPhotos;
  readonly start: () => Promise<void>;
  readonly take: TakePhotos;
  /** Words have come to somebody. */
  readonly wordsWent: () => void;
  readonly stop: () => void;
};

/** Each is missing here and is what its name says. */
export type TakePhotos = (chunks: readonly SealedChunk[]) => Promise<Result<void, StoreCode>>;

/**
 * `missingHere`: of what pages show now, unless nobody else has it either. `wantedOfMine`: my pages of which the partner
 * is known to want photos.
 */
export type PhotoTruth = { readonly missingHere: boolean; readonly wantedOfMine: number };

export type PhotoCarryingParts = {
  readonly shelf: () => SharedShelf;
  readonly clock: Clock;
  readonly onTrouble: (code: string) => void;
  /** Something may be asked for or handed over in every document. */
  readonly refresh: () => void;
};

type Joined = Peer & { readonly hasWords: () => boolean; readonly photos: PeerPhotos };

/** What a full disk refused is tried again after this long, ms. */
const diskRetryMs = 5_000;

export const createPhotoCarrying = (parts: PhotoCarryingParts): PhotoCarrying => {
  const { shelf, clock } = parts;
  const truth = createCell<PhotoTruth>({ missingHere: false, wantedOfMine: 0 });
  const all: Joined[] = [];
  let cancelRetry: Cancel | undefined;
  let unsubscribe = (): void => {};
  let stopped = false;

  const pagesOf = (asked: ReadonlySet<ChunkName>): number => {
    if (asked.size === 0) return 0;
    const { pages, photos, chains } = shelf();
    return [...pages.facts.read().values()].filter(
      ({ owner, chunks }) =>
        owner === chains.people.me && chunks.some((name) => asked.has(name) && photos.has(name)),
    ).length;
  };

  /**
   * What any device of the partner's has is there. One that has all words says of all photos what it lacks; of several
   * such the one that wants the least. Any other does not know yet what it will want.
   */
  const pagesWanted = (): number => {
    const said = all.flatMap(({ owner, hasWords, photos }) => {
      const asked = owner === "partner" ? photos.wanted() : undefined;
      return asked === undefined ? [] : [{ pages: pagesOf(asked), knowsAll: hasWords() }];
    });
    const certain = said.filter(({ knowsAll }) => knowsAll).map(({ pages }) => pages);
    return certain.length > 0
      ? Math.min(...certain)
      : Math.max(0, ...said.map(({ pages }) => pages));
  };

  const show = (): void => {
    if (stopped) return;
    const next: PhotoTruth = {
      missingHere: shelf()
        .photos.missing()
        .shown.some((name) => !all.every(({ photos }) => photos.lacks(name))),
      wantedOfMine: pagesWanted(),
    };
    const { missingHere, wantedOfMine } = truth.read();
    if (next.missingHere !== missingHere || next.wantedOfMine !== wantedOfMine) truth.set(next);
  };

  const changed = (): void => {
    if (stopped) return;
    parts.refresh();
    show();
  };

  const retryLater = (): void => {
    if (stopped) return;
    cancelRetry ??= clock.after(diskRetryMs, () => {
      cancelRetry = undefined;
      void load();
    });
  };

  const load = async (): Promise<void> => {
    const loaded = await shelf().photos.load();
    if (!loaded.ok) retryLater();
    changed();
  };

  const take: TakePhotos = async (chunks) => {
    if (stopped) return refuse("STORE_CLOSED");
    const taken = await shelf().photos.take(chunks);
    if (taken.ok) changed();
    return taken;
  };

  const common: Pick<ChunkDesk, "missing" | "give" | "take"> = {
    missing: () => {
      const { shown, earlier } = shelf().photos.missing();
      return [...shown, ...earlier];
    },
    give: async (name) => {
      const { photos } = shelf();
      if (stopped || !photos.has(name)) return undefined;
      const chunk = await photos.chunk(name);
      return chunk.ok ? chunk.value : undefined;
    },
    take: async (chunks) => {
      if (stopped) return false;
      const taken = await take(chunks);
      if (taken.ok) return true;
      parts.onTrouble(taken.code);
      retryLater();
      return false;
    },
  };

  return {
    truth,
    join: (peer, hasWords) => {
      const photos = createPeerPhotos({
        ...common,
        ...{ me: shelf().chains.me, peer: peer.device, clock },
        mayGive: hasWords,
        onChange: show,
      });
      all.push({ ...peer, hasWords, photos });
      return photos;
    },
    start: async () => {
      unsubscribe = shelf().pages.facts.subscribe(changed);
      await load();
    },
    take,
    wordsWent: () => {
      if (all.length > 1) show();
    },
    stop: () => {
      stopped = true;
      cancelRetry?.();
      for (const { photos } of all) photos.stop();
      unsubscribe();
    },
  };
};
