import { beforeAll, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { firstSettings, readSettings, writeSettings } from "../../shared/journal/settings.ts";
import { createTwoPartners, must, sharedCards, shareEntry } from "../support/twoPartners.ts";

beforeAll(loadSodium);

test("what somebody chose about receiving comes back as they chose it", () => {
  const chosen = {
    ...firstSettings,
    hints: false,
    questionsAtOnce: 3,
    quietHours: { from: 1260, to: 480 },
    tellTimes: { from: 600, to: 1200, weekdays: [0, 6] },
  };
  const stored: unknown = JSON.parse(JSON.stringify(writeSettings(chosen)));
  expect(readSettings(stored as Record<string, unknown>)).toEqual(chosen);
});

test("what does not fit falls back, so that a strange setting hides nothing and keeps nobody out", () => {
  const read = (stored: Record<string, unknown>) => readSettings(stored);
  for (const count of [-1, 4, 1.5, 1000, "1", null, Number.NaN])
    expect(read({ questionsAtOnce: count }).questionsAtOnce).toBe(0);
  for (const hours of [
    { from: 60, to: 60 },
    { from: -1, to: 60 },
    { from: 0, to: 1440 },
    { from: 0.5, to: 60 },
    { from: 0 },
    "21:00",
    null,
    [],
  ]) {
    expect(read({ quietHours: hours }).quietHours).toBeUndefined();
    expect(
      read({ tellTimes: typeof hours === "object" ? { ...hours, weekdays: [1] } : hours })
        .tellTimes,
    ).toBeUndefined();
  }
  for (const weekdays of [[], [7], ["1"], undefined, 3, [null]])
    expect(read({ tellTimes: { from: 0, to: 60, weekdays } }).tellTimes).toBeUndefined();
  expect(read({ tellTimes: { from: 0, to: 60, weekdays: [6, 0, 6, 9] } }).tellTimes).toEqual({
    from: 0,
    to: 60,
    weekdays: [0, 6],
  });
  expect(read({ hints: "no" }).hints).toBe(true);
});

test("choosing quiet hours starts no carrier anew: the partner's Twofold sees no break", async () => {
  const begun = { left: 0, right: 0 };
  const { anna, sam, settle } = await createTwoPartners({
    seed: 61,
    carrierOf: (link, side) => ({
      ...link[side],
      carry: (...given) => {
        begun[side] += 1;
        return link[side].carry(...given);
      },
    }),
  });
  await settle();
  const before = { ...begun };
  must(await anna.journal().changeSettings({ quietHours: { from: 1260, to: 480 } }));
  must(await anna.journal().changeSettings({ tellTimes: { from: 0, to: 60, weekdays: [1] } }));
  must(await anna.journal().changeSettings({ questionsAtOnce: 1, hints: false }));
  must(await anna.journal().changeSettings({ lockAfterMinutes: 5 }));
  must(await anna.journal().changeSettings({ quietHours: undefined }));
  await settle();
  expect(begun).toEqual(before);
  expect(anna.journal().settings.read()).toMatchObject({
    questionsAtOnce: 1,
    quietHours: undefined,
    hints: false,
    lockAfterMinutes: 5,
  });
  // What concerns the network still does.
  must(await anna.journal().changeSettings({ relayOnly: true }));
  await settle();
  expect(begun.left).toBe(before.left + 1);
  await shareEntry(anna.journal(), "it still arrives");
  await settle();
  expect(sharedCards(sam.journal())).toMatchObject([{ excerpt: "it still arrives" }]);
});
