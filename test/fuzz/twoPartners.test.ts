import { beforeAll, describe, expect, test } from "vitest";
import type { PageId } from "../../shared/base/ids.ts";
import type { Random } from "../../shared/base/random.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { isNewDraft, type Card, type Day } from "../../shared/page/card.ts";
import { piecesText } from "../support/piecesText.ts";
import { pickNumber, seededRandom } from "../support/seededRandom.ts";
import {
  createTwoPartners,
  must,
  sharedCards,
  typeWords,
  wordsOf,
  type Desk,
  type TwoPartners,
} from "../support/twoPartners.ts";

beforeAll(loadSodium);

/** More with FUZZ_SEEDS=1000; one again with FUZZ_SEED=n. */
const only = process.env["FUZZ_SEED"];
const count = Number(process.env["FUZZ_SEEDS"] ?? 24);
const seeds =
  only === undefined ? Array.from({ length: count }, (_, index) => index + 1) : [Number(only)];
const stepsPerSeed = 40;

type World = TwoPartners & {
  readonly random: Random;
  up: boolean;
  readonly open: { anna: boolean; sam: boolean };
  /** Every word that the screen called saved, by who wrote it. */
  readonly saved: Map<string, "anna" | "sam">;
  words: number;
};

type Who = "anna" | "sam";

const pick = <Item>(random: Random, items: readonly Item[]): Item | undefined =>
  items[pickNumber(random, items.length)];

const newWord = (world: World, who: Who): string => `word${who}${++world.words}`;

const saveWord = async (world: World, who: Who, page: PageId): Promise<void> => {
  const live = must(await world[who].journal().openPage(page));
  if (!live.editable) return live.close();
  const word = newWord(world, who);
  typeWords(live, word);
  const flushed = await live.flush();
  if (flushed.ok) world.saved.set(word, who);
  await live.close();
};

