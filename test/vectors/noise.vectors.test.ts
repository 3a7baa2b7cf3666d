import { beforeAll, expect, test } from "vitest";
import { fromHex, toHex } from "../../shared/base/bytes.ts";
import { x25519PublicOf, x25519Secret } from "../../shared/crypto/keys.ts";
import { createHandshake, type Handshake, type Pattern } from "../../shared/crypto/noise.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import published from "./data/noise/xx_25519_chachapoly_blake2b.json" with { type: "json" };

type Vector = {
  readonly protocol_name: string;
  readonly init_prologue: string;
  readonly init_static: string;
  readonly init_ephemeral: string;
  readonly init_psks?: readonly string[];
  readonly resp_prologue: string;
  readonly resp_static: string;
  readonly resp_ephemeral: string;
  readonly resp_psks?: readonly string[];
  readonly handshake_hash?: string;
  readonly messages: readonly { readonly payload: string; readonly ciphertext: string }[];
};

const vectors = Object.entries<readonly Vector[]>(published).flatMap(([source, list]) =>
  list.map((vector) => ({ name: `${source} ${vector.protocol_name}`, vector })),
);

beforeAll(loadSodium);

test("the published file holds both patterns, each through its handshake and on", () => {
  expect(vectors.map(({ name, vector }) => [name, vector.messages.length])).toEqual([
    ["cacophony Noise_XX_25519_ChaChaPoly_BLAKE2b", 6],
    ["cacophony Noise_XXpsk3_25519_ChaChaPoly_BLAKE2b", 6],
    ["snow Noise_XX_25519_ChaChaPoly_BLAKE2b", 5],
  ]);
});

test.each(vectors)("$name: both sides make and read exactly the published bytes", ({ vector }) => {
  const initiator = side(vector, true);
  const responder = side(vector, false);
  for (const [index, message] of vector.messages.entries()) {
    const [writer, reader] = index % 2 === 0 ? [initiator, responder] : [responder, initiator];
    expect(toHex(sendWith(writer, fromHex(message.payload)))).toBe(message.ciphertext);
    expect(toHex(receiveWith(reader, fromHex(message.ciphertext)))).toBe(message.payload);
  }
  const { hash64 } = initiator.split();
  expect(responder.split().hash64).toEqual(hash64);
  // snow publishes no hash; its transport messages come from the same state.
  expect(toHex(hash64)).toBe(vector.handshake_hash ?? toHex(hash64));
  expect(initiator.remoteStatic()).toEqual(publicOf(vector.resp_static));
  expect(responder.remoteStatic()).toEqual(publicOf(vector.init_static));
});

const side = (vector: Vector, initiator: boolean): Handshake => {
  const own = initiator
    ? { static: vector.init_static, ephemeral: vector.init_ephemeral, psk: vector.init_psks?.[0] }
    : { static: vector.resp_static, ephemeral: vector.resp_ephemeral, psk: vector.resp_psks?.[0] };
  const secret = x25519Secret(fromHex(own.static));
  return createHandshake({
    pattern: vector.protocol_name.split("_")[1] as Pattern,
    initiator,
    prologue: fromHex(initiator ? vector.init_prologue : vector.resp_prologue),
    staticKey: { secret, public: x25519PublicOf(secret) },
    ephemeral: x25519Secret(fromHex(own.ephemeral)),
    random: () => {
      throw new Error("a vector leaves nothing to chance");
    },
    ...(own.psk === undefined ? {} : { psk: fromHex(own.psk) }),
  });
};

const publicOf = (secret: string) => x25519PublicOf(x25519Secret(fromHex(secret)));

const sendWith = (handshake: Handshake, payload: Uint8Array): Uint8Array =>
  handshake.finished ? must(handshake.split().send.seal(payload)) : handshake.write(payload);

const receiveWith = (handshake: Handshake, message: Uint8Array): Uint8Array =>
  must(handshake.finished ? handshake.split().receive.open(message) : handshake.read(message));

const must = <Value>(result: { ok: true; value: Value } | { ok: false; code: string }): Value => {
  if (!result.ok) throw new Error(result.code);
  return result.value;
};
