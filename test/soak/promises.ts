import { expect } from "vitest";
import type { TwoLives } from "./twoLives.ts";

/** Both have the same in the end, to the last message; and what each wrote is where its writer put it. */
export const expectNothingLost = async (lives: TwoLives): Promise<void> => {
  // An answer is closed until its reader opens it.
  const [annas, sams] = lives
    .pages()
    .map((pages) =>
      pages.map((page) => (page.kind === "answer" ? { ...page, excerpt: "" } : page)),
    );
  expect(annas).toEqual(sams);
  const [annasHeads, samsHeads] = await lives.heads();
  expect(annasHeads).toEqual(samsHeads);
  for (const { journal } of lives.desks)
    expect(journal().sync.read().state, "what the screen says").toBe("upToDate");
  const lost: string[] = [];
  for (const { owner, page, words, fate } of lives.written) {
    if (fate === "private" && !(await lives.readPage(owner, page)).includes(words))
      lost.push(`private: ${words}`);
    if (fate !== "shared") continue;
    for (const who of [0, 1] as const)
      if (!(await lives.readPage(who, page)).includes(words)) lost.push(`shared, ${who}: ${words}`);
  }
  expect(lost).toEqual([]);
  const gone = new Set(
    lives.written.flatMap(({ page, fate }) => (fate === "withdrawn" ? [page] : [])),
  );
  for (const { journal } of lives.desks)
    for (const { id, withdrawnAt } of journal().cards.read())
      if (gone.has(id)) expect(withdrawnAt).toBeDefined();
  for (const photo of lives.photos.filter(({ page }) => !gone.has(page)))
    expect(await lives.readPhotos(0, photo)).toEqual(await lives.readPhotos(1, photo));
};

const minute = 60_000;

/**
 * Two who are there and do nothing: nothing grows, and what waits runs no more than once a minute each, but for the
 * sign of life on an open line to a mailbox, every 25 s (a router forgets a line that is silent for longer).
 */
export const expectRest = async (lives: TwoLives, days: number): Promise<void> => {
  await lives.pass(60 * minute, 1_000);
  const before = {
    ran: lives.clock.ran(),
    waiting: lives.clock.waiting(),
    disks: lives.desks.map(({ disk }) => disk.holds()),
  };
  await lives.pass(days * 24 * 60 * minute, 10_000);
  const minutes = days * 24 * 60;
  const each = (lives.clock.ran() - before.ran) / minutes;
  console.log(`at rest: ${each.toFixed(2)} timers a minute for both`);
  expect(lives.desks.map(({ disk }) => disk.holds())).toEqual(before.disks);
  expect(lives.clock.waiting()).toBeLessThanOrEqual(before.waiting);
  expect(each).toBeLessThanOrEqual(before.waiting);
};