const acts: Readonly<Record<string, (world: World, who: Who, desk: Desk) => Promise<void>>> = {
  draft: async (world, who, desk) => {
    const draft = await desk.journal().entries.draftEntry();
    if (draft.ok) await saveWord(world, who, draft.value);
  },
  ask: async (world, who, desk) => {
    const draft = await desk.journal().draftQuestion();
    if (draft.ok) await saveWord(world, who, draft.value);
  },
  answer: async (world, who, desk) => {
    const question = pick(
      world.random,
      sharedCards(desk.journal()).filter(
        (card) => card.kind === "question" && card.author === "partner",
      ),
    );
    if (question === undefined) return;
    const draft = await desk.journal().draftAnswer(question.id);
    if (draft.ok) await saveWord(world, who, draft.value);
  },
  askAgain: async (world, _who, desk) => {
    const question = pick(
      world.random,
      sharedCards(desk.journal()).filter(
        (card) => card.kind === "question" && card.author === "me",
      ),
    );
    if (question !== undefined) await desk.journal().askAgain(question.id);
  },
  tell: async (world, who, desk) => {
    const draft = await desk.journal().draftTold();
    if (draft.ok) await saveWord(world, who, draft.value);
  },
  sayDay: async (world, _who, desk) => {
    const question = pick(
      world.random,
      sharedCards(desk.journal()).filter(
        (card) => card.kind === "question" && card.author === "partner",
      ),
    );
    const day = `2026-12-0${1 + pickNumber(world.random, 9)}` as Day;
    if (question !== undefined) await desk.journal().sayDay(question.id, day);
  },
  reflect: async (world, who, desk) => {
    const page = pick(
      world.random,
      sharedCards(desk.journal()).filter((card) => card.author === "partner" && card.opened),
    );
    if (page === undefined) return;
    const draft = await desk.journal().draftHeard(page.id);
    if (draft.ok) await saveWord(world, who, draft.value);
  },
  nod: async (world, _who, desk) => {
    const heard = pick(
      world.random,
      sharedCards(desk.journal()).filter(({ kind }) => kind === "heard"),
    );
    const fits = pickNumber(world.random, 2) === 0 ? "yes" : "notQuite";
    if (heard !== undefined) await desk.journal().nod(heard.id, fits);
  },
  change: async (world, who, desk) => {
    const page = pick(
      world.random,
      sharedCards(desk.journal()).filter(({ author }) => author === "me"),
    );
    if (page === undefined) return;
    const draft = await desk.journal().draftChange(page.id);
    if (!draft.ok) return;
    await saveWord(world, who, draft.value);
    if (pickNumber(world.random, 2) === 0) await desk.journal().share(draft.value);
  },
  withdraw: async (world, _who, desk) => {
    const page = pick(
      world.random,
      sharedCards(desk.journal()).filter(({ author }) => author === "me"),
    );
    if (page === undefined || pickNumber(world.random, 2) === 0) return;
    // Whatever becomes of it: from now on nobody is promised these words.
    const copies = desk
      .journal()
      .cards.read()
      .filter(({ draft }) => draft?.changes === page.id);
    for (const { id } of [page, ...copies]) {
      const words = await wordsOn(desk, id);
      for (const word of world.saved.keys()) if (words.includes(word)) world.saved.delete(word);
    }
    await desk.journal().withdraw(page.id);
  },
  putInTrash: async (world, _who, desk) => {
    const { entries } = desk.journal();
    const entry = pick(world.random, entries.cards.read());
    if (entry !== undefined) await entries.putInTrash(entry.id);
  },
  takeFromTrash: async (world, _who, desk) => {
    const { entries } = desk.journal();
    const entry = pick(world.random, entries.trash.read());
    if (entry !== undefined) await entries.takeFromTrash(entry.id);
  },
  destroy: async (world, _who, desk) => {
    const { entries } = desk.journal();
    const entry = pick(world.random, entries.trash.read());
    if (entry === undefined) return;
    const words = await trashedWords(desk, entry.id);
    for (const word of world.saved.keys()) if (words.includes(word)) world.saved.delete(word);
    await entries.destroy(entry.id);
  },
  bringBack: async (world, _who, desk) => {
    const { entries } = desk.journal();
    const entry = pick(world.random, entries.cards.read());
    const history = entry && (await entries.openHistory(entry.id));
    if (entry === undefined || history?.ok !== true) return;
    const version = pick(world.random, history.value.versions)?.id;
    history.value.close();
    if (entry.author === "me" && entry.withdrawnAt === undefined) {
      // What was written since then stands in an earlier version only.
      const words = await wordsOn(desk, entry.id);
      for (const word of world.saved.keys()) if (words.includes(word)) world.saved.delete(word);
    }
    if (version !== undefined) await entries.bringBack(entry.id, version);
  },
  rest: async (world, _who, desk) => {
    const draft = pick(
      world.random,
      desk
        .journal()
        .cards.read()
        .filter(({ place }) => place === "draft"),
    );
    const until = world.clock.now() + pickNumber(world.random, 20) * 1_000;
    if (draft !== undefined) await desk.journal().rest(draft.id, until);
  },
  share: async (world, _who, desk) => {
    const draft = pick(
      world.random,
      desk
        .journal()
        .cards.read()
        .filter(({ place }) => place === "draft"),
    );
    if (draft !== undefined) await desk.journal().share(draft.id);
  },
  edit: async (world, who, desk) => {
    const own = pick(
      world.random,
      desk
        .journal()
        .cards.read()
        .filter(({ author }) => author === "me"),
    );
    if (own !== undefined) await saveWord(world, who, own.id);
  },
  openClosed: async (world, _who, desk) => {
    const closed = pick(
      world.random,
      desk
        .journal()
        .cards.read()
        .filter(({ answer, opened }) => answer !== undefined && !opened),
    );
    if (closed !== undefined) await desk.journal().openClosed(closed.id);
  },
  fullDisk: async (world, _who, desk) => {
    desk.disk.failNext(
      pickNumber(world.random, 2) === 0 ? "put" : "write",
      "DISK_FULL",
      1 + pickNumber(world.random, 3),
    );
  },
  restart: async (_world, _who, desk) => {
    await desk.lock();
    await desk.open();
  },
  kill: async (_world, _who, desk) => {
    desk.kill();
    await desk.open();
  },
};

const worldActs: readonly ((world: World) => Promise<void>)[] = [
  async (world) => {
    world.up = !world.up;
    if (world.up) world.link.heal();
    else world.link.cut();
  },
  async (world) => world.settle(1 + pickNumber(world.random, 3)),
];

