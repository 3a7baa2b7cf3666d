import type { Clock } from "../base/clock.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse } from "../base/result.ts";
import type { Bridge } from "../bridge/bridge.ts";
import { waitAfterWrongTries } from "../vault/attempts.ts";
import { newMasterKey, type MasterKey } from "../vault/masterKey.ts";
import { longEnough } from "../vault/strength.ts";
import { vaultCost } from "../vault/vaultCost.ts";
import { openVault, sealVault, type VaultParts } from "../vault/vaultFile.ts";
import type { RoomVault } from "./room.ts";

export type RoomVaultParts = {
  readonly bridge: Bridge;
  readonly vaultParts: VaultParts;
  readonly clock: Clock;
  readonly random: Random;
};

/**
 * The room's own vault file. It exists from the first day, filled with noise, at the size it will have
 * (PRODUCT, safety 7); its cost is the shared vault's, so that nothing about it stands out.
 */
export const createRoomVault = ({
  bridge,
  vaultParts,
  clock,
  random,
}: RoomVaultParts): RoomVault => {
  let wrong = 0;
  let wrongAt = 0;
  return {
    make: async (passphrase) => {
      if (!longEnough(passphrase)) return refuse("PASSPHRASE_SHORT");
      const shared = await bridge.safe.read("vault");
      if (!shared.ok || shared.value === undefined) return refuse("DISK_FAILED");
      const same = await openVault(vaultParts, shared.value, passphrase);
      if (same.ok) return refuse("SAME_PASSPHRASE");
      const cost = vaultCost(shared.value);
      if (!cost.ok) return cost;
      const masterKey: MasterKey = newMasterKey(random);
      const vault = await sealVault(vaultParts, { masterKey, passphrase, cost: cost.value });
      if (!vault.ok) return vault;
      const written = await bridge.safe.write("room-vault", vault.value);
      return written.ok ? accept(masterKey) : refuse("DISK_FAILED", written.code);
    },
    open: async (passphrase) => {
      wrongAt = Math.min(wrongAt, clock.now());
      if (clock.now() < wrongAt + waitAfterWrongTries(wrong)) return refuse("WAIT");
      const file = await bridge.safe.read("room-vault");
      if (!file.ok) return refuse("DISK_FAILED", file.code);
      if (file.value === undefined) return refuse("BAD_MAGIC");
      const opened = await openVault(vaultParts, file.value, passphrase);
      if (opened.ok) {
        wrong = 0;
        return opened;
      }
      const { code } = opened;
      if (code !== "WRONG_SECRET" && code !== "VAULT_TAMPERED") return refuse(code);
      wrong += 1;
      wrongAt = clock.now();
      return refuse("WRONG_SECRET");
    },
  };
};
