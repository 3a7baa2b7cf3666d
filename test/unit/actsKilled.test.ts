import { beforeAll, describe, expect, test } from "vitest";
import type { PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { DiskOperation } from "../support/memoryStores.ts";
import {
  createTwoPartners,
  must,
  sharedCards,
  type Desk,
  type TwoPartners,
} from "../support/twoPartners.ts";
import { cardOf, codeOf, drafts, readPage, rewrite, send } from "./actsKit.ts";

beforeAll(loadSodium);

/** The disk in memory confirms in microtasks: so many of them, and the power is gone between two of its writes. */
const afterSome = async (microtasks: number): Promise<void> => {
  for (let passed = 0; passed < microtasks; passed++) await Promise.resolve();
};

/** Whether the act came to its end before the power went. */
const cutShort = async (
  desk: Desk,
  act: () => Promise<unknown>,
  microtasks: number,
): Promise<"done" | "cut"> => {
  let ended: "done" | "cut" = "cut";
  const acting = act().then(
    () => (ended = "done"),
    () => {},
  );
  await afterSome(microtasks);
  const when = ended;
  desk.kill();
  await acting;
  await desk.open();
  return when;
};

/** From before the first write to after the last one. */
const everywhere = async (
  step: number,
  run: (microtasks: number) => Promise<"done" | "cut">,
): Promise<void> => {
  const seen = { cut: 0, done: 0 };
  for (let microtasks = 0; seen.done < 2; microtasks += step) {
    seen[await run(microtasks)]++;
    if (microtasks > 5_000) throw new Error("it never comes to its end");
  }
  expect(seen.cut).toBeGreaterThan(5);
};

const both = async (
  { anna, sam }: TwoPartners,
  look: (desk: Desk) => void | Promise<void>,
): Promise<void> => {
  for (const desk of [anna, sam]) await look(desk);
};

const askedOne = async ({ anna, settle }: TwoPartners): Promise<PageId> => {
  const question = await send(anna.journal(), anna.journal().draftQuestion(), "before");
  await settle(1);
  return question;
};

describe("killed at any moment", () => {
  test("a change is made once or not at all, and both see the same", async () => {
    const partners = await createTwoPartners({ seed: 560 });
    const { anna, settle } = partners;
    await everywhere(17, async (microtasks) => {
      const question = await askedOne(partners);
      const draft = must(await anna.journal().draftChange(question));
      await rewrite(anna.journal(), draft, "after");
      const ended = await cutShort(anna, () => anna.journal().share(draft), microtasks);
      await settle(2);
      const left = drafts(anna.journal());
      const words = await readPage(anna.journal(), question);
      // As it was with its copy, or as it is to be without one.
      expect([left.map(({ id }) => id), words.includes("before")]).toEqual(
        left.length > 0 ? [[draft], true] : [[], false],
      );
      if (left.length > 0) {
        must(await anna.journal().share(draft));
        await settle(1);
      }
      await both(partners, async (desk) => {
        const now = await readPage(desk.journal(), question);
        expect(now.split("after")).toHaveLength(2);
        expect(now).not.toContain("before");
        expect(cardOf(desk.journal(), question).changedAt).toBeDefined();
      });
      expect(drafts(anna.journal())).toEqual([]);
      return ended;
    });
  });

  test("a copy for changing is whole or is made anew", async () => {
    const partners = await createTwoPartners({ seed: 561 });
    const { anna } = partners;
    const question = await askedOne(partners);
    await everywhere(5, async (microtasks) => {
      const ended = await cutShort(anna, () => anna.journal().draftChange(question), microtasks);
      for (const { draft } of drafts(anna.journal())) expect(draft?.changes).toBe(question);
      const copy = must(await anna.journal().draftChange(question));
      expect(drafts(anna.journal()).map(({ id }) => id)).toEqual([copy]);
      expect(await readPage(anna.journal(), copy)).toContain("before");
      must(await anna.journal().discardDraft(copy));
      return ended;
    });
  });

  test("a withdrawal that has begun is finished, and both see the same trace", async () => {
    const partners = await createTwoPartners({ seed: 562 });
    const { anna, settle } = partners;
    await everywhere(19, async (microtasks) => {
      const question = await askedOne(partners);
      must(await anna.journal().draftChange(question));
      const ended = await cutShort(anna, () => anna.journal().withdraw(question), microtasks);
      await settle(2);
      const begun = cardOf(anna.journal(), question).withdrawnAt !== undefined;
      const there = (await readPage(anna.journal(), question)).includes("before");
      expect(there).toBe(!begun);
      expect(begun || ended === "cut").toBe(true);
      if (!begun) {
        must(await anna.journal().withdraw(question));
        await settle(1);
      }
      const { withdrawnAt } = cardOf(anna.journal(), question);
      await both(partners, async (desk) => {
        expect(cardOf(desk.journal(), question)).toMatchObject({ withdrawnAt, excerpt: "" });
        expect(await readPage(desk.journal(), question)).not.toContain("before");
      });
      expect(drafts(anna.journal())).toEqual([]);
      return ended;
    });
  });

  test("a nod and a day are there as a whole or not at all, and once", async () => {
    const partners = await createTwoPartners({ seed: 563 });
    const { anna, sam, settle } = partners;
    await everywhere(5, async (microtasks) => {
      const question = await askedOne(partners);
      const heard = await send(sam.journal(), sam.journal().draftHeard(question), "You felt alone");
      await settle(1);
      const nods = (desk: Desk) =>
        sharedCards(desk.journal()).filter(({ kind, of }) => kind === "nod" && of === heard);
      const ended = await cutShort(anna, () => anna.journal().nod(heard, "yes"), microtasks);
      must(await anna.journal().nod(heard, "notQuite"));
      await settle(2);
      await both(partners, (desk) => expect(nods(desk)).toMatchObject([{ fits: "notQuite" }]));
      return ended;
    });
  });
});

describe("with a disk that is full for a while", () => {
  const operations: readonly DiskOperation[] = ["put", "write", "remove"];
  const cases = operations.flatMap((operation) =>
    [1, 2, 3].map((times) => [operation, times] as const),
  );

  test.each(cases)(
    "a change goes on by itself and is made once (%s, %i)",
    async (operation, times) => {
      const partners = await createTwoPartners({ seed: 570 + times });
      const { anna, settle } = partners;
      const question = await askedOne(partners);
      const draft = must(await anna.journal().draftChange(question));
      await rewrite(anna.journal(), draft, "after");
      anna.disk.failNext(operation, "DISK_FULL", times);
      expect(["ok", "DISK_FULL"]).toContain(await codeOf(anna.journal().share(draft)));
      // What else is written meets the rest of the full disk; then a draft that was marked late goes by itself.
      while (!(await anna.journal().entries.draftEntry()).ok) await settle(1);
      await settle(30);
      expect(drafts(anna.journal()).filter(({ kind }) => kind === "question")).toEqual([]);
      await both(partners, async (desk) => {
        const now = await readPage(desk.journal(), question);
        expect(now.split("after")).toHaveLength(2);
        expect(now).not.toContain("before");
      });
    },
  );

  test.each(cases)("a withdrawal goes on by itself (%s, %i)", async (operation, times) => {
    const partners = await createTwoPartners({ seed: 580 + times });
    const { anna, settle } = partners;
    const question = await askedOne(partners);
    must(await anna.journal().draftChange(question));
    anna.disk.failNext(operation, "DISK_FULL", times);
    expect(["ok", "DISK_FULL"]).toContain(await codeOf(anna.journal().withdraw(question)));
    await settle(60);
    await both(partners, async (desk) => {
      expect(cardOf(desk.journal(), question).withdrawnAt).toBeDefined();
      expect(await readPage(desk.journal(), question)).not.toContain("before");
    });
    expect(drafts(anna.journal())).toEqual([]);
    expect(sharedCards(anna.journal())).toEqual(
      sharedCards(partners.sam.journal()).map((card) => ({ ...card, author: "me" })),
    );
  });
});
