import { beforeAll, describe, expect, test } from "vitest";
import { accept, refuse } from "../../shared/base/result.ts";
import type { DeviceId, MessageId, NotebookId, SpaceId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { MessageHeader } from "../../shared/envelope/message.ts";
import type { Outcome } from "../../shared/envelope/outcome.ts";
import { createAdmit } from "../../shared/journal/travel/admitArrived.ts";
import { seededRandom } from "../support/seededRandom.ts";

beforeAll(loadSodium);

const header: MessageHeader = {
  kind: "snapshot",
  space: "00" as SpaceId,
  notebook: "01" as NotebookId,
  device: "02" as DeviceId,
  seq: 0,
  time: 0,
  prev: "03" as MessageId,
};

/** A chain of which each message is one byte, its place, and in which three may wait. */
const createChain = (mostWaiting = 3) => {
  let next = 1;
  let looks = 0;
  let full = false;
  const waiting = new Set<number>();
  const admit = (place: number): Outcome => {
    looks += 1;
    if (place < next) return { outcome: "DUP" };
    if (place > next && waiting.size === mostWaiting)
      return { outcome: "HELD_FULL", header: { ...header, seq: place } };
    if (place > next) {
      waiting.add(place);
      return { outcome: "PENDING" };
    }
    const from = next;
    for (next += 1; waiting.delete(next);) next += 1;
    return { outcome: "ACCEPT", admitted: Array.from({ length: next - from }) as never[] };
  };
  return {
    receive: async (envelopes: readonly Uint8Array[]) =>
      full ? (refuse("DISK_FULL") as never) : accept(envelopes.map(([place = 0]) => admit(place))),
    stands: () => next - 1,
    looks: () => looks,
    fill: (is: boolean) => {
      full = is;
    },
  };
};

const messages = (...places: readonly number[]): readonly Uint8Array[] =>
  places.map((place) => Uint8Array.of(place));

const open = (chain: ReturnType<typeof createChain>) =>
  createAdmit({ ledger: () => chain, onTrouble: () => {} });

describe("words that come in the wrong order, more of them than may wait", () => {
  test("all stand here once the first has come, though each is handed over only once", async () => {
    const chain = createChain();
    const admit = open(chain);
    await admit(messages(9, 8, 7, 6, 5, 4, 3, 2));
    expect(chain.stands()).toBe(0);
    await admit(messages(1));
    expect(chain.stands()).toBe(9);
  });

  test("stand here in whatever order they come", async () => {
    for (let seed = 1; seed <= 50; seed++) {
      const order = Array.from({ length: 60 }, (_, index) => index + 1);
      const random = seededRandom(seed);
      for (let at = order.length - 1; at > 0; at--) {
        const other = (random(1)[0] ?? 0) % (at + 1);
        [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
      }
      const chain = createChain(40);
      const admit = open(chain);
      while (order.length > 0) await admit(messages(...order.splice(0, 7)));
      expect(chain.stands(), `seed ${seed}`).toBe(60);
    }
  });

  test("are not all opened again for every word that comes meanwhile", async () => {
    const chain = createChain();
    const admit = open(chain);
    await admit(messages(...Array.from({ length: 100 }, (_, index) => 200 - index)));
    const before = chain.looks();
    for (let place = 1; place <= 20; place++) await admit(messages(place));
    expect(chain.looks() - before).toBe(40);
  });

  test("wait on where the disk refuses", async () => {
    const chain = createChain();
    const admit = open(chain);
    await admit(messages(6, 5, 4, 3, 2));
    chain.fill(true);
    expect((await admit(messages(1))).ok).toBe(false);
    chain.fill(false);
    await admit(messages(1));
    expect(chain.stands()).toBe(6);
  });
});

describe("words that another computer of mine may yet vouch for", () => {
  /** Places up to which somebody vouches; 0 is that word itself, which waits for what it vouches for. */
  const createUnvouched = () => {
    let upTo = 0;
    let stands = 0;
    let looks = 0;
    const receive = async (envelopes: readonly Uint8Array[]) =>
      accept(
        envelopes.map(([place = 0, word = 0]): Outcome => {
          looks += 1;
          if (place === 0) {
            upTo = word;
            return { outcome: "PENDING_SEEN" };
          }
          if (place <= stands) return { outcome: "DUP" };
          if (place > upTo) return { outcome: "UNVOUCHED", header: { ...header, seq: place } };
          stands = place;
          return { outcome: "ACCEPT", admitted: [] };
        }),
      );
    return { receive, stands: () => stands, looks: () => looks };
  };

  test("stand here when that word has come, though it waits itself, and raise no alarm before", async () => {
    const chain = createUnvouched();
    const troubles: string[] = [];
    const admit = createAdmit({ ledger: () => chain, onTrouble: (code) => troubles.push(code) });
    await admit(messages(3, 1));
    await admit(messages(2));
    expect(chain.stands()).toBe(0);
    await admit([Uint8Array.of(0, 2)]);
    expect(chain.stands()).toBe(2);
    await admit([Uint8Array.of(0, 3)]);
    expect(chain.stands()).toBe(3);
    expect(troubles).toEqual([]);
  });

  test("are kept once, whoever else hands them over, and one of them is asked for each word", async () => {
    const chain = createUnvouched();
    const admit = createAdmit({ ledger: () => chain, onTrouble: () => {} });
    for (const _ of [1, 2, 3]) await admit(messages(1, 2, 3, 4));
    const before = chain.looks();
    await admit([Uint8Array.of(0, 0)]);
    expect(chain.looks()).toBe(before + 2);
    await admit([Uint8Array.of(0, 4)]);
    expect(chain.looks()).toBe(before + 2 + 1 + 4);
    expect(chain.stands()).toBe(4);
  });
});
