import * as Y from "yjs";
import { beforeAll, describe, expect, test } from "vitest";
import { newId, type PageId } from "../../shared/base/ids.ts";
import { toHex } from "../../shared/base/bytes.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { hash } from "../../shared/crypto/hash.ts";
import { withdrawPage } from "../../shared/journal/acts/withdrawing.ts";
import { openHistory } from "../../shared/journal/pages/history.ts";
import type { SharedShelf } from "../../shared/journal/sharedShelf.ts";
import { watchCards } from "../../shared/journal/pages/cardsView.ts";
import type { PutOff } from "../../shared/page/card.ts";
import { createCell } from "../../shared/base/live.ts";
import { createManualClock } from "../support/manualClock.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { must } from "../support/twoPartners.ts";
import { memoryFile, patient, sourceOf } from "./backupKit.ts";
import { bulkyPage } from "./ledgerKit.ts";
import {
  addWords,
  clearCache,
  createHouse,
  handOver,
  shareWords,
  type Computer,
} from "./devicesKit.ts";

beforeAll(loadSodium);

/** None is being changed. */
const noDrafts = { pages: { facts: { read: () => new Map() } } } as never;

const openVersions = async (shelf: SharedShelf, page: PageId): Promise<unknown> => {
  const history = await openHistory(shelf, { page, rules: "shared" }, seededRandom(1));
  return history.ok
    ? history.value.versions.map(({ writtenAt, title, body }) => [writtenAt, title, String(body)])
    : history.code;
};

/** Every shared page as a reader of either sees it, and what lies behind it; whose it is, by person. */
const pagesOn = async ({ bond }: Computer): Promise<unknown> => {
  const { shelf } = bond();
  const pages: unknown[] = [];
  for (const [page, facts] of [...shelf.pages.facts.read()].toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  )) {
    const { state, hands } = must(await shelf.pages.read(page));
    pages.push([
      { ...facts, cameBack: undefined },
      toHex(hash("test", state)),
      hands.toSorted(([one], [other]) => one - other),
      await openVersions(shelf, page),
    ]);
  }
  return pages;
};

const wordsOn = async ({ bond }: Computer, page: PageId): Promise<string> => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, must(await bond().shelf.pages.read(page)).state);
  return doc.getXmlFragment("body").toString();
};

const cameBack = ({ bond }: Computer): ReadonlyMap<PageId, boolean> =>
  new Map([...bond().shelf.pages.facts.read()].map(([page, facts]) => [page, facts.cameBack]));

/** As the lists of this computer show them. */
const cardsOn = ({ bond }: Computer): ReadonlyMap<PageId, unknown> => {
  const { pages, chains } = bond().shelf;
  const cards = watchCards({
    sources: [{ facts: pages.facts, place: "shared" }],
    isPartner: (owner) => owner === chains.people.partner,
    opened: createCell(new Set<PageId>()),
    putOff: createCell(new Map<PageId, PutOff>()),
    clock: createManualClock(1_790_000_000_000),
  });
  cards.stop();
  return new Map(cards.read().map(({ id, author, cameBack }) => [id, { author, cameBack }]));
};

const photosOn = async ({ bond }: Computer): Promise<readonly string[]> => {
  const { pages, photos } = bond().shelf;
  const names = [...pages.facts.read().values()].flatMap(({ chunks }) => chunks);
  return names.map((name) => `${name} ${photos.has(name)}`).toSorted();
};

const reopen = async (one: Computer): Promise<void> => {
  await one.close();
  await clearCache(one);
  await one.open();
};

/** A year in short: both have written, with photos, and changed what they wrote. */
const aYear = async (seed: number) => {
  const house = createHouse(seed);
  const { anna, sam } = await house.first();
  const annas = await shareWords(anna, "what I wrote in spring", 11, 90_000);
  const sams = await shareWords(sam, "what I wrote back", 12, 70_000);
  await house.together(anna, sam);
  house.advance(86_400_000);
  await addWords(sam, sams, "and one thing more", 77);
  await addWords(anna, annas, "and in summer", 78);
  await house.together(anna, sam);
  return { house, anna, sam, annas, sams };
};

