import { randomBytes } from "node:crypto";
import { safeStorage } from "electron";
import { createQueue } from "../shared/base/queue.ts";
import { accept, refuse, type Result } from "../shared/base/result.ts";
import type { DeviceSecret, DeviceSecretCode, ObtainedSecret } from "../shared/bridge/bridge.ts";
import {
  damagedFile,
  readKept,
  writeKept,
  type KeptSecret,
  type KeptSecrets,
} from "./keptSecrets.ts";

const secretLength = 32;

export type DeviceSecretParts = {
  /** Where the sealed secret is kept. */
  readonly path: string;
  /** A vault without a kept secret has lost it: a new one would not open it. */
  readonly isVaultThere: () => Promise<boolean>;
  readonly platform: NodeJS.Platform;
};

type Obtained = Result<ObtainedSecret, DeviceSecretCode>;
type Secret = Pick<ObtainedSecret, "secret" | "kept">;
/** A secret, and how it is written down. */
type Made = { readonly open: Secret; readonly kept: KeptSecret };

/**
 * Made once, then read, until a person asks for another: a secret that cannot be read any more is never replaced
 * unasked, because the vault hangs on it. The only file that uses safeStorage.
 * @see docs/protocol.md §3, DS
 */
export const createDeviceSecret = ({
  path,
  isVaultThere,
  platform,
}: DeviceSecretParts): DeviceSecret => {
  /** One at a time: two calls at once must not make two secrets, nor forget the one that was just made. */
  const inTurn = createQueue();

  const obtain = async (): Promise<Obtained> => {
    const file = await readKept(path);
    if (!file.ok) return file;
    if (file.value !== undefined) return openAll(path, file.value, platform);
    if (await isVaultThere()) return refuse("KEYCHAIN_LOST", "the kept file is gone");
    const made = await makeSecret(platform);
    if (!made.ok) return made;
    const written = await note(path, made.value.kept);
    return written.ok ? accept(made.value.open) : written;
  };

  const renew = async (): Promise<Obtained> => {
    const file = await readKept(path);
    // A disk that does not answer may answer again; only what was read and is no use is written over.
    if (!file.ok && file.detail !== damagedFile) return file;
    const before = file.ok ? file.value : undefined;
    const now = before === undefined ? undefined : await openSecret(before, platform);
    if (now !== undefined && !now.ok && now.code !== "KEYCHAIN_LOST") return now;
    const made = await makeSecret(platform);
    if (!made.ok) return made;
    // Whoever asks for another key and has one that opens is not given none instead.
    if (now?.ok === true && made.value.open.kept === "nowhere")
      return refuse("KEYCHAIN_REFUSED", "there is no keychain");
    const earlier = before === undefined ? [] : [only(before), ...(before.earlier ?? [])];
    const next: KeptSecrets = { ...made.value.kept, earlier };
    const written = await note(path, next);
    return written.ok ? openAll(path, next, platform) : written;
  };

  const forgetEarlier = async (): Promise<Result<void, DeviceSecretCode>> => {
    const file = await readKept(path);
    if (!file.ok) return file;
    if (file.value?.earlier === undefined) return accept(undefined);
    // What cannot be read now may be all that opens anything.
    const now = await openSecret(file.value, platform);
    return now.ok ? note(path, only(file.value)) : now;
  };

  let obtaining: Promise<Obtained> | undefined;
  return {
    obtain: () => {
      obtaining ??= inTurn(obtain).finally(() => {
        obtaining = undefined;
      });
      return obtaining;
    },
    renew: () => inTurn(renew),
    forgetEarlier: () => inTurn(forgetEarlier),
  };
};

const only = (kept: KeptSecret): KeptSecret =>
  kept.kept === "nowhere" ? { kept: "nowhere" } : { kept: "keychain", sealed: kept.sealed };

const nowhere = (): Secret => ({ secret: new Uint8Array(secretLength), kept: "nowhere" });

const note = async (path: string, kept: KeptSecrets): Promise<Result<void, DeviceSecretCode>> => {
  try {
    return accept(await writeKept(path, kept));
  } catch {
    return refuse("KEYCHAIN_REFUSED", "the kept file cannot be written");
  }
};

/** Linux's basic_text is a password that everybody knows: no keychain at all. */
const isRealKeychain = (platform: NodeJS.Platform): boolean =>
  platform !== "linux" ||
  !["basic_text", "unknown"].includes(safeStorage.getSelectedStorageBackend());

const isAvailable = (): Promise<boolean> =>
  safeStorage.isAsyncEncryptionAvailable().catch(() => false);

const makeSecret = async (platform: NodeJS.Platform): Promise<Result<Made, DeviceSecretCode>> => {
  try {
    if (!isRealKeychain(platform) || (platform === "linux" && !(await isAvailable())))
      return accept({ open: nowhere(), kept: { kept: "nowhere" } });
    if (!(await isAvailable())) return refuse("KEYCHAIN_REFUSED", "the keychain is not available");
    const secret = randomBytes(secretLength);
    const sealed = await safeStorage.encryptStringAsync(secret.toString("base64"));
    // Nothing is built on a secret before it has been read back once.
    const { result } = await safeStorage.decryptStringAsync(sealed);
    if (result !== secret.toString("base64"))
      return refuse("KEYCHAIN_REFUSED", "the keychain forgets");
    return accept({
      open: { secret: new Uint8Array(secret), kept: "keychain" },
      kept: { kept: "keychain", sealed: sealed.toString("base64") },
    });
  } catch {
    return refuse("KEYCHAIN_REFUSED", "the keychain did not take the secret");
  }
};

const openAll = async (
  path: string,
  kept: KeptSecrets,
  platform: NodeJS.Platform,
): Promise<Obtained> => {
  const now = await openSecret(kept, platform);
  if (!now.ok) return now;
  const earlier: Uint8Array[] = [];
  for (const one of kept.earlier ?? []) {
    const opened = await openSecret(one, platform);
    if (opened.ok) earlier.push(opened.value.secret);
  }
  if (now.value.sealAgain !== undefined) await sealAgain(path, kept, now.value.sealAgain);
  const { secret, kept: where } = now.value;
  return accept({ secret, kept: where, ...(earlier.length === 0 ? {} : { earlier }) });
};

/** `sealAgain`: the text to seal, where the keychain asks for it. */
const openSecret = async (
  kept: KeptSecret,
  platform: NodeJS.Platform,
): Promise<Result<Secret & { readonly sealAgain?: string }, DeviceSecretCode>> => {
  if (kept.kept === "nowhere") return accept(nowhere());
  if (!isRealKeychain(platform)) return refuse("KEYCHAIN_LOST", "the keychain is gone");
  if (!(await isAvailable())) return refuse("KEYCHAIN_REFUSED", "the keychain is not available");
  try {
    const sealed = Buffer.from(kept.sealed, "base64");
    const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(sealed);
    const secret = Buffer.from(result, "base64");
    if (secret.length !== secretLength) return refuse("KEYCHAIN_LOST", "not a secret of ours");
    const open: Secret = { secret: new Uint8Array(secret), kept: "keychain" };
    return accept(shouldReEncrypt ? { ...open, sealAgain: result } : open);
  } catch {
    return refuse("KEYCHAIN_LOST", "the keychain holds another key");
  }
};

/** The old seal still opens, so that what goes wrong here costs nothing. */
const sealAgain = async (path: string, kept: KeptSecrets, text: string): Promise<void> => {
  try {
    const sealed = await safeStorage.encryptStringAsync(text);
    await writeKept(path, { ...kept, kept: "keychain", sealed: sealed.toString("base64") });
  } catch {
    // Next time.
  }
};
