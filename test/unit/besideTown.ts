import { expect } from "vitest";
import type { PageId } from "../../shared/base/ids.ts";
import { openEnvelope } from "../../shared/envelope/open.ts";
import { inUseOf } from "../../shared/people/space.ts";
import { must, shareEntry, sharedCards, type Desk } from "../support/twoPartners.ts";
import { readable } from "./endingKit.ts";
import { createTown, deviceOf, keyringIn, meetUp, type Town } from "./meetAgainKit.ts";

/** Anna at two computers, and Sam at one. */
export type Three = {
  readonly town: Town;
  readonly anna: Desk;
  readonly annas: Desk;
  readonly sam: Desk;
};

/** Anna and Sam have met, and each has shared an entry. */
export const twoWithWords = async (seed: number): Promise<Omit<Three, "annas">> => {
  const town = createTown(seed);
  const anna = await town.buy("Anna");
  const sam = await town.buy("Sam");
  expect(await meetUp(town, anna, sam)).toEqual(["done", "done"]);
  await town.settle();
  await shareEntry(anna.journal(), "amber entry");
  await shareEntry(sam.journal(), "cobalt entry");
  await town.settle();
  return { town, anna, sam };
};

/** The second comes to the first, and all of it has gone round. */
export const add = async (town: Town, first: Desk, second: Desk): Promise<void> => {
  const how = { inviter: "adds", joiner: "joins" } as const;
  expect(await meetUp(town, first, second, how)).toEqual(["done", "done"]);
  await town.settle(8);
};

export const three = async (seed: number): Promise<Three> => {
  const { town, anna, sam } = await twoWithWords(seed);
  const annas = await town.buy("somebody");
  await add(town, anna, annas);
  return { town, anna, annas, sam };
};

export const reads = async (desk: Desk, words: readonly string[]): Promise<void> => {
  const found = await readable(desk);
  expect(words.filter((one) => !found.includes(one))).toEqual([]);
};

export const readsNothingOf = async (desk: Desk, words: readonly string[]): Promise<void> => {
  const found = await readable(desk);
  expect(words.filter((one) => found.includes(one))).toEqual([]);
};

/** Each writes, and it arrives at all of them, as whose it is. */
export const goesRound = async (
  town: Town,
  desks: readonly Desk[],
  name: string,
): Promise<void> => {
  const all = desks.map((_, index) => `${name} ${index}`);
  for (const [index, desk] of desks.entries()) await shareEntry(desk.journal(), all[index] ?? name);
  await town.settle(10);
  for (const desk of desks) {
    await reads(desk, all);
    expect(desk.journal().sync.read()).toMatchObject({ state: "upToDate" });
    expect(desk.journal().troubles.read()).toEqual([]);
    const own = desk.journal().me.read().name;
    for (const [index, other] of desks.entries()) {
      const author = other.journal().me.read().name === own ? "me" : "partner";
      expect(authorsOf(desk, all[index] ?? name)).toEqual([author]);
    }
  }
};

export const authorsOf = (desk: Desk, words: string): readonly string[] =>
  sharedCards(desk.journal())
    .filter(({ excerpt }) => excerpt.includes(words))
    .map(({ author }) => author);

export const pageWith = (desk: Desk, words: string): PageId => {
  const card = sharedCards(desk.journal()).find(({ excerpt }) => excerpt.includes(words));
  if (card === undefined) throw new Error(`no page with ${words}`);
  return card.id;
};

/** Who is in use, by this computer's account: one's own, then the partner's, each in their order. */
export const inUseBy = (desk: Desk) => {
  const { couple } = keyringIn(desk);
  if (couple === undefined) throw new Error("not paired");
  return inUseOf(couple, deviceOf(desk), couple.partner.certificate.device);
};

/** All of them know one another, and by what is told of it. */
export const knowEachOther = (annas: readonly Desk[], sams: readonly Desk[]): void => {
  const [left, right] = [annas, sams].map((desks) => desks.map(deviceOf).toSorted());
  for (const [desks, mine, theirs] of [
    [annas, left, right],
    [sams, right, left],
  ] as const)
    for (const desk of desks) {
      const known = inUseBy(desk);
      expect(known.mine.toSorted()).toEqual(mine);
      expect(known.theirs.toSorted()).toEqual(theirs);
      expect(desk.journal().computers.read()).toMatchObject({
        mine: desks.length - 1,
        theirs: theirs?.length,
      });
    }
};

/** How often it is said on this disk of any computer that it is there. */
export const notesOn = async (desk: Desk): Promise<number> => {
  const { couple } = keyringIn(desk);
  if (couple === undefined) throw new Error("not paired");
  const { ours } = couple.notebooks;
  const { volumes } = desk.disk.start().carried;
  let found = 0;
  for (const number of must(await volumes.list())) {
    const volume = must(await volumes.open(number));
    for (const key of volume.keys()) {
      const opened = openEnvelope(volume.get(key) ?? new Uint8Array(0), [
        { notebook: ours.id, key: ours.key },
      ]);
      if (opened.ok && opened.value.message.header.kind === "roster") found += 1;
    }
    await volume.close();
  }
  return found;
};