const runSeed = async (seed: number): Promise<World> => {
  const random = seededRandom(seed * 7919);
  const partners = await createTwoPartners({ seed });
  const world: World = {
    ...partners,
    random,
    up: true,
    open: { anna: true, sam: true },
    saved: new Map(),
    words: 0,
  };
  const names = Object.keys(acts);
  for (let step = 0; step < stepsPerSeed; step++) {
    if (pickNumber(random, 5) === 0) {
      await pick(random, worldActs)?.(world);
      continue;
    }
    const who: Who = pickNumber(random, 2) === 0 ? "anna" : "sam";
    const name = pick(random, names) ?? "draft";
    await acts[name]?.(world, who, world[who]);
  }
  world.link.heal();
  await world.settle(80);
  return world;
};

/** What both must agree on; who wrote it is turned round for one of them. */
const agreedView = (cards: readonly Card[], from: Who) =>
  cards
    .map(({ id, kind, author, writtenAt, changedAt, withdrawnAt, ...card }) => ({
      id,
      kind,
      writer: author === "me" ? from : from === "anna" ? "sam" : "anna",
      writtenAt,
      changedAt,
      withdrawnAt,
      question: card.question,
      answer: card.answer,
      of: card.of,
      fits: card.fits,
      days: card.days,
    }))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));

const allWords = async (desk: Desk): Promise<string> => {
  const texts: string[] = [];
  for (const { id } of desk.journal().cards.read()) texts.push(await wordsOn(desk, id));
  for (const { id } of desk.journal().entries.trash.read())
    texts.push(await trashedWords(desk, id));
  return texts.join(" ");
};

/** Both copies are compared word by word: nothing of them stays closed. */
const openAll = async (desk: Desk): Promise<void> => {
  for (const { id, opened, withdrawnAt } of desk.journal().cards.read())
    if (!opened && withdrawnAt === undefined) must(await desk.journal().openClosed(id));
};

const wordsOn = async (desk: Desk, id: PageId): Promise<string> => {
  const page = must(await desk.journal().openPage(id));
  const words = wordsOf(page);
  await page.close();
  return words;
};

const trashedWords = async (desk: Desk, id: PageId): Promise<string> =>
  piecesText(must(await desk.journal().entries.read(id)).pieces);

/**
 * What a person sees of their own drafts and their trash; the same however it is made anew. Copies that a full disk
 * left unfinished go at a start.
 */
const keptView = (desk: Desk) => {
  const { cards, entries } = desk.journal();
  return [...cards.read(), ...entries.trash.read()]
    .filter(isNewDraft)
    .map(({ id, title, excerpt, trashedAt }) => [id, title, excerpt, trashedAt].join("|"))
    .toSorted();
};

/** A withdrawal that has begun came to its end: nothing is left in which withdrawn words are being changed. */
const expectNoCopyOfWithdrawn = (desk: Desk): void => {
  const cards = desk.journal().cards.read();
  const withdrawn = new Set(
    cards.filter(({ withdrawnAt }) => withdrawnAt !== undefined).map(({ id }) => id),
  );
  for (const { draft } of cards)
    if (draft?.changes !== undefined) expect(withdrawn).not.toContain(draft.changes);
};

describe("two partners with cuts, restarts, kills and full disks", () => {
  test.each(seeds)("seed %i: nothing saved is lost and both copies end the same", async (seed) => {
    const { anna, sam, saved } = await runSeed(seed);
    for (const { disk } of [anna, sam]) disk.makeRoom();
    expect(agreedView(sharedCards(sam.journal()), "sam")).toEqual(
      agreedView(sharedCards(anna.journal()), "anna"),
    );
    await openAll(anna);
    await openAll(sam);
    for (const shared of sharedCards(anna.journal())) {
      const [here, there] = [
        must(await anna.journal().openPage(shared.id)),
        must(await sam.journal().openPage(shared.id)),
      ];
      expect(wordsOf(there)).toBe(wordsOf(here));
      await here.close();
      await there.close();
    }
    for (const desk of [anna, sam]) expectNoCopyOfWithdrawn(desk);
    const words = { anna: await allWords(anna), sam: await allWords(sam) };
    for (const [word, who] of saved) expect(words[who]).toContain(word);
    expect(anna.journal().sync.read().state).not.toBe("broken");
    expect(anna.journal().sync.read().state).not.toBe("waiting");
    expect(sam.journal().sync.read().state).not.toBe("waiting");
    for (const desk of [anna, sam]) {
      const before = keptView(desk);
      await desk.lock();
      must(await desk.disk.start().kept.cache.clear());
      await desk.open();
      expect(keptView(desk)).toEqual(before);
      expect(desk.journal().troubles.read()).toEqual([]);
    }
  });
});
