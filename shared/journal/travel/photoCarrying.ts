import type { Cancel, Clock } from "../../base/clock.ts";
import { createCell, type Live } from "../../base/live.ts";
import { refuse, type Result } from "../../base/result.ts";
import { sideOf, type ChunkDesk, type Side } from "../../carry/chunkExchange.ts";
import type { StoreCode } from "../../ledger/stores.ts";
import type { ChunkName } from "../../page/photo.ts";
import type { SealedChunk } from "../../page/photoSeal.ts";
import type { SharedShelf } from "../sharedShelf.ts";

/**
 * What one's own side of the exchange of photos rests on: what the pages of the shared shelf name, and what of that is
 * on the disk (docs/protocol.md, "Photos"). Drafts and my room are no part of it: their boxes are never asked.
 */
export type PhotoCarrying = {
  readonly truth: Live<PhotoTruth>;
  readonly start: () => Promise<void>;
  readonly byFile: PhotosByFile;
  /** For one document. */
  readonly open: () => { readonly side: Side; readonly desk: ChunkDesk };
  /** The other side is there: what it wants now is heard soon, and what it wanted before counts no more. */
  readonly met: () => void;
  readonly stop: () => void;
};

/** The same, for what travels in files. */
export type PhotosByFile = {
  /** What the partner is known to want. */
  readonly wanted: () => ReadonlySet<ChunkName>;
  /** What the partner wants by now, as a file says it. */
  readonly heard: (names: ReadonlySet<ChunkName>) => void;
  /** Each is missing here and is what its name says. */
  readonly take: (chunks: readonly SealedChunk[]) => Promise<Result<void, StoreCode>>;
};

/** `missingHere`: of what pages show now, unless the partner does not have it either. `wantedOfMine`: my pages. */
export type PhotoTruth = { readonly missingHere: boolean; readonly wantedOfMine: number };

export type PhotoCarryingParts = {
  readonly shelf: () => SharedShelf;
  readonly clock: Clock;
  readonly onTrouble: (code: string) => void;
  readonly mayGive: () => boolean;
  /** Something may be asked for or handed over in every document. */
  readonly refresh: () => void;
};

/** What a full disk refused is tried again after this long, ms. */
const diskRetryMs = 5_000;
/** Long enough for the wants of whoever was met to come, ms. */
const meetingMs = 2_000;

export const createPhotoCarrying = (parts: PhotoCarryingParts): PhotoCarrying => {
  const { shelf, clock } = parts;
  const truth = createCell<PhotoTruth>({ missingHere: false, wantedOfMine: 0 });
  /** By each document; the last one's wants stay known while the partner is away. */
  let asked: ReadonlySet<ChunkName> = new Set();
  let askedSinceMet = false;
  let notThere = new Set<ChunkName>();
  let cancelRetry: Cancel | undefined;
  let cancelMeeting: Cancel = () => {};
  let unsubscribe = (): void => {};
  let stopped = false;

  const pagesWanted = (): number => {
    if (asked.size === 0) return 0;
    const { pages, photos, chains } = shelf();
    return [...pages.facts.read().values()].filter(
      ({ owner, chunks }) =>
        owner === chains.people.me && chunks.some((name) => asked.has(name) && photos.has(name)),
    ).length;
  };

  const show = (): void => {
    if (stopped) return;
    const next: PhotoTruth = {
      missingHere: shelf()
        .photos.missing()
        .shown.some((name) => !notThere.has(name)),
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

  const take: PhotosByFile["take"] = async (chunks) => {
    if (stopped) return refuse("STORE_CLOSED");
    const taken = await shelf().photos.take(chunks);
    if (taken.ok) changed();
    return taken;
  };

  const desk: ChunkDesk = {
    missing: () => {
      const { shown, earlier } = shelf().photos.missing();
      return [...shown, ...earlier];
    },
    mayGive: () => !stopped && parts.mayGive(),
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
    asked: (names) => {
      asked = names;
      askedSinceMet = true;
      show();
    },
    refused: (name) => {
      notThere.add(name);
      show();
    },
  };

  return {
    truth,
    byFile: {
      wanted: () => asked,
      heard: (names) => {
        if (stopped) return;
        asked = names;
        show();
      },
      take,
    },
    start: async () => {
      unsubscribe = shelf().pages.facts.subscribe(changed);
      await load();
    },
    open: () => {
      const { me, partner } = shelf().chains;
      notThere = new Set();
      return { side: sideOf(me, partner), desk };
    },
    met: () => {
      askedSinceMet = false;
      cancelMeeting();
      cancelMeeting = clock.after(meetingMs, () => {
        if (askedSinceMet) return;
        asked = new Set();
        show();
      });
    },
    stop: () => {
      stopped = true;
      cancelRetry?.();
      cancelMeeting();
      unsubscribe();
    },
  };
};
