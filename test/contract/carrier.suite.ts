import { afterEach, describe, expect, test } from "vitest";
import { onlyIf } from "../support/wholeSuite.ts";
import type { CarrierEvent } from "../../shared/carry/carrier.ts";

/** One person's end, wherever it runs: nothing here but what can cross from a browser into a test. */
export type CarrierDesk = {
  /** Carries a new, empty airlock; what `put` wrote before is not in it. */
  readonly carry: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly put: (some: Some) => Promise<void>;
  readonly remove: (key: string) => Promise<void>;
  /** Writes one byte over what is under that key. */
  readonly overwrite: (key: string) => Promise<void>;
  /** Everything in the airlock. */
  readonly summary: () => Promise<Summary>;
  readonly events: () => Promise<readonly CarrierEvent[]>;
};

/** `count` envelopes of `bytes` bytes each under the keys `name-0`…; the same call writes the same bytes anywhere. */
export type Some = { readonly name: string; readonly count: number; readonly bytes: number };
/** `digest` covers keys and bytes, whatever their order. */
export type Summary = { readonly count: number; readonly bytes: number; readonly digest: string };

export type CarrierPair = {
  readonly ada: CarrierDesk;
  readonly ben: CarrierDesk;
  readonly cut: () => Promise<void>;
  readonly heal: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type SuiteTimes = {
  /** Milliseconds for two to meet and be up to date. */
  readonly meet: number;
  /** For a cut to be noticed, and to heal. */
  readonly heal: number;
  /** For ten megabytes. */
  readonly bulk: number;
};

/**
 * `meets`: the two ends are joined, tell of it, and hold one document between them. `stores`: something in between keeps
 * what each of them offers, they never meet, and what one offers the other cannot touch.
 */
export type CarrierKind = "meets" | "stores";

/** `essential`: one test of each promise, for a carrier on which every test takes its time. */
export type SuitePart = "whole" | "essential";

/** What every carrier promises (ARCHITECTURE, "one acceptance suite"). */
export const carrierSuite = (
  name: string,
  openPair: () => Promise<CarrierPair>,
  times: SuiteTimes,
  kind: CarrierKind = "meets",
  part: SuitePart = "whole",
): void => {
  describe(`what the ${name} carrier promises`, () => {
    let opened: CarrierPair | undefined;
    const open = async () => (opened = await openPair());
    const openMet = async () => {
      const pair = await open();
      await Promise.all([pair.ada.carry(), pair.ben.carry()]);
      if (kind === "meets") await bothMet(pair, times.meet);
      return pair;
    };
    afterEach(async () => {
      await opened?.close();
      opened = undefined;
    });

    onlyIf(part === "whole")("one envelope goes across", { timeout: times.meet * 2 }, async () => {
      const pair = await openMet();
      await pair.ada.put({ name: "one", count: 1, bytes: 600 });
      await alike(pair, 1, times.meet);
    });

    onlyIf(part === "whole")(
      "what was there before the two met goes across",
      { timeout: times.meet * 2 },
      async () => {
        const pair = await open();
        await pair.ada.carry();
        await pair.ada.put({ name: "early", count: 10, bytes: 600 });
        await pair.ben.carry();
        await alike(pair, 10, times.meet);
      },
    );

    test("both directions at once", { timeout: times.meet * 3 }, async () => {
      const pair = await openMet();
      await Promise.all([
        pair.ada.put({ name: "ada", count: 200, bytes: 700 }),
        pair.ben.put({ name: "ben", count: 300, bytes: 800 }),
      ]);
      await alike(pair, 500, times.meet);
    });

    onlyIf(part === "whole")(
      "ten megabytes in one go, as 5,000 small envelopes",
      { timeout: times.bulk * 2 },
      async () => {
        const pair = await openMet();
        await pair.ada.put({ name: "small", count: 5_000, bytes: 2_000 });
        await alike(pair, 5_000, times.bulk);
      },
    );

    onlyIf(part === "whole")(
      "ten megabytes in one go, as 20 large envelopes, already there",
      { timeout: times.bulk * 2 },
      async () => {
        const pair = await open();
        await pair.ada.carry();
        await pair.ada.put({ name: "large", count: 20, bytes: 500_000 });
        await pair.ben.carry();
        await alike(pair, 20, times.bulk);
      },
    );

    test("ten megabytes each way at once", { timeout: times.bulk * 3 }, async () => {
      const pair = await open();
      await Promise.all([pair.ada.carry(), pair.ben.carry()]);
      await Promise.all([
        pair.ada.put({ name: "ada", count: 20, bytes: 500_000 }),
        pair.ben.put({ name: "ben", count: 20, bytes: 500_000 }),
      ]);
      await alike(pair, 40, times.bulk);
    });

    test(
      "what is written while cut goes across when healed",
      { timeout: times.heal * 3 },
      async () => {
        const pair = await openMet();
        await pair.cut();
        await Promise.all([
          pair.ada.put({ name: "ada", count: 30, bytes: 700 }),
          pair.ben.put({ name: "ben", count: 20, bytes: 700 }),
        ]);
        // Long enough to be noticed: a short one is bridged below.
        for (const desk of kind === "meets" ? [pair.ada, pair.ben] : [])
          await expect
            .poll(async () => inTouch(await desk.events()), { timeout: times.heal })
            .toBe(0);
        expect((await pair.ada.summary()).count).toBe(30);
        expect((await pair.ben.summary()).count).toBe(20);
        await pair.heal();
        await alike(pair, 50, times.heal);
      },
    );

    onlyIf(kind === "meets")(
      "stopped, it carries nothing; carried anew, it does",
      { timeout: times.meet * 4 },
      async () => {
        const pair = await openMet();
        await pair.ada.put({ name: "one", count: 1, bytes: 600 });
        await alike(pair, 1, times.meet);
        await pair.ada.stop();
        await pair.ada.put({ name: "unseen", count: 1, bytes: 600 });
        for (let round = 0; round < 3; round++) {
          await pair.ada.carry();
          await alike(pair, 1 + round, times.meet);
          await pair.ada.put({ name: `round-${round}`, count: 1, bytes: 600 });
          await alike(pair, 2 + round, times.meet);
          await pair.ada.stop();
        }
      },
    );

    onlyIf(kind === "meets")(
      "what the other deletes or overwrites arrives as it is: coping is the airlock's work",
      { timeout: times.meet * 3 },
      async () => {
        const pair = await openMet();
        await pair.ada.put({ name: "mine", count: 3, bytes: 600 });
        await alike(pair, 3, times.meet);
        const before = await pair.ada.summary();
        await pair.ben.remove("mine-0");
        await alike(pair, 2, times.meet);
        await pair.ben.overwrite("mine-1");
        await alike(pair, 2, times.meet);
        const after = await pair.ada.summary();
        expect(before.bytes - after.bytes).toBe(600 + 599);
      },
    );

    onlyIf(kind === "stores")(
      "stopped, it carries nothing; carried anew, only what is offered anew",
      { timeout: times.meet * 6 },
      async () => {
        const pair = await openMet();
        await pair.ada.put({ name: "one", count: 1, bytes: 600 });
        await alike(pair, 1, times.meet);
        const before = await pair.ben.summary();
        await pair.ada.stop();
        await pair.ada.put({ name: "unseen", count: 1, bytes: 600 });
        for (let round = 0; round < 3; round++) {
          await pair.ada.carry();
          expect(await pair.ben.summary()).toEqual(before);
          await pair.ada.put({ name: "one", count: 1, bytes: 600 });
          await pair.ada.put({ name: `round-${round}`, count: 2, bytes: 600 });
          await alike(pair, 3, times.meet);
          await pair.ada.remove(`round-${round}-0`);
          await pair.ada.remove(`round-${round}-1`);
          await alike(pair, 1, times.meet);
          await pair.ada.stop();
        }
      },
    );

    onlyIf(kind === "stores")(
      "what one takes out leaves the other; what the other deletes or overwrites stays as it was offered",
      { timeout: times.meet * 4 },
      async () => {
        const pair = await openMet();
        await pair.ada.put({ name: "mine", count: 3, bytes: 600 });
        await alike(pair, 3, times.meet);
        const before = await pair.ada.summary();
        await pair.ben.remove("mine-0");
        await pair.ben.overwrite("mine-1");
        await pair.ada.put({ name: "more", count: 1, bytes: 600 });
        await expect
          .poll(async () => (await pair.ben.summary()).count, { timeout: times.meet })
          .toBe(3);
        const after = await pair.ada.summary();
        expect([after.count, after.bytes - before.bytes]).toEqual([4, 600]);
        await pair.ada.remove("mine-2");
        await pair.ada.remove("more-0");
        await expect
          .poll(async () => (await pair.ben.summary()).count, { timeout: times.meet })
          .toBe(1);
      },
    );

    onlyIf(kind === "stores")(
      "it tells of no meeting and no parting, and of no trouble where there is none",
      { timeout: times.meet * 3 },
      async () => {
        const pair = await openMet();
        await pair.ada.put({ name: "one", count: 1, bytes: 600 });
        await alike(pair, 1, times.meet);
        await pair.ada.stop();
        await pair.ben.stop();
        expect([await pair.ada.events(), await pair.ben.events()]).toEqual([[], []]);
      },
    );

    onlyIf(kind === "meets")(
      "every meeting has its parting, and none is told after stopping",
      { timeout: times.meet * 3 },
      async () => {
        const pair = await openMet();
        await pair.ada.stop();
        await expect
          .poll(async () => inTouch(await pair.ben.events()), { timeout: times.meet })
          .toBe(0);
        expect(inTouch(await pair.ada.events())).toBe(0);
        const told = (await pair.ada.events()).length;
        await pair.ben.stop();
        expect((await pair.ada.events()).length).toBe(told);
        expect(
          (await pair.ben.events()).flatMap((event) =>
            event.type === "trouble" ? [event.code] : [],
          ),
        ).toEqual([]);
      },
    );
  });
};

const bothMet = async (pair: CarrierPair, timeout: number): Promise<void> => {
  for (const desk of [pair.ada, pair.ben]) {
    await expect.poll(async () => inTouch(await desk.events()), { timeout }).toBeGreaterThan(0);
  }
};

/** Meetings without a parting yet; a parting that nobody met is a fault in any case. */
const inTouch = (events: readonly CarrierEvent[]): number => {
  let met = 0;
  for (const event of events) {
    if (event.type === "met") met += 1;
    if (event.type === "parted") met -= 1;
    expect(met).toBeGreaterThanOrEqual(0);
  }
  return met;
};

const alike = async (pair: CarrierPair, count: number, timeout: number): Promise<void> => {
  await expect
    .poll(
      async () => {
        const [ada, ben] = [await pair.ada.summary(), await pair.ben.summary()];
        return { ada: ada.count, ben: ben.count, alike: ada.digest === ben.digest };
      },
      { timeout, interval: 50 },
    )
    .toEqual({ ada: count, ben: count, alike: true });
};
