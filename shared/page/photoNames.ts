import type { DeviceId, PageId } from "../base/ids.ts";
import { keysApart } from "../base/layers.ts";
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

type PagesFacts = ReadonlyMap<PageId, PageFacts>;

type Counted = { readonly named: ReadonlySet<string>; readonly mine: ReadonlySet<string> };

/** `partner`: of a shared shelf. */
export const createPhotoNames = (
  facts: Live<ReadonlyMap<PageId, PageFacts>>,
  partner: DeviceId | undefined,
): PhotoNames => {
  let onDisk: Set<string> | undefined;
  let cameEarly: string[] = [];
  let seen: PagesFacts | undefined;
  let counted: Counted | undefined;
  let missed: MissingChunks | undefined;

  /** What was found stands while nothing changes but words: of twenty thousand pages nobody looks at each for one. */
  const pagesNow = (): PagesFacts => {
    const now = facts.read();
    if (seen !== now && (seen === undefined || !namesTheSame(seen, now))) {
      counted = undefined;
      missed = undefined;
    }
    seen = now;
    return now;
  };

  const count = (): Counted => {
    const pages = pagesNow();
    if (counted !== undefined) return counted;
    const named = new Set<string>();
    const mine = new Set<string>();
    for (const { owner, chunks, chunksBefore } of pages.values())
      for (const names of [chunks, chunksBefore])
        for (const name of names) {
          named.add(name);
          if (owner !== partner) mine.add(name);
        }
    counted = { named, mine };
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
    const pages = [...pagesNow().values()]
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
      pagesNow();
      missed ??= findMissing(onDisk);
      return missed;
    },
  };
};

/** Whether these pages name the same photos, in the same order of pages. */
const namesTheSame = (before: PagesFacts, now: PagesFacts): boolean => {
  const apart = keysApart(before, now);
  if (apart === undefined) return false;
  for (const page of apart) {
    const [one, other] = [before.get(page), now.get(page)];
    if (one === other) continue;
    const fits =
      one !== undefined && other !== undefined
        ? one.owner === other.owner &&
          sameNames(one.chunks, other.chunks) &&
          sameNames(one.chunksBefore, other.chunksBefore) &&
          (one.writtenAt === other.writtenAt || namesNone(other))
        : namesNone(one ?? other);
    if (!fits) return false;
  }
  return true;
};

const namesNone = (facts: PageFacts | undefined): boolean =>
  facts === undefined || facts.chunks.length + facts.chunksBefore.length === 0;

const sameNames = (one: readonly ChunkName[], other: readonly ChunkName[]): boolean =>
  one.length === other.length && one.every((name, index) => name === other[index]);
