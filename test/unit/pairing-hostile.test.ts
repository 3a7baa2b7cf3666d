import { beforeAll, describe, expect, test } from "vitest";
import { utf8 } from "../../shared/base/bytes.ts";
import { xwingDecapsulate, xwingEncapsulate } from "../../shared/crypto/keys.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { coupleRootKey, openMaterial, sealMaterial } from "../../shared/people/pairingKeys.ts";
import {
  type PairingMaterial,
  type PairingMessage,
  parseMaterial,
  writeMaterial,
} from "../../shared/people/pairingMessages.ts";
import { sasCommitment } from "../../shared/people/safetyWords.ts";
import { notebookSecret } from "../../shared/people/space.ts";
import { createHandPeer, type HandPeer } from "../support/handPeer.ts";
import { createManualClock } from "../support/manualClock.ts";
import { createMemoryWires, type MemoryWires } from "../support/memoryWire.ts";
import {
  inviteBy,
  makePerson,
  namedRandom,
  side,
  type TestPerson,
  type TestSide,
} from "../support/pairingPeople.ts";

let mara: TestPerson;
let eve: TestPerson;

beforeAll(async () => {
  await loadSodium();
  mara = makePerson("Mara");
  eve = makePerson("Eve");
});

type Stage = { readonly mara: TestSide; readonly hand: HandPeer; readonly wires: MemoryWires };

/** Mara's real inviter, and Eve's changed app as the joiner, with the handshake done. */
const stage = async (certificate?: Uint8Array): Promise<Stage> => {
  const clock = createManualClock(1_767_225_600_000);
  const invitation = inviteBy(mara, clock);
  const real = side("inviter", mara, invitation, clock);
  const wires = createMemoryWires();
  real.accept(wires.left);
  const hand = createHandPeer({
    seat: "joiner",
    wire: wires.right,
    person: eve,
    invitation,
    ...(certificate && { certificate }),
  });
  await wires.settle();
  if (certificate === undefined) {
    hand.say({ kind: "standing", said: { kind: "first", space: undefined } });
    await wires.settle();
  }
  return { mara: real, hand, wires };
};

const draw = namedRandom("eve's numbers");

/** What an honest joiner would say next, step by step. */
const toWords = async ({ hand, wires, mara: real }: Stage): Promise<void> => {
  hand.say({ kind: "nonce", nonce: draw(16) });
  await wires.settle();
  real.talk.confirm();
  await wires.settle();
};
const toShares = async (at: Stage): Promise<void> => {
  await toWords(at);
  at.hand.say({ kind: "confirmed" });
  await at.wires.settle();
};
const toMaterial = async (at: Stage): Promise<Uint8Array> => {
  await toShares(at);
  const made = xwingEncapsulate(mara.certificate.xwing, draw);
  const share = at.hand.heard.find((message) => message.kind === "share");
  if (!made.ok || share?.kind !== "share") throw new Error("no share");
  const own = { random: draw(32), shared: made.value.shared };
  at.hand.say({ kind: "share", random: own.random, ciphertext: made.value.ciphertext });
  await at.wires.settle();
  const shared = xwingDecapsulate(eve.keys.xwing, share.ciphertext);
  if (!shared.ok) throw new Error("no secret");
  const hers = { random: share.random, shared: shared.value };
  return coupleRootKey(at.hand.transport().hash64, hers, own);
};
const sayMaterial = async (
  { hand, wires }: Stage,
  crk: Uint8Array,
  written: Uint8Array,
): Promise<void> => {
  hand.say({
    kind: "material",
    ...sealMaterial(crk, "joiner", hand.transport().hash64, written, draw),
  });
  await wires.settle();
};
const herMaterial = ({ hand }: Stage, crk: Uint8Array): PairingMaterial => {
  const message = hand.heard.find(({ kind }) => kind === "material");
  if (message?.kind !== "material") throw new Error("no material");
  const opened = openMaterial(crk, "inviter", hand.transport().hash64, message);
  const material = opened.ok ? parseMaterial(opened.value, "inviter") : opened;
  if (!material.ok) throw new Error("her material does not open");
  return material.value;
};
const honest = (): PairingMaterial => ({
  name: "Eve",
  mine: notebookSecret(draw(48)),
  ours: undefined,
});
const toReady = async (at: Stage): Promise<void> => {
  const crk = await toMaterial(at);
  await sayMaterial(at, crk, writeMaterial(honest()));
};
const toStoring = async (at: Stage): Promise<void> => {
  await toReady(at);
  at.hand.say({ kind: "ready" });
  await at.wires.settle();
};
const toSettling = async (at: Stage): Promise<void> => {
  await toStoring(at);
  at.hand.say({ kind: "stored" });
  await at.wires.settle();
};

