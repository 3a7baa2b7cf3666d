import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concatBytes, toHex } from "../../shared/base/bytes.ts";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import { createOutbox, type Outbox } from "../../shared/carry/outbox.ts";
import { createManualClock, type ManualClock } from "../support/manualClock.ts";

type Code = "DISK_FULL" | "TOO_LARGE";
type Seal = {
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly answer: (result: Result<void, Code>) => void;
};

type Bench = {
  readonly outbox: Outbox<Code>;
  readonly clock: ManualClock;
  /** Sealings that the disk has not answered yet, oldest first. */
  readonly asked: Seal[];
  readonly sealed: Uint8Array[];
  readonly key: (letter: number) => void;
  /** Lets time pass, and what it sets off begin. */
  readonly wait: (ms: number) => Promise<void>;
  readonly confirm: () => Promise<void>;
  readonly refuseWith: (code: Code) => Promise<void>;
};

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const makeBench = (limit = 1_000): Bench => {
  const clock = createManualClock();
  const asked: Seal[] = [];
  const sealed: Uint8Array[] = [];
  const outbox = createOutbox<Code>({
    clock,
    pauseMs: 2_000,
    everyMs: 10_000,
    retryMs: 5_000,
    limit,
    merge: (updates) => concatBytes(...updates),
    seal: (bytes) => new Promise((answer) => asked.push({ bytes, at: clock.now(), answer })),
  });
  const answerNext = async (result: Result<void, Code>): Promise<void> => {
    const next = asked.shift();
    if (next === undefined) throw new Error("nothing was being sealed");
    if (result.ok) sealed.push(next.bytes);
    next.answer(result);
    await settle();
  };
  return {
    outbox,
    clock,
    asked,
    sealed,
    key: (letter) => outbox.add(Uint8Array.of(letter)),
    wait: async (ms) => {
      clock.advance(ms);
      await settle();
    },
    confirm: () => answerNext(accept(undefined)),
    refuseWith: (code) => answerNext(refuse(code)),
  };
};

describe("the rhythm of the keys does not show", () => {
  test("what is typed is sealed two seconds after the last key, in one piece", async () => {
    const bench = makeBench();
    for (const letter of [1, 2, 3]) {
      bench.key(letter);
      await bench.wait(1_500);
    }
    expect(bench.asked).toEqual([]);
    await bench.wait(500);
    expect(bench.asked.map(({ bytes, at }) => [toHex(bytes), at])).toEqual([["010203", 5_000]]);
  });

  test("whoever never pauses is sealed every ten seconds", async () => {
    const bench = makeBench();
    for (let time = 0; time < 30_000; time += 500) {
      bench.key(1);
      await bench.wait(500);
      if (bench.asked.length > 0) await bench.confirm();
    }
    expect(bench.sealed.map(({ length }) => length)).toEqual([20, 20, 20]);
  });

  test("keys that come while a slow disk works wait for a pause of their own", async () => {
    const bench = makeBench();
    bench.key(1);
    await bench.wait(2_000);
    expect(bench.asked.length).toBe(1);
    for (let count = 0; count < 6; count++) {
      await bench.wait(400);
      bench.key(2 + count);
    }
    await bench.confirm();
    expect(bench.asked).toEqual([]);
    expect(bench.outbox.state.read()).toEqual({ state: "saving" });
    await bench.wait(1_999);
    expect(bench.asked).toEqual([]);
    await bench.wait(1);
    expect(bench.asked.map(({ bytes }) => toHex(bytes))).toEqual(["020304050607"]);
  });

  test("a disk that is slower than the typing is not given key after key", async () => {
    const bench = makeBench();
    let asked = 0;
    for (let time = 0; time < 60_000; time += 200) {
      bench.key(1);
      await bench.wait(200);
      if (bench.asked.length > 0 && time % 600 === 0) {
        asked += 1;
        await bench.confirm();
      }
    }
    expect(asked).toBeLessThanOrEqual(6);
  });
});

