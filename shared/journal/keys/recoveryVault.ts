import type { Random } from "../../base/random.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import type { Bridge } from "../../bridge/bridge.ts";
import { wipe } from "../../crypto/wipe.ts";
import { newRecoveryEntropy, readRecoveryWords, recoveryWords } from "../../vault/recovery.ts";
import { longEnough } from "../../vault/strength.ts";
import { vaultCost } from "../../vault/vaultCost.ts";
import {
  changePassphrase,
  changeRecovery,
  openVault,
  openVaultByRecovery,
  type VaultParts,
} from "../../vault/vaultFile.ts";
import type { UnlockCode } from "../doorCodes.ts";
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

/** The shared vault, from inside. */
export const createRecoveryVault = ({
  bridge,
  vaultParts,
  tries,
  random,
}: RecoveryVaultParts): RecoveryVault => {
  const read = async (): Promise<Result<Uint8Array, UnlockCode>> => {
    const file = await bridge.safe.read("vault");
    if (!file.ok) return refuse("DISK_FAILED", file.code);
    return file.value === undefined ? refuse("BAD_MAGIC") : accept(file.value);
  };
  /** Wrong passphrases are counted as the door counts them. */
  const counted = async <Value>(
    attempt: (file: Uint8Array) => Promise<Result<Value, UnlockCode>>,
  ): Promise<Result<Value, UnlockCode>> => {
    if (tries.waitMs() > 0) return refuse("WAIT");
    const file = await read();
    if (!file.ok) return file;
    const done = await attempt(file.value);
    if (done.ok) tries.right();
    else if (done.code === "WRONG_SECRET") tries.wrong();
    return done;
  };
  const changed = async (
    change: (file: Uint8Array) => Promise<Result<Uint8Array, UnlockCode>>,
  ): Promise<Result<() => Promise<Result<void, UnlockCode>>, UnlockCode>> => {
    const vault = await counted(change);
    if (!vault.ok) return vault;
    return accept(async () => {
      const written = await bridge.safe.write("vault", vault.value);
      return written.ok ? written : refuse("DISK_FAILED", written.code);
    });
  };
  return {
    change: async (passphrase) => {
      const recovery = newRecoveryEntropy(random);
      const write = await changed((file) => changeRecovery(vaultParts, file, passphrase, recovery));
      return write.ok ? accept({ words: recoveryWords(recovery), write: write.value }) : write;
    },
    changePassphrase: async (current, next) => {
      if (!longEnough(next)) return refuse("PASSPHRASE_SHORT");
      const write = await changed(async (file) => {
        const cost = vaultCost(file);
        return cost.ok
          ? changePassphrase(
              vaultParts,
              file,
              { passphrase: current },
              { passphrase: next, cost: cost.value },
            )
          : cost;
      });
      return write.ok ? accept({ write: write.value }) : write;
    },
    opens: (passphrase) =>
      counted(async (file) => {
        const opened = await openVault(vaultParts, file, passphrase);
        if (!opened.ok) return opened;
        wipe(opened.value);
        return accept(undefined);
      }),
    fits: async (words) => {
      const recovery = readRecoveryWords(words.join(" "));
      if (!recovery.ok) return recovery;
      const file = await read();
      if (!file.ok) return file;
      const opened = openVaultByRecovery(file.value, recovery.value);
      wipe(recovery.value);
      if (!opened.ok) return opened;
      wipe(opened.value);
      return accept(undefined);
    },
  };
};
