import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { neutralTitle } from "../../renderer/app/titles.ts";
import { createGoAnew, goingPatience } from "../../renderer/lock/goAnew.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { awayQuery } from "../../shared/bridge/startAnew.ts";
import { createManualClock } from "../support/manualClock.ts";
import { createTwoPartners, must, typeWords } from "../support/twoPartners.ts";

beforeAll(loadSodium);

const page = ({ answers = true }: { readonly answers?: boolean } = {}) => {
  const begun: boolean[] = [];
  const clock = createManualClock();
  let words = false;
  const goAnew = createGoAnew({
    startAnew: async (away) => {
      begun.push(away);
      return answers;
    },
    holdsWords: () => words,
    clock,
  });
  return {
    begun,
    clock,
    goAnew,
    hold: (holds: boolean) => {
      words = holds;
    },
  };
};

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
const here = () => false;

test("a page in which a journal was open goes once it is locked, and shows no door meanwhile", async () => {
  const { begun, goAnew } = page();
  let stays = false;
  goAnew.opened();
  void goAnew.go(here).then(() => (stays = true));
  await settle();
  expect(begun).toEqual([false]);
  expect(stays).toBe(false);
});

test("it comes back as what is on the screen at that moment", async () => {
  const { begun, goAnew } = page();
  goAnew.opened();
  void goAnew.go(() => true);
  await settle();
  expect(begun).toEqual([true]);
});

test("it waits for somebody who breathes, and comes back as what is on the screen after that", async () => {
  const begun: boolean[] = [];
  let [isAway, release] = [false, (): void => {}];
  const goAnew = createGoAnew({
    startAnew: async (away) => begun.push(away) > 0,
    holdsWords: () => false,
    clock: createManualClock(),
    free: () => new Promise((done) => (release = done)),
  });
  goAnew.opened();
  void goAnew.go(() => isAway);
  await settle();
  expect(begun).toEqual([]);
  isAway = true;
  release();
  await settle();
  expect(begun).toEqual([true]);
});

test("a page in which nothing was open stays", async () => {
  const { begun, goAnew } = page();
  await goAnew.go(here);
  expect(begun).toEqual([]);
});

test("while words wait in memory that no disk took, the page stays, and goes at a later locking", async () => {
  const { begun, goAnew, hold } = page();
  goAnew.opened();
  hold(true);
  await goAnew.go(here);
  expect(begun).toEqual([]);
  hold(false);
  void goAnew.go(here);
  await settle();
  expect(begun).toEqual([false]);
});

test("a journal that did not lock in order keeps its page", async () => {
  const { begun, goAnew } = page();
  goAnew.opened();
  goAnew.notLocked();
  await goAnew.go(here);
  expect(begun).toEqual([]);
});

test("a shell that cannot load it anew leaves the door where it is", async () => {
  const { goAnew } = page({ answers: false });
  goAnew.opened();
  await goAnew.go(here);
});

test("two that ask at once are one, and a page that was not taken away in time goes on", async () => {
  const { begun, clock, goAnew } = page();
  goAnew.opened();
  const both = Promise.all([goAnew.go(here), goAnew.go(here)]);
  await settle();
  expect(begun).toEqual([false]);
  clock.advance(goingPatience);
  await both;
});

test("the journal says that words wait in its memory until a disk has taken them", async () => {
  const { anna, settle: wait } = await createTwoPartners({ seed: 710 });
  expect(anna.holdsWords()).toBe(false);
  const draft = must(await anna.journal().entries.draftEntry());
  const open = must(await anna.journal().openPage(draft));
  anna.disk.failNext("put", "DISK_FULL", 99);
  typeWords(open, "no room for these");
  await wait(12);
  await anna.lock();
  expect(anna.holdsWords()).toBe(true);
  anna.disk.makeRoom();
  await anna.open();
  await wait(70);
  await anna.lock();
  expect(anna.holdsWords()).toBe(false);
});

test("the blank sheet has its own title before the page has any", () => {
  const html = readFileSync(new URL("../../renderer/index.html", import.meta.url), "utf8");
  const before = readFileSync(new URL("../../renderer/public/before.js", import.meta.url), "utf8");
  expect(html.indexOf("before.js")).toBeLessThan(html.indexOf("<title>"));
  expect(before).toContain(`location.search === "${awayQuery}"`);
  expect(before).toContain(`document.title = "${neutralTitle}"`);
});
