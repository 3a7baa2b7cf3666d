import { expect, test } from "vitest";
import { idFrom, type DeviceId, type PageId } from "../../shared/base/ids.ts";
import { createCell } from "../../shared/base/live.ts";
import type { PageFacts } from "../../shared/page/facts.ts";
import type { ChunkName } from "../../shared/page/photo.ts";
import { createPhotoNames, mostOfPartner } from "../../shared/page/photoNames.ts";

const me = idFrom<DeviceId>(new Uint8Array(16).fill(1));
const partner = idFrom<DeviceId>(new Uint8Array(16).fill(2));

const names = (whose: string, count: number): readonly ChunkName[] =>
  Array.from({ length: count }, (_, at) => `${whose} ${at}` as ChunkName);

/** Of a page only what is looked at here. */
const page = (
  owner: DeviceId,
  chunks: readonly ChunkName[],
  chunksBefore: readonly ChunkName[] = [],
): PageFacts => ({ owner, chunks, chunksBefore, writtenAt: 0 }) as unknown as PageFacts;

const namesOf = (...pages: readonly PageFacts[]) =>
  createPhotoNames(
    createCell<ReadonlyMap<PageId, PageFacts>>(
      new Map(pages.map((facts, at) => [`${at}` as PageId, facts])),
    ),
    partner,
  );

test("a partner's pages fill four GiB of my disk and no more; my own photos are always asked for", () => {
  const theirs = names("theirs", mostOfPartner + 500);
  const mine = names("mine", 20);
  const all = namesOf(page(partner, theirs.slice(0, 60_000), theirs.slice(60_000)), page(me, mine));
  all.load(new Set());
  const { shown, earlier } = all.missing();
  expect(shown).toHaveLength(60_000 + mine.length);
  expect(earlier).toHaveLength(mostOfPartner - 60_000);
  all.came([...shown, ...earlier]);
  expect(all.missing()).toEqual({ shown: [], earlier: [] });
});

test("what I name too takes nothing of the partner's room, and what left the disk makes room again", () => {
  const theirs = names("theirs", mostOfPartner);
  const more = names("more", 3);
  const both = names("both", 10);
  const all = namesOf(page(partner, [...theirs, ...both, ...more]), page(me, both));
  all.load(new Set([...theirs, ...both]));
  expect(all.missing().shown).toEqual([]);
  all.went(theirs.slice(0, 2));
  expect(all.missing().shown).toEqual(theirs.slice(0, 2));
  all.went(both);
  expect(all.missing().shown).toEqual([...theirs.slice(0, 2), ...both]);
});
