import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import * as Y from "yjs";
import type { Offered } from "../../shared/carry/airlock.ts";
import { airlockMap } from "../../shared/carry/carrier.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { EnvelopeKey } from "../../shared/envelope/envelope.ts";
import { periodOf } from "../../shared/people/mailboxKeys.ts";
import {
  authFrame,
  runHostileMailbox,
  syncFrame,
  type Behaviour,
  type HostileMailbox,
  type Talk,
} from "../support/mailboxHostile.ts";
import { createMailboxKit, type MailboxEnd, type MailboxKit } from "../support/mailboxKit.ts";
import { pickNumber, seededRandom } from "../support/seededRandom.ts";

beforeAll(loadSodium);

let closing: (() => Promise<void>)[] = [];
const spoken = vi.spyOn(console, "error").mockImplementation(() => {});
const logged = vi.spyOn(console, "log").mockImplementation(() => {});
afterAll(() => vi.restoreAllMocks());
const expectSilence = () => expect([...spoken.mock.calls, ...logged.mock.calls]).toEqual([]);
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  closing = [];
  expectSilence();
});

type Bench = MailboxKit & {
  readonly box: HostileMailbox;
  readonly hers: string;
  readonly his: string;
};

const begin = async (seed: number, behaviour: Behaviour = {}): Promise<Bench> => {
  const box = await runHostileMailbox(behaviour);
  closing.push(box.stop);
  const kit = createMailboxKit({ address: box.address, seed });
  closing.push(kit.stop);
  const now = { period: periodOf(kit.clock.now()), attempt: 0 };
  return {
    ...kit,
    box,
    hers: kit.keys.boxOf(kit.ada.me, now),
    his: kit.keys.boxOf(kit.ben.me, now),
  };
};

const keysOf = (some: readonly Offered[]): EnvelopeKey[] => some.map(({ key }) => key).toSorted();
const lyingIn = ({ airlock }: MailboxEnd) =>
  [...airlock().doc.getMap(airlockMap).keys()].toSorted();
const hours = (count: number) => count * 3_600;

/** Some words of Ada's are offered, a minute goes by, and what she has is what she offered. */
const aMinuteOf = async (bench: Bench): Promise<readonly Offered[]> => {
  const { ada, ben, box } = bench;
  const words = [bench.envelope(), bench.envelope(5_000), bench.envelope()];
  ada.carry();
  ada.airlock().offer(words);
  ben.carry();
  await bench.pass(60);
  expect(lyingIn(ada)).toEqual(expect.arrayContaining(keysOf(words)));
  expect(ada.abandoned() + ben.abandoned()).toBe(0);
  expect(box.heard.largest).toBeLessThan(2 * 1024 * 1024);
  return words;
};

/** An honest mailbox with nothing in it stands at the same address: the words go through, each way. */
const goesThroughWhereHonest = async (bench: Bench, words: readonly Offered[]): Promise<void> => {
  const { ada, ben, box } = bench;
  box.docs.clear();
  box.be({});
  await bench.pass(hours(8), 300_000);
  const answer = bench.envelope();
  ben.airlock().offer([answer]);
  await bench.until(
    () =>
      words.every(({ key }) => ben.arrived.some((one) => one.key === key)) &&
      ada.arrived.some(({ key }) => key === answer.key),
    1_000,
  );
};

const forEver = (talk: Talk, say: () => void): void => {
  const go = (): void => {
    if (!talk.isOpen()) return;
    say();
    setImmediate(go);
  };
  go();
};

/** Under the id of whoever wrote this update, with the clock that is theirs next. */
const squatOn = (talk: Talk, update: Uint8Array): void => {
  const client = Y.decodeUpdate(update).structs[0]?.id.client;
  if (client === undefined) return;
  const squatter = new Y.Doc();
  Y.applyUpdate(squatter, Y.encodeStateAsUpdate(talk.doc));
  squatter.clientID = client;
  squatter.getMap(airlockMap).set("squat", new Uint8Array(600));
  Y.applyUpdate(talk.doc, Y.encodeStateAsUpdate(squatter));
  talk.tell(Y.encodeStateAsUpdate(squatter));
};

