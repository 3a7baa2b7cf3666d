import { describe, expect, test } from "vitest";
import { Doc } from "yjs";
import { airlockMap } from "../../shared/carry/carrier.ts";
import { createMemoryLink } from "../support/memoryCarrier.ts";
import { type CarrierDesk, type CarrierPair, carrierSuite } from "./carrier.suite.ts";
import { createCarrierDesk } from "./carrierAirlock.ts";

const openMemoryPair = async (): Promise<CarrierPair> => {
  const link = createMemoryLink();
  const desks = [createCarrierDesk(link.left), createCarrierDesk(link.right)] as const;
  const [ada, ben] = [asDesk(desks[0]), asDesk(desks[1])];
  return {
    ada,
    ben,
    cut: async () => link.cut(),
    heal: async () => link.heal(),
    close: async () => {
      await ada.stop();
      await ben.stop();
    },
  };
};

const asDesk = (desk: ReturnType<typeof createCarrierDesk>): CarrierDesk => ({
  carry: async () => desk.carry(),
  stop: async () => desk.stop(),
  put: async (some) => desk.put(some),
  remove: async (key) => desk.remove(key),
  overwrite: async (key) => desk.overwrite(key),
  summary: async () => desk.summary(),
  events: async () => desk.events(),
});

carrierSuite("memory", openMemoryPair, { meet: 2_000, heal: 2_000, bulk: 10_000 });

describe("the link in memory", () => {
  test("nothing arrives within the call that sent it", async () => {
    const link = createMemoryLink();
    const [left, right] = [new Doc(), new Doc()];
    link.left.carry(left, () => {});
    link.right.carry(right, () => {});
    await link.settle();
    left.getMap(airlockMap).set("one", Uint8Array.of(1));
    expect(right.getMap(airlockMap).size).toBe(0);
    await link.settle();
    expect(right.getMap(airlockMap).size).toBe(1);
  });

  test("what is tampered with on the way is lost, repeated or changed, and junk breaks nothing", async () => {
    const link = createMemoryLink();
    const [left, right] = [new Doc(), new Doc()];
    link.left.carry(left, () => {});
    link.right.carry(right, () => {});
    await link.settle();
    link.tamper(() => Uint8Array.of(255, 255, 255));
    left.getMap(airlockMap).set("one", Uint8Array.of(1));
    await link.settle();
    expect(right.getMap(airlockMap).size).toBe(0);
    link.cut();
    link.tamper((update) => [update, update]);
    link.heal();
    await link.settle();
    expect(right.getMap(airlockMap).size).toBe(1);
  });
});
