// The signed manifest of a release, as electron/updates/manifest.ts opens it.
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";

/** What is signed begins with this, so that no signature of ours is good for anything else. */
const label = "Twofold release manifest 1\n";

/** @param {import("node:crypto").KeyObject} privateKey */
export const publicPart = (privateKey) =>
  createPublicKey(privateKey).export({ format: "jwk" }).x ?? "";

/**
 * A new key: its private half sealed with the passphrase (PKCS #8, PEM), its public half as the source pins it.
 * @param {string} passphrase
 */
export const makeReleaseKey = (passphrase) => {
  if (passphrase.length < 12) throw new Error("the passphrase needs at least 12 characters");
  const { privateKey } = generateKeyPairSync("ed25519");
  const sealed = privateKey.export({
    type: "pkcs8",
    format: "pem",
    cipher: "aes-256-cbc",
    passphrase,
  });
  return { sealed: String(sealed), publicKey: publicPart(privateKey) };
};

/**
 * @param {string} sealed
 * @param {string} passphrase
 */
export const openReleaseKey = (sealed, passphrase) => {
  const key = createPrivateKey({ key: sealed, format: "pem", passphrase });
  if (key.asymmetricKeyType !== "ed25519") throw new Error("this is not a release key");
  return key;
};

/**
 * @param {object} manifest
 * @param {readonly import("node:crypto").KeyObject[]} keys
 */
export const signManifest = (manifest, keys) => {
  const bytes = Buffer.from(JSON.stringify(manifest));
  const message = Buffer.concat([Buffer.from(label), bytes]);
  return `${JSON.stringify({
    manifest: bytes.toString("base64url"),
    signatures: keys.map((key) => sign(null, message, key).toString("base64url")),
  })}\n`;
};
