import { beforeAll, expect, test } from "vitest";
import { concatBytes, toHex, u32, u64 } from "../../shared/base/bytes.ts";
import {
  newId,
  noPage,
  type DeviceId,
  type MessageId,
  type NotebookId,
} from "../../shared/base/ids.ts";
import { pad } from "../../shared/crypto/padme.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { decodeAck, encodeAck } from "../../shared/envelope/ack.ts";
import {
  carriedNotebookKey,
  envelopeKey,
  notebookKey,
  type CarriedEnvelope,
} from "../../shared/envelope/envelope.ts";
import { decodeMessage, encodeMessage, longestMessage } from "../../shared/envelope/message.ts";
import { openEnvelope } from "../../shared/envelope/open.ts";
import { onlyMyself, recipientsFor } from "../../shared/envelope/recipients.ts";
import { composeMessage, sealBytes, sealMessage, sealPadded } from "../../shared/envelope/seal.ts";
import {
  admissionFor,
  admitAll,
  at,
  makeCouple,
  rosterEntry,
  write,
  type Couple,
} from "./envelopeKit.ts";

let couple: Couple;
let bytes: Uint8Array;
beforeAll(async () => {
  await loadSodium();
  couple = makeCouple("codec");
  bytes = encodeMessage(
    write(couple, couple.ada, couple.adas, { text: "I was late, and I did not call." }).message,
  );
});

/** `bytes` with some replaced from `offset` on. */
const patched = (offset: number, ...values: readonly number[]): Uint8Array => {
  const copy = bytes.slice();
  copy.set(values, offset);
  return copy;
};

const codeFor = (message: Uint8Array): string => {
  const decoded = decodeMessage(message);
  return decoded.ok ? "fine" : decoded.code;
};

const tooMuch = u64(2 ** 53);

test("a message reads back as it was written", () => {
  const decoded = decodeMessage(bytes);
  expect(decoded.ok && toHex(encodeMessage(decoded.value))).toBe(toHex(bytes));
});

test("each fault of a message has its own code", () => {
  expect(codeFor(bytes)).toBe("fine");
  expect(codeFor(patched(0, 0))).toBe("BAD_VERSION");
  expect(codeFor(patched(1, 0))).toBe("BAD_KIND");
  expect(codeFor(patched(1, 8))).toBe("BAD_KIND");
  expect(codeFor(patched(2, 1))).toBe("BAD_FLAGS");
  expect(codeFor(patched(3, 1))).toBe("BAD_FLAGS");
  expect(codeFor(patched(52, ...tooMuch))).toBe("BAD_HEADER");
  expect(codeFor(patched(60, ...tooMuch))).toBe("BAD_HEADER");
  expect(codeFor(patched(60, ...u64(2 ** 53 - 1)))).toBe("fine");
  expect(codeFor(patched(52, ...u64(0)))).toBe("BAD_SEQ");
  expect(codeFor(patched(100, ...u32(2 ** 32 - 1)))).toBe("BAD_LENGTH");
  expect(codeFor(concatBytes(bytes, Uint8Array.of(0)))).toBe("BAD_LENGTH");
  expect(codeFor(bytes.subarray(0, -1))).toBe("BAD_LENGTH");
  expect(codeFor(patched(136, 255))).toBe("BAD_PAYLOAD");
});

test("the first fault in the protocol's order is the one that is named", () => {
  const everything = patched(0, 2, 9, 1, 1);
  everything.set(tooMuch, 60);
  everything.set(u64(0), 52);
  const order = ["BAD_VERSION", "BAD_KIND", "BAD_FLAGS", "BAD_HEADER", "BAD_SEQ", "BAD_LENGTH"];
  const repairs: readonly (() => void)[] = [
    () => everything.set([1], 0),
    () => everything.set([1], 1),
    () => everything.set([0, 0], 2),
    () => everything.set(u64(0), 60),
    () => everything.set(u64(1), 52),
    () => undefined,
  ];
  const short = everything.subarray(0, -1);
  const codes = repairs.map((repair) => {
    const code = codeFor(short);
    repair();
    return code;
  });
  expect(codes).toEqual(order);
});

