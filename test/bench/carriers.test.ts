import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { By, Sizes, Who } from "./carriersCouple.ts";
import { openCarriersHouse, type CarriersHouse, type Memory } from "./carriersHouse.ts";
import type { CarriersPage } from "./carriersPage.ts";

declare const bench: CarriersPage;

/**
 * Everything is compared with the raw channel of the same browser within the same round: on a computer that does
 * other things too, a number alone says nothing. One round is raw, then ours, then raw …; medians are of rounds.
 */

let house: CarriersHouse;
beforeAll(async () => {
  house = await openCarriersHouse(join(import.meta.dirname, "carriersPage.ts"));
}, 300_000);
afterAll(async () => {
  await house?.close();
});

const both = <Value>(run: (page: Page, who: Who) => Promise<Value>): Promise<[Value, Value]> =>
  Promise.all([run(house.ada, "ada"), run(house.ben, "ben")]);

/** Processor time of the newest run, from its first byte to its last, s; NaN where it was not taken. */
let cost = Number.NaN;
const costOf = async <Value>(run: () => Promise<Value>): Promise<Value> => {
  const before = await house.processorTime();
  const value = await run();
  cost = (await house.processorTime()) - before;
  return value;
};

/** MB/s. The message size and the marks that were the best of several, see `rawSize`. */
const raw = async (bytes: number, message: number, sealing = false): Promise<number> => {
  const { ada, ben } = house;
  await both((page) => page.evaluate((given) => bench.newRaw(given), sealing));
  const offer = await ada.evaluate(() => bench.raw().offer());
  const answer = await ben.evaluate((sdp) => bench.raw().answer(sdp), offer);
  await ada.evaluate((sdp) => bench.raw().accept(sdp), answer);
  await both((page) => page.evaluate(() => bench.raw().opened()));
  const end = ben.evaluate((many) => bench.raw().received(many), bytes);
  const ms = await costOf(async () => {
    const from = await ada.evaluate(
      ([many = 0, size = 0]) => bench.raw().send(many, size),
      [bytes, message],
    );
    return (await end) - from;
  });
  await both((page) => page.evaluate(() => bench.raw().close()));
  return bytes / 1_000 / ms;
};

let mailboxes = 10_000;
const newMailbox = async (): Promise<void> => {
  mailboxes += 1;
  await both((page) => page.evaluate((given) => bench.mailbox(given), mailboxes));
};

let seed = 100;
const newSeed = async (): Promise<void> => {
  seed += 1;
  await both((page) => page.evaluate((given) => bench.seed(given), seed));
  await newMailbox();
};

type Sync = { readonly met: number; readonly rate: number; readonly whole: number };

/** From airlock to airlock. `rate` counts from where the two have met, `whole` from `carry`. */
const lane = async (by: By, sizes: Sizes, bytes: number): Promise<Sync> => {
  const { ada, ben } = house;
  await newSeed();
  await both((page) => page.evaluate(() => bench.lane.begin()));
  const held = await ada.evaluate(([kind, many]) => bench.lane.fill(kind, many), [
    sizes,
    bytes,
  ] as const);
  const [arrived, met] = [
    ben.evaluate((many) => bench.lane.arrived(many), held),
    by === "webrtc" ? ben.evaluate(() => bench.lane.met()) : undefined,
  ];
  const { from, metAt, end } = await costOf(async () => {
    const begun = Math.max(
      ...(await both((page, who) =>
        page.evaluate(([...place]) => bench.lane.carry(...place), [who, by, house.server] as const),
      )),
    );
    return { from: begun, metAt: (await met) ?? begun, end: await arrived };
  });
  await both((page) => page.evaluate(() => bench.lane.end()));
  return {
    met: metAt - from,
    rate: held / 1_000 / (end - metAt),
    whole: held / 1_000 / (end - from),
  };
};

/** ms */
const patience = 240_000;

/**
 * From ledger to ledger, with acknowledgements: every word stands in Ben's pages, and Ada knows that it does. Counted
 * from where the two have met, as the raw channel is from where it is open.
 */
const journals = async (
  by: By,
  { count, bytes }: { readonly count: number; readonly bytes: number },
): Promise<{ readonly rate: number; readonly acked: number }> => {
  const { ada, ben } = house;
  await newMailbox();
  await both((page, who) => page.evaluate((given) => bench.shelves.open(given), who));
  const heard = ben.evaluate((many) => bench.shelves.heard(many), count);
  const acked = ada.evaluate((many) => bench.shelves.acked(many), count);
  const met = by === "webrtc" ? ben.evaluate(() => bench.shelves.met()) : undefined;
  const begun = Math.max(
    ...(await both((page, who) =>
      page.evaluate(([...place]) => bench.shelves.carry(...place), [
        who,
        by,
        house.server,
      ] as const),
    )),
  );
  const late = new Promise<never>((_, fail) => {
    setTimeout(
      () => fail(new Error(`${by}: not everything after ${patience / 1_000} s`)),
      patience,
    );
  });
  const whole = Promise.all([heard, acked]);
  const from = (await met) ?? begun;
  const [heardAt, ackedAt] = await Promise.race([whole, late]).catch(async (error: unknown) => {
    whole.catch(() => {});
    const came = await ben.evaluate(() => bench.shelves.count());
    throw new Error(`${came} of ${count} have come`, { cause: error });
  });
  await both((page) => page.evaluate(() => bench.shelves.close()));
  return { rate: bytes / 1_000 / (heardAt - from), acked: bytes / 1_000 / (ackedAt - from) };
};

