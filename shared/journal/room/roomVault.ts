import type { Clock } from "../../base/clock.ts";
import { createQueue } from "../../base/queue.ts";
import type { Random } from "../../base/random.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import type { Bridge } from "../../bridge/bridge.ts";
import { wipe } from "../../crypto/wipe.ts";
import { waitAfterWrongTries } from "../../vault/attempts.ts";
import type { Cost } from "../../vault/header.ts";
import { newMasterKey, type MasterKey } from "../../vault/masterKey.ts";
import { portableSecret } from "../../vault/portableVault.ts";
import { longEnough } from "../../vault/strength.ts";
import { vaultCost } from "../../vault/vaultCost.ts";
import {
  isUnopenableVault,
  openVault,
  sealUnopenableVault,
  sealVault,
  type VaultParts,
} from "../../vault/vaultFile.ts";
import { createBackupVault, type BackupVault } from "../backup/backupVault.ts";
import type { RoomRestoreVault } from "./roomRestore.ts";
import type { RoomCode } from "../journal.ts";
import type { Tries } from "../keys/recoveryVault.ts";

/**
 * The room's vault, apart from the shared one: other passphrase, other master key (PROTOCOL §2). Whatever writes it is
 * asked one at a time (RoomParts.vaultTurn).
 */
export type RoomVault = Pick<RoomRestoreVault, "openPortable"> & {
  /** `before`: once nothing speaks against it, and before the file is written. */
  readonly make: (passphrase: string, before: Before) => Promise<Result<MasterKey, RoomCode>>;
  /** The vault of a room that came back from a backup. */
  readonly keep: (
    masterKey: MasterKey,
    passphrase: string,
    before: Before,
  ) => Promise<Result<MasterKey, RoomCode>>;
  readonly open: (passphrase: string) => Promise<Result<MasterKey, RoomCode>>;
  /** Whether it opens with this passphrase. Changes nothing but the count of wrong ones. */
  readonly check: (passphrase: string) => Promise<Result<void, RoomCode>>;
  readonly changePassphrase: (current: string, next: string) => Promise<Result<void, RoomCode>>;
  /** Under this computer's secret as it is now. */
  readonly sealAgain: (passphrase: string) => Promise<Result<void, RoomCode>>;
  /** Whether the file is noise that this journal laid, and no room hangs on it. Derives nothing. */
  readonly isUnused: () => Promise<Result<boolean, RoomCode>>;
  /** Other noise. Danger: only where no room is (RoomMade.look). */
  readonly layNoise: () => Promise<Result<void, RoomCode>>;
  readonly backup: BackupVault;
  /** Waits for what is being written, and refuses whatever comes later: another journal may be open by then. */
  readonly close: () => Promise<void>;
};

type Before = () => Promise<Result<void, RoomCode>>;

export type RoomVaultParts = {
  readonly bridge: Bridge;
  /** The shared side's, which knows the noise of a room that was never made. */
  readonly masterKey: MasterKey;
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
  masterKey: shared,
  vaultParts,
  clock,
  random,
}: RoomVaultParts): RoomVault => {
  const tries = createTries(clock);
  const writing = createQueue();
  let closed = false;

  const writeFile = (bytes: Uint8Array): Promise<Result<void, RoomCode>> =>
    writing(async () => {
      if (closed) return refuse("DISK_FAILED", "locked meanwhile");
      const written = await bridge.safe.write("room-vault", bytes);
      return written.ok ? written : refuse("DISK_FAILED", written.code);
    });
  /** As dear to guess at as the shared one, so that nothing about it stands out. */
  const sharedCost = async (): Promise<Result<Cost, RoomCode>> => {
    const file = await bridge.safe.read("vault");
    return file.ok && file.value !== undefined ? vaultCost(file.value) : refuse("DISK_FAILED");
  };

  /** What a room's vault costs; refused where the passphrase opens the shared side. */
  const costBeside = async (passphrase: string): Promise<Result<Cost, RoomCode>> => {
    const file = await bridge.safe.read("vault");
    if (!file.ok || file.value === undefined) return refuse("DISK_FAILED");
    const same = await openVault(vaultParts, file.value, passphrase);
    return same.ok ? refuse("SAME_PASSPHRASE") : vaultCost(file.value);
  };
  const write = async (
    masterKey: MasterKey,
    passphrase: string,
    cost: Cost,
  ): Promise<Result<MasterKey, RoomCode>> => {
    const vault = await sealVault(vaultParts, { masterKey, passphrase, cost });
    if (!vault.ok) return vault;
    const written = await writeFile(vault.value);
    return written.ok ? accept(masterKey) : written;
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

  const open: RoomVault["open"] = async (passphrase) => {
    if (tries.waitMs() > 0) return refuse("WAIT");
    const file = await bridge.safe.read("room-vault");
    if (!file.ok) return refuse("DISK_FAILED", file.code);
    if (file.value === undefined) return refuse("BAD_MAGIC");
    return openCounted(vaultParts, file.value, passphrase);
  };

  const first: RoomVault["keep"] = async (masterKey, passphrase, before) => {
    const cost = await costBeside(passphrase);
    if (!cost.ok) return cost;
    const ready = await before();
    return ready.ok ? write(masterKey, passphrase, cost.value) : ready;
  };

  return {
    make: async (passphrase, before) =>
      longEnough(passphrase)
        ? first(newMasterKey(random), passphrase, before)
        : refuse("PASSPHRASE_SHORT"),
    keep: first,
    open,
    check: async (passphrase) => {
      const opened = await open(passphrase);
      if (!opened.ok) return opened;
      wipe(opened.value);
      return accept(undefined);
    },
    changePassphrase: async (current, next) => {
      if (!longEnough(next)) return refuse("PASSPHRASE_SHORT");
      const opened = await open(current);
      if (!opened.ok) return opened;
      const cost = await costBeside(next);
      const written = cost.ok ? await write(opened.value, next, cost.value) : cost;
      wipe(opened.value);
      return written.ok ? accept(undefined) : written;
    },
    sealAgain: async (passphrase) => {
      const cost = await sharedCost();
      if (!cost.ok) return cost;
      const opened = await open(passphrase);
      if (!opened.ok) return opened;
      const written = await write(opened.value, passphrase, cost.value);
      wipe(opened.value);
      return written.ok ? accept(undefined) : written;
    },
    isUnused: async () => {
      const file = await bridge.safe.read("room-vault");
      if (!file.ok) return refuse("DISK_FAILED", file.code);
      return accept(file.value !== undefined && isUnopenableVault(shared, file.value));
    },
    layNoise: async () => {
      const cost = await sharedCost();
      return cost.ok ? writeFile(sealUnopenableVault(shared, cost.value, random)) : cost;
    },
    openPortable: async (portable, passphrase) => {
      if (tries.waitMs() > 0) return refuse("WAIT");
      const beside = await costBeside(passphrase);
      if (!beside.ok) return beside;
      const { derive } = vaultParts;
      return openCounted({ derive, deviceSecret: portableSecret() }, portable, passphrase);
    },
    backup: createBackupVault({ bridge, file: "room-vault", vaultParts, tries }),
    close: () =>
      writing(async () => {
        closed = true;
      }),
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
