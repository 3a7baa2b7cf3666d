import { beforeAll, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import {
  createTwoPartners,
  must,
  sharedCards,
  shareEntry,
  typeWords,
  wordsOf,
  writeDraft,
} from "../support/twoPartners.ts";

beforeAll(loadSodium);

test("an entry reaches the partner when both are open, and both copies say so", async () => {
  const { anna, sam, settle } = await createTwoPartners({ seed: 1 });
  await shareEntry(anna.journal(), "I slept four hours");
  await settle();
  const [card] = sharedCards(sam.journal());
  expect(card).toMatchObject({ author: "partner", kind: "entry", excerpt: "I slept four hours" });
  expect(anna.journal().sync.read().state).toBe("upToDate");
});

test("nobody sees an entry before it is shared", async () => {
  const { anna, sam, settle } = await createTwoPartners({ seed: 2 });
  const draft = must(await anna.journal().entries.draftEntry());
  await writeDraft(anna.journal(), draft, "only for me");
  await settle();
  expect(sam.journal().cards.read()).toEqual([]);
  expect(anna.journal().cards.read()).toMatchObject([{ place: "draft", excerpt: "only for me" }]);
});

test("words typed and deleted before sharing never reach the partner's disk", async () => {
  const { anna, sam, settle } = await createTwoPartners({ seed: 3 });
  const draft = must(await anna.journal().entries.draftEntry());
  const page = must(await anna.journal().openPage(draft));
  typeWords(page, "the angry sentence");
  must(await page.flush());
  (page.body as unknown as { delete: (index: number, length: number) => void }).delete(0, 1);
  typeWords(page, "the calm one");
  await page.close();
  const shared = must(await anna.journal().share(draft));
  await settle();
  const read = must(await sam.journal().openPage(shared));
  expect(wordsOf(read)).toContain("the calm one");
  expect(wordsOf(read)).not.toContain("angry");
  expect(read.editable).toBe(false);
});

test("a question, an answer that arrives closed, opened by choice, asked and answered again", async () => {
  const { anna, sam, settle } = await createTwoPartners({ seed: 4 });
  const draft = must(await anna.journal().draftQuestion());
  await writeDraft(anna.journal(), draft, "Where were you that night?");
  must(await anna.journal().describeQuestion(draft, { need: "why", depth: "facts" }));
  const question = must(await anna.journal().share(draft));
  await settle();
  expect(sharedCards(sam.journal())).toMatchObject([
    { kind: "question", question: { need: "why", depth: "facts" } },
  ]);

  const answer = must(await sam.journal().draftAnswer(question));
  expect(must(await sam.journal().draftAnswer(question))).toBe(answer);
  await writeDraft(sam.journal(), answer, "I was with her");
  must(await sam.journal().share(answer));
  await settle();
  const closed = sharedCards(anna.journal()).find(({ kind }) => kind === "answer");
  expect(closed).toMatchObject({
    opened: false,
    answer: { question, round: 0 },
    excerpt: "",
    title: "",
  });
  if (closed === undefined) throw new Error("no answer");
  must(await anna.journal().openClosed(closed.id));
  expect(sharedCards(anna.journal()).find(({ id }) => id === closed.id)).toMatchObject({
    excerpt: "I was with her",
    opened: true,
  });

  must(await anna.journal().askAgain(question));
  await settle();
  const again = sharedCards(sam.journal()).find(({ id }) => id === question);
  expect(again?.question?.askedAt.length).toBe(2);
  expect(again?.changedAt).toBeUndefined();
  const second = must(await sam.journal().draftAnswer(question));
  await writeDraft(sam.journal(), second, "I will answer again");
  must(await sam.journal().share(second));
  await settle();
  expect(
    sharedCards(anna.journal())
      .filter(({ kind }) => kind === "answer")
      .map(({ answer: one }) => one?.round)
      .toSorted((one, other) => (one ?? 0) - (other ?? 0)),
  ).toEqual([0, 1]);
});

test("when the network is back, what carries begins anew at once, and words go on; after the lock nothing does", async () => {
  let begun = 0;
  const { anna, sam, settle } = await createTwoPartners({
    seed: 16,
    carrierOf: (link, side) => {
      const carrier = side === "left" ? link.left : link.right;
      if (side === "right") return carrier;
      return {
        ...carrier,
        carry: (...given) => {
          begun += 1;
          return carrier.carry(...given);
        },
      };
    },
  });
  await settle();
  const before = begun;
  anna.comeOnline();
  await settle();
  expect(begun).toBe(before + 1);
  await shareEntry(anna.journal(), "Back again");
  await settle();
  expect(sharedCards(sam.journal())).toMatchObject([{ excerpt: "Back again" }]);
  await anna.lock();
  anna.comeOnline();
  await settle();
  expect(begun).toBe(before + 1);
});

test("what waits is said with the day since which it does, and with the day of whoever was heard last", async () => {
  const { anna, link, clock, settle } = await createTwoPartners({ seed: 15 });
  const day = () => new Date(clock.now()).setHours(0, 0, 0, 0);
  await shareEntry(anna.journal(), "Monday");
  await settle();
  const heardDay = day();
  link.cut();
  clock.advance(86_400_000);
  await shareEntry(anna.journal(), "Tuesday");
  const sinceDay = day();
  clock.advance(3 * 86_400_000);
  await shareEntry(anna.journal(), "Friday");
  expect(anna.journal().sync.read()).toEqual({ state: "waiting", pages: 2, sinceDay, heardDay });
});

test("what was shared while the other was away arrives when both are open, after restarts of both", async () => {
  const { anna, sam, link, settle } = await createTwoPartners({ seed: 5 });
  link.cut();
  await sam.lock();
  await shareEntry(anna.journal(), "Tuesday");
  expect(anna.journal().sync.read()).toMatchObject({ state: "waiting", pages: 1 });
  await anna.lock();
  await anna.open();
  await sam.open();
  expect(sharedCards(sam.journal())).toEqual([]);
  link.heal();
  await settle();
  expect(sharedCards(sam.journal())).toMatchObject([{ excerpt: "Tuesday" }]);
  expect(anna.journal().sync.read().state).toBe("upToDate");
});

test("a later change to a shared entry shows as changed, on both sides", async () => {
  const { anna, sam, settle } = await createTwoPartners({ seed: 6 });
  const shared = await shareEntry(anna.journal(), "first");
  await settle();
  const page = must(await anna.journal().openPage(shared));
  typeWords(page, "and more");
  await settle(12);
  await page.close();
  await settle();
  expect(sharedCards(anna.journal())[0]?.changedAt).toBeDefined();
  expect(sharedCards(sam.journal())[0]).toMatchObject({ excerpt: "first and more" });
  expect(sharedCards(sam.journal())[0]?.changedAt).toBeDefined();
});

test("my room's words are not among the shared side's cards, and close with it", async () => {
  const { anna, sam, settle } = await createTwoPartners({ seed: 7 });
  const { room } = anna.journal();
  must(await room.setUp("a passphrase of the room"));
  const entry = must(await room.entries.draftEntry());
  const page = must(await room.entries.openPage(entry));
  typeWords(page, "nobody's business");
  await settle();
  await page.close();
  expect(room.entries.cards.read()).toMatchObject([
    { place: "room", excerpt: "nobody's business" },
  ]);
  expect(anna.journal().cards.read()).toEqual([]);
  expect(sam.journal().cards.read()).toEqual([]);
  await room.lock();
  expect(room.entries.cards.read()).toEqual([]);
  expect(await room.setUp("another passphrase")).toMatchObject({ ok: false, code: "ROOM_EXISTS" });
  must(await room.unlock("a passphrase of the room"));
  expect(room.entries.cards.read()).toMatchObject([{ excerpt: "nobody's business" }]);
});

test("what was shown as saved is there after the process is killed", async () => {
  const { anna, settle } = await createTwoPartners({ seed: 8 });
  const draft = must(await anna.journal().entries.draftEntry());
  const page = must(await anna.journal().openPage(draft));
  typeWords(page, "three in the morning");
  expect(page.saved.read().state).toBe("saving");
  await settle();
  expect(page.saved.read().state).toBe("saved");
  anna.kill();
  await anna.open();
  expect(anna.journal().cards.read()).toMatchObject([{ excerpt: "three in the morning" }]);
});

test("a full disk is said on the page, and the words are saved once there is room", async () => {
  const { anna, settle } = await createTwoPartners({ seed: 9 });
  const draft = must(await anna.journal().entries.draftEntry());
  const page = must(await anna.journal().openPage(draft));
  anna.disk.failNext("put", "DISK_FULL", 2);
  typeWords(page, "keep these");
  await settle(2);
  expect(page.saved.read()).toEqual({ state: "failed", code: "DISK_FULL" });
  await settle(20);
  expect(page.saved.read().state).toBe("saved");
  anna.kill();
  await anna.open();
  expect(anna.journal().cards.read()).toMatchObject([{ excerpt: "keep these" }]);
});

test("words that a full disk refused until the journal was locked are there after unlocking", async () => {
  const { anna, settle } = await createTwoPartners({ seed: 10 });
  const draft = must(await anna.journal().entries.draftEntry());
  const shared = await shareEntry(anna.journal(), "shared before");
  const page = must(await anna.journal().openPage(draft));
  const open = must(await anna.journal().openPage(shared));
  anna.disk.failNext("put", "DISK_FULL", 12);
  typeWords(page, "no room for these");
  typeWords(open, "nor these");
  await settle(12);
  expect(page.saved.read().state).toBe("failed");
  await anna.lock();
  anna.disk.failNext("put", "DISK_FULL", 0);
  await anna.open();
  await settle(70);
  await anna.lock();
  await anna.open();
  expect(
    anna
      .journal()
      .cards.read()
      .map(({ excerpt }) => excerpt)
      .toSorted(),
  ).toEqual(["no room for these", "shared before nor these"]);
});

test("an empty page is not shared, and what is typed into it afterwards is saved", async () => {
  const { anna, settle } = await createTwoPartners({ seed: 11 });
  const draft = must(await anna.journal().entries.draftEntry());
  const page = must(await anna.journal().openPage(draft));
  expect(await anna.journal().share(draft)).toMatchObject({ ok: false, code: "EMPTY" });
  typeWords(page, "now there is something");
  await settle();
  expect(page.saved.read().state).toBe("saved");
  expect(anna.journal().cards.read()).toMatchObject([{ excerpt: "now there is something" }]);
});

test("a page can be opened the moment it stands in the list", async () => {
  const { anna } = await createTwoPartners({ seed: 12 });
  const openings: Promise<boolean>[] = [];
  anna.journal().cards.subscribe(() => {
    for (const { id } of anna.journal().cards.read())
      openings.push(
        anna
          .journal()
          .openPage(id)
          .then(({ ok }) => ok),
      );
  });
  must(await anna.journal().entries.draftEntry());
  expect(openings.length).toBeGreaterThan(0);
  expect(await Promise.all(openings)).not.toContain(false);
});
