import type { DeviceId, PageId } from "../base/ids.ts";
import type { Live } from "../base/live.ts";
import type { PageFacts } from "./facts.ts";
import type { ChunkName } from "./photo.ts";

/** Of photos that pages show now, and of those that only earlier versions show; the newest pages first. */
export type MissingChunks = {
  readonly shown: readonly ChunkName[];
  readonly earlier: readonly ChunkName[];
};

/**
 * What the pages of a shelf name, and what of that is on the disk. Every page counts alike, closed or opened, let in
 * or waiting: what is asked for must not tell what anybody looked at.
 */
export type PhotoNames = {
  readonly isLoaded: () => boolean;
  readonly load: (onDisk: ReadonlySet<string>) => void;
  readonly came: (names: Iterable<string>) => void;
  readonly went: (names: Iterable<string>) => void;
  readonly isHere: (name: string) => boolean;
  readonly here: () => Iterable<string>;
  /** By the words as they stand and by earlier versions. */
  readonly named: () => ReadonlySet<string>;
  /** Nothing before it is known what is on the disk. Of the partner's no more than `mostOfPartner`. */
  readonly missing: () => MissingChunks;
};

/** What nobody but the partner names may take up of this disk, in chunks: 4 GiB. */
export const mostOfPartner = 65_536;

const nothing: MissingChunks = { shown: [], earlier: [] };

type Counted = { readonly named: ReadonlySet<string>; readonly mine: ReadonlySet<string> };

/** `partner`: of a shared shelf. */
export const createPhotoNames = (
  facts: Live<ReadonlyMap<PageId, PageFacts>>,
  partner: DeviceId | undefined,
): PhotoNames => {
  let onDisk: Set<string> | undefined;
  let cameEarly: string[] = [];
  let counted: (Counted & { readonly of: unknown }) | undefined;
  let missed: { readonly of: unknown; readonly missing: MissingChunks } | undefined;

  const count = (): Counted => {
    const pages = facts.read();
    if (counted?.of === pages) return counted;
    const named = new Set<string>();
    const mine = new Set<string>();
    for (const { owner, chunks, chunksBefore } of pages.values())
      for (const names of [chunks, chunksBefore])
        for (const name of names) {
          named.add(name);
          if (owner !== partner) mine.add(name);
        }
    counted = { of: pages, named, mine };
    return counted;
  };

  /** Whether one more chunk of that name has room; each is asked about once. */
  const createRoom = (here: ReadonlySet<string>): ((name: string) => boolean) => {
    const { named, mine } = count();
    let taken = 0;
    for (const name of here) if (named.has(name) && !mine.has(name)) taken += 1;
    return (name) => {
      if (mine.has(name)) return true;
      taken += 1;
      return taken <= mostOfPartner;
    };
  };

  const findMissing = (here: ReadonlySet<string>): MissingChunks => {
    const isMissing = (name: ChunkName): boolean => !here.has(name);
    const pages = [...facts.read().values()]
      .filter(({ chunks, chunksBefore }) => chunks.some(isMissing) || chunksBefore.some(isMissing))
      .toSorted((one, other) => other.writtenAt - one.writtenAt);
    const shown = new Set(pages.flatMap(({ chunks }) => chunks.filter(isMissing)));
    const earlier = new Set(
      pages.flatMap(({ chunksBefore }) =>
        chunksBefore.filter((name) => isMissing(name) && !shown.has(name)),
      ),
    );
    const hasRoom = createRoom(here);
    return { shown: [...shown].filter(hasRoom), earlier: [...earlier].filter(hasRoom) };
  };

  return {
    named: () => count().named,
    isLoaded: () => onDisk !== undefined,
    load: (found) => {
      onDisk = new Set([...found, ...cameEarly]);
      cameEarly = [];
      missed = undefined;
    },
    came: (names) => {
      missed = undefined;
      if (onDisk === undefined) cameEarly.push(...names);
      else for (const name of names) onDisk.add(name);
    },
    went: (names) => {
      missed = undefined;
      for (const name of names) onDisk?.delete(name);
    },
    isHere: (name) => onDisk?.has(name) === true,
    here: () => onDisk ?? [],
    missing: () => {
      if (onDisk === undefined) return nothing;
      const pages = facts.read();
      if (missed?.of !== pages) missed = { of: pages, missing: findMissing(onDisk) };
      return missed.missing;
    },
  };
};
