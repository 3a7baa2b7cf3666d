import { beforeAll, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { accept } from "../../shared/base/result.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import { must, shareEntry, sharedCards, writeDraft } from "../support/twoPartners.ts";
import { makeBackup, pairIn, patient, sourceOf } from "./backupKit.ts";
import { createHouse, createIn, passphrase, unlockIn, type House } from "./doorKit.ts";

beforeAll(loadSodium);

const quietly = { tell: false, theirWords: "later" } as const;

/** Anna, who has a partner, an entry that she shared, and a draft. */
const paired = async (house: House): Promise<Journal> => {
  const created = await createIn(house);
  await created.journal.lock();
  await pairIn(house);
  const journal = await unlockIn(house);
  await shareEntry(journal, "amber words");
  await writeDraft(journal, must(await journal.entries.draftEntry()), "ochre words");
  return journal;
};

const restoreIn = async (house: House, file: Uint8Array): Promise<Journal> =>
  must(await house.door().restore(sourceOf(file), { passphrase }, patient));

const excerpts = (journal: Journal): readonly string[] =>
  journal.cards
    .read()
    .map(({ excerpt }) => excerpt)
    .toSorted();

test("behind the real door: it ends with one writing of the sealed keyring, and opens so again", async () => {
  const house = createHouse(351);
  const journal = await paired(house);
  const before = house.files.get("keyring");
  must(await journal.ending.end(quietly));
  expect(house.files.get("keyring")).not.toEqual(before);
  await journal.lock();
  const again = await unlockIn(house);
  expect(again.ending.state.read()).toMatchObject({ state: "ended" });
  expect(again.partner.read()).toBeUndefined();
  expect(excerpts(again)).toEqual(["amber words", "ochre words"]);
  await again.lock();
});

test("a backup from before brings the journal of its day, paused; it can be ended there, without telling", async () => {
  const journal = await paired(createHouse(352));
  const file = new Uint8Array(await makeBackup(journal));
  must(await journal.ending.end(quietly));
  await journal.lock();
  const elsewhere = createHouse(353);
  const back = await restoreIn(elsewhere, file);
  expect(back.sync.read()).toEqual({ state: "paused" });
  expect(back.ending.state.read()).toEqual({ state: "together", partnerEnded: undefined });
  must(await back.ending.end({ tell: true, theirWords: "now" }));
  expect(back.sync.read()).toEqual({ state: "ended" });
  expect(back.ending.state.read()).toMatchObject({ state: "ended", theirs: { at: "gone" } });
  expect(excerpts(back)).toEqual(["amber words", "ochre words"]);
  await back.lock();
  const again = await unlockIn(elsewhere);
  expect(again.sync.read()).toEqual({ state: "ended" });
  expect(excerpts(again)).toEqual(["amber words", "ochre words"]);
  await again.lock();
});

test("a backup from the seconds in which it was ending does not end the journal that it brings back", async () => {
  const journal = await paired(createHouse(356));
  let goOn = (): void => {};
  const slow = new Promise<void>((resolve) => (goOn = resolve));
  const write = async () => {
    await slow;
    return accept(undefined);
  };
  const file = { write, finish: write, abort: async () => {} };
  const ending = journal.ending.end({ tell: true, theirWords: "now", file });
  for (let turn = 0; turn < 50; turn++) await new Promise((next) => setImmediate(next));
  expect(journal.ending.state.read()).toEqual({ state: "ending" });
  const backup = new Uint8Array(await makeBackup(journal));
  goOn();
  await ending;
  await journal.lock();
  const elsewhere = createHouse(357);
  await (await restoreIn(elsewhere, backup)).lock();
  const again = await unlockIn(elsewhere);
  for (let turn = 0; turn < 50; turn++) await new Promise((next) => setImmediate(next));
  expect(again.ending.state.read()).toMatchObject({ state: "together" });
  await again.lock();
});

test("a backup of a journal that has ended brings one that has ended, with one’s own words", async () => {
  const journal = await paired(createHouse(354));
  must(await journal.ending.end(quietly));
  const file = new Uint8Array(await makeBackup(journal));
  const state = journal.ending.state.read();
  await journal.lock();
  const back = await restoreIn(createHouse(355), file);
  expect(back.ending.state.read()).toEqual(state);
  expect(back.sync.read()).toEqual({ state: "ended" });
  expect(sharedCards(back).length).toBe(1);
  expect(excerpts(back)).toEqual(["amber words", "ochre words"]);
  await back.lock();
});
