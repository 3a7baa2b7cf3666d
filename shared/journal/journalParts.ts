import type { Clock } from "../base/clock.ts";
import type { Random } from "../base/random.ts";
import type { Result } from "../base/result.ts";
import type { Carrier } from "../carry/carrier.ts";
import type { StoreCode } from "../ledger/stores.ts";
import type { KeyringContent } from "../people/keyringContent.ts";
import type { MasterKey } from "../vault/masterKey.ts";
import type { BackupVault } from "./backup/backupVault.ts";
import type { ChannelFacts } from "./travel/bond.ts";
import type { OpenStores } from "./coupleStores.ts";
import type { ComputerKeyVault } from "./keys/computerKey.ts";
import type { OpenIndex } from "./find/entryIndex.ts";
import type { Journal, Settings } from "./journal.ts";
import type { Lifeboat } from "./lifeboat.ts";
import type { Meet } from "./pairingDesk.ts";
import type { RecoveryVault } from "./keys/recovery.ts";
import type { RoomVault } from "./room/roomVault.ts";

/** What lies outside the journal and is handed in by renderer/door.ts. */
export type JournalParts = {
  readonly masterKey: MasterKey;
  readonly keyring: KeyringContent;
  readonly saveKeyring: (content: KeyringContent) => Promise<Result<void, StoreCode>>;
  /** Opened anew each time: what was closed stays closed. `carried` keeps the ledgers of two pairings apart. */
  readonly openStores: OpenStores;
  readonly roomVault: RoomVault;
  readonly recoveryVault: RecoveryVault;
  readonly backupVault: BackupVault;
  readonly computerKey: ComputerKeyVault;
  readonly network: Network;
  readonly openIndex: OpenIndex;
  /** Outlives the journal: what a full disk refused waits there as ciphertext. */
  readonly lifeboat: Lifeboat;
  readonly clock: Clock;
  readonly random: Random;
};

/** Everything that reaches out of this computer. */
export type Network = {
  /** The carriers for these two devices and these settings; none where nothing is set. */
  readonly carriers: (channel: ChannelFacts, settings: Settings) => Promise<readonly Carrier[]>;
  readonly meet: (settings: Settings) => Meet;
  /** Where to meet; and of these, what another computer can reach. */
  readonly addresses: (settings: Settings) => Promise<readonly string[]>;
  readonly publicAddresses: (settings: Settings) => Promise<readonly string[]>;
  readonly tryServer: Journal["tryServer"];
  /** Calls when the way out is there again, after sleep or a lost network: carriers begin anew. Returns how to stop. */
  readonly onReturn: (returned: () => void) => () => void;
};
