import { expect, test } from "vitest";
import { page } from "./arrivalsKit.ts";
import { createBookcase, entry } from "./searchKit.ts";

const long = "and so on ".repeat(40);

test("nothing is read, and no index opened, before something is looked for", async () => {
  const { indexes, read, look } = createBookcase([entry(1, "winter")]);
  expect([indexes.opened(), read.length]).toEqual([0, 0]);
  expect(await look("winter")).toEqual([1]);
  expect([indexes.opened(), read.length]).toEqual([1, 1]);
});

test("closed, withdrawn, newer and thrown-away entries, and pages of other kinds, are not even read", async () => {
  const { look, read } = createBookcase([
    entry(1, "secret", { opened: false }),
    entry(2, "secret", { withdrawnAt: 5 }),
    entry(3, "secret", { kind: "newer" }),
    entry(4, "secret", { trashedAt: 7 }),
    entry(5, "secret", { kind: "question" }),
    entry(6, "secret"),
  ]);
  expect(await look("secret")).toEqual([6]);
  expect(read).toEqual([page(6)]);
});

test("words far behind the first ones are found too", async () => {
  const { look } = createBookcase([entry(1, `${long}lighthouse`), entry(2, long)]);
  expect(await look("lightho")).toEqual([1]);
});

test("an entry that changes is read again, and it alone", async () => {
  const shelf = createBookcase([entry(1, "before"), entry(2, "before")]);
  expect(await shelf.look("before")).toEqual([1, 2]);
  shelf.rewrite(1, `${long}afterwards`);
  expect(await shelf.look("afterwards")).toEqual([1]);
  expect(await shelf.look("before")).toEqual([2]);
  expect(shelf.read).toHaveLength(3);
});

test("what is opened, written or taken out of the trash becomes findable", async () => {
  const shelf = createBookcase([entry(1, "here"), entry(2, "here", { opened: false })]);
  expect(await shelf.look("here")).toEqual([1]);
  shelf.change(2, (card) => ({ ...card, opened: true }));
  expect(await shelf.look("here")).toEqual([1, 2]);
  shelf.change(1, (card) => ({ ...card, trashedAt: 3 }));
  expect(await shelf.look("here")).toEqual([2]);
  shelf.change(1, (card) => ({ ...card, trashedAt: undefined }));
  expect(await shelf.look("here")).toEqual([1, 2]);
  shelf.change(1, () => undefined);
  expect(await shelf.look("here")).toEqual([2]);
});

test("words that are withdrawn while they are looked for are not in the answer", async () => {
  const shelf = createBookcase([entry(1, "sorrow"), entry(2, "sorrow")]);
  await shelf.look("sorrow");
  const looking = shelf.look("sorrow");
  shelf.change(1, (card) => ({ ...card, withdrawnAt: 9, title: "", excerpt: "" }));
  expect(await looking).toEqual([2]);
  expect(await shelf.look("sorrow")).toEqual([2]);
});

test("words that are withdrawn while they come from the disk never get into the index", async () => {
  const shelf = createBookcase([entry(1, `${long}sorrow`), entry(2, `${long}sorrow`)]);
  shelf.state.slow = async (id) => {
    if (id === page(1)) shelf.change(1, (card) => ({ ...card, withdrawnAt: 9 }));
  };
  expect(await shelf.look("sorrow")).toEqual([2]);
  expect(await shelf.look("sorrow")).toEqual([2]);
});

test("an entry that changes while it comes from the disk is found as it stands in the end", async () => {
  const shelf = createBookcase([entry(1, "winter"), entry(2, "winter")]);
  shelf.state.slow = async (id) => {
    if (id !== page(1)) return;
    shelf.state.slow = async () => {};
    shelf.rewrite(1, "summer");
  };
  expect(await shelf.look("summer")).toEqual([1]);
  expect(await shelf.look("winter")).toEqual([2]);
});

test("while older entries are being read it says so, first words answer, and results grow", async () => {
  const entries = Array.from({ length: 200 }, (_, index) => entry(index + 1, `early ${long}late`));
  const shelf = createBookcase(entries);
  let go = (): void => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  shelf.state.slow = () => held;
  const looking = shelf.look("early");
  while (shelf.read.length === 0) await Promise.resolve();
  expect(shelf.find.reading.read()).toBe(true);
  shelf.clock.advance(1_000);
  expect((await looking).length).toBe(100);
  const early = shelf.look("late");
  shelf.clock.advance(1_000);
  expect(await early).toEqual([]);
  go();
  expect((await shelf.look("late")).length).toBe(100);
  expect(shelf.find.reading.read()).toBe(false);
  expect(shelf.read).toHaveLength(200);
});

test("looking for nothing only begins to read", async () => {
  const shelf = createBookcase([entry(1, "winter")]);
  expect(await shelf.look("  ")).toEqual([]);
  expect(shelf.indexes.opened()).toBe(1);
});

test("when the place closes the index ends with it, and finds nothing until it is open again", async () => {
  const shelf = createBookcase([entry(1, "winter")]);
  expect(await shelf.look("winter")).toEqual([1]);
  const looking = shelf.look("winter");
  const { cards } = shelf;
  const before = cards.read();
  shelf.state.open = false;
  cards.set([]);
  expect(shelf.indexes.running()).toBe(0);
  expect(await looking).toEqual([]);
  expect(await shelf.look("winter")).toEqual([]);
  expect(shelf.indexes.opened()).toBe(1);
  shelf.state.open = true;
  cards.set(before);
  expect(await shelf.look("winter")).toEqual([1]);
  expect([shelf.indexes.opened(), shelf.indexes.running()]).toEqual([2, 1]);
});

test("stopping ends the index for good, in the middle of reading too", async () => {
  const entries = Array.from({ length: 200 }, (_, index) => entry(index + 1, "winter"));
  const shelf = createBookcase(entries);
  const looking = shelf.look("winter");
  shelf.find.stop();
  expect(await looking).toEqual([]);
  expect(shelf.indexes.running()).toBe(0);
  expect(shelf.read.length).toBeLessThan(200);
  expect(await shelf.look("winter")).toEqual([]);
  expect(shelf.indexes.opened()).toBe(1);
});
