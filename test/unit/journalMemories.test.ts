import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { layOutRows } from "../../renderer/journal/list/rows.ts";
import { openersFor, stages } from "../../renderer/openers/openersFor.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { roles } from "../../shared/journal/journal.ts";
import { createTwoPartners, must, typeWords } from "../support/twoPartners.ts";

beforeAll(loadSodium);

const year = (at: number, years: number): number => {
  const day = new Date(at);
  return new Date(day.setFullYear(day.getFullYear() - years)).getTime();
};

test("on the day of an entry of a year ago, of two and of five, it stands in its place and nowhere else, unasked", async () => {
  const { anna, clock, settle } = await createTwoPartners({ seed: 1_480 });
  const now = clock.now();
  const ages = { "one year": 1, "two years": 2, "five years": 5 };
  for (const [said, years] of Object.entries(ages)) {
    const { entries } = anna.journal();
    const open = must(
      await entries.openPage(must(await entries.draftEntry({ aboutAt: year(now, years) }))),
    );
    typeWords(open, said);
    must(await open.flush());
    await open.close();
  }
  const { entries } = anna.journal();
  const today = must(await entries.openPage(must(await entries.draftEntry())));
  typeWords(today, "today");
  must(await today.flush());
  await today.close();
  await anna.lock();

  /** All that a screen can hear of by itself, as it is after unlocking and a day of being open. */
  const shownFrom = async () => {
    await anna.open();
    const journal = anna.journal();
    const lists = {
      cards: journal.cards,
      entries: journal.entries.cards,
      trash: journal.entries.trash,
      arrivals: journal.arrivals,
      troubles: journal.troubles,
      openers: journal.entries.openersSeen,
      sync: journal.sync,
      room: journal.room.entries.cards,
    };
    const news: string[] = [];
    await settle(8);
    const stops = Object.entries(lists).map(([name, list]) =>
      list.subscribe(() => news.push(name)),
    );
    for (let hours = 0; hours < 24; hours++) {
      clock.advance(3_600_000);
      await settle(1);
    }
    for (const stop of stops) stop();
    const shown = Object.values(lists).map((list) => list.read());
    const order = journal.entries.cards.read().map(({ excerpt }) => excerpt);
    await anna.lock();
    return { news, shown, order };
  };
  const onTheDay = await shownFrom();
  expect(onTheDay.order).toEqual(["today", "one year", "two years", "five years"]);
  expect(onTheDay.news.filter((name) => name !== "sync")).toEqual([]);
  // A week on, which is nobody's day, the same is shown.
  clock.advance(7 * 86_400_000);
  const onAnother = await shownFrom();
  expect(onAnother.shown).toEqual(onTheDay.shown);
});

test("the list begins with the newest entry, on a day of long ago as on any other", async () => {
  const { anna, clock } = await createTwoPartners({ seed: 1_481 });
  const now = clock.now();
  const { entries } = anna.journal();
  for (const at of [year(now, 1), now - 3 * 86_400_000, year(now, 3)])
    must(await entries.draftEntry({ aboutAt: at }));
  const linesAt = (moment: number) =>
    layOutRows(entries.cards.read(), moment).flatMap((row) =>
      row.kind === "line" ? [row.card.aboutAt] : [],
    );
  expect(linesAt(now)).toEqual([now - 3 * 86_400_000, year(now, 1), year(now, 3)]);
  expect(linesAt(now + 86_400_000)).toEqual(linesAt(now));
});

test("no sentence of the app speaks of memories, of this day in another year, or of how many years ago something was", () => {
  const folder = resolve(import.meta.dirname, "../../renderer/i18n/en");
  const pushed =
    /on this day|this day in|\}\} (?:years?|months?) ago|look(?:ing)? back (?:at|on)|rediscover|memories/i;
  for (const file of readdirSync(folder))
    expect([file, pushed.exec(readFileSync(join(folder, file), "utf8"))?.[0]]).toEqual([
      file,
      undefined,
    ]);
  expect(pushed.test("What you wrote {{count}} years ago")).toBe(true);
});

test("what is offered to begin with are fixed lines: none of them comes from an entry", () => {
  const lines = JSON.parse(
    readFileSync(resolve(import.meta.dirname, "../../renderer/i18n/en/openers.json"), "utf8"),
  ) as { readonly lines: Readonly<Record<string, string>> };
  for (const role of roles)
    for (const stage of stages)
      for (const opener of openersFor[role][stage]) {
        expect(lines.lines[opener]).toBeDefined();
        expect(lines.lines[opener]).not.toContain("{{");
      }
});
