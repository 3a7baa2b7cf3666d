import { beforeAll, expect, test } from "vitest";
import { fromHex, toHex } from "../../shared/base/bytes.ts";
import { openXChaCha, sealXChaCha } from "../../shared/crypto/aead.ts";
import {
  ed25519Public,
  verifySignature,
  x25519Public,
  x25519Secret,
  x25519Shared,
} from "../../shared/crypto/keys.ts";
import { loadSodium, sodium } from "../../shared/crypto/sodium.ts";
import ed25519 from "./data/wycheproof/ed25519_test.json" with { type: "json" };
import mlkem from "./data/wycheproof/mlkem_768_test.json" with { type: "json" };
import x25519 from "./data/wycheproof/x25519_test.json" with { type: "json" };
import xchacha from "./data/wycheproof/xchacha20_poly1305_test.json" with { type: "json" };

beforeAll(loadSodium);

type Case = {
  readonly tcId: number;
  readonly kind: string;
  readonly wanted: string;
  readonly got: string;
};

/** The numbers are part of each promise: a file that is empty or misread would look green otherwise. */
const summary = (
  cases: readonly Case[],
): { different: readonly Case[]; ran: Record<string, number> } => {
  const ran: Record<string, number> = {};
  for (const { kind } of cases) ran[kind] = (ran[kind] ?? 0) + 1;
  return { different: cases.filter(({ wanted, got }) => wanted !== got), ran };
};

/** What came out, in hex, or the code or kind of error with which it was refused. */
const outcome = (
  run: () => Uint8Array | { ok: boolean; code?: string; value?: Uint8Array },
): string => {
  try {
    const made = run();
    if (made instanceof Uint8Array) return toHex(made);
    return made.value === undefined ? `${made.code}` : toHex(made.value);
  } catch (error) {
    return error instanceof RangeError ? "RangeError" : "thrown";
  }
};

test("Wycheproof: XChaCha20-Poly1305, all 315 cases", () => {
  const cases = xchacha.testGroups.flatMap(({ ivSize, tests }) =>
    tests.flatMap(({ tcId, key, iv, aad, msg, ct, tag, result }): Case[] => {
      const [secret, nonce, ad] = [fromHex(key), fromHex(iv), fromHex(aad)];
      const opened = outcome(() => openXChaCha(secret, nonce, fromHex(ct + tag), ad));
      if (ivSize !== 192)
        return [{ tcId, kind: "wrong nonce length", wanted: "RangeError", got: opened }];
      if (result !== "valid") return [{ tcId, kind: "altered", wanted: "AEAD_FAIL", got: opened }];
      const sealed = outcome(() => sealXChaCha(secret, nonce, fromHex(msg), ad));
      return [
        { tcId, kind: "opened", wanted: msg, got: opened },
        { tcId, kind: "sealed", wanted: ct + tag, got: sealed },
      ];
    }),
  );
  expect(summary(cases)).toEqual({
    different: [],
    ran: { opened: 246, sealed: 246, altered: 60, "wrong nonce length": 9 },
  });
});

test("Wycheproof: X25519, all 518 cases; the 31 whose result is zeros are refused by us", () => {
  // Wycheproof calls these 31 "acceptable"; TF/1 refuses them (PROTOCOL §6), and so do we.
  const zeros = "00".repeat(32);
  const cases = x25519.testGroups.flatMap(({ tests }) =>
    tests.map(({ tcId, public: theirs, private: mine, shared }): Case => {
      const got = outcome(() =>
        x25519Shared(x25519Secret(fromHex(mine)), x25519Public(fromHex(theirs))),
      );
      return shared === zeros
        ? { tcId, kind: "zeros", wanted: "ZERO_SHARED", got }
        : { tcId, kind: "shared", wanted: shared, got };
    }),
  );
  expect(summary(cases)).toEqual({ different: [], ran: { shared: 487, zeros: 31 } });
});

test("Wycheproof: Ed25519, all 151 cases", () => {
  const cases = ed25519.testGroups.flatMap(({ publicKey, tests }) =>
    tests.map(({ tcId, msg, sig, result }): Case => {
      const holds = verifySignature(
        ed25519Public(fromHex(publicKey.pk)),
        fromHex(msg),
        fromHex(sig),
      );
      return { tcId, kind: result, wanted: result, got: holds ? "valid" : "invalid" };
    }),
  );
  expect(summary(cases)).toEqual({ different: [], ran: { valid: 88, invalid: 63 } });
});

test("Wycheproof: ML-KEM-768, the newer half of X-Wing, all 193 cases", () => {
  const cases = mlkem.testGroups.flatMap(({ tests }) =>
    tests.flatMap((vector): Case[] => {
      const { tcId, seed, c, K, result } = vector;
      const pair = () => sodium().crypto_kem_mlkem768_seed_keypair(fromHex(seed));
      const got = outcome(() => sodium().crypto_kem_mlkem768_dec(fromHex(c), pair().privateKey));
      if (result !== "valid") return [{ tcId, kind: "wrong length", wanted: "thrown", got }];
      const ek = "ek" in vector ? vector.ek : undefined;
      return [
        { tcId, kind: "opened", wanted: K, got },
        { tcId, kind: "public key", wanted: `${ek}`, got: outcome(() => pair().publicKey) },
      ];
    }),
  );
  expect(summary(cases)).toEqual({
    different: [],
    ran: { opened: 153, "public key": 153, "wrong length": 40 },
  });
});
