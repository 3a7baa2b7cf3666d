import * as Y from "yjs";
import { beforeAll, expect, test } from "vitest";
import { airlockMap } from "../../shared/carry/carrier.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { periodOf } from "../../shared/people/mailboxKeys.ts";
import { createMailboxKit } from "../support/mailboxKit.ts";
import { runStockMailbox } from "../support/mailboxStock.ts";

beforeAll(loadSodium);

test("years of words go through one box in one evening, though it never holds more than a window of them", async () => {
  const box = await runStockMailbox();
  const kit = createMailboxKit({ address: box.address, seed: 4_100 });
  const { ada, ben, until } = kit;
  const lying = (): number => {
    const which = { period: periodOf(kit.clock.now()), attempt: 0 };
    const state = box.disk.get(kit.keys.boxOf(ada.me, which));
    const doc = new Y.Doc();
    if (state !== undefined) Y.applyUpdate(doc, state);
    return doc.getMap(airlockMap).size;
  };
  try {
    ada.carry();
    ben.carry();
    let sent = 0;
    for (let round = 0; round < 6; round++) {
      const words = Array.from({ length: 20 }, () => kit.envelope(1_081_424));
      ada.airlock().offer(words);
      sent += words.length;
      await until(() => ben.arrived.length === sent);
      ada.airlock().release(words.map(({ key }) => key));
    }
    expect(sent * 1_081_424).toBeGreaterThan(120 * 1024 * 1024);
    await until(() => lying() === 0);
    expect([...ada.troubles(), ...ben.troubles()]).toEqual([]);
  } finally {
    await kit.stop();
    await box.stop();
  }
});