describe("a partner whose computer is lost, and who has no backup,", () => {
  test("gets everything of both back: words, photos, history, dates, and whose they are", async () => {
    const { house, anna, sam, annas, sams } = await aYear(1);
    const before = await pagesOn(anna);
    await sam.close();
    const met = await house.meetAgain(anna, house.empty());
    await house.together(met.holder, met.newcomer, 20);
    expect(await pagesOn(met.newcomer)).toEqual(before);
    expect(await pagesOn(met.holder)).toEqual(before);
    expect(await photosOn(met.newcomer)).toEqual(await photosOn(met.holder));
    expect((await photosOn(met.newcomer)).join()).not.toContain("false");
    expect(cardsOn(met.newcomer)).toEqual(
      new Map([
        [annas, { author: "partner", cameBack: false }],
        [sams, { author: "me", cameBack: true }],
      ]),
    );
    expect(cardsOn(met.holder)).toEqual(
      new Map([
        [annas, { author: "me", cameBack: false }],
        [sams, { author: "partner", cameBack: false }],
      ]),
    );
    const { people } = met.newcomer.bond().shelf.chains;
    expect(people).toEqual({ me: sam.certificate.device, partner: anna.certificate.device });
    expect(cameBack(met.newcomer)).toEqual(
      new Map([
        [annas, false],
        [sams, true],
      ]),
    );
    expect([...cameBack(met.holder).values()]).toEqual([false, false]);
    expect(met.holder.troubles).toEqual([]);
    expect(met.newcomer.troubles).toEqual([]);
  });

  test("has the same from a page cache that is made anew, on both sides", async () => {
    const { house, anna } = await aYear(2);
    const met = await house.meetAgain(anna, house.empty());
    await house.together(met.holder, met.newcomer, 20);
    for (const one of [met.holder, met.newcomer]) {
      const [pages, back] = [await pagesOn(one), cameBack(one)];
      await reopen(one);
      expect(await pagesOn(one)).toEqual(pages);
      expect(cameBack(one)).toEqual(back);
      expect(one.troubles).toEqual([]);
    }
  });

  test("writes on in a page of theirs that came back, and it reaches the other as theirs", async () => {
    const { house, anna, sams } = await aYear(3);
    const met = await house.meetAgain(anna, house.empty());
    await house.together(met.holder, met.newcomer, 20);
    await addWords(met.newcomer, sams, "from the new computer", 99);
    await house.together(met.holder, met.newcomer);
    expect(await wordsOn(met.holder, sams)).toContain("from the new computer");
    expect(await pagesOn(met.holder)).toEqual(await pagesOn(met.newcomer));
    expect(met.holder.troubles).toEqual([]);
  });

  test("withdraws there what the lost one wrote, and it leaves both", async () => {
    const { house, anna, sams } = await aYear(4);
    const met = await house.meetAgain(anna, house.empty());
    await house.together(met.holder, met.newcomer, 20);
    await addWords(met.newcomer, sams, "from the new computer", 99);
    await house.together(met.holder, met.newcomer);
    must(await withdrawPage(noDrafts, met.newcomer.bond().shelf, sams, seededRandom(5)));
    await house.together(met.holder, met.newcomer);
    for (const one of [met.holder, met.newcomer]) {
      const { pages, ledger, chains } = one.bond().shelf;
      expect(pages.facts.read().get(sams)?.withdrawnAt).toBeDefined();
      expect(await wordsOn(one, sams)).toBe("");
      const written = (one === met.holder ? chains.devices.theirs : chains.devices.mine).flatMap(
        (device) => ledger.linesOf(one === met.holder ? chains.theirs : chains.mine, device),
      );
      const words = written.filter(({ page, kind }) => page === sams && kind !== "redaction");
      // All but the trace.
      expect(words.filter(({ redacted }) => !redacted)).toHaveLength(1);
      const pagesNow = await pagesOn(one);
      await reopen(one);
      expect(await pagesOn(one)).toEqual(pagesNow);
      expect(one.troubles).toEqual([]);
    }
  });

  test("is told by no word of it that the other has stored the meeting, and then once", async () => {
    const { house, anna } = await aYear(5);
    const met = await house.meetAgain(anna, house.empty());
    expect(met.newcomer.met()).toBe(0);
    await house.together(met.holder, met.newcomer, 20);
    expect(met.newcomer.met()).toBe(1);
    expect(met.holder.met()).toBe(0);
  });

  test("and the other say that both are up to date only once everything is there", async () => {
    const { house, anna } = await aYear(6);
    const met = await house.meetAgain(anna, house.empty());
    expect(met.holder.bond().sync.read()).toMatchObject({ state: "waiting", pages: 1 });
    expect(met.newcomer.bond().sync.read().state).toBe("notYetMet");
    await house.together(met.holder, met.newcomer, 20);
    expect(met.holder.bond().sync.read().state).toBe("upToDate");
    expect(met.newcomer.bond().sync.read().state).toBe("upToDate");
  });

  test("gets it as a file, where no connection is", async () => {
    const { house, anna } = await aYear(7);
    const before = await pagesOn(anna);
    const met = await house.meetAgain(anna, house.empty());
    const hand = async (from: Computer, to: Computer): Promise<void> => {
      const file = memoryFile();
      must(await from.bond().capsules.write("new", file, patient));
      must(await to.bond().capsules.take(sourceOf(file.bytes() ?? new Uint8Array()), patient));
    };
    await hand(met.holder, met.newcomer);
    expect(await pagesOn(met.newcomer)).toEqual(before);
    expect((await photosOn(met.newcomer)).join()).not.toContain("false");
    await hand(met.newcomer, met.holder);
    await hand(met.holder, met.newcomer);
    expect(met.holder.bond().sync.read().state).toBe("upToDate");
    expect(met.newcomer.bond().sync.read().state).toBe("upToDate");
    expect([...met.holder.troubles, ...met.newcomer.troubles]).toEqual([]);
  });

  test("gets everything also when the same happens to the other afterwards", async () => {
    const { house, anna } = await aYear(8);
    const first = await house.meetAgain(anna, house.empty());
    await house.together(first.holder, first.newcomer, 20);
    await shareWords(first.newcomer, "after the first loss", 31);
    await house.together(first.holder, first.newcomer);
    const before = await pagesOn(first.newcomer);
    await first.holder.close();
    const second = await house.meetAgain(first.newcomer, house.empty());
    await house.together(second.holder, second.newcomer, 20);
    expect(await pagesOn(second.newcomer)).toEqual(before);
    expect(second.newcomer.bond().sync.read().state).toBe("upToDate");
    expect(second.holder.bond().sync.read().state).toBe("upToDate");
    expect([...second.holder.troubles, ...second.newcomer.troubles]).toEqual([]);
  });

  test("gets no word back of what was withdrawn before, only its trace", async () => {
    const { house, anna, sam, sams } = await aYear(9);
    must(await withdrawPage(noDrafts, sam.bond().shelf, sams, seededRandom(5)));
    await house.together(anna, sam);
    const met = await house.meetAgain(anna, house.empty());
    await house.together(met.holder, met.newcomer, 20);
    expect(met.newcomer.bond().shelf.pages.facts.read().get(sams)?.withdrawnAt).toBeDefined();
    expect(await wordsOn(met.newcomer, sams)).toBe("");
    expect(await pagesOn(met.newcomer)).toEqual(await pagesOn(met.holder));
    expect(met.newcomer.bond().sync.read().state).toBe("upToDate");
    expect(met.holder.bond().sync.read().state).toBe("upToDate");
  });

  test("gets more than a window of words that follow one another, by clocks that do not agree", async () => {
    const house = createHouse(10, 5 * 86_400_000);
    const { anna, sam } = await house.first();
    for (let round = 0; round < 52; round++) {
      for (const [one, other] of [
        [sam, anna],
        [anna, sam],
      ] as const) {
        const page = newId<PageId>(seededRandom(1_000 + 2 * round + (one === anna ? 1 : 0)));
        must(await one.bond().shelf.write(page, "begin", bulkyPage(500_000, round)));
        await handOver(one, other);
      }
    }
    await sam.close();
    const met = await house.meetAgain(anna, house.empty());
    await house.together(met.holder, met.newcomer, 30);
    expect(met.newcomer.bond().shelf.pages.facts.read().size).toBe(104);
    expect(met.holder.bond().sync.read().state).toBe("upToDate");
  }, 60_000);
});