test("a message cut anywhere is refused, from nothing at all to one byte less", () => {
  for (let length = 0; length < bytes.length; length++) {
    expect(codeFor(bytes.subarray(0, length))).toBe("BAD_LENGTH");
  }
});

test("what a cut message still has is looked at: its sequence, its time", () => {
  expect(codeFor(patched(52, ...u64(0)).subarray(0, 60))).toBe("BAD_SEQ");
  expect(codeFor(patched(52, ...tooMuch).subarray(0, 60))).toBe("BAD_HEADER");
  expect(codeFor(patched(52, ...u64(0)).subarray(0, 59))).toBe("BAD_LENGTH");
  expect(codeFor(patched(60, ...tooMuch).subarray(0, 68))).toBe("BAD_HEADER");
  expect(codeFor(patched(60, ...tooMuch).subarray(0, 67))).toBe("BAD_LENGTH");
});

test("a message has 1 to 16 tags, each device once, in ascending order", () => {
  const untagged = bytes.subarray(0, bytes.length - 49);
  const tag = (device: number): Uint8Array =>
    concatBytes(new Uint8Array(16).fill(device), new Uint8Array(32));
  const tagged = (devices: readonly number[]): Uint8Array =>
    concatBytes(untagged, Uint8Array.of(devices.length), ...devices.map(tag));
  const upTo = (count: number): readonly number[] =>
    Array.from({ length: count }, (_, index) => index);
  expect(codeFor(tagged([]))).toBe("BAD_LENGTH");
  expect(codeFor(tagged(upTo(16)))).toBe("fine");
  expect(codeFor(tagged(upTo(17)))).toBe("BAD_LENGTH");
  expect(codeFor(tagged([1, 1]))).toBe("BAD_TAG_ORDER");
  expect(codeFor(tagged([2, 1]))).toBe("BAD_TAG_ORDER");
  expect(codeFor(tagged([9, 10, 127, 128, 255]))).toBe("fine");
});

test("a payload too short for its page or its seen heads is refused after everything else", () => {
  const withPayload = (payload: Uint8Array, tags: Uint8Array): Uint8Array =>
    concatBytes(
      bytes.subarray(0, 100),
      u32(payload.length),
      bytes.subarray(104, 136),
      payload,
      tags,
    );
  const tags = bytes.subarray(bytes.length - 49);
  expect(codeFor(withPayload(new Uint8Array(0), tags))).toBe("BAD_PAYLOAD");
  expect(codeFor(withPayload(new Uint8Array(16), tags))).toBe("BAD_PAYLOAD");
  expect(codeFor(withPayload(new Uint8Array(17), tags))).toBe("fine");
  expect(codeFor(withPayload(Uint8Array.of(1, ...new Uint8Array(71)), tags))).toBe("BAD_PAYLOAD");
  expect(codeFor(withPayload(Uint8Array.of(1, ...new Uint8Array(72)), tags))).toBe("fine");
  expect(codeFor(withPayload(new Uint8Array(16), Uint8Array.of(0)))).toBe("BAD_LENGTH");
});

const keysOf = ({ adas }: Couple) => [{ notebook: adas.id, key: at(adas.keys, 0) }];
const openCode = (envelope: Uint8Array): string => {
  const opened = openEnvelope(envelope, keysOf(couple));
  return opened.ok ? "fine" : opened.code;
};

test("envelopes below 592 and above 1,081,424 bytes are refused by their size alone", () => {
  expect(openCode(new Uint8Array(0))).toBe("TOO_SHORT");
  expect(openCode(new Uint8Array(591))).toBe("TOO_SHORT");
  expect(openCode(new Uint8Array(592))).toBe("BAD_MAGIC");
  expect(openCode(new Uint8Array(1_081_424))).toBe("BAD_MAGIC");
  expect(openCode(new Uint8Array(1_081_425))).toBe("TOO_LARGE");
});

