import { beforeAll, expect, test } from "vitest";
import { newId, type PageId } from "../../shared/base/ids.ts";
import type { Random } from "../../shared/base/random.ts";
import { aeadTagLength } from "../../shared/crypto/aead.ts";
import { loadSodium, sodium } from "../../shared/crypto/sodium.ts";
import { carriedNotebookKey, envelopeLayout } from "../../shared/envelope/envelope.ts";
import { genesisId } from "../../shared/envelope/message.ts";
import { openEnvelope } from "../../shared/envelope/open.ts";
import { recipientsFor } from "../../shared/envelope/recipients.ts";
import { composeMessage, sealMessage } from "../../shared/envelope/seal.ts";
import { tagHolds } from "../../shared/envelope/tags.ts";
import { must } from "../support/twoPartners.ts";
import { makeCouple } from "../unit/envelopeKit.ts";
import { isShort, median, rounded, tellResults } from "./results.ts";

beforeAll(loadSodium);

/** Bytes of what was written: a pause in typing, a page, a photo's piece, the most that a message holds. */
const sizes = [200, 2_000, 20_000, 250_000, 1_000_000];
const rounds = isShort ? 3 : 15;
/** So many bytes a round, for the small ones to be measured at all. */
const bytesOfRound = isShort ? 200_000 : 4_000_000;

/** µs of this process's work for each time. */
const workOf = (times: number, act: () => void): number => {
  const before = process.cpuUsage();
  for (let time = 0; time < times; time++) act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
};

/**
 * One message as it is written (named by its hash, tagged for one partner, padded, sealed) and as it is taken in (opened,
 * its name and tag made sure of). Raw: as many bytes, padding included, through libsodium's cipher and nothing more.
 * Called for: that, and every hash that the protocol asks of either side, straight from libsodium.
 */
const prepare = (size: number) => {
  const { random, space, ada, adas, roster } = makeCouple("sealing");
  const recipients = recipientsFor(ada, roster);
  const [{ device: reader, key: auth } = never()] = recipients;
  const header = {
    kind: "update" as const,
    space,
    notebook: adas.id,
    device: ada.device,
    seq: 1,
    time: 1_700_000_000_000,
    prev: genesisId(space, adas.id, ada.device),
  };
  const payload = { seen: [], page: newId<PageId>(random), body: bytesFrom(random, size) };
  const draft = { header, payload, salt: random(32), recipients };
  const [key, rawKey, nonce] = [carriedNotebookKey(random(32)), random(32), random(24)];
  const envelope = sealMessage(must(composeMessage(draft)), key, nonce);
  const held = [{ notebook: adas.id, key }];
  const {
    crypto_aead_xchacha20poly1305_ietf_encrypt: encrypt,
    crypto_aead_xchacha20poly1305_ietf_decrypt: decrypt,
    crypto_generichash: blake,
  } = sodium();
  const beside = envelope.slice(0, envelopeLayout.ciphertext);
  const plain = bytesFrom(random, envelope.length - beside.length - aeadTagLength);
  const sealed = encrypt(plain, beside, null, nonce, rawKey);
  const hashed = [17 + size, 152, 45].map((length) => bytesFrom(random, length));
  // What a payload is bound by, a message's name, its tag, and the keys of this one envelope.
  const hashAll = () => {
    for (const bytes of hashed) blake(32, bytes, rawKey);
    blake(64, nonce, rawKey);
  };
  return {
    bytes: envelope.length,
    seal: () => sealMessage(must(composeMessage(draft)), key, nonce),
    sealRaw: () => encrypt(plain, beside, null, nonce, rawKey),
    open: () => {
      const { message } = must(openEnvelope(envelope, held));
      const tag = message.tags.find(({ recipient }) => recipient === reader)?.tag ?? never();
      if (!tagHolds(auth, message.id, tag)) throw new Error("the tag does not hold");
      return message.payload.body;
    },
    openRaw: () => decrypt(null, sealed, beside, nonce, rawKey),
    sealCalledFor: () => [hashAll(), encrypt(plain, beside, null, nonce, rawKey)],
    openCalledFor: () => [hashAll(), decrypt(null, sealed, beside, nonce, rawKey)],
    body: payload.body,
  };
};

const never = (): never => {
  throw new Error("it is there");
};

/** Drawn once and said again: what is sealed does not matter to how long it takes. */
const bytesFrom = (random: Random, length: number): Uint8Array => {
  const some = random(Math.min(length, 4_096));
  return Uint8Array.from({ length }, (_, at) => some[at % some.length] ?? 0);
};

const ways = ["", "Raw", "CalledFor"] as const;

/** µs of each way in the middle, and how many times the others ours is. */
const measure = (act: "seal" | "open", prepared: ReturnType<typeof prepare>) => {
  const times = Math.max(2, Math.round(bytesOfRound / prepared.bytes));
  const took: Record<(typeof ways)[number], number[]> = { "": [], Raw: [], CalledFor: [] };
  // The first round still compiles: it is not counted.
  for (let round = 0; round <= rounds; round++)
    for (const way of ways) {
      const work = workOf(times, prepared[`${act}${way}`]);
      if (round > 0) took[way].push(work);
    }
  const ratio = (way: "Raw" | "CalledFor"): number =>
    rounded(median(took[""].map((work, at) => work / (took[way][at] ?? Number.NaN))), 2);
  return {
    written: prepared.body.length,
    envelope: prepared.bytes,
    act,
    ours: rounded(median(took[""])),
    raw: rounded(median(took.Raw)),
    timesRaw: ratio("Raw"),
    calledFor: rounded(median(took.CalledFor)),
    timesCalledFor: ratio("CalledFor"),
  };
};

/** Below it, the calls themselves take longer than what is called: some 20 µs for each envelope. */
const judgedFrom = 20_000;

test("an envelope is sealed and opened in less than twice the time of what libsodium does for it", () => {
  const lines = sizes.flatMap((size) => {
    const prepared = prepare(size);
    expect(prepared.open()).toEqual(prepared.body);
    return (["seal", "open"] as const).map((act) => measure(act, prepared));
  });
  tellResults("sealing", lines);
  // So short a look says nothing.
  if (isShort) return;
  const judged = lines.filter(({ written }) => written >= judgedFrom);
  expect(judged.filter(({ timesCalledFor }) => timesCalledFor >= 2)).toEqual([]);
}, 600_000);
