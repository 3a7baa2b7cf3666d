import { beforeAll, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import { checkInsOf, readCheckIns } from "../../shared/page/checkins.ts";
import { type Day, dayAt, daysFrom } from "../../shared/page/day.ts";
import type { PracticeStart } from "../../shared/page/pageDoc.ts";
import { createHostilePartner } from "../support/hostilePartner.ts";
import { createTwoPartners, must, writeDraft } from "../support/twoPartners.ts";
import { codeOf } from "./actsKit.ts";
import { stateOf, writePage } from "./pageKit.ts";
import { carriedKeys } from "./practicesKit.ts";

beforeAll(loadSodium);

type Desk = { readonly journal: () => Journal };

const today = ({ journal }: Desk, now: number) =>
  checkInsOf(readCheckIns(journal().cards.read()), dayAt(now));

const begin = (desk: Desk, day: Day) => desk.journal().beginPractice({ kind: "checkin", day });

test("a check-in stays here until its writer shares it, and changes as long as it is only here", async () => {
  const { anna, sam, settle, clock } = await createTwoPartners({ seed: 921 });
  const draft = must(await begin(anna, dayAt(clock.now())));
  const before = await carriedKeys(anna);
  const say = (said: { readonly need?: string; readonly feelings?: readonly string[] }) =>
    anna.journal().describePractice(draft, { kind: "checkin", ...said });
  must(await say({ feelings: ["tired", "hopeful"] }));
  must(await say({ need: "A walk" }));
  must(await say({ need: "A walk, the two of us" }));
  await settle(20);
  expect(await carriedKeys(anna)).toEqual(before);
  expect(today(sam, clock.now())).toEqual({ mine: undefined, theirs: undefined });
  expect(today(anna, clock.now()).mine).toMatchObject({
    feelings: ["tired", "hopeful"],
    need: "A walk, the two of us",
    thanks: undefined,
  });
  must(await anna.journal().share(draft));
  await settle();
  expect(today(sam, clock.now()).theirs).toMatchObject({ need: "A walk, the two of us" });
  expect(today(anna, clock.now()).mine?.card.place).toBe("shared");
});

test("there is one a day: begun again it is the same one, and once it is shared there is no other until tomorrow", async () => {
  const { anna, clock } = await createTwoPartners({ seed: 922 });
  const day = dayAt(clock.now());
  const draft = must(await begin(anna, day));
  expect(must(await begin(anna, day))).toBe(draft);
  expect(readCheckIns(anna.journal().cards.read())).toEqual([]);
  expect(await codeOf(anna.journal().share(draft))).toBe("EMPTY");
  await writeDraft(anna.journal(), draft, "Slept well.");
  const shared = must(await anna.journal().share(draft));
  expect(await codeOf(begin(anna, day))).toBe("NO_LONGER");
  expect(await codeOf(anna.journal().draftChange(shared))).toBe("NOT_YOURS");
  expect(must(await begin(anna, daysFrom(clock.now(), 1)))).not.toBe(draft);
  must(await anna.journal().withdraw(shared));
  expect(today(anna, clock.now()).mine).toBeUndefined();
  expect(must(await begin(anna, day))).not.toBe(draft);
});

test("the partner's stands for today by their day or by ours, and yesterday's is yesterday's", async () => {
  const { anna, sam, settle, clock } = await createTwoPartners({ seed: 923 });
  const theirs = async (day: Day) => {
    const draft = must(await begin(sam, day));
    must(await sam.journal().describePractice(draft, { kind: "checkin", thanks: "The soup" }));
    must(await sam.journal().share(draft));
    await settle();
  };
  // Where they are it is tomorrow already.
  await theirs(daysFrom(clock.now(), 1));
  expect(today(anna, clock.now()).theirs?.thanks).toBe("The soup");
  clock.advance(3 * 86_400_000);
  expect(today(anna, clock.now())).toEqual({ mine: undefined, theirs: undefined });
  expect(readCheckIns(anna.journal().cards.read())).toHaveLength(1);
});

test("whatever a changed app says in one, it is words and a day, and never mine", async () => {
  const partner = await createHostilePartner({ seed: 924 });
  const wrong = {
    kind: "checkin",
    day: "soon",
    feelings: ["glad", 7, { score: 3 }, "x".repeat(9_000)],
    need: "n".repeat(9_000),
    thanks: { html: "<b>" },
  } as unknown as PracticeStart;
  partner.send({ kind: "snapshot", body: stateOf(writePage(wrong, "")) });
  await partner.settle();
  const { mine, theirs } = today(partner, partner.clock.now());
  expect(mine).toBeUndefined();
  expect(theirs).toMatchObject({ thanks: undefined, day: dayAt(partner.clock.now()) });
  expect(theirs?.need?.length).toBe(300);
  expect(theirs?.feelings[0]).toBe("glad");
  expect(theirs?.feelings.every((word) => typeof word === "string" && word.length < 100)).toBe(
    true,
  );
});
