import { beforeAll, describe, expect, test, vi } from "vitest";
import * as Y from "yjs";
import {
  createAirlock,
  type Airlock,
  type AirlockLimits,
  type Offered,
} from "../../shared/carry/airlock.ts";
import { airlockMap } from "../../shared/carry/carrier.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { envelopeKey, type CarriedEnvelope } from "../../shared/envelope/envelope.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { anyNumber, writeUpdate } from "./guardUpdates.ts";

beforeAll(loadSodium);

const random = seededRandom(31);

/** The airlock does not open envelopes: any bytes of the right length under their own hash will do. */
const someEnvelope = (length = 592): Offered => {
  const envelope = random(length) as CarriedEnvelope;
  return { key: envelopeKey(envelope), envelope };
};

type Bench = {
  readonly airlock: Airlock;
  readonly arrived: Offered[];
  readonly abandon: ReturnType<typeof vi.fn>;
  /** The other end of the carrier, kept in step. */
  readonly other: Y.Doc;
  readonly theirs: Y.Map<unknown>;
  readonly meddle: (change: (entries: Y.Map<unknown>, doc: Y.Doc) => void) => Promise<void>;
};

const makeBench = (limits: Partial<AirlockLimits> = {}, heedsTheirs = false): Bench => {
  const arrived: Offered[] = [];
  const abandon = vi.fn();
  const receive = (some: readonly Offered[]): void => void arrived.push(...some);
  const airlock = createAirlock({ receive, abandon, limits, heedsTheirs });
  const other = new Y.Doc();
  const theirs = other.getMap<unknown>(airlockMap);
  airlock.doc.on("update", (update: Uint8Array, origin: unknown) => {
    if (origin !== "carrier") Y.applyUpdate(other, update, "airlock");
  });
  other.on("update", (update: Uint8Array, origin: unknown) => {
    if (origin === "airlock") return;
    try {
      Y.applyUpdate(airlock.doc, update, "carrier");
    } catch {
      // As the carriers do: what Yjs refuses goes no further.
    }
  });
  const meddle: Bench["meddle"] = async (change) => {
    other.transact(() => change(theirs, other));
    await Promise.resolve();
  };
  return { airlock, arrived, abandon, other, theirs, meddle };
};

const keysOf = ({ theirs }: Bench): readonly string[] => [...theirs.keys()].toSorted();

describe("what is mine", () => {
  test("is there for the other side, and only while it is not acknowledged", () => {
    const bench = makeBench();
    const [first, second] = [someEnvelope(), someEnvelope()];
    bench.airlock.offer([first, second]);
    expect(keysOf(bench)).toEqual([first.key, second.key].toSorted());
    bench.airlock.release([first.key]);
    expect(keysOf(bench)).toEqual([second.key]);
  });

  test("is put back when the other side deletes it", async () => {
    const bench = makeBench();
    const one = someEnvelope();
    bench.airlock.offer([one]);
    await bench.meddle((entries) => entries.delete(one.key));
    expect(bench.theirs.get(one.key)).toEqual(one.envelope);
  });

  test("is put back when the other side writes over it, with bytes, with a number, with nothing", async () => {
    const bench = makeBench();
    const one = someEnvelope();
    bench.airlock.offer([one]);
    for (const value of [random(592), 7, null, "", new Uint8Array()]) {
      await bench.meddle((entries) => entries.set(one.key, value));
      expect(bench.theirs.get(one.key)).toEqual(one.envelope);
    }
    expect(bench.arrived).toEqual([]);
    expect(bench.abandon).not.toHaveBeenCalled();
  });

  test("is put back even where the other side clears everything at once", async () => {
    const bench = makeBench();
    const mine = [someEnvelope(), someEnvelope(), someEnvelope()];
    bench.airlock.offer(mine);
    await bench.meddle((entries) => entries.clear());
    expect(keysOf(bench)).toEqual(mine.map(({ key }) => key).toSorted());
  });

  test("is not offered again once it was released, whatever the other side does with it", async () => {
    const bench = makeBench();
    const one = someEnvelope();
    bench.airlock.offer([one]);
    bench.airlock.release([one.key]);
    await bench.meddle((entries) => entries.set(one.key, one.envelope));
    await bench.meddle((entries) => entries.delete(one.key));
    expect(bench.theirs.has(one.key)).toBe(false);
  });

  test("never takes more than the window, and the window grows again with each acknowledgement", () => {
    const { airlock } = makeBench({ windowBytes: 1_500 });
    const [first, second] = [someEnvelope(700), someEnvelope(700)];
    airlock.offer([first, second]);
    expect(airlock.room()).toBe(100);
    airlock.release([first.key, first.key, "another" as Offered["key"]]);
    expect(airlock.room()).toBe(800);
    airlock.offer([second]);
    expect(airlock.room()).toBe(800);
  });
});

