import { beforeAll, describe, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import { firstSettings, readSettings } from "../../shared/journal/settings.ts";
import { readAlbum } from "../../shared/page/album.ts";
import type { Day } from "../../shared/page/card.ts";
import type { Rhythm } from "../../shared/page/said.ts";
import { isOn, nextDay, readTogether } from "../../shared/page/together.ts";
import { readThanks } from "../../shared/page/thanks.ts";
import { readTruces, truceEnds } from "../../shared/page/truces.ts";
import { createHostilePartner } from "../support/hostilePartner.ts";
import { createTwoPartners, must, typeWords, writeDraft } from "../support/twoPartners.ts";
import { codeOf } from "./actsKit.ts";
import { at, makeCard } from "./arrivalsKit.ts";
import { stateOf, writePage } from "./pageKit.ts";

beforeAll(loadSodium);

const hour = 3_600_000;
const dayMs = 24 * hour;
const years = 3650 * dayMs;
const day = (text: string): Day => text as Day;

type Desk = { readonly journal: () => Journal };

describe("thanks", () => {
  const lines = ({ journal }: Desk) => readThanks(journal().cards.read()).map(({ line }) => line);

  test("go at once, are read newest first, and are taken back on both sides", async () => {
    const { anna, sam, settle, clock } = await createTwoPartners({ seed: 4401 });
    const tea = must(await sam.journal().sayPractice({ kind: "thanks", line: "For the tea" }));
    clock.advance(hour);
    must(await anna.journal().sayPractice({ kind: "thanks", line: "For asking" }));
    await settle();
    for (const desk of [anna, sam]) expect(lines(desk)).toEqual(["For asking", "For the tea"]);
    expect(await codeOf(anna.journal().withdraw(tea))).toBe("NOT_YOURS");
    must(await sam.journal().withdraw(tea));
    await settle();
    for (const desk of [anna, sam]) expect(lines(desk)).toEqual(["For asking"]);
  });

  test("whether one takes part goes to nobody, and whoever did not choose takes no part", async () => {
    const { anna, sam, settle } = await createTwoPartners({ seed: 4402 });
    expect(firstSettings.thanks).toBe(false);
    expect(readSettings({ thanks: "yes" }).thanks).toBe(false);
    await settle();
    const before = sam.journal().cards.read();
    must(await anna.journal().changeSettings({ thanks: true }));
    expect(readSettings({ thanks: true }).thanks).toBe(true);
    await settle();
    expect(sam.journal().cards.read()).toEqual(before);
    expect(sam.journal().settings.read().thanks).toBe(false);
  });

  test("a changed app cannot say them without a line, nor in a thousand characters", async () => {
    const partner = await createHostilePartner({ seed: 4403 });
    partner.send(
      { kind: "snapshot", body: stateOf(writePage({ kind: "thanks" }, "")) },
      {
        kind: "snapshot",
        body: stateOf(writePage({ kind: "thanks", line: `a\u202Eb\n${"x".repeat(1000)}` }, "")),
      },
    );
    await partner.settle();
    const [only, ...more] = lines(partner);
    expect(more).toEqual([]);
    expect(only?.length).toBe(300);
    expect(only).toMatch(/^a b x+$/);
  });
});

describe("not tonight", () => {
  const stands = ({ journal }: Desk, now: number) => {
    const { mine, theirs } = readTruces(journal().cards.read(), now);
    return [mine?.line ?? mine?.until, theirs?.line ?? theirs?.until];
  };

  test("is until nine in the morning: after midnight of the day that has begun", () => {
    expect(truceEnds(at(20, 15, 12))).toBe(at(9, 0, 13));
    expect(truceEnds(at(0, 30, 13))).toBe(at(9, 0, 13));
    expect(truceEnds(at(6, 0, 13))).toBe(at(9, 0, 14));
  });

  test("is said by either at once, seen by both, and gone by itself", async () => {
    const { anna, sam, settle, clock } = await createTwoPartners({ seed: 4410 });
    const until = truceEnds(clock.now());
    must(await sam.journal().sayPractice({ kind: "truce", until, line: "I am tired" }));
    await settle();
    expect(stands(sam, clock.now())).toEqual(["I am tired", undefined]);
    expect(stands(anna, clock.now())).toEqual([undefined, "I am tired"]);
    expect(stands(anna, until - 1)).toEqual([undefined, "I am tired"]);
    expect(stands(anna, until)).toEqual([undefined, undefined]);
  });

  test("is taken back by its sayer alone, and said anew it is the newer that stands", async () => {
    const { anna, sam, settle, clock } = await createTwoPartners({ seed: 4411 });
    const until = truceEnds(clock.now());
    const first = must(await sam.journal().sayPractice({ kind: "truce", until, line: "One" }));
    await settle();
    expect(await codeOf(anna.journal().withdraw(first))).toBe("NOT_YOURS");
    expect(await codeOf(anna.journal().endIt(first))).toBeDefined();
    const again = must(await sam.journal().sayPractice({ kind: "truce", until, line: "Two" }));
    await settle();
    expect(stands(anna, clock.now())).toEqual([undefined, "Two"]);
    must(await sam.journal().withdraw(again));
    await settle();
    expect(stands(anna, clock.now())).toEqual([undefined, undefined]);
  });

  test("holds nothing back: a question is asked and an answer arrives while it stands", async () => {
    const { anna, sam, settle, clock } = await createTwoPartners({ seed: 4412 });
    must(await sam.journal().sayPractice({ kind: "truce", until: truceEnds(clock.now()) }));
    await settle();
    const draft = must(await anna.journal().draftQuestion());
    await writeDraft(anna.journal(), draft, "Are you there?");
    const asked = must(await anna.journal().share(draft));
    await settle();
    expect(
      sam
        .journal()
        .cards.read()
        .some(({ id }) => id === asked),
    ).toBe(true);
  });

  test("by a changed app stands no longer than the noon of the next day, and not from next year", async () => {
    const partner = await createHostilePartner({ seed: 4413 });
    const now = partner.clock.now();
    const body = stateOf(writePage({ kind: "truce", line: "Always", until: now + years }, ""));
    partner.send({ kind: "snapshot", body });
    partner.send({ kind: "snapshot", body, time: now + years });
    await partner.settle();
    expect(stands(partner, now)).toEqual([undefined, "Always"]);
    expect(stands(partner, now + 40 * hour)).toEqual([undefined, undefined]);
  });
});

describe("the days of what comes back", () => {
  test.each<readonly [string, Rhythm, string, string | undefined]>([
    ["2026-11-21", "once", "2026-11-21", "2026-11-21"],
    ["2026-11-20", "once", "2026-11-21", undefined],
    ["2026-11-15", "weekly", "2026-11-21", "2026-11-22"],
    ["2026-11-14", "weekly", "2026-11-21", "2026-11-21"],
    // Over the hour that clocks are put back.
    ["2026-10-20", "weekly", "2026-10-26", "2026-10-27"],
    ["2026-01-31", "monthly", "2026-02-10", "2026-02-28"],
    ["2026-01-31", "monthly", "2026-03-01", "2026-03-31"],
    ["2026-11-05", "monthly", "2026-12-06", "2027-01-05"],
    ["2024-02-29", "yearly", "2026-01-01", "2026-02-28"],
    ["2024-02-29", "yearly", "2027-03-01", "2028-02-29"],
    ["2027-05-01", "yearly", "2026-11-21", "2027-05-01"],
  ])("from %s, %s: on %s the next is %s", (first, rhythm, today, next) => {
    expect(nextDay(day(first), rhythm, day(today))).toBe(next);
  });
});

describe("something to do together", () => {
  const proposed = async (seed: number, said: { day?: Day; rhythm?: Rhythm } = {}, ahead = 0) => {
    const partners = await createTwoPartners({ seed, annaAhead: ahead });
    const { sam, settle } = partners;
    const draft = must(await sam.journal().beginPractice({ kind: "together", ...said }));
    await writeDraft(sam.journal(), draft, "A walk");
    const page = must(await sam.journal().share(draft));
    await settle();
    const states = (now = partners.clock.now()) =>
      [partners.anna, sam].map(
        ({ journal }) => readTogether(journal().cards.read(), now)[0]?.standing.state,
      );
    return { ...partners, page, states };
  };

  test("stands once both have said yes, and is ended by either though the two cross", async () => {
    const { anna, sam, link, settle, page, states } = await proposed(4420);
    expect(await codeOf(sam.journal().agreeTo(page))).toBe("NOT_YOURS");
    expect(states()).toEqual(["proposed", "proposed"]);
    link.cut();
    must(await anna.journal().agreeTo(page));
    must(await sam.journal().endIt(page));
    expect(states()).toEqual(["agreed", "declined"]);
    link.heal();
    await settle(10);
    expect(states()).toEqual(["ended", "ended"]);
  });

  test("is over once its only day has passed, and on where it comes back, on clocks a day apart", async () => {
    const once = await proposed(4421, { day: day("2026-09-30") }, dayMs);
    must(await once.anna.journal().agreeTo(once.page));
    await once.settle();
    expect(once.states(Date.parse("2026-09-30T18:00:00"))).toEqual(["agreed", "agreed"]);
    expect(once.states(Date.parse("2026-10-01T01:00:00"))).toEqual(["over", "over"]);
  });

  test("is on, for Today, on each of its days where both said yes", () => {
    const card = makeCard(1, {
      kind: "together",
      said: { kind: "together", day: day("2026-11-14"), rhythm: "weekly" },
    });
    const yes = makeCard(2, { kind: "yes", author: "me", of: card.id });
    const on = (cards: Parameters<typeof readTogether>[0], today: string) => {
      const now = Date.parse(`${today}T12:00:00`);
      return readTogether(cards, now).map((one) => isOn(one, day(today)));
    };
    expect(on([card, yes], "2026-11-21")).toEqual([true]);
    expect(on([card, yes], "2026-11-22")).toEqual([false]);
    expect(on([card], "2026-11-21")).toEqual([false]);
  });

  test("a changed app cannot say the other's yes, nor a rhythm that there is not", async () => {
    const partner = await createHostilePartner({ seed: 4422 });
    const page = partner.newPage();
    const start = { kind: "together", day: "2026-13-40", rhythm: "hourly" } as const;
    partner.send(
      { kind: "snapshot", page, body: stateOf(writePage(start as never, "", "A walk")) },
      { kind: "snapshot", body: stateOf(writePage({ kind: "yes", of: page }, "")) },
    );
    await partner.settle();
    const [one] = readTogether(partner.journal().cards.read(), partner.clock.now());
    expect(one).toMatchObject({
      day: undefined,
      rhythm: "once",
      next: undefined,
      standing: { state: "proposed" },
    });
  });
});

test("the album lies by the months of its days, the newest first; what is only here or was withdrawn is not in it", () => {
  const memory = (number: number, named: string | undefined, more = {}) =>
    makeCard(number, {
      kind: "memory",
      writtenAt: at(20, 0, number),
      said: named === undefined ? { kind: "memory" } : { kind: "memory", day: day(named) },
      ...more,
    });
  const album = readAlbum([
    memory(1, "2026-10-10"),
    memory(2, undefined),
    memory(3, "2026-10-12"),
    memory(4, "2026-11-01", { place: "draft" }),
    memory(5, "2026-11-01", { withdrawnAt: 1 }),
    makeCard(6, { kind: "entry" }),
  ]);
  const shown = album.map(({ month, memories }) => [
    month,
    memories.map(({ card }) => card.writtenAt),
  ]);
  expect(shown).toEqual([
    ["2026-11", [at(20, 0, 2)]],
    ["2026-10", [at(20, 0, 3), at(20, 0, 1)]],
  ]);
});

test("a page of the album is here alone until it is shared, and its changes show", async () => {
  const { anna, sam, settle } = await createTwoPartners({ seed: 4430 });
  const draft = must(await sam.journal().beginPractice({ kind: "memory", day: day("2026-09-20") }));
  await writeDraft(sam.journal(), draft, "Chestnuts");
  await settle();
  expect(readAlbum(anna.journal().cards.read())).toEqual([]);
  const page = must(await sam.journal().share(draft));
  await settle();
  expect(readAlbum(anna.journal().cards.read())[0]?.month).toBe("2026-09");
  const change = must(await sam.journal().draftChange(page));
  await writeDraft(sam.journal(), change, "You found the first one");
  must(await sam.journal().share(change));
  await settle();
  const [month] = readAlbum(anna.journal().cards.read());
  expect(month?.memories[0]?.card.changedAt).toBeDefined();
  expect(await codeOf(anna.journal().draftChange(page))).toBe("NOT_YOURS");
});

test("a page of the album that is locked right behind the last letter has its words, its title and its day afterwards", async () => {
  const { anna } = await createTwoPartners({ seed: 4431 });
  const draft = must(await anna.journal().beginPractice({ kind: "memory" }));
  const page = must(await anna.journal().openPage(draft));
  page.setTitle("Monday evening");
  typeWords(page, "We played cards, and you won.");
  const said = anna.journal().describePractice(draft, { kind: "memory", day: day("2026-09-20") });
  await anna.lock();
  await said;
  await anna.open();
  const [kept] = anna
    .journal()
    .cards.read()
    .filter(({ kind }) => kind === "memory");
  expect(kept).toMatchObject({
    title: "Monday evening",
    excerpt: "We played cards, and you won.",
    said: { kind: "memory", day: "2026-09-20" },
  });
});
