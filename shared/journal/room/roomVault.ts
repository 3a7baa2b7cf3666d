import type { Clock } from "../../base/clock.ts";
import type { Random } from "../../base/random.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import type { Bridge } from "../../bridge/bridge.ts";
import { waitAfterWrongTries } from "../../vault/attempts.ts";
import type { Cost } from "../../vault/header.ts";
import { newMasterKey, type MasterKey } from "../../vault/masterKey.ts";
import { portableSecret } from "../../vault/portableVault.ts";
import { longEnough } from "../../vault/strength.ts";
import { vaultCost } from "../../vault/vaultCost.ts";
import { openVault, sealVault, type VaultParts } from "../../vault/vaultFile.ts";
import { createBackupVault, type BackupVault } from "../backup/backupVault.ts";
import type { RoomRestoreVault } from "./roomRestore.ts";
import type { RoomCode } from "../journal.ts";
import type { Tries } from "../keys/recoveryVault.ts";

/** The room's vault, apart from the shared one: other passphrase, other master key (PROTOCOL §2). */
export type RoomVault = RoomRestoreVault & {
  readonly make: (passphrase: string) => Promise<Result<MasterKey, RoomCode>>;
  readonly open: (passphrase: string) => Promise<Result<MasterKey, RoomCode>>;
  readonly backup: BackupVault;
};

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
  const tries = createTries(clock);

  /** What a room's vault costs; refused where the passphrase opens the shared side. */
  const costBeside = async (passphrase: string): Promise<Result<Cost, RoomCode>> => {
    const shared = await bridge.safe.read("vault");
    if (!shared.ok || shared.value === undefined) return refuse("DISK_FAILED");
    const same = await openVault(vaultParts, shared.value, passphrase);
    return same.ok ? refuse("SAME_PASSPHRASE") : vaultCost(shared.value);
  };
  const write = async (
    masterKey: MasterKey,
    passphrase: string,
    cost: Cost,
  ): Promise<Result<MasterKey, RoomCode>> => {
    const vault = await sealVault(vaultParts, { masterKey, passphrase, cost });
    if (!vault.ok) return vault;
    const written = await bridge.safe.write("room-vault", vault.value);
    return written.ok ? accept(masterKey) : refuse("DISK_FAILED", written.code);
  };
  const openCounted = async (
    parts: Pick<VaultParts, "derive" | "deviceSecret">,
    file: Uint8Array,
    passphrase: string,
  ): Promise<Result<MasterKey, RoomCode>> => {
    const opened = await openVault(parts, file, passphrase);
    if (opened.ok) {
      tries.right();
      return opened;
    }
    const { code } = opened;
    if (code !== "WRONG_SECRET" && code !== "VAULT_TAMPERED") return refuse(code);
    tries.wrong();
    return refuse("WRONG_SECRET");
  };

  return {
    make: async (passphrase) => {
      if (!longEnough(passphrase)) return refuse("PASSPHRASE_SHORT");
      const cost = await costBeside(passphrase);
      return cost.ok ? write(newMasterKey(random), passphrase, cost.value) : cost;
    },
    open: async (passphrase) => {
      if (tries.waitMs() > 0) return refuse("WAIT");
      const file = await bridge.safe.read("room-vault");
      if (!file.ok) return refuse("DISK_FAILED", file.code);
      if (file.value === undefined) return refuse("BAD_MAGIC");
      return openCounted(vaultParts, file.value, passphrase);
    },
    openPortable: async (portable, passphrase) => {
      if (tries.waitMs() > 0) return refuse("WAIT");
      const beside = await costBeside(passphrase);
      if (!beside.ok) return beside;
      const { derive } = vaultParts;
      return openCounted({ derive, deviceSecret: portableSecret() }, portable, passphrase);
    },
    keep: async (masterKey, passphrase) => {
      const cost = await costBeside(passphrase);
      return cost.ok ? write(masterKey, passphrase, cost.value) : cost;
    },
    backup: createBackupVault({ bridge, file: "room-vault", vaultParts, tries }),
  };
};

const createTries = (clock: Clock): Tries => {
  let wrong = 0;
  let at = 0;
  return {
    waitMs: () => {
      at = Math.min(at, clock.now());
      return Math.max(0, at + waitAfterWrongTries(wrong) - clock.now());
    },
    wrong: () => {
      wrong += 1;
      at = clock.now();
    },
    right: () => {
      wrong = 0;
    },
  };
};