describe("in a document that was there before", () => {
  const makeSparing = (before: readonly Offered[], limits: Partial<AirlockLimits> = {}) => {
    const airlock = createAirlock({ receive: () => {}, abandon: () => {}, sparing: true, limits });
    const old = new Y.Doc();
    for (const { key, envelope } of before) old.getMap(airlockMap).set(key, envelope);
    Y.applyUpdate(airlock.doc, Y.encodeStateAsUpdate(old), "carrier");
    const written: Uint8Array[] = [];
    airlock.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== "carrier") written.push(update);
    });
    return { airlock, written, entries: airlock.doc.getMap<unknown>(airlockMap) };
  };

  test("only what is missing is written, and what stands there is mine nevertheless", () => {
    const [there, missing] = [someEnvelope(), someEnvelope()];
    const { airlock, written, entries } = makeSparing([there]);
    airlock.offer([there]);
    expect(written).toEqual([]);
    airlock.offer([there, missing]);
    expect(written.length).toBe(1);
    const [update = new Uint8Array()] = written;
    expect(update.length).toBeLessThan(2 * 592);
    Y.applyUpdate(airlock.doc, deletionOf(airlock.doc, there.key), "carrier");
    expect(entries.get(there.key)).toEqual(there.envelope);
    airlock.release([there.key]);
    expect([...entries.keys()]).toEqual([missing.key]);
  });

  test("what stands under my key and is something else is written over", () => {
    const one = someEnvelope();
    const { airlock, entries } = makeSparing([{ ...one, envelope: someEnvelope().envelope }]);
    airlock.offer([one]);
    expect(entries.get(one.key)).toEqual(one.envelope);
  });

  test("all of it deleted at once is put back up to the bound, not all of it", () => {
    const many = Array.from({ length: 50 }, () => someEnvelope());
    const { airlock, written } = makeSparing([], { repairs: 5 });
    airlock.offer(many);
    written.length = 0;
    Y.applyUpdate(airlock.doc, deletionOf(airlock.doc, ...keysIn(many)), "carrier");
    expect(written.length).toBe(6);
  });
});

const keysIn = (some: readonly Offered[]): readonly string[] => some.map(({ key }) => key);

const deletionOf = (doc: Y.Doc, ...keys: readonly string[]): Uint8Array => {
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  const before = Y.encodeStateVector(other);
  other.transact(() => {
    for (const key of keys) other.getMap(airlockMap).delete(key);
  });
  return Y.encodeStateAsUpdate(other, before);
};

describe("what arrives", () => {
  test("is told once, however often it comes", async () => {
    const bench = makeBench();
    const one = someEnvelope();
    await bench.meddle((entries) => entries.set(one.key, one.envelope));
    await bench.meddle((entries) => entries.set(one.key, one.envelope.slice()));
    await bench.meddle((entries) => entries.delete(one.key));
    await bench.meddle((entries) => entries.set(one.key, one.envelope));
    expect(bench.arrived.map(({ key }) => key)).toEqual([one.key]);
  });

  test.each([
    ["bytes under another hash", () => [someEnvelope().key, someEnvelope().envelope]],
    ["fewer bytes than an envelope has", () => junk(random(591))],
    ["more bytes than an envelope has", () => junk(new Uint8Array(1_081_425))],
    ["no bytes at all", () => junk(new Uint8Array())],
    ["a text", () => [someEnvelope().key, "hello"]],
    ["a number", () => [someEnvelope().key, 12]],
    ["an object", () => [someEnvelope().key, { length: 592 }]],
    ["a list of numbers", () => [someEnvelope().key, Array.from({ length: 592 }, () => 1)]],
    ["nothing", () => [someEnvelope().key, null]],
    ["a key that is a name of every object", () => ["__proto__", random(592)]],
    ["an empty key", () => ["", random(592)]],
  ])("goes no further where it is %s", async (_what, make) => {
    const bench = makeBench();
    const [key, value] = make();
    await bench.meddle((entries) => entries.set(String(key), value));
    expect(bench.arrived).toEqual([]);
    const good = someEnvelope();
    await bench.meddle((entries) => entries.set(good.key, good.envelope));
    expect(bench.arrived.map((one) => one.key)).toEqual([good.key]);
  });

  test("the smallest and the largest envelope that there can be both arrive", async () => {
    const bench = makeBench();
    const both = [someEnvelope(592), someEnvelope(1_081_424)];
    for (const one of both) await bench.meddle((entries) => entries.set(one.key, one.envelope));
    expect(bench.arrived.map(({ key }) => key)).toEqual(both.map(({ key }) => key));
  });
});

const junk = (bytes: Uint8Array): readonly [string, Uint8Array] => [envelopeKey(bytes), bytes];

