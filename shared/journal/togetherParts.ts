import type { Clock } from "../base/clock.ts";
import type { Cell, Live } from "../base/live.ts";
import type { Random } from "../base/random.ts";
import type { Result } from "../base/result.ts";
import type { LedgerStores, StoreCode } from "../ledger/stores.ts";
import type { KeptShelf } from "../page/shelf.ts";
import type { Sending } from "./acts/sending.ts";
import type { EndingDesk } from "./ending/endingDesk.ts";
import type { Computers, Partner, Settings, SyncTruth } from "./journal.ts";
import type { JournalParts } from "./journalParts.ts";
import type { KeyringKeeper } from "./keys/keyringKeeper.ts";
import type { RecoveryVault } from "./keys/recovery.ts";
import type { LivePages } from "./pages/livePages.ts";
import type { createPairingDesk } from "./pairingDesk.ts";
import type { SharedShelf } from "./sharedShelf.ts";
import type { Bond } from "./travel/bond.ts";

/** What joins this journal to the partner's: how it begins, what carries it, and how it ends. */
export type Together = {
  readonly partner: Live<Partner | undefined>;
  readonly sync: Live<SyncTruth>;
  readonly computers: Live<Computers>;
  readonly bond: () => Bond | undefined;
  /** Where one writes for the partner. */
  readonly shared: () => SharedShelf | undefined;
  /** What the two have shared, also once their journal has ended. */
  readonly readable: () => SharedShelf | undefined;
  readonly stores: () => LedgerStores | undefined;
  /** As the keyring has it: the couple, or the past. */
  readonly open: () => Promise<Result<void, StoreCode>>;
  /** With the network as it is set now. */
  readonly carry: () => Promise<void>;
  readonly pairing: ReturnType<typeof createPairingDesk>;
  readonly ending: EndingDesk;
  readonly hasEnded: () => boolean;
  /** The carriers of the start have begun. */
  readonly begun: () => Promise<void>;
  /** No pairing is being finished any more. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type TogetherParts = Pick<JournalParts, "masterKey" | "openStores" | "network"> & {
  readonly keyring: KeyringKeeper;
  readonly drafts: KeptShelf;
  readonly settings: Cell<Settings>;
  readonly changeSettings: (change: Partial<Settings>) => Promise<Result<void, StoreCode>>;
  readonly name: () => string;
  /** From a backup: it reads what was shared, and nothing travels (pausedSharing.ts). */
  readonly paused: boolean;
  readonly isLocked: () => boolean;
  readonly sending: () => Sending;
  readonly pages: () => LivePages;
  /** Whether this is the passphrase of this journal; wrong ones are counted. */
  readonly opens: RecoveryVault["opens"];
  /** What is being typed, and what the disk refused before, is on the disk; or it refuses. */
  readonly saveAll: () => Promise<Result<void, StoreCode>>;
  /** What there is to read has changed. */
  readonly show: () => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly onTrouble: (code: string) => void;
};