const writeFirst = async (sizes: Sizes, bytes: number) => {
  await newSeed();
  return house.ada.evaluate(([kind, many]) => bench.shelves.write("ada", kind, many), [
    sizes,
    bytes,
  ] as const);
};

const sorted = (values: readonly number[]) => values.toSorted((one, other) => one - other);
const quantile = (values: readonly number[], share: number): number =>
  sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
const median = (values: readonly number[]): number => quantile(values, 0.5);
const spread = (values: readonly number[]): string =>
  `${median(values).toFixed(1)} (${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)})`;

const report: Record<string, unknown> = {};
const say = (what: string, rates: readonly number[], ratios: readonly number[]): void => {
  const each = ratios.map((ratio) => ratio.toFixed(2)).join(" ");
  console.log(`${what}: ${spread(rates)} MB/s, ${median(ratios).toFixed(2)} of raw (${each})`);
  report[what] = { MBs: rates.map(round), ofRaw: ratios.map(round) };
};
const round = (value: number): number => Math.round(value * 100) / 100;
const sayMemory = (what: string, memory: Memory): void => {
  const { before, peak, after, heapPeak } = memory;
  const [one, two, three, four] = [before, peak, after, heapPeak].map(Math.round);
  console.log(`${what}: ${one} MB before, ${two} at most (heap ${four}), ${three} after`);
  report[`${what}, memory`] = { before: one, peak: two, heapPeak: four, after: three };
};

/** Each with the rate of the raw channel just before and just after it. */
const against = async (
  message: number,
  bytes: number,
  rounds: number,
  runs: Readonly<Record<string, () => Promise<number>>>,
): Promise<Readonly<Record<string, Against>>> => {
  const costs: number[] = [];
  const costed = async (run: () => Promise<number>, into: number[]): Promise<number> => {
    cost = Number.NaN;
    const rate = await run();
    into.push(cost);
    return rate;
  };
  const plain = () => costed(() => raw(bytes, message), costs);
  const raws = [await plain()];
  const rates: Record<string, number[]> = {};
  const ratios: Record<string, number[]> = {};
  const costsOf: Record<string, number[]> = {};
  for (let turn = 0; turn < rounds; turn++)
    for (const [name, run] of Object.entries(runs)) {
      const rate = await costed(run, (costsOf[name] ??= []));
      raws.push(await plain());
      console.log(`  ${name}: ${rate.toFixed(1)}, raw ${raws.at(-1)?.toFixed(1)} MB/s`);
      (rates[name] ??= []).push(rate);
      (ratios[name] ??= []).push(rate / (((raws.at(-1) ?? 0) + (raws.at(-2) ?? 0)) / 2));
    }
  console.log(`raw, ${bytes / 1e6} MB: ${spread(raws)} MB/s`);
  report[`raw, ${bytes / 1e6} MB`] = raws.map(round);
  const found = Object.keys(runs).map((name) => {
    say(name, rates[name] ?? [], ratios[name] ?? []);
    const ofRaw = median(costsOf[name] ?? []) / median(costs);
    if (!Number.isNaN(ofRaw)) console.log(`${name}: ${ofRaw.toFixed(2)} of raw's processor time`);
    return [name, { ratio: median(ratios[name] ?? []), cost: ofRaw }] as const;
  });
  return Object.fromEntries(found);
};

/** Medians: of the raw channel's rate, and of the processor time that it takes for the same bytes. */
type Against = { readonly ratio: number; readonly cost: number };

const sealedRaw = "raw, each message sealed and opened";

let rawSize = 65_536;
/**
 * The aim, and what it must not cost. Two people have two computers; where both ends share fewer than four cores, what
 * sealing, hashing and the document take is taken from the channel, and the aim is missed (docs/performance.md).
 */
const isFastEnough = ({ ratio, cost }: Against): boolean => ratio >= 0.85 && !(cost > 1.75);

test("which size of message is the raw channel's best", { timeout: 300_000 }, async () => {
  const sizes = [16_384, 65_536, 262_144];
  const found = sizes.map(() => [] as number[]);
  for (let turn = 0; turn < 5; turn++)
    for (const [index, size] of sizes.entries()) found[index]?.push(await raw(10_000_000, size));
  for (const [index, size] of sizes.entries())
    console.log(`raw, messages of ${size} bytes: ${spread(found[index] ?? [])} MB/s`);
  const best = Math.max(...found.map(median));
  rawSize = sizes[found.findIndex((rates) => median(rates) === best)] ?? rawSize;
});