test("a message of exactly 1 MiB is sealed and opened; one byte more is refused on both sides", () => {
  const { ada, roster, random, adas } = couple;
  const { message } = write(couple, ada, adas, { text: "" });
  const overhead = encodeMessage(message).length;
  const compose = (length: number) =>
    composeMessage({
      header: message.header,
      salt: random(32),
      payload: { seen: [], page: noPage, body: new Uint8Array(length - overhead) },
      recipients: recipientsFor(ada, roster),
    });
  expect(compose(longestMessage + 1)).toMatchObject({ ok: false, code: "TOO_LARGE" });
  const whole = compose(longestMessage);
  const key = at(adas.keys, 0);
  expect(whole.ok && openCode(sealMessage(whole.value, key, random(24)))).toBe("fine");
  const over = concatBytes(bytes, new Uint8Array(longestMessage + 1 - bytes.length));
  expect(openCode(sealBytes(over, key, random(24)))).toBe("TOO_LARGE");
});

test("any padding but the right one is refused, however well it is sealed", () => {
  const { adas, random } = couple;
  const sealed = (plaintext: Uint8Array): string =>
    openCode(sealPadded(plaintext, at(adas.keys, 0), random(24)));
  const right = pad(bytes);
  const marked = right.slice();
  marked[bytes.length] = 0x81;
  const filled = right.slice();
  filled[right.length - 1] = 1;
  expect(sealed(right)).toBe("fine");
  expect(sealed(new Uint8Array(512))).toBe("BAD_PAD");
  expect(sealed(concatBytes(right, new Uint8Array(32)))).toBe("BAD_PAD");
  expect(sealed(marked)).toBe("BAD_PAD");
  expect(sealed(filled)).toBe("BAD_PAD");
});

test("an empty message, well sealed and padded, is refused", () => {
  expect(openCode(sealBytes(new Uint8Array(0), at(couple.adas.keys, 0), couple.random(24)))).toBe(
    "BAD_LENGTH",
  );
});

test("opening tells under which notebook's key it was sealed, and the envelope outlives its buffer", () => {
  const { ada, adas, bens, ours } = couple;
  const keys = [bens, ours, adas].map(({ id, keys: [key] }) => ({
    notebook: id,
    key: key ?? at(ours.keys, 0),
  }));
  const { envelope } = write(couple, ada, adas);
  const received = concatBytes(new Uint8Array(7), envelope);
  const opened = openEnvelope(received.subarray(7), keys);
  received.fill(0);
  expect(opened).toMatchObject({ ok: true, value: { notebook: adas.id } });
  expect(opened.ok && toHex(opened.value.envelope)).toBe(toHex(envelope));
});

test("an envelope's name is 22 letters that depend on every sealing", () => {
  const { ada, adas, random } = couple;
  const { message } = write(couple, ada, adas);
  const [one, other] = [random(24), random(24)].map((nonce) =>
    envelopeKey(sealMessage(message, at(adas.keys, 0), nonce)),
  );
  expect(one).toMatch(/^[\w-]{22}$/);
  expect(one).not.toBe(other);
});

test("what only I read is tagged for myself, and no admission ever takes it", () => {
  const { ada, ben, adas, random } = couple;
  const { message } = write(couple, ada, adas);
  const own = composeMessage({ ...message, recipients: onlyMyself(ada) });
  if (!own.ok) throw new Error(own.code);
  expect(own.value.tags).toMatchObject([{ recipient: ada.device }]);
  const envelope = sealMessage(own.value, at(adas.keys, 0), random(24));
  expect(admitAll(admissionFor(couple, ben), [{ message, envelope }])).toEqual(["NO_TAG"]);
  expect(admitAll(admissionFor(couple, ada), [{ message, envelope }])).toEqual(["NO_TAG"]);
});

