import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { htmlFile } from "../../shared/archive/saveHtml.ts";
import { markdownZip } from "../../shared/archive/saveMarkdown.ts";
import { saveEntries } from "../../shared/archive/saveEntries.ts";
import { systemClock } from "../../shared/base/clock.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import {
  indexHere,
  type IndexedPage,
  type OpenIndex,
} from "../../shared/journal/find/entryIndex.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import { firstSteps } from "../../shared/ledger/paddedDrawers.ts";
import { trashKeeps } from "../../shared/page/card.ts";
import { bring, chosen, noWork, opened } from "../support/archives.ts";
import { keptSink, plainTexts } from "../support/savedFiles.ts";
import { createTwoPartners, must, typeWords, writeDraft } from "../support/twoPartners.ts";
import { codeOf } from "./actsKit.ts";
import { makeBackup, patient, sourceOf } from "./backupKit.ts";
import { createHouse, createIn, passphrase } from "./doorKit.ts";
import { shapeOf } from "./paddedKit.ts";
import { picture, placePhoto } from "./photoKit.ts";

beforeAll(loadSodium);

const roomSecret = "only for my room";
/** Said in my room, in every place where an entry can say something, and nowhere else. */
const mine = ["wordsofmyroom", "titleofmyroom", "tagofmyroom", "feelingofmyroom"] as const;
const [words, title, tag, feeling] = mine;

/** Whatever is said on the console. */
const said: (readonly unknown[])[] = [];
const calls = ["log", "info", "warn", "error", "debug", "trace", "dir"] as const;
beforeEach(() => {
  said.length = 0;
  for (const call of calls)
    vi.spyOn(console, call).mockImplementation(
      (...values: readonly unknown[]) => void said.push(values),
    );
});
afterEach(() => vi.restoreAllMocks());

const writeInRoom = async ({ room }: Journal) => {
  const page = must(await room.entries.draftEntry({ tags: [tag], feelings: [feeling] }));
  const open = must(await room.entries.openPage(page));
  open.setTitle(title);
  typeWords(open, words);
  await placePhoto(open, picture(80_000));
  must(await open.flush());
  await open.close();
  return page;
};

/** Every index that was opened, with what was put into it. */
const watchIndexes = () => {
  const put: IndexedPage[][] = [];
  const open: OpenIndex = () => {
    const index = indexHere();
    const pages: IndexedPage[] = [];
    put.push(pages);
    return {
      ...index,
      put: (some) => {
        pages.push(...some);
        return index.put(some);
      },
    };
  };
  return { put, open };
};

