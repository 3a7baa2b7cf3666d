import type { SafeStorage } from "electron";

type Backend = ReturnType<SafeStorage["getSelectedStorageBackend"]>;

/** The async half of safeStorage over a keychain whose key can be changed, locked or taken away. */
export const createStandInSafeStorage = () => {
  const keychain = {
    backend: "gnome_libsecret" as Backend,
    available: true,
    /** Another key: another computer, another account, a keychain made anew. */
    key: 7,
    shouldReEncrypt: false,
    encryptFails: false,
    writes: 0,
  };
  const turn = (bytes: Uint8Array) =>
    Buffer.from(bytes.map((byte, index) => byte ^ ((keychain.key * (index + 1)) & 0xff)));
  const tag = () => `v10:${keychain.key}:`;
  const safeStorage = {
    isAsyncEncryptionAvailable: async () => keychain.available,
    getSelectedStorageBackend: () => keychain.backend,
    encryptStringAsync: async (plainText) => {
      if (!keychain.available || keychain.encryptFails)
        throw new Error("Encryption is not available");
      keychain.writes++;
      return Buffer.concat([Buffer.from(tag()), turn(Buffer.from(plainText))]);
    },
    decryptStringAsync: async (encrypted) => {
      if (!keychain.available) throw new Error("Decryption is not available");
      if (!encrypted.subarray(0, tag().length).equals(Buffer.from(tag()))) {
        throw new Error("Error while decrypting the ciphertext provided");
      }
      return {
        result: turn(encrypted.subarray(tag().length)).toString(),
        shouldReEncrypt: keychain.shouldReEncrypt,
      };
    },
  } satisfies Pick<
    SafeStorage,
    | "isAsyncEncryptionAvailable"
    | "getSelectedStorageBackend"
    | "encryptStringAsync"
    | "decryptStringAsync"
  >;
  return { safeStorage, keychain };
};
