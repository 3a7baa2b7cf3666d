import fc from "fast-check";
import { createEncoder, toUint8Array, writeVarUint, writeVarUint8Array } from "lib0/encoding";
import { beforeAll, describe, expect, test } from "vitest";
import { Doc, encodeStateAsUpdate, encodeStateVector } from "yjs";
import { concatBytes, toBase64Url, utf8 } from "../../shared/base/bytes.ts";
import { systemRandom } from "../../shared/base/random.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { createDataWire, openRawChannel } from "../../renderer/carriers/dataWire.ts";
import { readRendezvousFrame } from "../../renderer/carriers/rendezvousFrames.ts";
import { readFingerprint } from "../../renderer/carriers/sdp.ts";
import { createSignalSeal } from "../../renderer/carriers/signalSeal.ts";
import { pairingSignalShape, type PairingSignal } from "../../renderer/carriers/signalShape.ts";
import { createSyncFilter } from "../../renderer/carriers/syncFilter.ts";

beforeAll(loadSodium);

/** A message as y-webrtc writes it. */
const message = (type: number, kind: number | undefined, body: Uint8Array): Uint8Array => {
  const encoder = createEncoder();
  writeVarUint(encoder, type);
  if (kind !== undefined) writeVarUint(encoder, kind);
  writeVarUint8Array(encoder, body);
  return toUint8Array(encoder);
};
const someUpdate = (): Uint8Array => {
  const doc = new Doc();
  doc.getMap("envelopes").set("key", utf8("bytes"));
  return encodeStateAsUpdate(doc);
};
const ignore = () => {};

describe("what y-webrtc may say and hear", () => {
  test("sync messages pass, both ways", () => {
    const filter = createSyncFilter();
    const passed: Uint8Array[] = [];
    const good = [
      message(0, 0, encodeStateVector(new Doc())),
      message(0, 1, someUpdate()),
      message(0, 2, someUpdate()),
    ];
    for (const one of good) {
      expect(filter.lets(one)).toBe(true);
      expect(filter.give(one, (given) => passed.push(given)).ok).toBe(true);
    }
    expect(passed).toEqual(good);
  });

  test.each([
    ["who is here", 1],
    ["asking who is here", 3],
    ["naming oneself to other tabs", 4],
  ])("%s neither goes out nor comes in, and disturbs nothing", (_, type) => {
    const filter = createSyncFilter();
    const passed: Uint8Array[] = [];
    const presence = message(type, undefined, Uint8Array.of(1, 2, 3));
    expect(filter.lets(presence)).toBe(false);
    expect(filter.give(presence, (given) => passed.push(given)).ok).toBe(true);
    expect(passed).toEqual([]);
  });

  test("an update is not sent back to the one it came from, but everything else still goes out", () => {
    const filter = createSyncFilter();
    const update = someUpdate();
    const outgoing: boolean[] = [];
    filter.give(message(0, 1, update), () => {
      outgoing.push(filter.lets(message(0, 2, update)));
      outgoing.push(filter.lets(message(0, 2, someUpdate())));
      outgoing.push(filter.lets(message(0, 1, update)));
    });
    outgoing.push(filter.lets(message(0, 2, update)));
    expect(outgoing).toEqual([false, true, true, true]);
  });

  test.each([
    ["nothing", new Uint8Array(0)],
    ["an unknown type", message(9, 0, someUpdate())],
    ["an unknown sync type", message(0, 7, someUpdate())],
    ["Yjs that does not decode", message(0, 2, Uint8Array.of(255, 255, 255))],
    ["a state vector that does not decode", message(0, 0, Uint8Array.of(255, 255))],
    ["an update cut short", message(0, 2, someUpdate().subarray(0, 9))],
    ["bytes left over", concatBytes(message(0, 2, someUpdate()), Uint8Array.of(0))],
  ])("%s is junk and never reaches y-webrtc", (_, junk) => {
    const passed: Uint8Array[] = [];
    expect(createSyncFilter().give(junk, (given) => passed.push(given))).toMatchObject({
      ok: false,
      code: "JUNK",
    });
    expect(passed).toEqual([]);
  });

  test("what decodes and still makes y-webrtc throw is junk, not an uncaught error", () => {
    const thrown = createSyncFilter().give(message(0, 2, someUpdate()), () => {
      throw new Error("could not digest");
    });
    expect(thrown).toMatchObject({ ok: false, code: "JUNK" });
  });

  test("no bytes of any kind make it throw", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const filter = createSyncFilter();
        expect(() => [filter.lets(bytes), filter.give(bytes, ignore)]).not.toThrow();
      }),
    );
  });
});