test("a first sync is as fast as the channel under it", { timeout: 900_000 }, async () => {
  const met: number[] = [];
  const run = (sizes: Sizes) => async () => {
    const sync = await lane("webrtc", sizes, 10_000_000);
    met.push(sync.met);
    return sync.rate;
  };
  const found = await against(rawSize, 10_000_000, 7, {
    [sealedRaw]: () => raw(10_000_000, rawSize, true),
    "WebRTC, airlock to airlock, 10 MB in small": run("small"),
    "WebRTC, airlock to airlock, 10 MB in large": run("large"),
    "mailbox, airlock to airlock, 10 MB in small": async () =>
      (await lane("mailbox", "small", 10_000_000)).rate,
  });
  console.log(`from carry to met: ${spread(met)} ms`);
  report["from carry to met, ms"] = met.map(Math.round);
  const slow = Object.entries(found)
    .filter(([name]) => name.startsWith("WebRTC"))
    .filter(([, one]) => !isFastEnough(one));
  expect(slow).toEqual([]);
});

for (const [megabytes, sizes, rounds] of [
  [10, "small", 3],
  [10, "large", 3],
  [100, "small", 1],
  [100, "large", 1],
] as const)
  test(
    `first sync of ${megabytes} MB from ledger to ledger, in ${sizes} envelopes`,
    { timeout: 1_200_000 },
    async () => {
      const written = await writeFirst(sizes, megabytes * 1_000_000);
      const about = `${megabytes} MB in ${written.count} ${sizes}`;
      const files: { made: number; taken: number }[] = [];
      await against(rawSize, Math.min(20, megabytes) * 1_000_000, rounds, {
        [`WebRTC, ledger to ledger, ${about}`]: async () =>
          (await journals("webrtc", written)).rate,
        [`mailbox, ledger to ledger, ${about}`]: async () =>
          (await journals("mailbox", written)).rate,
        [`capsule, written and taken, ${about}`]: async () => {
          const { made, taken, heard } = await house.ada.evaluate(() => bench.shelves.byFile());
          expect(heard).toBe(written.count);
          files.push({ made, taken });
          return written.bytes / 1_000 / (made + taken);
        },
      });
      console.log(
        `capsule: ${files.map(({ made, taken }) => `${made.toFixed(0)} + ${taken.toFixed(0)}`).join(", ")} ms`,
      );
      if (rounds === 1)
        for (const by of ["webrtc", "mailbox"] as const) {
          const { memory } = await house.weigh(() => journals(by, written));
          sayMemory(`${by}, ${about}`, memory);
        }
      await house.ada.evaluate(() => bench.shelves.forget());
      await house.anew();
    },
  );

/** The clocks of two processes differ by a little; there and back they differ by as much the other way. */
const oneWay = (there: readonly number[], back: readonly number[]): readonly number[] => {
  const off = (median(there) - median(back)) / 2;
  return [...there.map((ms) => ms - off), ...back.map((ms) => ms + off)];
};

test("one answer arrives within ten milliseconds", { timeout: 300_000 }, async () => {
  const { ada, ben } = house;
  await newSeed();
  await both((page) => page.evaluate(() => bench.lane.begin()));
  await ben.evaluate(() => bench.lane.answer());
  await both((page, who) =>
    page.evaluate(([...place]) => bench.lane.carry(...place), [
      who,
      "webrtc",
      house.server,
    ] as const),
  );
  await both((page) => page.evaluate(() => bench.lane.met()));
  await ada.evaluate(() => bench.lane.ask(50));
  const asked = await ada.evaluate(() => bench.lane.ask(250));
  const came = new Map(await ben.evaluate(() => bench.lane.cameAt()));
  await both((page) => page.evaluate(() => bench.lane.end()));
  const ways = oneWay(
    asked.map(({ key, from }) => (came.get(key) ?? Number.NaN) - from),
    asked.map(({ key, back }) => back - (came.get(key) ?? Number.NaN)),
  );
  expect(ways.length).toBe(500);
  sayTimes("one envelope, airlock to airlock", ways);

  await newSeed();
  await both((page, who) => page.evaluate((given) => bench.shelves.open(given), who));
  await ben.evaluate(() => bench.answer());
  await both((page, who) =>
    page.evaluate(([...place]) => bench.shelves.carry(...place), [
      who,
      "webrtc",
      house.server,
    ] as const),
  );
  await ada.evaluate(() => bench.shelves.ask(50));
  const written = await ada.evaluate(() => bench.shelves.ask(250));
  const stood = (await ben.evaluate(() => bench.cameAt())).slice(50);
  await both((page) => page.evaluate(() => bench.shelves.close()));
  const toPages = oneWay(
    written.map(({ from }, index) => (stood[index] ?? Number.NaN) - from),
    written.map(({ back }, index) => back - (stood[index] ?? Number.NaN)),
  );
  sayTimes("one answer, from writing it to the partner's pages", toPages);
  expect(quantile(ways, 0.99)).toBeLessThan(10);
  expect(quantile(toPages, 0.99)).toBeLessThan(10);
});

const sayTimes = (what: string, times: readonly number[]): void => {
  const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)];
  console.log(`${what}: p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)} ms of ${times.length}`);
  report[what] = { p50: round(p50), p99: round(p99) };
};

afterAll(() => console.log(JSON.stringify(report)));
