import { beforeAll, describe, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import {
  must,
  shareEntry,
  sharedCards,
  typeWords,
  writeDraft,
  type Desk,
} from "../support/twoPartners.ts";
import { cardOf, codeOf, drafts, readPage, send } from "./actsKit.ts";
import { readable } from "./endingKit.ts";
import {
  agree,
  begin,
  createTown,
  keyringIn,
  lockUp,
  meetAgain,
  meetUp,
  relock,
  viewsOf,
  type Town,
} from "./meetAgainKit.ts";

beforeAll(loadSodium);

type Both = { readonly town: Town; readonly anna: Desk; readonly sam: Desk };

const twoOfThem = async (seed: number): Promise<Both> => {
  const town = createTown(seed);
  const anna = await town.buy("Anna");
  const sam = await town.buy("Sam");
  expect(await meetUp(town, anna, sam)).toEqual(["done", "done"]);
  await town.settle();
  return { town, anna, sam };
};

/** An entry of each, a question of Sam's and Anna's answer to it: all of it has arrived. */
const writtenTogether = async (seed: number): Promise<Both> => {
  const both = await twoOfThem(seed);
  const { town, anna, sam } = both;
  await shareEntry(anna.journal(), "amber entry");
  await shareEntry(sam.journal(), "cobalt entry");
  const question = await send(sam.journal(), sam.journal().draftQuestion(), "cobalt question");
  await town.settle();
  await send(anna.journal(), anna.journal().draftAnswer(question), "amber answer");
  await town.settle();
  return both;
};

const all = ["amber entry", "cobalt entry", "cobalt question", "amber answer"];

const reads = async (desk: Desk, words: readonly string[]): Promise<void> => {
  const found = await readable(desk);
  expect(words.filter((one) => !found.includes(one))).toEqual([]);
};

/** New words of both arrive, and nothing waits. */
const goesOn = async (town: Town, one: Desk, other: Desk, name: string): Promise<void> => {
  await shareEntry(one.journal(), `${name} of one`);
  await shareEntry(other.journal(), `${name} of the other`);
  await town.settle(6);
  for (const desk of [one, other]) {
    await reads(desk, [`${name} of one`, `${name} of the other`]);
    expect(desk.journal().sync.read().state).toBe("upToDate");
    expect(desk.journal().troubles.read()).toEqual([]);
  }
};

const authors = (desk: Desk, words: string): readonly string[] =>
  sharedCards(desk.journal())
    .filter(({ excerpt }) => excerpt.includes(words))
    .map(({ author }) => author);

describe("a lost computer", () => {
  test("without a backup: everything that was shared comes back, and stays whose it was", async () => {
    const { town, anna, sam } = await writtenTogether(900);
    sam.kill();
    const fresh = await town.buy("Sam");
    await meetAgain(town, anna, fresh);
    for (const desk of [anna, fresh]) await reads(desk, all);
    expect(authors(fresh, "cobalt entry")).toEqual(["me"]);
    expect(authors(fresh, "amber entry")).toEqual(["partner"]);
    expect(authors(anna, "cobalt entry")).toEqual(["partner"]);
    await goesOn(town, anna, fresh, "afterwards");
    for (const desk of [anna, fresh]) {
      await relock(town, desk);
      await reads(desk, [...all, "afterwards of one", "afterwards of the other"]);
    }
  });

  test("what came back from the partner says so, and nothing else does", async () => {
    const { town, anna, sam } = await writtenTogether(901);
    sam.kill();
    const fresh = await town.buy("Sam");
    await meetAgain(town, anna, fresh);
    await goesOn(town, anna, fresh, "afterwards");
    const back = (desk: Desk) =>
      sharedCards(desk.journal())
        .filter(({ cameBack }) => cameBack)
        .map(({ excerpt }) => excerpt)
        .toSorted();
    expect(back(fresh)).toEqual(["cobalt entry", "cobalt question"]);
    expect(back(anna)).toEqual([]);
  });

  test("that still runs: its words arrive nowhere, and it reads no new ones", async () => {
    const { town, anna, sam: thief } = await writtenTogether(902);
    const fresh = await town.buy("Sam");
    await meetAgain(town, anna, fresh);
    await shareEntry(thief.journal(), "words of a thief");
    await goesOn(town, anna, fresh, "between the two");
    expect(await readable(anna)).not.toContain("thief");
    expect(await readable(fresh)).not.toContain("thief");
    expect(await readable(thief)).not.toContain("between the two of one");
  });

  test("and the one after it, and the one after that", async () => {
    const { town, anna, sam } = await writtenTogether(903);
    sam.kill();
    let last = sam;
    for (const name of ["second", "third"]) {
      last = await town.buy("Sam");
      await meetAgain(town, anna, last);
      await goesOn(town, anna, last, name);
      await reads(last, all);
      if (name === "second") last.kill();
    }
    await reads(last, ["second of one", "second of the other"]);
    await relock(town, anna);
    await reads(anna, [...all, "second of the other", "third of the other"]);
  });

  test("of the one who meets, then of the other", async () => {
    const { town, anna, sam } = await writtenTogether(904);
    sam.kill();
    const freshSam = await town.buy("Sam");
    await meetAgain(town, anna, freshSam);
    await goesOn(town, anna, freshSam, "between");
    anna.kill();
    const freshAnna = await town.buy("Anna");
    await meetAgain(town, freshSam, freshAnna);
    await reads(freshAnna, [...all, "between of one", "between of the other"]);
    await goesOn(town, freshAnna, freshSam, "at last");
  });
});

describe("a journal from a backup", () => {
  test("of a month ago: nothing that was shared since is missing, and drafts of then are there", async () => {
    const { town, anna, sam } = await writtenTogether(910);
    await writeDraft(sam.journal(), must(await sam.journal().entries.draftEntry()), "cobalt draft");
    const backup = town.backUp(sam);
    town.clock.advance(30 * 24 * 60 * 60 * 1000);
    await goesOn(town, anna, sam, "of this month");
    sam.kill();
    const restored = await town.restore(backup);
    expect(restored.journal().sync.read()).toEqual({ state: "paused" });
    await meetAgain(town, anna, restored);
    for (const desk of [anna, restored])
      await reads(desk, [...all, "of this month of one", "of this month of the other"]);
    await reads(restored, ["cobalt draft"]);
    const [card] = sharedCards(restored.journal()).filter(({ excerpt }) =>
      excerpt.includes("of this month of the other"),
    );
    expect(card).toMatchObject({ author: "me", cameBack: true });
    expect(sharedCards(restored.journal()).filter(({ cameBack }) => cameBack)).toHaveLength(1);
    await goesOn(town, anna, restored, "afterwards");
  });

  test("with words in it that had not gone out: they arrive", async () => {
    const { town, anna, sam } = await writtenTogether(911);
    await lockUp(town, anna);
    await shareEntry(sam.journal(), "cobalt, unsent");
    const backup = town.backUp(sam);
    sam.kill();
    await anna.open();
    const restored = await town.restore(backup);
    await meetAgain(town, anna, restored);
    await reads(anna, [...all, "cobalt, unsent"]);
    await goesOn(town, anna, restored, "afterwards");
  });

  test.each(["Anna", "Sam"])("of both, where %s invites", async (inviter) => {
    const { town, anna, sam } = await writtenTogether(912);
    const of = { anna: town.backUp(anna), sam: town.backUp(sam) };
    await goesOn(town, anna, sam, "since the backups");
    for (const desk of [anna, sam]) desk.kill();
    const both = [await town.restore(of.anna), await town.restore(of.sam)] as const;
    const [one, other] = inviter === "Anna" ? both : [both[1], both[0]];
    expect(await meetUp(town, one, other)).toEqual(["done", "done"]);
    for (const desk of both) await relock(town, desk);
    await town.settle(6);
    for (const desk of both) await reads(desk, all);
    await goesOn(town, ...both, "afterwards");
  });

  test("of one, while the other begins with nothing", async () => {
    const { town, anna, sam } = await writtenTogether(913);
    const backup = town.backUp(sam);
    for (const desk of [anna, sam]) desk.kill();
    const restored = await town.restore(backup);
    const fresh = await town.buy("Anna");
    expect(await meetUp(town, restored, fresh)).toEqual(["done", "done"]);
    await relock(town, restored);
    await town.settle(6);
    for (const desk of [restored, fresh]) await reads(desk, all);
    expect(authors(fresh, "amber entry")).toEqual(["me"]);
    await goesOn(town, restored, fresh, "afterwards");
  });

  test("of a journal that had met again before, restored and met again once more", async () => {
    const { town, anna, sam } = await writtenTogether(914);
    sam.kill();
    const second = await town.buy("Sam");
    await meetAgain(town, anna, second);
    await goesOn(town, anna, second, "second");
    const backup = town.backUp(second);
    await goesOn(town, anna, second, "after the backup");
    second.kill();
    const third = await town.restore(backup);
    await reads(third, [...all, "second of one", "second of the other"]);
    await meetAgain(town, anna, third);
    await reads(third, [...all, "after the backup of one", "after the backup of the other"]);
    await goesOn(town, anna, third, "third");
  });

  test("from before the last meeting is met all the same", async () => {
    const { town, anna, sam } = await writtenTogether(915);
    const backup = town.backUp(sam);
    sam.kill();
    const second = await town.restore(backup);
    await meetAgain(town, anna, second);
    await goesOn(town, anna, second, "second");
    second.kill();
    const third = await town.restore(backup);
    await meetAgain(town, anna, third);
    await reads(third, [...all, "second of one", "second of the other"]);
    await goesOn(town, anna, third, "third");
  });
});

describe("what is not the partner’s new computer", () => {
  test("somebody of another couple is refused, and nothing is stored on either side", async () => {
    const { town, anna } = await writtenTogether(920);
    const dora = await town.buy("Dora");
    const carl = await town.buy("Carl");
    expect(await meetUp(town, dora, carl)).toEqual(["done", "done"]);
    await town.settle();
    const stranger = await town.restore(town.backUp(carl));
    carl.kill();
    const before = [anna.keyring(), stranger.keyring()];
    const talks = await begin(town, anna, stranger, { inviter: "again" });
    await town.settle(1);
    const views = viewsOf(talks);
    expect(views.map((view) => (view.step === "ended" ? view.code : view.step))).toEqual([
      "OTHER_JOURNAL",
      "OTHER_JOURNAL",
    ]);
    expect([anna.keyring(), stranger.keyring()]).toEqual(before);
  });

  test("where the four words differ nothing changes, and sharing goes on as it was", async () => {
    const { town, anna, sam } = await writtenTogether(921);
    const backup = town.backUp(sam);
    const fresh = await town.restore(backup);
    const before = [anna.keyring(), fresh.keyring()];
    const talks = await begin(town, anna, fresh, { inviter: "again" });
    talks.inviter.differ();
    await town.settle(2);
    expect(viewsOf(talks)).toMatchObject([{ code: "DIFFER" }, { code: "DIFFER" }]);
    expect([anna.keyring(), fresh.keyring()]).toEqual(before);
    fresh.kill();
    await goesOn(town, anna, sam, "as it was");
  });

  test("a journal that has its two does not meet again unless it is asked to", async () => {
    const { anna } = await writtenTogether(922);
    expect(await codeOf(anna.journal().pairing.invite("here"))).toBe("ALREADY_PAIRED");
  });
});

describe("a meeting that does not come to its end", () => {
  test("is cancelled before the words: sharing goes on, and the next one works", async () => {
    const { town, anna, sam } = await writtenTogether(930);
    const fresh = await town.buy("Sam");
    const talks = await begin(town, anna, fresh, { inviter: "again" });
    talks.joiner.cancel();
    await goesOn(town, anna, sam, "still");
    await meetAgain(town, anna, fresh);
    await reads(fresh, [...all, "still of one", "still of the other"]);
  });

  test("is cut off after any of its messages: sharing goes on or has changed for both, and no word is gone", async () => {
    let ended = 0;
    for (let after = 0; ended < 2; after += 1) {
      const { town, anna, sam } = await writtenTogether(931);
      const fresh = await town.buy("Sam");
      town.cutPairing(after);
      const talks = await begin(town, anna, fresh, { inviter: "again" });
      talks.inviter.confirm();
      talks.joiner.confirm();
      await shareEntry(anna.journal(), "amber, meanwhile").catch(() => {});
      await town.settle(60);
      if (viewsOf(talks).every(({ step }) => step === "done")) ended += 1;
      town.cutPairing(Infinity);
      // Whatever each of the two believes now, it can be put right by meeting again.
      const again = keyringIn(anna).couple?.epoch;
      if (again === 1) await goesOn(town, anna, sam, "still");
      else await town.settle(1);
      if (viewsOf(talks).some(({ step }) => step !== "done")) {
        sam.kill();
        await meetAgain(town, anna, fresh);
      }
      await reads(fresh, [...all, "amber, meanwhile"]);
      await goesOn(town, anna, fresh, "afterwards");
      if (after > 60) throw new Error("it never comes to its end");
    }
  }, 120_000);
});

describe("whoever stays", () => {
  test("goes on typing, in a draft and in a shared entry, and no word of it is lost", async () => {
    const { town, anna, sam } = await writtenTogether(940);
    sam.kill();
    const entry = sharedCards(anna.journal()).find(({ excerpt }) =>
      excerpt.includes("amber entry"),
    );
    const shared = must(
      await anna.journal().openPage(must({ ok: true, value: entry?.id } as never)),
    );
    const draft = must(await anna.journal().entries.draftEntry());
    const open = must(await anna.journal().openPage(draft));
    const fresh = await town.buy("Sam");
    const talks = await begin(town, anna, fresh, { inviter: "again" });
    typeWords(open, "typed before");
    typeWords(shared, "shared before");
    talks.inviter.confirm();
    talks.joiner.confirm();
    for (let step = 0; step < 10; step += 1) {
      typeWords(open, `typed ${step}`);
      typeWords(shared, `shared ${step}`);
      await town.settle(1);
    }
    typeWords(shared, "shared after");
    must(await open.flush());
    must(await shared.flush());
    await town.settle(6);
    await open.close();
    await shared.close();
    const typed = ["before", ...Array.from({ length: 10 }, (_, step) => String(step)), "after"];
    await reads(anna, [...typed.slice(0, -1).map((one) => `typed ${one}`)]);
    for (const desk of [anna, fresh])
      await reads(
        desk,
        typed.map((one) => `shared ${one}`),
      );
    await relock(town, anna);
    await reads(
      anna,
      typed.map((one) => `shared ${one}`),
    );
  });

  test("keeps drafts, what rests and a question half answered", async () => {
    const { town, anna, sam } = await writtenTogether(941);
    const question = sharedCards(anna.journal()).find(({ kind }) => kind === "question");
    if (question === undefined) throw new Error("no question");
    const answer = must(await anna.journal().draftAnswer(question.id));
    await writeDraft(anna.journal(), answer, "amber, half");
    must(await anna.journal().rest(answer, town.clock.now() + 5 * 24 * 60 * 60 * 1000));
    sam.kill();
    const fresh = await town.buy("Sam");
    await meetAgain(town, anna, fresh);
    expect(drafts(anna.journal()).map(({ id }) => id)).toEqual([answer]);
    expect(await readPage(anna.journal(), answer)).toContain("amber, half");
    must(await anna.journal().rest(answer, undefined));
    const sent = must(await anna.journal().share(answer));
    await town.settle();
    expect(cardOf(fresh.journal(), sent).author).toBe("partner");
    await reads(fresh, ["amber, half"]);
  });

  test("withdraws what the computer before wrote", async () => {
    const { town, anna, sam } = await writtenTogether(942);
    sam.kill();
    const fresh = await town.buy("Sam");
    await meetAgain(town, anna, fresh);
    const own = sharedCards(fresh.journal()).find(({ excerpt }) =>
      excerpt.includes("cobalt entry"),
    );
    if (own === undefined) throw new Error("no entry");
    must(await fresh.journal().withdraw(own.id));
    await town.settle(6);
    for (const desk of [anna, fresh]) {
      expect(cardOf(desk.journal(), own.id).withdrawnAt).toBeDefined();
      expect(await readable(desk)).not.toContain("cobalt entry");
    }
    await goesOn(town, anna, fresh, "afterwards");
  });
});

test("the keys of the computer before are in no keyring that could speak with them", async () => {
  const { town, anna, sam } = await writtenTogether(950);
  const backup = town.backUp(sam);
  sam.kill();
  const restored = await town.restore(backup);
  const talks = await begin(town, anna, restored, { inviter: "again" });
  await agree(town, talks);
  const { keys, couple, settings } = keyringIn(restored);
  expect(keys.ed25519).not.toEqual(backup.keyring.keys.ed25519);
  expect(keys.identity).toEqual(backup.keyring.keys.identity);
  expect(couple?.epoch).toBe(2);
  expect(couple?.crk).not.toEqual(backup.keyring.couple?.crk);
  expect("restored" in settings).toBe(false);
});