describe("a partner who comes back from a backup", () => {
  const fromBackup = async (seed: number) => {
    const { house, anna, sam, sams } = await aYear(seed);
    // In the backup, and never sent.
    const unsent = await shareWords(sam, "written before the backup, never sent", 21);
    const backup = await house.restored(sam);
    const later = await shareWords(sam, "written after the backup", 22, 50_000);
    return { house, anna, sam, sams, unsent, backup, later };
  };

  test("has what reached the partner after the backup, and knows of it that it came back", async () => {
    const { house, anna, sam, sams, unsent, backup, later } = await fromBackup(11);
    await house.together(anna, sam);
    await sam.close();
    const met = await house.meetAgain(anna, backup);
    await house.together(met.holder, met.newcomer, 20);
    expect(await wordsOn(met.newcomer, later)).toContain("written after the backup");
    expect(cameBack(met.newcomer).get(later)).toBe(true);
    for (const page of [sams, unsent]) expect(cameBack(met.newcomer).get(page)).toBe(false);
    expect(await pagesOn(met.newcomer)).toEqual(await pagesOn(met.holder));
    expect((await photosOn(met.newcomer)).join()).not.toContain("false");
    const back = cameBack(met.newcomer);
    await reopen(met.newcomer);
    expect(cameBack(met.newcomer)).toEqual(back);
  });

  test("sends what the lost computer had not sent before the backup", async () => {
    const { house, anna, sam, unsent, backup } = await fromBackup(12);
    await sam.close();
    const met = await house.meetAgain(anna, backup);
    expect(met.newcomer.bond().sync.read()).toMatchObject({ state: "waiting", pages: 1 });
    await house.together(met.holder, met.newcomer, 20);
    expect(await wordsOn(met.holder, unsent)).toContain("never sent");
    expect(await pagesOn(met.holder)).toEqual(await pagesOn(met.newcomer));
    expect(met.holder.bond().sync.read().state).toBe("upToDate");
    expect(met.newcomer.bond().sync.read().state).toBe("upToDate");
    expect(met.newcomer.met()).toBe(1);
    expect([...met.holder.troubles, ...met.newcomer.troubles]).toEqual([]);
  });

  test("hears that the other has stored the meeting even where neither has a word to send", async () => {
    const { house, anna, sam } = await aYear(13);
    const backup = await house.restored(sam);
    await sam.close();
    const met = await house.meetAgain(anna, backup);
    await house.together(met.holder, met.newcomer);
    expect(met.newcomer.met()).toBe(1);
    expect(met.newcomer.bond().sync.read().state).toBe("upToDate");
  });

  test("writes on at once in a page of which more comes back, and both have the same of it", async () => {
    const { house, anna, sam, sams } = await aYear(15);
    const backup = await house.restored(sam);
    house.advance(3_600_000);
    await addWords(sam, sams, "changed after the backup", 41);
    await house.together(anna, sam);
    await sam.close();
    house.advance(3_600_000);
    const met = await house.meetAgain(anna, backup);
    await addWords(met.newcomer, sams, "changed on the new computer", 42);
    await house.together(met.holder, met.newcomer, 20);
    for (const one of [met.holder, met.newcomer]) {
      expect(await wordsOn(one, sams)).toContain("changed after the backup");
      expect(await wordsOn(one, sams)).toContain("changed on the new computer");
    }
    expect(await pagesOn(met.newcomer)).toEqual(await pagesOn(met.holder));
    await reopen(met.newcomer);
    expect(await pagesOn(met.newcomer)).toEqual(await pagesOn(met.holder));
    expect(cameBack(met.newcomer).get(sams)).toBe(true);
  });

  test("is not spoken for by the lost computer any more", async () => {
    const { house, anna, sam, backup, later } = await fromBackup(14);
    const met = await house.meetAgain(anna, backup);
    const { ledger, chains } = sam.bond().shelf;
    const lost = [];
    for (const line of ledger.ownAfter(chains.mine, 0))
      lost.push(must(await ledger.envelopeOf(line)));
    for (const one of [met.holder, met.newcomer]) {
      must(await one.bond().shelf.ledger.receive(lost));
      expect(one.bond().shelf.pages.facts.read().has(later)).toBe(false);
    }
    await house.together(met.holder, met.newcomer, 20);
    expect(met.holder.bond().shelf.pages.facts.read().has(later)).toBe(false);
  });
});