const print = (first: string) => `sha-256 ${first}${":0A".repeat(31)}`;
const sdp = (...lines: string[]) =>
  [
    "v=0",
    "o=- 1 2 IN IP4 127.0.0.1",
    "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
    ...lines,
  ].join("\r\n");

describe("the fingerprint in a description", () => {
  test("is read as it stands in the line", () => {
    expect(readFingerprint(sdp(`a=fingerprint:${print("AB")}`))).toEqual({
      ok: true,
      value: print("AB"),
    });
  });
  test.each([
    ["none", "NO_FINGERPRINT", sdp()],
    ["one of another hash", "NO_FINGERPRINT", sdp("a=fingerprint:sha-1 AB:CD")],
    ["a short one", "NO_FINGERPRINT", sdp("a=fingerprint:sha-256 AB:CD")],
    [
      "two different ones",
      "SEVERAL_FINGERPRINTS",
      sdp(`a=fingerprint:${print("AB")}`, `a=fingerprint:${print("CD")}`),
    ],
    [
      "sound beside the data",
      "NOT_DATA_ONLY",
      sdp("m=audio 9 UDP/TLS/RTP/SAVPF 111", `a=fingerprint:${print("AB")}`),
    ],
    ["no data section", "NOT_DATA_ONLY", `v=0\r\na=fingerprint:${print("AB")}`],
    ["nothing at all", "NOT_DATA_ONLY", ""],
  ])("%s is refused", (_, code, text) => {
    expect(readFingerprint(text)).toMatchObject({ ok: false, code });
  });
});

const newSeal = (key = new Uint8Array(32).fill(5), topic = "room") =>
  createSignalSeal<PairingSignal>({ key, topic, shape: pairingSignalShape, random: systemRandom });
const hello: PairingSignal = { type: "hello", from: "x".repeat(22) };

describe("signals at the meeting point", () => {
  test("the other end reads them, and the meeting point does not", () => {
    const sealed = newSeal().seal(hello);
    expect(newSeal().open(sealed)).toEqual({ ok: true, value: hello });
    expect(sealed).not.toContain("hello");
    expect(newSeal().seal(hello)).not.toBe(sealed);
  });

  test("another key, another room and any changed character are junk", () => {
    const sealed = newSeal().seal(hello);
    expect(newSeal(new Uint8Array(32)).open(sealed)).toMatchObject({ code: "JUNK" });
    expect(newSeal(undefined, "elsewhere").open(sealed)).toMatchObject({ code: "JUNK" });
    fc.assert(
      fc.property(
        fc.nat({ max: sealed.length - 1 }),
        fc.constantFrom(..."ABab01_-=+ "),
        (index, character) => {
          fc.pre(sealed[index] !== character);
          const altered = sealed.slice(0, index) + character + sealed.slice(index + 1);
          expect(newSeal().open(altered)).toMatchObject({ code: "JUNK" });
        },
      ),
    );
  });

  test("one that is repeated, and one's own that comes back, count once", () => {
    const [mine, theirs] = [newSeal(), newSeal()];
    const sealed = mine.seal(hello);
    expect(mine.open(sealed)).toMatchObject({ code: "SEEN" });
    expect(theirs.open(sealed).ok).toBe(true);
    expect(theirs.open(sealed)).toMatchObject({ code: "SEEN" });
  });

  test("what is sealed well and still is none of our signals is junk", () => {
    const anything = createSignalSeal<unknown>({
      key: new Uint8Array(32).fill(5),
      topic: "room",
      shape: pairingSignalShape,
      random: systemRandom,
    });
    for (const odd of [
      null,
      1,
      "hello",
      {},
      [hello],
      { type: "hello" },
      { ...hello, from: "short" },
      { ...hello, type: "offer" },
    ])
      expect(newSeal().open(anything.seal(odd))).toMatchObject({ code: "JUNK" });
  });

  test("nothing that a meeting point says makes anything throw", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), fc.json(), fc.uint8Array().map(toBase64Url)),
        (anything) => {
          expect(() => [newSeal().open(anything), readRendezvousFrame(anything)]).not.toThrow();
        },
      ),
    );
  });

  test("only publishing and pong are heard from a meeting point", () => {
    expect(readRendezvousFrame(`{"type":"publish","topic":"t","data":"d","clients":2}`)).toEqual({
      type: "publish",
      topic: "t",
      data: "d",
    });
    expect(readRendezvousFrame(`{"type":"pong"}`)).toEqual({ type: "pong" });
    for (const other of [
      "null",
      "[]",
      `{"type":"publish","topic":1,"data":"d"}`,
      `{"type":"subscribe"}`,
      "{",
      new ArrayBuffer(3),
    ])
      expect(readRendezvousFrame(other)).toBeUndefined();
  });
});