describe("what is written in my room", () => {
  test("is in no index and no search of the shared side, in no list, no trouble and no log, open or closed", async () => {
    const indexes = watchIndexes();
    const partners = await createTwoPartners({ seed: 1_470, openIndex: indexes.open });
    const { anna, sam, settle } = partners;
    const journal = anna.journal();
    await writeDraft(journal, must(await journal.entries.draftEntry()), "what everyone may find");
    must(await journal.room.setUp(roomSecret));
    const page = await writeInRoom(journal);
    const look = async () => {
      for (const word of mine) {
        expect(await journal.entries.find(word)).toEqual([]);
        expect([...(await journal.find(word))]).toEqual([]);
        expect(await sam.journal().entries.find(word)).toEqual([]);
      }
      expect(await journal.entries.find("everyone")).toHaveLength(1);
      await settle(2);
      // The shared sides' own indexes have read what they have, and nothing else.
      const all = JSON.stringify(indexes.put);
      for (const word of mine) expect(all).not.toContain(word);
      expect(indexes.put.flat().some((one) => one.page === page)).toBe(false);
      const { cards, entries, troubles, backups } = journal;
      const lists = [
        cards,
        entries.cards,
        entries.trash,
        entries.openersSeen,
        troubles,
        backups.state,
      ];
      const shown = JSON.stringify(lists.map((list) => list.read()));
      for (const word of [...mine, page]) expect(shown).not.toContain(word);
    };
    await look();
    await journal.room.lock();
    await look();
    expect(await codeOf(journal.entries.openPage(page))).toBe("NO_PAGE");
    expect(await codeOf(journal.entries.read(page))).toBe("NO_PAGE");
    expect(await journal.room.entries.find(words)).toEqual([]);
    // The room finds it, in an index of its own.
    must(await journal.room.unlock(roomSecret));
    expect((await journal.room.entries.find(words)).map((found) => found.page)).toEqual([page]);
    await anna.lock();
    await anna.open();
    await settle(10);
    expect(said).toEqual([]);
    expect(anna.journal().troubles.read()).toEqual([]);
  });

  test("is in no file that the shared side saves, and in its own", async () => {
    const { anna } = await createTwoPartners({ seed: 1_471 });
    const journal = anna.journal();
    await writeDraft(journal, must(await journal.entries.draftEntry()), "what everyone may read");
    must(await journal.room.setUp(roomSecret));
    await writeInRoom(journal);
    const save = async ({ entries }: Pick<Journal, "entries">, form: typeof markdownZip) => {
      const sink = keptSink();
      const saving = { cards: entries.cards.read(), read: entries.read };
      must(await saveEntries({ ...saving, clock: systemClock, work: noWork }, sink, form));
      return sink.bytes();
    };
    const told = async (from: Pick<Journal, "entries">) =>
      JSON.stringify([
        await bring(await opened([chosen("a.zip", await save(from, markdownZip))])),
        new TextDecoder().decode(await save(from, htmlFile(plainTexts))),
      ]);
    const ours = await told(journal);
    for (const word of mine) expect(ours).not.toContain(word);
    expect(ours).toContain("what everyone may read");
    const own = await told(journal.room);
    for (const word of [words, title, tag]) expect(own).toContain(word);
    expect(own).not.toContain("what everyone may read");
  });

  test("makes a backup of the journal no larger, and is in none that comes back", async () => {
    const house = createHouse(41);
    const { journal } = await createIn(house);
    await writeDraft(journal, must(await journal.entries.draftEntry()), "what is backed up");
    const before = await makeBackup(journal);
    must(await journal.room.setUp(roomSecret));
    for (let count = 0; count < 12; count++) await writeInRoom(journal);
    const after = await makeBackup(journal);
    expect(after.length).toBe(before.length);
    const other = createHouse(42);
    const back = must(
      await other.door().restore(sourceOf(new Uint8Array(after)), { passphrase }, patient),
    );
    expect(back.room.state.read()).toEqual({ state: "closed", made: false });
    expect(back.cards.read().map(({ excerpt }) => excerpt)).toEqual(["what is backed up"]);
    expect(back.entries.trash.read()).toEqual([]);
    expect(await codeOf(back.room.unlock(roomSecret))).toBe("WRONG_SECRET");
    expect(said).toEqual([]);
  });
});

test("my room has the same size from the first day on, whatever is written, thrown away, deleted and brought in", async () => {
  const house = createHouse(43);
  const { journal } = await createIn(house);
  const looks = async () => ({
    drawers: await shapeOf(house.disk.start().drawers),
    files: [...house.files].map(([name, { length }]) => `${name} ${length}`).toSorted(),
  });
  const first = await looks();
  expect(first.drawers).toEqual({ steps: firstSteps });
  must(await journal.room.setUp(roomSecret));
  expect(await looks()).toEqual(first);
  const { entries } = journal.room;
  const [thrown, kept, gone] = [
    await writeInRoom(journal),
    await writeInRoom(journal),
    await writeInRoom(journal),
  ];
  expect(await looks()).toEqual(first);
  must(await entries.putInTrash(thrown));
  must(await entries.putInTrash(gone));
  must(await entries.destroy(gone));
  must(await entries.sawOpener("hands"));
  must(await journal.room.copyOut(kept));
  expect(await looks()).toEqual(first);
  await journal.room.lock();
  house.clock.advance(trashKeeps);
  must(await journal.room.unlock(roomSecret));
  for (const ms of [60_000, 86_400_000, 60_000]) {
    house.clock.advance(ms);
    for (let turn = 0; turn < 50; turn++) await new Promise((next) => setImmediate(next));
  }
  expect(entries.trash.read()).toEqual([]);
  await journal.lock();
  expect(await looks()).toEqual(first);
});