describe("nothing typed is dropped before the disk has it", () => {
  test("what the disk refuses is tried again, together with what came since, in the order typed", async () => {
    const bench = makeBench();
    bench.key(1);
    await bench.wait(2_000);
    await bench.refuseWith("DISK_FULL");
    expect(bench.outbox.state.read()).toEqual({ state: "failed", code: "DISK_FULL" });
    bench.key(2);
    expect(bench.outbox.state.read().state).toBe("failed");
    await bench.wait(5_000);
    expect(bench.asked.map(({ bytes }) => toHex(bytes))).toEqual(["0102"]);
    await bench.confirm();
    expect(bench.outbox.state.read()).toEqual({ state: "saved" });
  });

  test("typing on does not put the next try off", async () => {
    const bench = makeBench();
    bench.key(1);
    await bench.wait(2_000);
    await bench.refuseWith("DISK_FULL");
    for (let time = 0; time < 4_900; time += 100) {
      bench.key(2);
      await bench.wait(100);
    }
    expect(bench.asked).toEqual([]);
    await bench.wait(100);
    expect(bench.asked.length).toBe(1);
  });

  test("it is called saved only when the disk has all of it", async () => {
    const bench = makeBench();
    expect(bench.outbox.state.read()).toEqual({ state: "untouched" });
    bench.key(1);
    expect(bench.outbox.state.read()).toEqual({ state: "saving" });
    await bench.wait(2_000);
    expect(bench.outbox.state.read()).toEqual({ state: "saving" });
    await bench.confirm();
    expect(bench.outbox.state.read()).toEqual({ state: "saved" });
    bench.key(2);
    expect(bench.outbox.state.read()).toEqual({ state: "saving" });
  });

  test("a flush while something is being sealed waits for that and for everything typed until then", async () => {
    const bench = makeBench();
    bench.key(1);
    await bench.wait(2_000);
    bench.key(2);
    const flushed: string[] = [];
    void bench.outbox.flush().then((result) => flushed.push(result.ok ? "ok" : result.code));
    await settle();
    expect(bench.asked.length).toBe(1);
    await bench.confirm();
    expect(flushed).toEqual([]);
    await bench.confirm();
    expect(flushed).toEqual(["ok"]);
    expect(bench.sealed.map(toHex)).toEqual(["01", "02"]);
  });

  test("a flush says what the disk said", async () => {
    const bench = makeBench();
    bench.key(1);
    const flushed = bench.outbox.flush();
    await settle();
    await bench.refuseWith("DISK_FULL");
    expect(await flushed).toMatchObject({ ok: false, code: "DISK_FULL" });
  });

  test("a flush of nothing is ok and seals nothing", async () => {
    const bench = makeBench();
    expect((await bench.outbox.flush()).ok).toBe(true);
    expect(bench.asked).toEqual([]);
    expect(bench.outbox.state.read()).toEqual({ state: "untouched" });
  });

  test("updates are joined only up to the limit, and one that is over it goes alone", async () => {
    const bench = makeBench(4);
    for (const length of [2, 2, 1, 9, 3]) bench.outbox.add(new Uint8Array(length));
    await bench.wait(2_000);
    for (let count = 0; count < 4; count++) await bench.confirm();
    expect(bench.sealed.map(({ length }) => length)).toEqual([4, 1, 9, 3]);
  });

  test("a sealing that throws does not keep later words from the disk", async () => {
    const clock = createManualClock();
    let calls = 0;
    const outbox = createOutbox<Code>({
      clock,
      pauseMs: 2_000,
      everyMs: 10_000,
      retryMs: 5_000,
      limit: 100,
      merge: (updates) => concatBytes(...updates),
      seal: async () => {
        calls += 1;
        if (calls === 1) throw new Error("a bug");
        return accept(undefined);
      },
    });
    outbox.add(Uint8Array.of(1));
    await expect(outbox.flush()).rejects.toThrow("a bug");
    expect((await outbox.flush()).ok).toBe(true);
    expect(calls).toBe(2);
  });
});

test("after it was put away no timer runs, not even where a sealing fails afterwards", async () => {
  const bench = makeBench();
  bench.key(1);
  await bench.wait(2_000);
  bench.key(2);
  bench.outbox.dispose();
  await bench.refuseWith("DISK_FULL");
  expect(bench.clock.waiting()).toBe(0);
});

test("whatever the order of keys, waits, refusals and flushes: every key once, in order, and nothing but keys", async () => {
  const step = fc.oneof(
    fc.constant({ do: "key" as const, ms: 0 }),
    fc.record({ do: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 6_000 }) }),
    fc.constant({ do: "confirm" as const, ms: 0 }),
    fc.constant({ do: "refuse" as const, ms: 0 }),
    fc.constant({ do: "flush" as const, ms: 0 }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 60 }),
      fc.integer({ min: 1, max: 5 }),
      async (steps, limit) => {
        const bench = makeBench(limit);
        let typed = 0;
        for (const { do: what, ms } of steps) {
          if (what === "key") bench.key((typed += 1) % 256);
          if (what === "wait") await bench.wait(ms);
          if (what === "flush") void bench.outbox.flush();
          if (what === "confirm" && bench.asked.length > 0) await bench.confirm();
          if (what === "refuse" && bench.asked.length > 0) await bench.refuseWith("DISK_FULL");
          const { state } = bench.outbox.state.read();
          const onDisk = bench.sealed.reduce((sum, { length }) => sum + length, 0);
          expect(state !== "saved" || onDisk === typed).toBe(true);
          expect(bench.asked.length).toBeLessThanOrEqual(1);
        }
        for (
          let rounds = 0;
          rounds < 200 && bench.sealed.reduce((sum, { length }) => sum + length, 0) < typed;
          rounds++
        ) {
          await bench.wait(5_000);
          if (bench.asked.length > 0) await bench.confirm();
        }
        expect([...concatBytes(...bench.sealed)]).toEqual(
          Array.from({ length: typed }, (_, index) => (index + 1) % 256),
        );
        for (const { length } of bench.sealed) expect(length).toBeLessThanOrEqual(limit);
        expect(bench.outbox.state.read().state).toBe(typed > 0 ? "saved" : "untouched");
      },
    ),
    { numRuns: 120 },
  );
});