const stages: readonly {
  readonly name: string;
  readonly reach: (at: Stage) => Promise<unknown>;
  readonly fits: PairingMessage["kind"] | "none";
}[] = [
  { name: "before the nonces", reach: async () => {}, fits: "nonce" },
  { name: "at the words", reach: toWords, fits: "confirmed" },
  { name: "at the shares", reach: toShares, fits: "share" },
  { name: "at the material", reach: toMaterial, fits: "none" },
  { name: "before ready", reach: toReady, fits: "ready" },
  { name: "while storing", reach: toStoring, fits: "stored" },
];

const oneOfEach = (): readonly PairingMessage[] => {
  const made = xwingEncapsulate(mara.certificate.xwing, draw);
  if (!made.ok) throw new Error("no ciphertext");
  return [
    { kind: "commit", commitment: draw(32) },
    { kind: "nonce", nonce: draw(16) },
    { kind: "confirmed" },
    { kind: "share", random: draw(32), ciphertext: made.value.ciphertext },
    { kind: "material", nonce: draw(24), sealed: draw(48 + 322 + 16) },
    { kind: "ready" },
    { kind: "stored" },
    { kind: "done" },
    { kind: "end", code: "USED" },
  ];
};

describe("a partner with a changed app", () => {
  for (const { name, reach, fits } of stages) {
    test(`who says ${name} what does not belong there ends it with JUNK, and nothing stays stored`, async () => {
      for (const message of oneOfEach()) {
        if (message.kind === fits) continue;
        const at = await stage();
        await reach(at);
        expect(at.mara.view().step).not.toBe("ended");
        at.hand.say(message);
        await at.wires.settle();
        expect([message.kind, at.mara.view()]).toEqual([
          message.kind,
          { step: "ended", code: "JUNK" },
        ]);
        expect(at.mara.disk.held()).toBeUndefined();
        expect(at.hand.heard.at(-1)).toEqual({ kind: "end", code: "JUNK" });
      }
    });

    test(`who stops ${name} is heard, and nothing stays stored`, async () => {
      const at = await stage();
      await reach(at);
      at.hand.say({ kind: "end", code: "CANCELLED" });
      await at.wires.settle();
      expect(at.mara.view()).toEqual({ step: "ended", code: "CANCELLED" });
      expect(at.mara.disk.held()).toBeUndefined();
    });
  }

  test("who follows the protocol by hand is paired", async () => {
    const at = await stage();
    await toSettling(at);
    expect(at.mara.view().step).toBe("finishing");
    at.hand.say({ kind: "done" });
    await at.wires.settle();
    expect(at.mara.view()).toEqual({ step: "done", partner: { name: "Eve" } });
  });

  test("who says stored and then that it is not so is taken back, as long as the end is open", async () => {
    const at = await stage();
    await toSettling(at);
    expect(at.mara.disk.held()).toBeDefined();
    at.hand.say({ kind: "end", code: "VANISHED" });
    await at.wires.settle();
    expect(at.mara.view()).toEqual({ step: "ended", code: "VANISHED" });
    expect(at.mara.disk.held()).toBeUndefined();
  });

  test("cannot show a certificate that is damaged, or somebody else's", async () => {
    const damaged = eve.certificate.bytes.slice();
    damaged[1379] = (damaged[1379] ?? 0) ^ 1;
    for (const certificate of [
      damaged,
      makePerson("Jonas").certificate.bytes,
      mara.certificate.bytes,
      new Uint8Array(0),
    ]) {
      const at = await stage(certificate);
      expect(at.mara.view()).toEqual({ step: "ended", code: "JUNK" });
    }
  });

  test("cannot take one of the others' notebooks, or their keys, as its own", async () => {
    type Twist = (hers: PairingMaterial, own: PairingMaterial) => PairingMaterial["mine"];
    const twists: readonly Twist[] = [
      (hers) => hers.mine,
      (hers, own) => ({ id: hers.ours?.id ?? own.mine.id, key: own.mine.key }),
      (hers, own) => ({ id: own.mine.id, key: hers.ours?.key ?? own.mine.key }),
    ];
    for (const twist of twists) {
      const at = await stage();
      const crk = await toMaterial(at);
      const own = honest();
      await sayMaterial(at, crk, writeMaterial({ ...own, mine: twist(herMaterial(at, crk), own) }));
      expect(at.mara.view()).toEqual({ step: "ended", code: "JUNK" });
    }
  });

  test("cannot send a name that plays with the screen, or hide bytes behind it", async () => {
    const written = writeMaterial(honest());
    const withName = (name: string): Uint8Array => {
      const bytes = written.slice();
      const encoded = utf8(name);
      bytes.fill(0, 48);
      bytes[48] = encoded.length >> 8;
      bytes[49] = encoded.length & 0xff;
      bytes.set(encoded.subarray(0, 320), 50);
      return bytes;
    };
    const hidden = written.slice();
    hidden[hidden.length - 1] = 1;
    const badUtf8 = withName("Eva");
    badUtf8[50] = 0xff;
    const bad = ["", " Eve", "Eve\n", "E\u202eve", "x".repeat(81), "x".repeat(400)].map(withName);
    for (const bytes of [
      ...bad,
      hidden,
      badUtf8,
      writeMaterial({ ...honest(), ours: honest().mine }),
    ]) {
      const at = await stage();
      await sayMaterial(at, await toMaterial(at), bytes);
      expect(at.mara.view()).toEqual({ step: "ended", code: "JUNK" });
    }
  });

  test("who seals material under another key has another couple root key, and is not paired", async () => {
    const at = await stage();
    await toMaterial(at);
    await sayMaterial(at, draw(32), writeMaterial(honest()));
    expect(at.mara.view()).toEqual({ step: "ended", code: "JUNK" });
  });
});