/** Only the second of two updates: it waits for the first, for ever. */
const waitingUpdate = (length: number): Uint8Array => {
  const doc = new Y.Doc();
  doc.getMap(airlockMap).set("a", 1);
  const before = Y.encodeStateVector(doc);
  doc.getMap(airlockMap).set("b", new Uint8Array(length));
  return Y.encodeStateAsUpdate(doc, before);
};

let junkCount = 0;
const junkUpdate = (): Uint8Array => {
  const doc = new Y.Doc();
  doc.getMap(airlockMap).set(`junk ${(junkCount += 1)}`, new Uint8Array(5_000));
  return Y.encodeStateAsUpdate(doc);
};

const tokenAgain = (name: string): Uint8Array => authFrame(name, 0, "");
const newer = (name: string): Uint8Array => {
  const frame = syncFrame(name, 1, Uint8Array.of(1, 2, 3));
  frame[1 + name.length] = 77;
  return frame;
};

type Case = readonly [string, () => Behaviour, ReadonlySet<string>, { readonly most: number }];
const spoiled = new Set(["MAILBOX_SPOILED"]);
const silent = new Set(["NO_MAILBOX"]);
const none = new Set<string>();

const cases: readonly Case[] = [
  [
    "deletes everything again and again",
    () => ({ onUpdate: ({ meddle }) => meddle((entries) => entries.clear()) }),
    spoiled,
    { most: 1_500 },
  ],
  [
    "overwrites bytes",
    () => ({
      onUpdate: ({ meddle }) =>
        meddle((entries) => {
          for (const key of [...entries.keys()]) entries.set(key, new Uint8Array(700));
        }),
    }),
    spoiled,
    { most: 1_500 },
  ],
  ["squats on the writer’s client id", () => ({ onUpdate: squatOn }), spoiled, { most: 300 }],
  [
    "gives junk without end",
    () => ({ onAsked: (talk) => forEver(talk, () => talk.tell(junkUpdate())) }),
    spoiled,
    { most: 500 },
  ],
  [
    "gives bytes without end that wait for others",
    () => ({ onAsked: (talk) => forEver(talk, () => talk.tell(waitingUpdate(200_000))) }),
    spoiled,
    { most: 500 },
  ],
  [
    "gives one giant update",
    () => ({ onAsked: ({ tellAll }) => tellAll(new Uint8Array(66 * 1024 * 1024)) }),
    spoiled,
    { most: 500 },
  ],
  [
    "gives lists, texts and other types",
    () => ({
      onAsked: (talk) => {
        talk.meddle((_, doc) => doc.getText("other").insert(0, "hello"));
        talk.tellAll();
      },
    }),
    spoiled,
    { most: 500 },
  ],
  [
    "gives updates that are none",
    () => ({ onAsked: ({ tellAll }) => tellAll(Uint8Array.of(9, 9, 9, 9)) }),
    spoiled,
    { most: 500 },
  ],
  [
    "takes connections and never answers",
    () => ({ onToken: () => {}, onAsked: () => {} }),
    silent,
    { most: 300 },
  ],
  ["lets in and says nothing more", () => ({ onAsked: () => {} }), silent, { most: 300 }],
  ["hangs up at once", () => ({ onConnect: ({ hangUp }) => hangUp() }), silent, { most: 300 }],
  [
    "hangs up when shown the token",
    () => ({ onToken: ({ hangUp }) => hangUp() }),
    silent,
    { most: 300 },
  ],
  [
    "hangs up after each thing it takes",
    () => ({ onUpdate: ({ hangUp }) => hangUp() }),
    none,
    { most: 500 },
  ],
  [
    "speaks a newer protocol",
    () => ({
      onToken: ({ raw, name }) => raw(newer(name)),
      onAsked: ({ raw, name }) => raw(newer(name)),
    }),
    silent,
    { most: 300 },
  ],
  [
    "says words where bytes belong",
    () => ({ onConnect: ({ raw }) => raw("hello" as unknown as Uint8Array) }),
    silent,
    { most: 300 },
  ],
  [
    "asks for the token without end",
    () => ({ onToken: (talk) => forEver(talk, () => talk.raw(tokenAgain(talk.name))) }),
    none,
    { most: 300 },
  ],
  [
    "asks without end for all that is there",
    () => ({
      onAsked: (talk) => {
        talk.tellAll();
        forEver(talk, () => talk.ask());
      },
    }),
    none,
    { most: 300 },
  ],
  [
    "confirms what was never sent, without end",
    () => ({
      onAsked: (talk) => {
        talk.tellAll();
        forEver(talk, () => talk.confirm());
      },
    }),
    none,
    { most: 300 },
  ],
  ["never confirms", () => ({ confirms: false }), none, { most: 300 }],
  [
    "lets in no more",
    () => ({ onToken: ({ refuse }) => refuse("busy") }),
    new Set(["MAILBOX_REFUSED"]),
    { most: 300 },
  ],
  [
    "does not know the token",
    () => ({ onToken: ({ refuse }) => refuse("not yours") }),
    new Set(["MAILBOX_REFUSED"]),
    { most: 300 },
  ],
  [
    "refuses for a reason of its own",
    () => ({ onToken: ({ refuse }) => refuse("permission-denied") }),
    new Set(["MAILBOX_REFUSED"]),
    { most: 300 },
  ],
  [
    "is full",
    () => ({ onToken: ({ refuse }) => refuse("full") }),
    new Set(["MAILBOX_FULL"]),
    { most: 500 },
  ],
  ["shows one document for all names", () => ({ nameOf: () => "the same" }), none, { most: 3_000 }],
];

