import { beforeAll, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { PageId } from "../../shared/base/ids.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import {
  createTwoPartners,
  must,
  sharedCards,
  shareEntry,
  writeDraft,
  type Desk,
} from "../support/twoPartners.ts";

beforeAll(loadSodium);

/** The two journals begin on this day's local time; hours around it. */
const hoursAround = (time: number): { readonly from: number; readonly to: number } => {
  const hour = new Date(time).getHours();
  return { from: ((hour + 23) % 24) * 60, to: ((hour + 3) % 24) * 60 };
};

const ask = async (journal: Journal, words: string): Promise<PageId> => {
  const draft = must(await journal.draftQuestion());
  await writeDraft(journal, draft, words);
  return must(await journal.share(draft));
};

/** Every envelope that could ever travel from this disk. */
const carriedEnvelopes = async ({ disk }: Desk): Promise<readonly string[]> => {
  const { volumes } = disk.start().carried;
  const keys: string[] = [];
  for (const number of must(await volumes.list())) {
    const volume = must(await volumes.open(number));
    keys.push(...volume.keys());
    await volume.close();
  }
  return keys.toSorted();
};

test("nothing of what a reader lets in, puts off or has enough of is ever carried", async () => {
  const { anna, sam, settle, clock } = await createTwoPartners({ seed: 71 });
  await ask(anna.journal(), "the first");
  await ask(anna.journal(), "the second");
  await shareEntry(anna.journal(), "an entry");
  await settle();
  const before = { sam: await carriedEnvelopes(sam), anna: await carriedEnvelopes(anna) };
  const truth = anna.journal().sync.read();
  const [some] = sharedCards(sam.journal());

  must(await sam.journal().changeSettings({ questionsAtOnce: 1 }));
  must(await sam.journal().changeSettings({ quietHours: hoursAround(clock.now()) }));
  must(await sam.journal().letIn());
  if (some !== undefined) await sam.journal().putOff(some.id, "session");
  await sam.journal().setEnough(true);
  await settle();

  expect(await carriedEnvelopes(sam)).toEqual(before.sam);
  expect(await carriedEnvelopes(anna)).toEqual(before.anna);
  expect(anna.journal().sync.read()).toEqual(truth);
});

test("stepping away and coming back is never carried, and nobody but the one who does it can learn of it", async () => {
  const { anna, sam, settle } = await createTwoPartners({ seed: 75 });
  await ask(anna.journal(), "the first");
  await settle();
  const before = { sam: await carriedEnvelopes(sam), anna: await carriedEnvelopes(anna) };
  const truth = anna.journal().sync.read();
  must(await sam.journal().changeSettings({ away: "open" }));
  await settle();
  must(await sam.journal().changeSettings({ away: undefined }));
  await settle();
  expect(await carriedEnvelopes(sam)).toEqual(before.sam);
  expect(await carriedEnvelopes(anna)).toEqual(before.anna);
  expect(anna.journal().sync.read()).toEqual(truth);
});

test("what comes while one is away is taken in and acknowledged as ever: its writer sees no difference", async () => {
  const away = await createTwoPartners({ seed: 76 });
  const open = await createTwoPartners({ seed: 76 });
  const back = away.clock.now() + 3 * 86_400_000;
  must(await away.sam.journal().changeSettings({ away: back }));
  for (const { anna, settle } of [away, open]) {
    await settle();
    await ask(anna.journal(), "where were you?");
    must(await anna.journal().sayPractice({ kind: "hand", need: "space" }));
    await settle();
  }
  expect(away.sam.journal().cards.read()).toEqual([]);
  expect(sharedCards(open.sam.journal())).toHaveLength(2);
  expect(away.anna.journal().sync.read()).toEqual(open.anna.journal().sync.read());
  expect((await carriedEnvelopes(away.anna)).length).toBe(
    (await carriedEnvelopes(open.anna)).length,
  );
  expect((await carriedEnvelopes(away.sam)).length).toBe((await carriedEnvelopes(open.sam)).length);

  await away.sam.lock();
  await away.sam.open();
  expect(away.sam.journal().cards.read()).toEqual([]);
  away.clock.advance(back - away.clock.now());
  expect(sharedCards(away.sam.journal())).toHaveLength(2);
});

test("what the partner ended while I was away has ended for me too", async () => {
  const { anna, sam, settle } = await createTwoPartners({ seed: 77 });
  const draft = must(await anna.journal().draftAgreement());
  await writeDraft(anna.journal(), draft, "We tell each other.");
  const agreement = must(await anna.journal().share(draft));
  await settle();
  must(await sam.journal().sayYes(agreement));
  must(await sam.journal().changeSettings({ away: "open" }));
  await settle();
  must(await anna.journal().endAgreement(agreement));
  await shareEntry(anna.journal(), "an entry");
  await settle();
  const kinds = sam
    .journal()
    .cards.read()
    .map(({ kind }) => kind);
  expect(kinds.toSorted()).toEqual(["agreement", "end", "yes"]);
});

test("what waits is taken in and acknowledged as ever: its writer sees no difference", async () => {
  const quiet = await createTwoPartners({ seed: 72 });
  const open = await createTwoPartners({ seed: 72 });
  must(
    await quiet.sam
      .journal()
      .changeSettings({ quietHours: hoursAround(quiet.clock.now()), questionsAtOnce: 1 }),
  );
  for (const { anna, settle } of [quiet, open]) {
    await settle();
    await ask(anna.journal(), "where were you?");
    await shareEntry(anna.journal(), "an entry");
    await settle();
  }
  expect(sharedCards(open.sam.journal())).toHaveLength(2);
  expect(quiet.sam.journal().cards.read()).toEqual([]);
  expect(quiet.anna.journal().sync.read()).toEqual(open.anna.journal().sync.read());
  expect((await carriedEnvelopes(quiet.anna)).length).toBe(
    (await carriedEnvelopes(open.anna)).length,
  );
  const [waiting] = sharedCards(quiet.anna.journal());
  if (waiting === undefined) throw new Error("nothing was shared");
  expect(await quiet.sam.journal().openPage(waiting.id)).toMatchObject({ code: "NO_PAGE" });
  expect(await quiet.sam.journal().find("where")).toEqual(new Set());

  quiet.clock.advance(4 * 3_600_000);
  expect(sharedCards(quiet.sam.journal())).toHaveLength(2);
});

test("what was let in in quiet hours still stands there after locking and unlocking", async () => {
  const { anna, sam, settle, clock } = await createTwoPartners({ seed: 73 });
  must(await sam.journal().changeSettings({ quietHours: hoursAround(clock.now()) }));
  await shareEntry(anna.journal(), "an entry");
  await settle();
  expect(sharedCards(sam.journal())).toEqual([]);
  must(await sam.journal().letIn());
  expect(sharedCards(sam.journal())).toHaveLength(1);
  await shareEntry(anna.journal(), "another");
  await settle();
  await sam.lock();
  await sam.open();
  expect(sharedCards(sam.journal())).toMatchObject([{ excerpt: "an entry" }]);
});

test("a locked journal leaves no card and no word behind", async () => {
  const { sam, settle } = await createTwoPartners({ seed: 74 });
  await shareEntry(sam.journal(), "an entry of mine");
  await settle();
  const journal = sam.journal();
  expect(await journal.find("entry")).toHaveProperty("size", 1);
  await sam.lock();
  expect(journal.cards.read()).toEqual([]);
  expect(await journal.find("entry")).toEqual(new Set());
});
