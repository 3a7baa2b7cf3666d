import { beforeAll, describe, expect, test } from "vitest";
import { capsuleRootOf } from "../../shared/carry/capsule/head.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { encodeAck } from "../../shared/envelope/ack.ts";
import type { ChainHead } from "../../shared/envelope/chain.ts";
import type { Message } from "../../shared/envelope/message.ts";
import type { MessageId } from "../../shared/base/ids.ts";
import { createHostilePartner, type HostilePartner } from "../support/hostilePartner.ts";
import { must, shareEntry } from "../support/twoPartners.ts";
import { crkOf, sealRecords, takeFile } from "./capsuleKit.ts";
import { entryOf } from "./guardPages.ts";

beforeAll(loadSodium);

type Way = "wire" | "capsule";

/** The same envelopes, by the one way or the other. */
const bring = async (
  partner: HostilePartner,
  root: Uint8Array,
  way: Way,
  envelopes: readonly ReturnType<HostilePartner["write"]>[],
): Promise<void> => {
  if (way === "wire") partner.wire.put(envelopes.map(({ envelope }) => envelope));
  else
    must(
      await takeFile(
        partner.journal(),
        await sealRecords(root, [
          { type: "heads", writer: partner.sam, heads: [] },
          ...envelopes.map(({ envelope }) => ({ type: "envelope" as const, envelope })),
          { type: "end", envelopes: envelopes.length, chunks: 0 },
        ]),
      ),
    );
  await partner.settle(2);
};

const headOf = ({ header, id }: Message): ChainHead => ({
  notebook: header.notebook,
  device: header.device,
  seq: header.seq,
  id,
});

/** What Sam's app, or whatever it has become, says that it holds; step by step. */
const stories: Readonly<
  Record<string, (partner: HostilePartner, mine: readonly Message[]) => readonly ChainHead[][]>
> = {
  "that all of mine has come": (_partner, mine) => [mine.slice(-1).map(headOf)],
  "that some of mine has come": (_partner, mine) => [mine.slice(0, 1).map(headOf)],
  "that there is more of theirs than came": (partner, mine) => [
    [
      ...mine.slice(-1).map(headOf),
      {
        notebook: partner.notebooks.theirs.id,
        device: partner.sam,
        seq: 7,
        id: "7".repeat(64) as MessageId,
      },
    ],
  ],
  "less than before: their computer was set back": (_partner, mine) => [
    mine.slice(-1).map(headOf),
    mine.slice(0, 1).map(headOf),
  ],
  "another message in the place of one of mine": (_partner, mine) => [
    mine.slice(-1).map((message) => ({ ...headOf(message), id: "9".repeat(64) as MessageId })),
  ],
};

describe("what an ack in a capsule says", () => {
  test.each(Object.entries(stories))(
    "%s, is told as one that came by wire",
    async (_name, story) => {
      const told: unknown[] = [];
      for (const way of ["wire", "capsule"] as const) {
        const seed = 5_201;
        const partner = await createHostilePartner({ seed });
        const root = capsuleRootOf(crkOf(seed));
        await shareEntry(partner.journal(), "one");
        await shareEntry(partner.journal(), "two");
        await partner.settle(2);
        const mine = partner
          .heard()
          .filter(({ header }) => header.notebook === partner.notebooks.mine.id)
          .toSorted((one, other) => one.header.seq - other.header.seq);
        expect(mine.length).toBeGreaterThan(1);
        const states: unknown[] = [partner.journal().sync.read()];
        for (const heads of story(partner, mine)) {
          const ack = partner.write({ kind: "ack", notebook: "ours", body: encodeAck(heads) });
          await bring(partner, root, way, [ack]);
          states.push(partner.journal().sync.read());
        }
        expect(states[1]).not.toEqual(states[0]);
        told.push(states);
      }
      expect(told[1]).toEqual(told[0]);
    },
  );

  test("words of which one before is missing wait, and show once it has come", async () => {
    const seed = 5_202;
    const partner = await createHostilePartner({ seed });
    const root = capsuleRootOf(crkOf(seed));
    const one = partner.write({ kind: "snapshot", body: entryOf("one", 3) });
    const two = partner.write({ kind: "snapshot", body: entryOf("two", 4) });
    await bring(partner, root, "capsule", [two]);
    expect(partner.journal().cards.read()).toEqual([]);
    await bring(partner, root, "capsule", [one]);
    expect(partner.journal().cards.read()).toHaveLength(2);
  });

  test("a chain that splits in a capsule is told, and nothing of mine is lost", async () => {
    const seed = 5_203;
    const partner = await createHostilePartner({ seed });
    const root = capsuleRootOf(crkOf(seed));
    await shareEntry(partner.journal(), "mine stays");
    const one = partner.write({ kind: "snapshot", body: entryOf("one", 3) });
    const other = partner.write({
      kind: "snapshot",
      body: entryOf("another", 4),
      seq: 1,
      prev: one.message.header.prev,
    });
    await bring(partner, root, "capsule", [one, other]);
    expect(partner.journal().sync.read()).toEqual({ state: "broken", code: "FORK" });
    expect(partner.journal().cards.read()).toHaveLength(2);
  });
});