describe("a mailbox that", () => {
  test.each(cases)(
    "%s loses nothing of mine, keeps nobody busy, and once it is honest the words go through",
    { timeout: 60_000 },
    async (_what, behaviour, codes, { most }) => {
      const bench = await begin(1, behaviour());
      const words = await aMinuteOf(bench);
      const troubles = [...bench.ada.troubles(), ...bench.ben.troubles()];
      expect(bench.box.heard.messages).toBeLessThan(most);
      expect(bench.box.heard.connections).toBeLessThan(20);
      expect(new Set(troubles)).toEqual(codes);
      await goesThroughWhereHonest(bench, words);
    },
  );

  test("replays an old state brings nobody anything new, and what was acknowledged leaves again", async () => {
    const bench = await begin(2);
    const { ada, ben, box, hers } = bench;
    const words = [bench.envelope(), bench.envelope()];
    ada.carry();
    ben.carry();
    ada.airlock().offer(words);
    await bench.until(() => ben.arrived.length === 2);
    const old = Y.encodeStateAsUpdate(box.docs.get(hers) ?? new Y.Doc());
    ada.airlock().release(keysOf(words));
    await bench.until(() => box.entriesOf(hers).length === 0);

    box.forgetHeard();
    box.be({ onAsked: ({ name, tellAll }) => tellAll(name === hers ? old : undefined) });
    await bench.pass(60);
    expect(ben.arrived.length).toBe(2);
    expect(box.heard.messages).toBeLessThan(100);

    const restored = new Y.Doc();
    Y.applyUpdate(restored, old);
    box.docs.set(hers, restored);
    box.be({});
    await bench.until(() => box.entriesOf(hers).length === 0, 200);
    const more = bench.envelope();
    ada.airlock().offer([more]);
    await bench.until(() => ben.arrived.length === 3, 200);
    expect([...ada.troubles(), ...ben.troubles()]).toEqual([]);
  });

  test("takes up the writer’s client id behind their back withholds no longer than its connections last", async () => {
    const bench = await begin(3);
    const { ada, ben, box, hers } = bench;
    const quietly: Behaviour = {
      onUpdate: (talk, update) => squatOn({ ...talk, tell: () => {} }, update),
    };
    box.be(quietly);
    ada.carry();
    const [first, second] = [bench.envelope(), bench.envelope()];
    ada.airlock().offer([first]);
    await bench.until(() => box.entriesOf(hers).includes(first.key));
    ada.airlock().offer([second]);
    await bench.pass(10);
    ben.carry();
    await bench.pass(20);
    expect(ben.arrived.map(({ key }) => key)).toContain(first.key);
    expect(ben.arrived.map(({ key }) => key)).not.toContain(second.key);
    expect(lyingIn(ada)).toEqual(keysOf([first, second]));
    box.be({});
    await bench.until(() => ben.arrived.some(({ key }) => key === second.key), 200);
    await bench.until(() => !box.entriesOf(hers).includes("squat"), 200);
  });

  test("serves another couple’s boxes brings what its airlock can refuse, and never takes mine away", async () => {
    const bench = await begin(4);
    const strangers = Array.from({ length: 50 }, () => bench.envelope());
    bench.box.be({
      onAsked: ({ doc, tellAll }) => {
        doc.transact(() => {
          for (const { key, envelope } of strangers) doc.getMap(airlockMap).set(key, envelope);
        });
        tellAll();
      },
    });
    const words = await aMinuteOf(bench);
    expect(bench.box.heard.messages).toBeLessThan(300);
    expect(lyingIn(bench.ben)).toEqual(expect.arrayContaining(keysOf(strangers)));
    await goesThroughWhereHonest(bench, words);
    await bench.until(() => lyingIn(bench.ben).length === words.length + 1, 200);
  });

  test("gives each their own box for the partner’s brings nobody anything", async () => {
    const bench = await begin(5);
    const { box, hers, his } = bench;
    box.be({ nameOf: (name) => (name === his ? hers : name) });
    const words = await aMinuteOf(bench);
    expect(box.heard.messages).toBeLessThan(500);
    expect(bench.ada.arrived).toEqual([]);
    await goesThroughWhereHonest(bench, words);
  });

  test("shows a box as spoiled to the writer alone keeps the words for one more box, and the reader finds them", async () => {
    const bench = await begin(6);
    const { ada, ben, box, hers } = bench;
    box.be({
      onUpdate: ({ name, meddle }) => {
        if (name === hers) meddle((_, doc) => doc.getText("other").insert(0, "junk"));
      },
    });
    const words = [bench.envelope()];
    ada.carry();
    ada.airlock().offer(words);
    await bench.pass(10);
    box.docs.set(hers, new Y.Doc());
    ben.carry();
    await bench.until(() => ben.arrived.length === 1);
    expect([...ada.troubles(), ...ben.troubles()]).toEqual([]);
  });

  test("moves nobody on for a slip: where the box is in order again, the writer comes back to it", async () => {
    const bench = await begin(7);
    const { ada, ben, box, hers } = bench;
    box.be({
      onUpdate: ({ name, meddle }) => {
        if (name === hers) meddle((_, doc) => doc.getText("other").insert(0, "junk"));
      },
    });
    ada.carry();
    ben.carry();
    ada.airlock().offer([bench.envelope()]);
    await bench.until(() => ben.arrived.length === 1);
    box.docs.delete(hers);
    box.be({});
    ada.airlock().offer([bench.envelope()]);
    await bench.until(() => ben.arrived.length === 2 && box.entriesOf(hers).length === 2, 200);
  });

  test.each(Array.from({ length: 8 }, (_, seed) => seed))(
    "says any bytes at all harms nothing (seed %i)",
    async (seed) => {
      const random = seededRandom(900 + seed);
      const bent = (bytes: Uint8Array): Uint8Array => {
        const out = bytes.slice(0, 1 + pickNumber(random, bytes.length));
        for (let count = pickNumber(random, 4); count > 0; count--)
          out[pickNumber(random, out.length)] = pickNumber(random, 256);
        return out;
      };
      const say = (talk: Talk): void => {
        const whole = [
          syncFrame(talk.name, 1, Y.encodeStateAsUpdate(talk.doc)),
          syncFrame(talk.name, pickNumber(random, 3), random(pickNumber(random, 60))),
          authFrame(talk.name, pickNumber(random, 4), "read-write"),
          random(pickNumber(random, 80)),
        ];
        for (let count = 0; count < 4; count++)
          talk.raw(bent(whole[pickNumber(random, whole.length)] ?? random(9)));
      };
      const bench = await begin(40 + seed, {
        onToken: (talk) => {
          if (pickNumber(random, 3) === 0) say(talk);
          talk.letIn();
        },
        onAsked: (talk) => {
          talk.tellAll();
          say(talk);
        },
        onUpdate: say,
      });
      const words = await aMinuteOf(bench);
      expect(bench.box.heard.messages).toBeLessThan(1_500);
      expect(bench.ben.arrived.every(({ key }) => keysOf(words).includes(key))).toBe(true);
      await goesThroughWhereHonest(bench, words);
    },
  );
});
