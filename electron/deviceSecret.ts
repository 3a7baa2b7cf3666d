import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { safeStorage } from "electron";
import * as v from "valibot";
import { accept, refuse, type Result } from "../shared/base/result.ts";
import type { DeviceSecret, DeviceSecretCode, ObtainedSecret } from "../shared/bridge/bridge.ts";
import { writeAtomically } from "./atomicFile.ts";

const secretLength = 32;

export type DeviceSecretParts = {
  /** Where the sealed secret is kept. */
  readonly path: string;
  /** A vault without a kept secret has lost it: a new one would not open it. */
  readonly isVaultThere: () => Promise<boolean>;
  readonly platform: NodeJS.Platform;
};

type Kept = v.InferOutput<typeof keptSchema>;
type Obtained = Result<ObtainedSecret, DeviceSecretCode>;

/**
 * "nowhere" is written down too: a vault that was made with zeros must be opened with zeros, also after the person
 * has installed a keychain.
 */
const keptSchema = v.variant("kept", [
  v.strictObject({ kept: v.literal("keychain"), sealed: v.pipe(v.string(), v.base64()) }),
  v.strictObject({ kept: v.literal("nowhere") }),
]);

/**
 * Made once, then only read: a secret that cannot be read any more is never replaced, because the vault hangs on it.
 * The only file that uses safeStorage.
 * @see docs/protocol.md §3, DS
 */
export const createDeviceSecret = ({
  path,
  isVaultThere,
  platform,
}: DeviceSecretParts): DeviceSecret => {
  const obtain = async (): Promise<Obtained> => {
    const file = await readKept(path);
    if (!file.ok) return file;
    if (file.value === undefined) {
      if (await isVaultThere()) return refuse("KEYCHAIN_LOST", "the kept file is gone");
      return makeSecret(path, platform);
    }
    if (file.value.kept === "nowhere") return accept(nowhere());
    return openSecret(path, Buffer.from(file.value.sealed, "base64"), platform);
  };
  let running: Promise<Obtained> | undefined;
  return {
    // Two calls at once must not make two secrets.
    obtain: () => {
      running ??= obtain().finally(() => {
        running = undefined;
      });
      return running;
    },
  };
};

const nowhere = (): ObtainedSecret => ({ secret: new Uint8Array(secretLength), kept: "nowhere" });

const readKept = async (path: string): Promise<Result<Kept | undefined, DeviceSecretCode>> => {
  try {
    const parsed = v.safeParse(keptSchema, JSON.parse(await readFile(path, "utf8")));
    return parsed.success
      ? accept(parsed.output)
      : refuse("KEYCHAIN_LOST", "the kept file is damaged");
  } catch (problem) {
    const absent = problem instanceof Error && "code" in problem && problem.code === "ENOENT";
    return absent ? accept(undefined) : refuse("KEYCHAIN_LOST", "the kept file cannot be read");
  }
};

/** Linux's basic_text is a password that everybody knows: no keychain at all. */
const isRealKeychain = (platform: NodeJS.Platform): boolean =>
  platform !== "linux" ||
  !["basic_text", "unknown"].includes(safeStorage.getSelectedStorageBackend());

const isAvailable = (): Promise<boolean> =>
  safeStorage.isAsyncEncryptionAvailable().catch(() => false);

const makeSecret = async (path: string, platform: NodeJS.Platform): Promise<Obtained> => {
  try {
    if (!isRealKeychain(platform) || (platform === "linux" && !(await isAvailable()))) {
      await writeKept(path, { kept: "nowhere" });
      return accept(nowhere());
    }
    if (!(await isAvailable())) return refuse("KEYCHAIN_REFUSED", "the keychain is not available");
    const secret = randomBytes(secretLength);
    const sealed = await safeStorage.encryptStringAsync(secret.toString("base64"));
    // Nothing is built on a secret before it has been read back once.
    const { result } = await safeStorage.decryptStringAsync(sealed);
    if (result !== secret.toString("base64"))
      return refuse("KEYCHAIN_REFUSED", "the keychain forgets");
    await writeKept(path, { kept: "keychain", sealed: sealed.toString("base64") });
    return accept({ secret: new Uint8Array(secret), kept: "keychain" });
  } catch {
    return refuse("KEYCHAIN_REFUSED", "the keychain did not take the secret");
  }
};

const openSecret = async (
  path: string,
  sealed: Buffer,
  platform: NodeJS.Platform,
): Promise<Obtained> => {
  if (!isRealKeychain(platform)) return refuse("KEYCHAIN_LOST", "the keychain is gone");
  if (!(await isAvailable())) return refuse("KEYCHAIN_REFUSED", "the keychain is not available");
  try {
    const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(sealed);
    const secret = Buffer.from(result, "base64");
    if (secret.length !== secretLength) return refuse("KEYCHAIN_LOST", "not a secret of ours");
    if (shouldReEncrypt) await sealAgain(path, result);
    return accept({ secret: new Uint8Array(secret), kept: "keychain" });
  } catch {
    return refuse("KEYCHAIN_LOST", "the keychain holds another key");
  }
};

/** The old seal still opens, so that a failure here costs nothing. */
const sealAgain = async (path: string, text: string): Promise<void> => {
  try {
    const sealed = await safeStorage.encryptStringAsync(text);
    await writeKept(path, { kept: "keychain", sealed: sealed.toString("base64") });
  } catch {
    // Next time.
  }
};

const writeKept = (path: string, kept: Kept): Promise<void> =>
  writeAtomically(path, Buffer.from(JSON.stringify(kept)));
