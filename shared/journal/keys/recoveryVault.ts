import type { Random } from "../../base/random.ts";
import { accept, refuse } from "../../base/result.ts";
import type { Bridge } from "../../bridge/bridge.ts";
import { newRecoveryEntropy, recoveryWords } from "../../vault/recovery.ts";
import { changeRecovery, type VaultParts } from "../../vault/vaultFile.ts";
import type { RecoveryVault } from "./recovery.ts";

export type RecoveryVaultParts = {
  readonly bridge: Bridge;
  readonly vaultParts: VaultParts;
  readonly tries: Tries;
  readonly random: Random;
};

/** The door's own count: a wrong passphrase slows the next try, wherever it was given. */
export type Tries = {
  readonly waitMs: () => number;
  readonly wrong: () => void;
  readonly right: () => void;
};

/** The shared vault's recovery half, from inside. */
export const createRecoveryVault = ({
  bridge,
  vaultParts,
  tries,
  random,
}: RecoveryVaultParts): RecoveryVault => ({
  change: async (passphrase) => {
    if (tries.waitMs() > 0) return refuse("WAIT");
    const file = await bridge.safe.read("vault");
    if (!file.ok) return refuse("DISK_FAILED", file.code);
    if (file.value === undefined) return refuse("BAD_MAGIC");
    const recovery = newRecoveryEntropy(random);
    const changed = await changeRecovery(vaultParts, file.value, passphrase, recovery);
    if (!changed.ok) {
      if (changed.code === "WRONG_SECRET") tries.wrong();
      return changed;
    }
    tries.right();
    return accept({
      words: recoveryWords(recovery),
      write: async () => {
        const written = await bridge.safe.write("vault", changed.value);
        return written.ok ? written : refuse("DISK_FAILED", written.code);
      },
    });
  },
});
