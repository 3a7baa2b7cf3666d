import { accept, refuse, type Result } from "../../base/result.ts";
import type { Bridge, SafeFileName } from "../../bridge/bridge.ts";
import { joinPortable, makePortableHalf } from "../../vault/portableVault.ts";
import type { VaultParts } from "../../vault/vaultFile.ts";
import type { UnlockCode } from "../doorCodes.ts";
import type { Tries } from "../keys/recoveryVault.ts";

/** The vault file's side of backups: the passphrase is asked once, and never kept. */
export type BackupVault = {
  /** What the passphrase opens on any computer (shared/vault/portableVault.ts). Wrong ones are counted. */
  readonly makeHalf: (passphrase: string) => Promise<Result<Uint8Array, UnlockCode>>;
  /** The vault that goes into a backup; undefined where the passphrase is another by now. */
  readonly join: (half: Uint8Array) => Promise<Result<Uint8Array | undefined, "DISK_FAILED">>;
};

export type BackupVaultParts = {
  readonly bridge: Pick<Bridge, "safe">;
  readonly file: Extract<SafeFileName, "vault" | "room-vault">;
  readonly vaultParts: VaultParts;
  readonly tries: Tries;
};

export const createBackupVault = ({
  bridge,
  file,
  vaultParts,
  tries,
}: BackupVaultParts): BackupVault => {
  const read = async (): Promise<Result<Uint8Array | undefined, "DISK_FAILED">> => {
    const found = await bridge.safe.read(file);
    return found.ok ? found : refuse("DISK_FAILED", found.code);
  };
  return {
    makeHalf: async (passphrase) => {
      if (tries.waitMs() > 0) return refuse("WAIT");
      const vault = await read();
      if (!vault.ok) return vault;
      if (vault.value === undefined) return refuse("BAD_MAGIC");
      const half = await makePortableHalf(vaultParts, vault.value, passphrase);
      if (half.ok) tries.right();
      else if (half.code === "WRONG_SECRET") tries.wrong();
      return half;
    },
    join: async (half) => {
      const vault = await read();
      if (!vault.ok) return vault;
      return accept(vault.value === undefined ? undefined : joinPortable(half, vault.value));
    },
  };
};
