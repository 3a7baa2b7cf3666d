import { expect, test } from "vitest";
import { createDoor, householdOf } from "../../server/door.ts";
import { listAddresses } from "../../server/addresses.ts";
import { defaultLimits } from "../../server/limits.ts";
import { createManualClock } from "../support/manualClock.ts";

test.each([
  ["127.0.0.1", "127.0.0.1"],
  ["::ffff:10.0.0.7", "10.0.0.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:DB8:1:2::9", "2001:db8:1:2"],
  ["2001:db8::1", "2001:db8:0:0"],
  ["::1", "0:0:0:0"],
  ["fe80::1%eth0", "fe80:0:0:0"],
  ["", ""],
])("%s counts as %s", (address, household) => {
  expect(householdOf(address)).toBe(household);
});

test("a stream of ever new addresses does not grow the memory without end", () => {
  const door = createDoor({
    limits: { ...defaultLimits, connections: 50 },
    clock: createManualClock(),
  });
  for (let index = 0; index < 10_000; index++)
    door.enter(`10.1.${index >> 8}.${index & 255}`)?.leave();
  expect(door.addresses()).toBeLessThanOrEqual(100);
  expect(door.inside()).toBe(0);
});

test("a clock set back gives nobody more than the burst", () => {
  const clock = createManualClock();
  const rate = { messages: { burst: 3, perSecond: 1 }, bytes: { burst: 10, perSecond: 1 } };
  const door = createDoor({ limits: { ...defaultLimits, perAddress: rate }, clock });
  const visitor = door.enter("a");
  expect([visitor?.take(1), visitor?.take(1), visitor?.take(1)]).toEqual([true, true, false]);
  clock.advance(-60_000);
  expect(visitor?.take(1)).toBe(false);
  clock.advance(1_000_000);
  expect([visitor?.take(11), visitor?.take(4), visitor?.take(4), visitor?.take(4)]).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test("an address is told so that it can be pasted into the settings", () => {
  expect(listAddresses("127.0.0.1", 47_180)).toEqual(["ws://127.0.0.1:47180"]);
  expect(listAddresses("::1", 1)).toEqual(["ws://[::1]:1"]);
  expect(listAddresses("0.0.0.0", 5)).toContain("ws://127.0.0.1:5");
});
