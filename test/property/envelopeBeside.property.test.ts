import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { newId, type PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { CarriedEnvelope } from "../../shared/envelope/envelope.ts";
import {
  createBeside,
  given,
  linesOn,
  loseCache,
  sayHeads,
  withdraw,
  writeLine,
  type Known,
  type Machine,
  type Opened,
} from "../unit/besideKit.ts";
import { must } from "../support/twoPartners.ts";

beforeAll(loadSodium);

type Name = "first" | "second" | "sam";
const names: readonly Name[] = ["first", "second", "sam"];

/** Any order, each once. */
const shuffled = <Item>(items: readonly Item[], seed: number): readonly Item[] => {
  const [drawn] = fc.sample(fc.shuffledSubarray([...items], { minLength: items.length }), {
    numRuns: 1,
    seed,
  });
  return drawn ?? [];
};

const steps = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("write" as const), who: fc.nat(2), page: fc.nat(1) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("hand" as const), who: fc.nat(2), page: fc.nat(1) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("withdraw" as const), who: fc.nat(1), page: fc.nat(1) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("ack" as const), who: fc.nat(2), page: fc.nat(1) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("restart" as const), who: fc.nat(2), page: fc.nat(1) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("rebuild" as const), who: fc.nat(2), page: fc.nat(1) }),
  },
);

const lives = fc.record({
  seed: fc.nat(1_000_000),
  steps: fc.array(steps, { minLength: 5, maxLength: 40 }),
  /** At which step Sam's app learns of the second computer. */
  learnsAt: fc.nat(40),
});

test("whatever two computers of one person and the partner's write, withdraw and hand on, all come to hold the same, and a cache made anew says the same", async () => {
  await fc.assert(
    fc.asyncProperty(lives, async ({ seed, steps: life, learnsAt }) => {
      const house = createBeside(seed);
      const machines: Record<Name, Machine> = {
        first: house.a1,
        second: house.a2,
        sam: house.sam,
      };
      const [hers, also, his] = [1, 2, 3].map(() => newId<PageId>(house.random));
      if (hers === undefined || also === undefined || his === undefined) throw new Error("no ids");
      const both: Known = { annas: [house.a1, house.a2], sams: [house.sam] };
      const alone: Known = { annas: [house.a1], sams: [house.sam] };
      const known: Record<Name, Known> = { first: both, second: both, sam: alone };
      const opened: Record<Name, Opened> = {
        first: await house.open(house.a1, both),
        second: await house.open(house.a2, both),
        sam: await house.open(house.sam, alone),
      };
      const troubles: string[] = [];
      const reopen = async (who: Name, how: "restart" | "rebuild"): Promise<void> => {
        troubles.push(...opened[who].troubles);
        await opened[who].shelf.close();
        const machine = machines[who];
        const stores = how === "rebuild" ? await loseCache(machine) : undefined;
        opened[who] = await house.open(machine, known[who], stores);
      };
      const hand = async (from: Name, to: Name, order: number): Promise<void> => {
        // Until he has learned of her, the two do not find each other.
        const pair = [from, to];
        if (known.sam === alone && pair.includes("sam") && pair.includes("second")) return;
        const all: readonly CarriedEnvelope[] = await given(opened[from], machines[to]);
        for (const envelope of shuffled(all, order)) must(await opened[to].admit([envelope]));
      };
      let client = 1;
      for (const [turn, step] of life.entries()) {
        if (turn === learnsAt) {
          known.sam = both;
          await reopen("sam", "restart");
        }
        const who = names[step.who] ?? "sam";
        const page = who === "sam" ? his : step.page === 0 ? hers : also;
        const { facts } = opened[who].shelf.pages;
        const isWithdrawn = facts.read().get(page)?.withdrawnAt !== undefined;
        if (step.do === "write" && !isWithdrawn)
          await writeLine(opened[who], page, `${who} ${turn}`, (client += 1));
        if (step.do === "ack") await sayHeads(opened[who]);
        if (step.do === "restart" || step.do === "rebuild") await reopen(who, step.do);
        if (step.do === "withdraw") await withdraw(opened[who], page, house.random);
        if (step.do === "hand")
          for (const to of names) if (to !== who) await hand(who, to, seed + turn);
      }
      known.sam = both;
      await reopen("sam", "restart");
      // Each says what it holds, and each hands on what it has: then nothing is missing anywhere.
      for (let round = 0; round < 4; round++)
        for (const from of shuffled(names, seed + round)) {
          await sayHeads(opened[from]);
          for (const to of names) if (to !== from) await hand(from, to, seed + round);
        }
      const stateOf = async (who: Name) => {
        const { ledger, chains, pages } = opened[who].shelf;
        const notebooks = [chains.mine, chains.theirs, chains.ours].toSorted();
        const devices = names.map((name) => machines[name].device);
        return {
          lines: notebooks.map((notebook) =>
            devices.map((device) =>
              ledger
                .linesOf(notebook, device)
                .filter(({ kind }) => kind !== "ack")
                .map(({ id, redacted }) => [id, redacted]),
            ),
          ),
          words: await Promise.all([hers, also, his].map((page) => linesOn(opened[who], page))),
          said: await Promise.all(
            [hers, also, his].map(async (page) =>
              must(await opened[who].shelf.messagesOf(page)).map(({ time, cameBack }) => [
                time,
                cameBack,
              ]),
            ),
          ),
          cameBack: [...pages.facts.read().values()].some(({ cameBack }) => cameBack),
        };
      };
      const state = await stateOf("first");
      for (const how of ["as it is", "restart", "rebuild"] as const)
        for (const who of names) {
          if (how !== "as it is") await reopen(who, how);
          expect(await stateOf(who), `${who}, ${how}`).toEqual(state);
          expect(opened[who].shelf.ledger.isFrozen()).toBe(false);
        }
      expect(state.cameBack).toBe(false);
      for (const who of names) troubles.push(...opened[who].troubles);
      // Words that one wrote while the other withdrew the page, read anew without what they were written on.
      const late = life.some((step) => step.do === "withdraw") ? lateCodes : [];
      expect(troubles.filter((code) => !expected.has(code) && !late.includes(code))).toEqual([]);
      for (const who of names) await opened[who].shelf.close();
    }),
    { numRuns: 40 },
  );
}, 180_000);

/** UNKNOWN_DEVICE: the first hands on to Sam what the second wrote, of which his app does not know yet. */
const expected: ReadonlySet<string> = new Set(["UNKNOWN_DEVICE", "CACHE_DAMAGED"]);

const lateCodes: readonly string[] = ["UPDATE_HEAVY", "NOT_YOUR_HAND"];
