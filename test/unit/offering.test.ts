import { expect, test } from "vitest";
import type { DeviceId, NotebookId } from "../../shared/base/ids.ts";
import { accept } from "../../shared/base/result.ts";
import { type Acked, nothingAcked } from "../../shared/carry/acks.ts";
import type { Airlock } from "../../shared/carry/airlock.ts";
import type { CarriedEnvelope, EnvelopeKey } from "../../shared/envelope/envelope.ts";
import type { SharedChains } from "../../shared/journal/sharedChains.ts";
import type { SharedShelf } from "../../shared/journal/sharedShelf.ts";
import { createOffering } from "../../shared/journal/travel/offering.ts";
import type { IndexLine } from "../../shared/ledger/indexLine.ts";

const [me, partner] = ["me" as DeviceId, "partner" as DeviceId];
const [mine, theirs, ours] = ["mine" as NotebookId, "theirs" as NotebookId, "ours" as NotebookId];

const chains: SharedChains = {
  ...{ me, partner, mine, theirs, ours },
  people: { me, partner },
  devices: { mine: [me], theirs: [partner] },
  inUse: { mine: [me], theirs: [partner] },
  peers: [{ device: partner, owner: "partner" }],
  gone: [],
  beside: [],
};

const keyOf = (seq: number): EnvelopeKey => `words ${seq}` as EnvelopeKey;
const keys = (from: number, to: number): readonly EnvelopeKey[] =>
  Array.from({ length: to - from + 1 }, (_, at) => keyOf(from + at));

const lines = Array.from(
  { length: 6 },
  (_, at) =>
    ({
      ...{ notebook: mine, device: me, seq: at + 1, key: keyOf(at + 1) },
      ...{ kind: "update", time: at, redacted: false },
    }) as IndexLine,
);

const ackedUpTo = (seq: number): Acked => ({ ...nothingAcked, upTo: () => seq });

/** What stands in a document. */
const document = () => {
  const standing = new Set<EnvelopeKey>();
  const airlock = {
    room: () => 1_000_000,
    offer: (some) => {
      for (const { key } of some) standing.add(key);
    },
    release: (some) => {
      for (const key of some) standing.delete(key);
    },
  } satisfies Partial<Airlock>;
  return { standing, airlock: airlock as unknown as Airlock };
};

/** Six words of mine, of which something happens while `at` is read from the disk. */
const offeringWhile = (at: number, happens: () => void) => {
  const now = { acked: nothingAcked, due: Infinity, happened: false };
  const ledger = {
    linesOf: (notebook, device) => (notebook === mine && device === me ? lines : []),
    envelopeOf: async ({ seq }) => {
      if (seq === at && !now.happened) {
        now.happened = true;
        happens();
      }
      return accept(new Uint8Array(592) as CarriedEnvelope);
    },
  } satisfies Partial<SharedShelf["ledger"]>;
  const offering = createOffering({
    shelf: () => ({ ledger, chains }) as unknown as SharedShelf,
    peer: partner,
    acked: () => now.acked,
    dueUpTo: () => now.due,
    onTrouble: (code) => expect.unreachable(code),
  });
  const first = document();
  const lane = {
    airlock: first.airlock,
    offeredUpTo: new Map<string, number>(),
    offeredAhead: new Set<EnvelopeKey>(),
    stopped: false,
  };
  return { now, offering, first, lane };
};

/** As whoever takes acks does it: what is named goes, and where less is named than before all begins anew. */
const takeAck = ({ now, offering, first, lane }: ReturnType<typeof offeringWhile>, to: number) => {
  const from = now.acked.upTo(mine, me);
  now.acked = ackedUpTo(to);
  first.airlock.release(keys(from + 1, to));
  if (to < from) lane.offeredUpTo.clear();
  offering.offer(lane);
};

test("what the partner acknowledges while it is still read from the disk is not offered any more", async () => {
  const here = offeringWhile(5, () => takeAck(here, 4));
  here.offering.offer(here.lane);
  await here.offering.settled();
  await here.offering.settled();
  expect([...here.first.standing]).toEqual(keys(5, 6));
});

test("a document that takes the place of another while words are read gets all of them, from the first", async () => {
  const second = document();
  const here = offeringWhile(5, () => {
    here.lane.airlock = second.airlock;
    here.lane.offeredUpTo = new Map();
    here.lane.offeredAhead = new Set();
    here.offering.offer(here.lane);
  });
  here.now.due = 3;
  here.offering.offer(here.lane);
  await here.offering.settled();
  here.now.due = Infinity;
  here.offering.offer(here.lane);
  await here.offering.settled();
  await here.offering.settled();
  expect([...here.first.standing]).toEqual(keys(1, 3));
  expect([...second.standing]).toEqual(keys(1, 6));
});

test("a partner whose copy goes back in time while words are read is offered all that it lacks", async () => {
  const here = offeringWhile(6, () => takeAck(here, 1));
  here.now.acked = ackedUpTo(4);
  here.offering.offer(here.lane);
  await here.offering.settled();
  await here.offering.settled();
  expect([...here.first.standing].toSorted()).toEqual(keys(2, 6));
});
