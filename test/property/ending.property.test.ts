import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import {
  idFrom,
  type DeviceId,
  type MessageId,
  type NotebookId,
  type SpaceId,
} from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { carriedNotebookKey } from "../../shared/envelope/envelope.ts";
import { stayMs } from "../../shared/journal/ending.ts";
import { beginTime, lookAt, msLeft } from "../../shared/journal/ending/timeLeft.ts";
import { parseKeyringContent, writeKeyringContent } from "../../shared/people/keyringContent.ts";
import type { PastCouple, PastWords } from "../../shared/people/pastCouple.ts";
import { makePersonKeys } from "../../shared/people/person.ts";
import { notebookSecret, type NotebookSecret } from "../../shared/people/space.ts";
import { seededRandom } from "../support/seededRandom.ts";

beforeAll(loadSodium);

const day = 24 * 60 * 60 * 1000;
const began = 1_790_000_000_000;

describe("thirty days, whatever the clock does", () => {
  const jumps = fc.array(fc.integer({ min: -400 * day, max: 400 * day }), { maxLength: 20 });

  /** So much time really passes after each jump, and the app looks at the clock before and after. */
  const live = (hops: readonly (readonly [number, number])[]) => {
    let time = beginTime(began);
    let clock = began;
    for (const [jump, passes] of hops) {
      clock += jump;
      time = lookAt(time, clock);
      clock += passes;
      time = lookAt(time, clock);
    }
    return time;
  };

  test("with a clock that is right, they are over when thirty days have passed and not before", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 * day }), { maxLength: 30 }), (passes) => {
        const time = live(passes.map((ms) => [0, ms] as const));
        const passed = passes.reduce((sum, ms) => sum + ms, 0);
        expect(msLeft(time)).toBe(Math.max(0, stayMs - passed));
      }),
    );
  });

  test("what is left never grows by setting the clock back", () => {
    fc.assert(
      fc.property(jumps, (all) => {
        let time = beginTime(began);
        let clock = began;
        for (const jump of all) {
          const before = msLeft(time);
          clock -= Math.abs(jump);
          time = lookAt(time, clock);
          expect(msLeft(time)).toBe(before);
        }
      }),
    );
  });

  test("looked at once a day, a clock that is set back any number of times holds nothing up", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.integer({ min: 0, max: 400 * day }), fc.integer({ min: 0, max: day })),
          {
            maxLength: 40,
          },
        ),
        (hops) => {
          const time = live(hops.map(([back, passes]) => [-back, passes] as const));
          const passed = hops.reduce((sum, [, passes]) => sum + passes, 0);
          expect(msLeft(time)).toBe(Math.max(0, stayMs - passed));
        },
      ),
    );
  });

  test("set back for good and hardly looked at, it holds them up by no more than it was set back", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 * day }),
        fc.integer({ min: 0, max: 29 * day }),
        (back, before) => {
          const time = live([
            [0, before],
            [-back, stayMs - before],
          ]);
          expect(msLeft(time)).toBeLessThanOrEqual(back < stayMs - before ? back : 0);
        },
      ),
    );
  });

  test("one that is set back and then right again takes nothing early", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3 * day, max: 4000 * day }),
        fc.integer({ min: 0, max: day }),
        (back, meanwhile) => {
          const time = live([
            [0, day],
            [-back, meanwhile],
            [back, 0],
          ]);
          expect(msLeft(time)).toBe(stayMs - day - meanwhile);
        },
      ),
    );
  });
});

describe("a keyring with a past", () => {
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
  const id = <Id extends SpaceId | DeviceId | NotebookId>() =>
    bytes(16).map((it) => idFrom<Id>(it));
  const secret: fc.Arbitrary<NotebookSecret> = bytes(48).map(notebookSecret);
  const moment = fc.integer({ min: 0, max: 2 ** 48 });
  const words: fc.Arbitrary<PastWords> = fc.oneof(
    fc.record({ fate: fc.constant("kept" as const), key: bytes(32).map(carriedNotebookKey) }),
    fc.record({
      fate: fc.constant("until" as const),
      key: bytes(32).map(carriedNotebookKey),
      time: fc.record({ from: moment, newest: moment, last: moment, behind: moment }),
    }),
    fc.record({ fate: fc.constantFrom("leaving" as const, "gone" as const) }),
  );
  const past: fc.Arbitrary<PastCouple> = fc.record({
    space: id<SpaceId>(),
    me: id<DeviceId>(),
    partner: fc.record({ name: fc.string({ unit: "grapheme" }), device: id<DeviceId>() }),
    endedAt: moment,
    notebooks: fc.record({
      mine: secret,
      ours: secret,
      theirs: fc.record({ id: id<NotebookId>() }),
    }),
    heads: fc.array(
      fc.record({
        notebook: id<NotebookId>(),
        device: id<DeviceId>(),
        seq: moment,
        id: bytes(32).map((it) => idFrom<MessageId>(it)),
      }),
      { maxLength: 4 },
    ),
    theirWords: words,
  });
  const withPast = (one: PastCouple) =>
    writeKeyringContent({
      name: "Anna",
      role: "hurt",
      keys: makePersonKeys(seededRandom(7)),
      settings: { hints: true },
      couple: undefined,
      past: one,
    });

  test("comes back as it was written", () => {
    fc.assert(
      fc.property(past, (one) => {
        const read = parseKeyringContent(withPast(one));
        expect(read).toMatchObject({ ok: true, value: { past: one, couple: undefined } });
      }),
    );
  });

  test("cut off anywhere, or with something left over, is refused", () => {
    fc.assert(
      fc.property(past, fc.nat(), (one, at) => {
        const whole = withPast(one);
        expect(parseKeyringContent(whole.subarray(0, at % whole.length)).ok).toBe(false);
        expect(parseKeyringContent(Uint8Array.from([...whole, 0])).ok).toBe(false);
      }),
    );
  });
});