/** A data channel as far as a wire looks at it. */
const createRawChannel = () => {
  const raw = Object.assign(new EventTarget(), {
    bufferedAmount: 0,
    sent: [] as Uint8Array[],
    send: (bytes: Uint8Array) => {
      raw.sent.push(bytes);
      raw.bufferedAmount += bytes.length;
    },
    closes: 0,
    close: () => {
      raw.closes += 1;
    },
    drain: () => {
      raw.bufferedAmount = 0;
      raw.dispatchEvent(new Event("bufferedamountlow"));
    },
  });
  let shut = 0;
  const connection = { createDataChannel: () => raw } as unknown as RTCPeerConnection;
  const wire = createDataWire({
    raw: openRawChannel(connection),
    fingerprints: { local: print("AA"), remote: print("BB") },
    initiator: true,
    shut: () => (shut += 1),
  });
  return { raw, wire, shut: () => shut };
};

describe("a wire over a data channel", () => {
  test("the raw channel never holds more than two frames and a little, and everything leaves in order", () => {
    const { raw, wire } = createRawChannel();
    const messages = Array.from({ length: 100 }, (_, index) => new Uint8Array(60_000).fill(index));
    let most = 0;
    for (const one of messages) {
      wire.send(one);
      most = Math.max(most, raw.bufferedAmount);
    }
    expect(most).toBeLessThan(64 * 1024 + 60_000);
    expect(wire.pace.hasRoom()).toBe(false);
    expect(wire.waiting()).toBe(6_000_000);
    let told = 0;
    wire.pace.whenRoom(() => (told += 1));
    raw.drain();
    expect([told, raw.sent.length < 100]).toEqual([0, true]);
    while (raw.sent.length < 100) raw.drain();
    expect(told).toBe(0);
    raw.drain();
    expect(told).toBe(1);
    expect(raw.sent.map((one) => one[0])).toEqual(messages.map((one) => one[0]));
  });

  test("what comes before anyone listens is kept, text comes as no bytes", () => {
    const { raw, wire } = createRawChannel();
    raw.dispatchEvent(new MessageEvent("message", { data: Uint8Array.of(1, 2).buffer }));
    raw.dispatchEvent(new MessageEvent("message", { data: "text" }));
    const heard: Uint8Array[] = [];
    wire.listen({ onMessage: (bytes) => heard.push(bytes), onClose: ignore });
    expect(heard).toEqual([Uint8Array.of(1, 2), new Uint8Array(0)]);
  });

  test("whoever sends more than a beginning before anyone listens is cut off, and nothing of it is kept", () => {
    for (const flood of [
      Array.from({ length: 17 }, () => new ArrayBuffer(1)),
      Array.from({ length: 5 }, () => new ArrayBuffer(60_000)),
    ]) {
      const { raw, wire } = createRawChannel();
      for (const data of flood) raw.dispatchEvent(new MessageEvent("message", { data }));
      expect(raw.closes).toBe(1);
      let heard = 0;
      wire.listen({ onMessage: () => (heard += 1), onClose: ignore });
      expect(heard).toBe(0);
    }
  });

  test("an end is told once, our own is not told, and nothing is sent or heard after it", () => {
    for (const ours of [true, false]) {
      const { raw, wire, shut } = createRawChannel();
      let [closes, heard] = [0, 0];
      wire.listen({ onMessage: () => (heard += 1), onClose: () => (closes += 1) });
      if (ours) wire.close();
      raw.dispatchEvent(new Event("close"));
      raw.dispatchEvent(new Event("error"));
      wire.close();
      wire.send(Uint8Array.of(1));
      raw.dispatchEvent(new MessageEvent("message", { data: new ArrayBuffer(1) }));
      expect({ closes, heard, shut: shut(), sent: raw.sent.length }).toEqual({
        closes: ours ? 0 : 1,
        heard: 0,
        shut: 1,
        sent: 0,
      });
    }
  });

  test("a channel that breaks while sending is an end, not an exception", () => {
    const { raw, wire } = createRawChannel();
    raw.send = () => {
      throw new Error("closing");
    };
    let closes = 0;
    wire.listen({ onMessage: ignore, onClose: () => (closes += 1) });
    expect(() => wire.send(Uint8Array.of(1))).not.toThrow();
    expect(closes).toBe(1);
  });
});
