import { beforeAll, describe, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { minuteAfter } from "../../shared/ledger/writtenTime.ts";
import { createHostilePartner } from "../support/hostilePartner.ts";
import { must, shareEntry, writeDraft } from "../support/twoPartners.ts";

beforeAll(loadSodium);

const minute = 60_000;
const floor = (at: number) => Math.floor(at / minute) * minute;

describe("the partner’s computer learns the minute in which something was written, and no more", () => {
  test("whatever is shared: pages, asking again, changes, and what is withdrawn", async () => {
    const partner = await createHostilePartner({ seed: 90 });
    const { clock } = partner;
    const journal = partner.journal();
    clock.advance(minute - (clock.now() % minute) + 12_345);
    const within = floor(clock.now());
    const before = partner.heard().length;
    const page = await shareEntry(journal, "one");
    clock.advance(777);
    const draft = must(await journal.draftQuestion());
    await writeDraft(journal, draft, "Where were you?");
    const question = must(await journal.share(draft));
    clock.advance(1_111);
    must(await journal.askAgain(question));
    clock.advance(333);
    must(await journal.withdraw(page));
    expect(floor(clock.now())).toBe(within);
    await partner.settle(60);
    const said = partner
      .heard()
      .slice(before)
      .filter(({ header }) => header.kind !== "ack");
    expect(said.length).toBeGreaterThanOrEqual(4);
    const times = said.map(({ header }) => header.time);
    // The place of the milliseconds holds how many there were, which is known anyway.
    expect(times).toEqual(times.map((_, n) => (times[0] ?? 0) + n));
    expect((times[0] ?? Infinity) - within).toBeLessThan(20);
    const asked = journal.cards.read().find(({ id }) => id === question)?.question?.askedAt ?? [];
    expect(asked).toHaveLength(2);
    for (const at of asked) expect(at - within).toBeLessThan(20);
    expect(asked[1]).toBeGreaterThan(asked[0] ?? Infinity);
  });

  test("written at another moment of the same minute, the same is told", async () => {
    const timesAt = async (offset: number): Promise<readonly number[]> => {
      const partner = await createHostilePartner({ seed: 91 });
      partner.clock.advance(minute - (partner.clock.now() % minute) + offset);
      await shareEntry(partner.journal(), "words");
      await partner.settle(60);
      return partner
        .heard()
        .filter(({ header }) => header.kind !== "ack")
        .map(({ header }) => header.time);
    };
    const [early, late] = [await timesAt(1_000), await timesAt(55_000)];
    expect(early.length).toBeGreaterThan(0);
    expect(late).toEqual(early);
  });
});

describe("the order stays", () => {
  test("within one minute what was written or read before comes before, up to its end", () => {
    const now = 7 * minute + 4_321;
    expect(minuteAfter(now, 0)).toBe(7 * minute);
    expect(minuteAfter(now, 7 * minute - 1)).toBe(7 * minute);
    expect(minuteAfter(now, 7 * minute)).toBe(7 * minute + 1);
    expect(minuteAfter(now, 7 * minute + 59_998)).toBe(7 * minute + 59_999);
    expect(minuteAfter(now, 7 * minute + 59_999)).toBe(7 * minute + 59_999);
  });

  test("a partner whose clock is ahead moves nobody else’s date", () => {
    const now = 7 * minute + 4_321;
    for (const ahead of [8 * minute, 9 * minute + 5, 2 ** 53 - 1])
      expect(minuteAfter(now, ahead)).toBe(7 * minute);
  });

  test("what answers something of the same minute is later than it", async () => {
    const partner = await createHostilePartner({ seed: 92 });
    const { clock } = partner;
    clock.advance(minute - (clock.now() % minute) + 5_000);
    const theirs = floor(clock.now()) + 40;
    partner.send({ time: theirs });
    await partner.settle(2);
    await shareEntry(partner.journal(), "an answer of sorts");
    await partner.settle(60);
    const mine = partner.heard().findLast(({ header }) => header.kind !== "ack");
    expect(mine?.header.time).toBeGreaterThan(theirs);
    expect(floor(mine?.header.time ?? 0)).toBe(floor(theirs));
  });
});
