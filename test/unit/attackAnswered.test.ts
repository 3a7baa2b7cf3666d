import { createEncoder, toUint8Array, writeUint8, writeVarUint } from "lib0/encoding";
import { beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { toBase64Url, utf8 } from "../../shared/base/bytes.ts";
import type { DeviceId } from "../../shared/base/ids.ts";
import { parsePairingLink } from "../../shared/bridge/parsePairingLink.ts";
import { createAirlock } from "../../shared/carry/airlock.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { checkHand } from "../../shared/page/guard.ts";
import type { MemoryLink } from "../support/memoryCarrier.ts";
import { createTwoPartners, shareEntry } from "../support/twoPartners.ts";

/** Attacks that once worked, each with its answer. */

beforeAll(loadSodium);

const kibi = 1024;

/** A value that follows one which its writer never sends: Yjs keeps it, and tells nobody. */
const orphan = (client: number): Uint8Array => {
  const doc = new Y.Doc();
  doc.clientID = client;
  const map = doc.getMap("envelopes");
  map.set("never sent", 1);
  const before = Y.encodeStateVector(doc);
  map.set("sent", new Uint8Array(64 * kibi));
  return Y.encodeStateAsUpdate(doc, before);
};

const abandonedBy = async (updates: readonly Uint8Array[]): Promise<boolean> => {
  let abandoned = false;
  const airlock = createAirlock({
    receive: () => {},
    abandon: () => (abandoned = true),
    limits: { arrivedBytes: 256 * kibi },
  });
  for (const update of updates) Y.applyUpdate(airlock.doc, update, "partner");
  await Promise.resolve();
  return abandoned;
};

test("an airlock is abandoned when more waits in it for what never comes than may arrive", async () => {
  const updates = Array.from({ length: 16 }, (_, index) => orphan(index + 1));
  expect(await abandonedBy(updates)).toBe(true);
});

/** Deletions of what was never written. */
const orphanDeletions = (from: number): Uint8Array => {
  const encoder = createEncoder();
  for (const value of [0, 1, 5, 40_000]) writeVarUint(encoder, value);
  for (let index = 0; index < 40_000; index++) {
    writeVarUint(encoder, from + index * 2);
    writeVarUint(encoder, 1);
  }
  return toUint8Array(encoder);
};

test("an airlock is abandoned when deletions of nothing pile up in it", async () => {
  const updates = [0, 1, 2, 3].map((index) => orphanDeletions(index * 80_000));
  expect(await abandonedBy(updates)).toBe(true);
});

test("a page's update with ten thousand writers is heavy, and none of them is remembered", () => {
  const encoder = createEncoder();
  writeVarUint(encoder, 10_000);
  for (let client = 0; client < 10_000; client++) {
    for (const value of [1, client, 0]) writeVarUint(encoder, value);
    writeUint8(encoder, 0);
    writeVarUint(encoder, 1);
  }
  writeVarUint(encoder, 0);
  const author = "ab".repeat(16) as DeviceId;
  const checked = checkHand(toUint8Array(encoder), author, author, new Map());
  expect(checked.ok ? "taken" : checked.code).toBe("UPDATE_HEAVY");
});

test("a link that names a meeting point is handed on by the desktop shell", () => {
  const link = `twofold://pair#${"A".repeat(103)}.${toBase64Url(utf8("ws://192.168.1.5:47180"))}`;
  expect(parsePairingLink(link)).toMatchObject({ ok: true });
});

const lockedWith = async (stop: () => Promise<void>, seed: number) => {
  const carrierOf = (link: MemoryLink, side: "left" | "right") => ({
    name: "memory" as const,
    carry: (...given: Parameters<MemoryLink["left"]["carry"]>) => {
      link[side].carry(...given);
      return { stop };
    },
  });
  const { anna, settle } = await createTwoPartners({ seed, carrierOf });
  const journal = anna.journal();
  await shareEntry(journal, "Tuesday");
  const locking = journal.lock().then(
    () => "locked",
    () => "thrown",
  );
  await settle(30);
  const outcome = await Promise.race([locking, settle(1).then(() => "still locking")]);
  return { outcome, cards: journal.cards.read() };
};

test("a carrier that stops as it should leaves nothing open", async () => {
  expect(await lockedWith(async () => {}, 70)).toEqual({ outcome: "locked", cards: [] });
});

test("a carrier that breaks while it stops does not keep the journal from locking", async () => {
  const stop = () => Promise.reject(new Error("y-webrtc threw"));
  expect(await lockedWith(stop, 71)).toEqual({ outcome: "locked", cards: [] });
});

test("a carrier that never stops does not keep the journal from locking", async () => {
  const stop = () => new Promise<void>(() => {});
  expect(await lockedWith(stop, 72)).toEqual({ outcome: "locked", cards: [] });
});

/** A partner's computer that falls asleep goes silent, and 70 seconds later the channel says so. */
const troublesAfterSilence = async () => {
  let fallSilent = (): void => {};
  const carrierOf = (link: MemoryLink, side: "left" | "right") => ({
    name: "memory" as const,
    carry: (...given: Parameters<MemoryLink["left"]["carry"]>) => {
      if (side === "left") fallSilent = () => given[1]({ type: "trouble", code: "STALLED" });
      return link[side].carry(...given);
    },
  });
  const { anna, settle } = await createTwoPartners({ seed: 73, carrierOf });
  await settle();
  fallSilent();
  return anna.journal().troubles.read();
};

test("a carrier's trouble comes through to the list", async () => {
  expect((await troublesAfterSilence()).map(({ code }) => code)).toContain("STALLED");
});

test("nothing on the screen tells the minute at which the partner's computer went silent", async () => {
  const told = (await troublesAfterSilence()).filter(({ code }) => code === "STALLED");
  expect(told.every(({ at }) => at === new Date(at).setHours(0, 0, 0, 0))).toBe(true);
});
