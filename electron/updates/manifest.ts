import { createHash, createPublicKey, verify } from "node:crypto";
import * as v from "valibot";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import { readVersion } from "./version.ts";

/**
 * What a release says of itself: JSON, signed with Ed25519 by a key that no computer on a network holds
 * (scripts/releasing). The signature covers the exact bytes, after a label that nothing else of ours is signed under.
 */
export const releaseLabel = "Twofold release manifest 1\n";
export const manifestName = "twofold-release.json";
/** Bytes of the whole signed file. */
export const manifestLimit = 65_536;

const isVersion = (text: string): boolean => readVersion(text) !== undefined;
const version = v.pipe(v.string(), v.check(isVersion));
/** One mebibyte a thousand times: no package is as large. */
const fileLimit = 1_048_576_000;

const releaseFile = v.strictObject({
  platform: v.picklist(["linux", "macos", "windows"]),
  arch: v.picklist(["x64", "arm64"]),
  kind: v.picklist(["AppImage", "deb", "rpm", "exe", "zip", "dmg"]),
  // A name and no path: it is put behind the release address.
  name: v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/)),
  size: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(fileLimit)),
  sha512: v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{86}==$/)),
});

const manifest = v.strictObject({
  format: v.literal(1),
  channel: v.picklist(["stable", "early"]),
  version,
  date: v.pipe(v.string(), v.isoDate()),
  /** The oldest version that may be replaced by this one directly. */
  least: version,
  files: v.pipe(v.array(releaseFile), v.minLength(1), v.maxLength(32)),
});

const signedFile = v.strictObject({
  manifest: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/)),
  signatures: v.pipe(
    v.array(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{86}$/))),
    v.minLength(1),
    v.maxLength(4),
  ),
});

export type ReleaseFile = v.InferOutput<typeof releaseFile>;
export type Manifest = v.InferOutput<typeof manifest>;
export type Channel = Manifest["channel"];

export type OpenedManifest = {
  readonly manifest: Manifest;
  /** SHA-256 of the signed bytes, hex: one version is signed once. */
  readonly digest: string;
};

/** Ed25519 public keys: 32 bytes as base64url. */
export type ReleaseKeys = readonly string[];

/** The signature comes first: nothing that is not signed reaches the reader of manifests. */
export const openManifest = (
  bytes: Uint8Array,
  keys: ReleaseKeys,
  channel: Channel,
): Result<OpenedManifest, "RELEASE_REFUSED"> => {
  if (bytes.length > manifestLimit) return refuse("RELEASE_REFUSED", "size");
  const file = v.safeParse(signedFile, readJson(bytes));
  if (!file.success) return refuse("RELEASE_REFUSED", "file");
  const signed = Buffer.from(file.output.manifest, "base64url");
  const message = Buffer.concat([Buffer.from(releaseLabel), signed]);
  const isSigned = file.output.signatures.some((signature) =>
    keys.some((key) => isSignedBy(key, message, Buffer.from(signature, "base64url"))),
  );
  if (!isSigned) return refuse("RELEASE_REFUSED", "signature");
  const said = v.safeParse(manifest, readJson(signed));
  if (!said.success) return refuse("RELEASE_REFUSED", "manifest");
  if (said.output.channel !== channel) return refuse("RELEASE_REFUSED", "channel");
  const { files } = said.output;
  if (new Set(files.map(({ name }) => name)).size !== files.length)
    return refuse("RELEASE_REFUSED", "names");
  // A channel is more than a word: what is not finished never goes out as "stable".
  if (channel === "stable" && readVersion(said.output.version)?.before.length !== 0)
    return refuse("RELEASE_REFUSED", "version");
  return accept({
    manifest: said.output,
    digest: createHash("sha256").update(signed).digest("hex"),
  });
};

const isSignedBy = (key: string, message: Uint8Array, signature: Uint8Array): boolean => {
  const publicKey = createPublicKey({
    key: { kty: "OKP", crv: "Ed25519", x: key },
    format: "jwk",
  });
  return verify(null, message, publicKey, signature);
};

const readJson = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
};