describe("a document that is past help is given up, once", () => {
  test("after too much junk", async () => {
    const bench = makeBench({ junk: 10 });
    for (let count = 0; count < 10; count++)
      await bench.meddle((entries) => entries.set(`junk ${count}`, count));
    expect(bench.abandon).not.toHaveBeenCalled();
    for (let count = 0; count < 5; count++)
      await bench.meddle((entries) => entries.set(`more ${count}`, count));
    expect(bench.abandon).toHaveBeenCalledTimes(1);
  });

  test("after mine had to be put back too often", async () => {
    const bench = makeBench({ repairs: 5 });
    const one = someEnvelope();
    bench.airlock.offer([one]);
    for (let count = 0; count < 12; count++)
      await bench.meddle((entries) => entries.set(one.key, count));
    expect(bench.abandon).toHaveBeenCalledTimes(1);
  });

  test("after more bytes than anybody has to send", async () => {
    const bench = makeBench({ arrivedBytes: 5_000 });
    for (let count = 0; count < 12; count++) {
      const one = someEnvelope();
      await bench.meddle((entries) => entries.set(one.key, one.envelope));
    }
    expect(bench.abandon).toHaveBeenCalledTimes(1);
  });

  test.each<readonly [string, (entries: Y.Map<unknown>, doc: Y.Doc) => void]>([
    ["a map within the map", (entries) => entries.set(someEnvelope().key, new Y.Map())],
    ["a list", (entries) => entries.set("a", new Y.Array())],
    ["a text", (entries) => entries.set("a", new Y.XmlText("words"))],
    ["a whole document", (entries) => entries.set("a", new Y.Doc())],
    ["another shared type beside it", (_entries, doc) => doc.getMap("other").set("a", 1)],
    [
      "a list under its own name",
      (_entries, doc) => Y.Array.prototype.insert.call(doc.get(airlockMap), 0, [1]),
    ],
  ])("as soon as it holds %s", async (_what, change) => {
    const bench = makeBench();
    const one = someEnvelope();
    bench.airlock.offer([one]);
    await bench.meddle(change);
    expect(bench.abandon).toHaveBeenCalledTimes(1);
    expect(bench.arrived).toEqual([]);
  });

  test("and nothing that comes after that is taken in, put back or offered", async () => {
    const bench = makeBench({ junk: 0 });
    await bench.meddle((entries) => entries.set("junk", 1));
    expect(bench.abandon).toHaveBeenCalledTimes(1);
    const one = someEnvelope();
    await bench.meddle((entries) => entries.set(one.key, one.envelope));
    bench.airlock.offer([someEnvelope()]);
    expect(bench.arrived).toEqual([]);
    expect(keysOf(bench)).toEqual(["junk", one.key].toSorted());
  });

  test("ten thousand values under one key cost next to nothing", async () => {
    const bench = makeBench();
    const flood = writeUpdate(7);
    for (let count = 0; count < 10_000; count++)
      flood.plain({ root: airlockMap, under: "one key" }, [anyNumber(count % 50)]);
    const whole = flood.done();
    const before = process.cpuUsage();
    expect(() => Y.applyUpdate(bench.airlock.doc, whole, "carrier")).toThrow("not allowed");
    expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
    await Promise.resolve();
    expect(bench.abandon).toHaveBeenCalledTimes(1);
  });
});

test("after it was closed, nothing is told and nothing abandoned", async () => {
  const bench = makeBench({ junk: 0 });
  bench.airlock.close();
  const one = someEnvelope();
  await bench.meddle((entries) => entries.set(one.key, one.envelope));
  await bench.meddle((entries) => entries.set("junk", 1));
  expect(bench.arrived).toEqual([]);
  expect(bench.abandon).not.toHaveBeenCalled();
});

describe("what several hand to one another", () => {
  const roomFor = (count: number) => makeBench({ windowBytes: count * 592 }, true);

  test("is not handed back to whoever has put it there", async () => {
    const bench = roomFor(1);
    const one = someEnvelope();
    await bench.meddle((entries) => entries.set(one.key, one.envelope));
    const sent = vi.fn();
    bench.airlock.doc.on("update", sent);
    bench.airlock.offer([one]);
    expect(sent).not.toHaveBeenCalled();
    expect(bench.airlock.room()).toBe(592);
  });

  test("may be taken away by the other side where both have put it there, and leaves room for more", async () => {
    const bench = roomFor(1);
    const one = someEnvelope();
    bench.airlock.offer([one]);
    await bench.meddle((entries) => entries.set(one.key, one.envelope));
    expect(bench.airlock.room()).toBe(0);
    await bench.meddle((entries) => entries.delete(one.key));
    expect(keysOf(bench)).toEqual([]);
    expect(bench.airlock.room()).toBe(592);
  });

  test("is put back where the other side has not put it there too, or spoils it", async () => {
    const bench = roomFor(2);
    const [one, other] = [someEnvelope(), someEnvelope()];
    bench.airlock.offer([one, other]);
    await bench.meddle((entries) => entries.delete(one.key));
    expect(bench.theirs.get(one.key)).toEqual(one.envelope);
    await bench.meddle((entries) => entries.set(other.key, other.envelope));
    await bench.meddle((entries) => entries.set(other.key, random(592)));
    expect(bench.theirs.get(other.key)).toEqual(other.envelope);
  });

  test("is put back all the same between two who have nobody else", async () => {
    const bench = makeBench();
    const one = someEnvelope();
    bench.airlock.offer([one]);
    await bench.meddle((entries) => entries.set(one.key, one.envelope));
    await bench.meddle((entries) => entries.delete(one.key));
    expect(bench.theirs.get(one.key)).toEqual(one.envelope);
  });
});