test("what one side sealed does not open as the other's, nor in another pairing", () => {
  const [crk, handshakeHash, material] = [draw(32), draw(64), draw(80)];
  const sealed = sealMaterial(crk, "inviter", handshakeHash, material, draw);
  expect(openMaterial(crk, "inviter", handshakeHash, sealed)).toEqual({
    ok: true,
    value: material,
  });
  expect(openMaterial(crk, "joiner", handshakeHash, sealed).ok).toBe(false);
  expect(openMaterial(crk, "inviter", draw(64), sealed).ok).toBe(false);
});

describe("an inviter with a changed app", () => {
  const joined = async (): Promise<Stage> => {
    const clock = createManualClock(1_767_225_600_000);
    const invitation = inviteBy(eve, clock);
    const real = side("joiner", mara, invitation, clock);
    const wires = createMemoryWires();
    const hand = createHandPeer({ seat: "inviter", wire: wires.left, person: eve, invitation });
    real.accept(wires.right);
    await wires.settle();
    hand.say({ kind: "standing", said: { kind: "first", space: undefined } });
    await wires.settle();
    return { mara: real, hand, wires };
  };

  test("cannot choose its nonce after it has seen the other's", async () => {
    const promised = draw(16);
    for (const [shown, ending] of [
      [promised, "words"],
      [draw(16), "ended"],
    ] as const) {
      const at = await joined();
      at.hand.say({
        kind: "commit",
        commitment: sasCommitment(at.hand.transport().hash64, promised),
      });
      await at.wires.settle();
      expect(at.hand.heard.map(({ kind }) => kind)).toEqual(["standing", "nonce"]);
      at.hand.say({ kind: "nonce", nonce: shown });
      await at.wires.settle();
      expect(at.mara.view().step).toBe(ending);
    }
  });

  test("gets no nonce before it has bound itself, and can bind itself only once", async () => {
    const early = await joined();
    early.hand.say({ kind: "nonce", nonce: draw(16) });
    await early.wires.settle();
    expect(early.mara.view()).toEqual({ step: "ended", code: "JUNK" });
    const twice = await joined();
    for (let turn = 0; turn < 2; turn++) {
      twice.hand.say({ kind: "commit", commitment: draw(32) });
      await twice.wires.settle();
    }
    expect(twice.mara.view()).toEqual({ step: "ended", code: "JUNK" });
  });
});