test("an envelope sealed under a key that stays here is not one that a carrier takes", () => {
  const { ada, adas, random } = couple;
  const { message } = write(couple, ada, adas);
  const kept = sealMessage(message, notebookKey(random(32)), random(24));
  // @ts-expect-error: this line has to stay a type error, or my room could leak.
  const carried: CarriedEnvelope = kept;
  expect(carried.length).toBe(kept.length);
});

test("recipients are the devices in use but my own, and tags come out sorted", () => {
  const { ada, ben, adas, roster, random } = couple;
  const gone = {
    ...rosterEntry({ device: newId<DeviceId>(random), secret: ben.secret }),
    cuts: new Map(),
  };
  const more = Array.from({ length: 9 }, () =>
    rosterEntry({ device: newId<DeviceId>(random), secret: ben.secret }),
  );
  const { message } = write(couple, ada, adas, { readers: [...roster, gone, ...more] });
  const devices = message.tags.map(({ recipient }) => recipient);
  expect(devices).toHaveLength(10);
  expect(devices).toEqual(devices.toSorted());
  expect(devices).not.toContain(ada.device);
  expect(devices).not.toContain(gone.device);
});

test("misuse throws: wrong lengths, a recipient twice, numbers that no message has", () => {
  const { ada, adas, roster, random } = couple;
  const { message } = write(couple, ada, adas);
  const recipients = recipientsFor(ada, roster);
  const compose = (changes: object) => () => composeMessage({ ...message, recipients, ...changes });
  expect(compose({ salt: random(31) })).toThrow(RangeError);
  expect(compose({ recipients: [...recipients, ...recipients] })).toThrow(RangeError);
  expect(compose({ header: { ...message.header, seq: 0 } })).toThrow(RangeError);
  expect(compose({ header: { ...message.header, seq: 2 ** 53 } })).toThrow(RangeError);
  expect(compose({ header: { ...message.header, time: 1.5 } })).toThrow(RangeError);
  expect(() => encodeMessage({ ...message, tags: [] })).toThrow(RangeError);
  expect(() => sealMessage(message, at(adas.keys, 0), random(12))).toThrow(RangeError);
  expect(() => notebookKey(random(31))).toThrow(RangeError);
  expect(() => carriedNotebookKey(random(33))).toThrow(RangeError);
});

const head = () => ({
  notebook: newId<NotebookId>(couple.random),
  device: newId<DeviceId>(couple.random),
  seq: 2 ** 53 - 1,
  id: toHex(couple.random(32)) as MessageId,
});

test("an acknowledgement reads back as it was written, an empty one too", () => {
  const heads = [head(), { ...head(), seq: 1 }, head()];
  expect(decodeAck(encodeAck(heads))).toEqual({ ok: true, value: heads });
  expect(decodeAck(new Uint8Array(0))).toEqual({ ok: true, value: [] });
});

test("an acknowledgement with bytes left over, an impossible sequence or a chain named twice is refused", () => {
  const one = head();
  const refused = { ok: false, code: "BAD_ACK" };
  const encoded = encodeAck([one]);
  const withSeq = (seq: Uint8Array): Uint8Array => {
    const copy = encoded.slice();
    copy.set(seq, 32);
    return copy;
  };
  expect(decodeAck(encoded.subarray(1))).toMatchObject(refused);
  expect(decodeAck(concatBytes(encoded, Uint8Array.of(0)))).toMatchObject(refused);
  expect(decodeAck(withSeq(u64(0)))).toMatchObject(refused);
  expect(decodeAck(withSeq(tooMuch))).toMatchObject(refused);
  expect(decodeAck(encodeAck([one, { ...one, seq: 5 }]))).toMatchObject(refused);
});
