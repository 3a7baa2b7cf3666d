import type { FileSource } from "../../shared/base/files.ts";
import { accept, type Result } from "../../shared/base/result.ts";
import { readCapsuleHead } from "../../shared/carry/capsule/head.ts";
import { readCapsule } from "../../shared/carry/capsule/readCapsule.ts";
import type { CapsuleRecord, WrittenRecord } from "../../shared/carry/capsule/records.ts";
import { writeCapsule } from "../../shared/carry/capsule/writeCapsule.ts";
import type { CapsuleReadCode, CapsuleTaken } from "../../shared/journal/capsules.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import type { Card } from "../../shared/page/card.ts";
import { makePersonKeys } from "../../shared/people/person.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { must, sharedCards, type Desk } from "../support/twoPartners.ts";
import { memoryFile, patient, sourceOf } from "./backupKit.ts";

export const writeFile = async (
  journal: Journal,
  what: "new" | "all" = "new",
): Promise<Uint8Array> => {
  const file = memoryFile();
  must(await journal.capsules.write(what, file, patient));
  return file.bytes() ?? new Uint8Array();
};

export const takeFile = (
  journal: Journal,
  bytes: Uint8Array,
): Promise<Result<CapsuleTaken, CapsuleReadCode>> =>
  journal.capsules.take(sourceOf(bytes), patient);

/** From one desk to the other, as on a stick. */
export const hand = async (
  from: Desk,
  to: Desk,
  what: "new" | "all" = "new",
): Promise<CapsuleTaken> =>
  must(await takeFile(to.journal(), await writeFile(from.journal(), what)));

/** What a hostile partner, who has the couple's root, can make. */
export const sealRecords = async (
  root: Uint8Array,
  records: Iterable<WrittenRecord>,
  seed = 1,
): Promise<Uint8Array> => {
  const file = memoryFile();
  const all = async function* () {
    for (const record of records) yield accept(record);
  };
  must(
    await writeCapsule({
      root,
      records: all(),
      to: file,
      random: seededRandom(seed),
      cancelled: () => false,
      wrote: () => {},
    }),
  );
  return file.bytes() ?? new Uint8Array();
};

export const recordsIn = async (
  root: Uint8Array,
  bytes: Uint8Array,
): Promise<readonly CapsuleRecord[]> => {
  const source = sourceOf(bytes);
  const head = must(await readCapsuleHead(source));
  const records: CapsuleRecord[] = [];
  for await (const record of readCapsule({ source, head, root, work: patient }))
    records.push(must(record));
  return records;
};

/** A file that is read, and how much of it at most at one time and in all. */
export const watched = (bytes: Uint8Array) => {
  let longest = 0;
  let read = 0;
  const source: FileSource = {
    ...sourceOf(bytes),
    read: async (from, length) => {
      longest = Math.max(longest, length);
      read += Math.min(length, Math.max(0, bytes.length - from));
      return accept(bytes.slice(from, from + length));
    },
  };
  return { source, longest: () => longest, read: () => read };
};

/** What somebody sees of all that both share. */
type SharedPage = Pick<Card, "id" | "kind" | "excerpt" | "title" | "withdrawnAt" | "changedAt">;

export const pagesOf = (journal: Journal): readonly SharedPage[] =>
  sharedCards(journal)
    .map(({ id, kind, excerpt, title, withdrawnAt, changedAt }) => ({
      id,
      kind,
      excerpt,
      title,
      withdrawnAt,
      changedAt,
    }))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));

/** The couple root key that `createTwoPartners` and `createHostilePartner` draw from this seed. */
export const crkOf = (seed: number): Uint8Array => {
  const random = seededRandom(seed);
  makePersonKeys(random);
  makePersonKeys(random);
  return random(32);
};
